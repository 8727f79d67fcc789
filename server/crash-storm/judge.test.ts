import { expect, test } from 'vitest'
import { castOf, dailyLimit } from './cast.ts'
import type { Addressee } from './cast.ts'
import { isKept, judge } from './judge.ts'
import type { Taken } from './judge.ts'

const { people } = castOf({ seed: '1', mails: 12 })
const record = people.map((person) => takenOf(person))

function takenOf(person: Addressee | undefined, change: Partial<Taken> = {}): Taken {
  if (person === undefined) throw new Error('nobody')
  return {
    mailbox: person.from,
    recipients: [person.address],
    day: '2026-11-30',
    text: `Subject: Spring\r\n\r\nHello ${person.name},\r\n${person.marker} http://127.0.0.1/b/x`,
    ...change,
  }
}

test('a record of everything that was asked for, once each, keeps the promise', () => {
  const verdict = judge(people, record)
  expect(verdict).toEqual({ accepted: 12, duplicates: 0, lost: 0, unasked: 0, over_cap: 0 })
  expect(isKept(verdict)).toBe(true)
})

test('a mail that the provider took twice more is two duplicates', () => {
  const again = takenOf(people[3])
  const verdict = judge(people, [...record, again, again])
  expect(verdict).toEqual({ accepted: 12, duplicates: 2, lost: 0, unasked: 0, over_cap: 0 })
  expect(isKept(verdict)).toBe(false)
})

test('a mail that never left is lost', () => {
  const verdict = judge(people, record.slice(1))
  expect(verdict).toEqual({ accepted: 11, duplicates: 0, lost: 1, unasked: 0, over_cap: 0 })
  expect(isKept(verdict)).toBe(false)
})

test('a mail from another mailbox, or to somebody else, does not stand for the one that was asked for', () => {
  const fromOther = takenOf(people[0], { mailbox: people[1]?.from ?? '' })
  const toOther = takenOf(people[2], { recipients: [people[3]?.address ?? ''] })
  expect(judge(people, [fromOther, ...record.slice(1, 2), toOther, ...record.slice(3)]).lost).toBe(2)
})

test('a mail that nobody asked for breaks the promise', () => {
  const verdict = judge(people, [...record, takenOf(people[0], { text: 'MARKstormP99999END' })])
  expect(verdict.unasked).toBe(1)
  expect(isKept(verdict)).toBe(false)
})

test('more than its limit in one day breaks the promise of an address, spread over two days it does not', () => {
  const many = castOf({ seed: '1', mails: 6 * (dailyLimit + 5) }).people
  const [first] = many
  const ofFirst = many.filter(({ from }) => from === first?.from)
  const oneDay = judge(
    ofFirst,
    ofFirst.map((person) => takenOf(person)),
  )
  expect(oneDay).toEqual({ accepted: 305, duplicates: 0, lost: 0, unasked: 0, over_cap: 5 })
  expect(isKept(oneDay)).toBe(false)
  const twoDays = ofFirst.map((person, n) => takenOf(person, n < dailyLimit ? {} : { day: '2026-12-01' }))
  expect(isKept(judge(ofFirst, twoDays))).toBe(true)
})

test('mailboxes are enough for all mails in two days, as many of Microsoft as of Gmail', () => {
  const { senders, people: all } = castOf({ seed: '7', mails: 10_000 })
  expect(senders.length * dailyLimit * 2).toBeGreaterThanOrEqual(10_000)
  const most = Math.max(...senders.map(({ address }) => all.filter(({ from }) => from === address).length))
  expect(most).toBeLessThanOrEqual(2 * dailyLimit)
  expect(senders.filter(({ provider }) => provider === 'microsoft').length).toBe(8)
  expect(new Set(all.map(({ marker }) => marker)).size).toBe(10_000)
})
