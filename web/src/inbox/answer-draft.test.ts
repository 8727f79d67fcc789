import { expect, test } from 'vitest'
import { noAnswer, senderOf, typed } from './answer-draft.ts'

const anna = { mailboxId: 'a', address: 'anna@brand.example', level: 'full' as const }
const team = { mailboxId: 't', address: 'team@brand.example', level: 'send_only' as const }

test('an answer remembers the conversation as it was at its first word', () => {
  const first = typed(noAnswer, 'H', 4, 'k1')
  expect(first).toEqual({ text: 'H', mailboxId: undefined, version: 4, key: 'k1' })
  expect(typed(first, 'He', 5, 'k2')).toEqual({ text: 'He', mailboxId: undefined, version: 4, key: 'k2' })
})

test('a text that was emptied starts anew', () => {
  const emptied = typed(typed(noAnswer, 'H', 4, 'k1'), '', 5, 'k2')
  expect(typed(emptied, 'Y', 6, 'k3').version).toBe(6)
})

test('a mailbox that may no longer be used gives way to the proposal', () => {
  expect(senderOf({ ...noAnswer, mailboxId: 't' }, [anna, team])).toEqual(team)
  expect(senderOf({ ...noAnswer, mailboxId: 'gone' }, [anna, team])).toEqual(anna)
  expect(senderOf(noAnswer, [])).toBeUndefined()
})
