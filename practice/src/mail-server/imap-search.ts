/** The keys of a SEARCH (RFC 3501 §6.4.4) that mail programs of our kind use, as a test of one message. */
import { readTime } from '../clock.ts'
import { headerValue, splitMessage } from '../mime/headers.ts'
import { rawOf } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import type { Numbered, UidRange } from './folders.ts'
import type { Word } from './imap-words.ts'
import { textOf } from './imap-words.ts'

type Test = (message: Numbered) => boolean

const DAY_MS = 86_400_000

/** All keys must fit. `top` is the highest UID, which `*` stands for. A key that is not known fits nothing. */
export function searchTest(store: Store, account: string, words: readonly Word[], top: number): Test {
  const rest = [...words]
  const tests: Test[] = []
  while (rest.length > 0) {
    const key = rest.shift()
    if (typeof key === 'object' && !('literal' in key)) tests.push(searchTest(store, account, key, top))
    else tests.push(oneKey(store, account, textOf(key).toUpperCase(), () => textOf(rest.shift()), top))
  }
  return (message) => tests.every((test) => test(message))
}

function oneKey(store: Store, account: string, key: string, next: () => string, top: number): Test {
  if (key === 'ALL') return () => true
  if (key === 'UID') {
    const ranges = next()
      .split(',')
      .map((part) => rangeOf(part, top))
    return ({ uid }) => ranges.some(([low, high]) => uid >= low && uid <= high)
  }
  if (key === 'SINCE') {
    const day = dayOf(next())
    return (message) => message.internalDate >= day
  }
  if (key === 'BEFORE') {
    const day = dayOf(next())
    return (message) => message.internalDate < day
  }
  if (key === 'ON') {
    const day = dayOf(next())
    return (message) => message.internalDate >= day && message.internalDate < day + DAY_MS
  }
  if (key === 'HEADER' || key === 'FROM') {
    const name = key === 'FROM' ? 'from' : next()
    const part = next().toLowerCase()
    return (message) => {
      const { headers } = splitMessage(rawOf(store, account, message.id) ?? Buffer.alloc(0))
      return headerValue(headers, name)?.toLowerCase().includes(part) ?? false
    }
  }
  if (key === 'OR') {
    const [one, other] = [
      oneKey(store, account, next().toUpperCase(), next, top),
      oneKey(store, account, next().toUpperCase(), next, top),
    ]
    return (message) => one(message) || other(message)
  }
  return () => false
}

/** From the lowest to the highest UID of a set (RFC 3501 §9, sequence-set); what names `*` may be anywhere. */
export function uidRange(set: string): UidRange {
  const numbers = set.split(/[,:]/).map(Number)
  return numbers.every(Number.isInteger)
    ? [Math.min(...numbers), Math.max(...numbers)]
    : [0, Number.MAX_SAFE_INTEGER]
}

/** Midnight of a date like `24-Nov-2026`; a text that is none is far in the future. */
function dayOf(text: string): number {
  return readTime(`${text.replaceAll('-', ' ')} 00:00:00 +0000`) ?? Number.MAX_SAFE_INTEGER
}

/** `*` is the highest number, and a range has no order (RFC 3501 §9, seq-range). */
function rangeOf(part: string, top: number): readonly [number, number] {
  const ends = part.split(':').map((each) => (each === '*' ? top : Number(each)))
  return [Math.min(...ends), Math.max(...ends)]
}
