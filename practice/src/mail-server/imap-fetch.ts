/** The answer to a FETCH, and the names of what really went out with it. */
import { mailDate } from '../clock.ts'
import { headerValue, splitMessage } from '../mime/headers.ts'
import { rawOf } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import type { Numbered } from './folders.ts'

export interface Fetched {
  readonly line: Buffer
  /** `UID`, `INTERNALDATE`, `header[Message-ID]` for a header that was there, `body` for the whole message. */
  readonly fields: readonly string[]
}

export function fetchAnswer(
  store: Store,
  account: string,
  message: Numbered,
  wanted: readonly string[],
): Fetched {
  const pieces: Buffer[] = []
  const fields: string[] = []
  const add = (name: string, value: string | Buffer): void => {
    const content = typeof value === 'string' ? Buffer.from(value, 'latin1') : literal(value)
    pieces.push(Buffer.concat([Buffer.from(`${name} `, 'latin1'), content]))
  }
  const raw = (): Buffer => rawOf(store, account, message.id) ?? Buffer.alloc(0)
  add('UID', String(message.uid))
  fields.push('UID')
  for (const one of wanted) {
    const name = one.toUpperCase()
    const headers = /^BODY(?:\.PEEK)?\[HEADER\.FIELDS \(([^)]*)\)\]$/.exec(name)
    if (headers !== null) {
      const split = splitMessage(raw())
      const asked = (headers[1] ?? '').split(' ').filter((each) => each !== '')
      const there = split.headers.filter((field) => asked.includes(field.name.toUpperCase()))
      add(
        `BODY[HEADER.FIELDS (${asked.join(' ')})]`,
        Buffer.from(`${there.map((field) => `${field.raw}\r\n`).join('')}\r\n`, 'latin1'),
      )
      fields.push(...there.map((field) => `header[${field.name}]`))
    } else if (/^BODY(?:\.PEEK)?\[\]$/.test(name) || name === 'RFC822') {
      add('BODY[]', raw())
      fields.push('body')
    } else if (/^BODY(?:\.PEEK)?\[HEADER\]$/.test(name)) {
      const whole = raw()
      add('BODY[HEADER]', whole.subarray(0, whole.indexOf('\r\n\r\n') + 4))
      fields.push('header')
    } else if (name === 'INTERNALDATE') {
      add('INTERNALDATE', `"${internalDate(message.internalDate)}"`)
      fields.push('INTERNALDATE')
    } else if (name === 'RFC822.SIZE') {
      add('RFC822.SIZE', String(message.size))
      fields.push('RFC822.SIZE')
    } else if (name === 'FLAGS') {
      add('FLAGS', '()')
      fields.push('FLAGS')
    } else if (name === 'ENVELOPE') {
      const { headers: all } = splitMessage(raw())
      add(
        'ENVELOPE',
        `(NIL "${(headerValue(all, 'subject') ?? '').replaceAll(/["\\]/g, '')}" NIL NIL NIL NIL NIL NIL NIL NIL)`,
      )
      fields.push('envelope')
    }
  }
  return {
    line: Buffer.concat(
      pieces.flatMap((piece, index) => (index === 0 ? [piece] : [Buffer.from(' '), piece])),
    ),
    fields,
  }
}

function literal(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`{${bytes.length}}\r\n`), bytes])
}

/** RFC 3501 §9 date-time, in UTC. */
function internalDate(ms: number): string {
  return mailDate(ms).replace(/^\w+, (\d+) (\w+) (\d+)/, '$1-$2-$3')
}
