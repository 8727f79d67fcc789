import { expect, test } from 'vitest'
import type { EntryKind } from './conversation.ts'
import { isNews, snippetOf, stateAfter } from './conversation.ts'

const said = (kind: EntryKind) => ({ kind, answeredByHand: false, repliedLater: false })

test.each([
  ['reply', 'needs_reply', 'needs_reply', 'needs_reply', 'needs_reply'],
  ['direct', 'waiting', 'waiting', 'waiting', 'waiting'],
  ['own', 'waiting', 'waiting', 'waiting', 'waiting'],
  ['invitation', 'waiting', 'needs_reply', 'waiting', 'waiting'],
  ['bulk', 'waiting', 'needs_reply', 'waiting', 'waiting'],
  ['auto_reply', 'waiting', 'needs_reply', 'waiting', 'done'],
  ['bounce', 'waiting', 'needs_reply', 'waiting', 'done'],
  ['complaint', 'waiting', 'needs_reply', 'waiting', 'done'],
] as const)('%s: a new conversation is %s, then %s, %s, %s', (kind, fresh, asked, waiting, done) => {
  const states = [undefined, 'needs_reply', 'waiting', 'done'] as const
  expect(states.map((before) => stateAfter(before, said(kind)))).toEqual([fresh, asked, waiting, done])
})

test('a reply that its reader has answered by hand needs none from the team', () => {
  expect(stateAfter('waiting', { ...said('reply'), answeredByHand: true })).toBe('waiting')
})

test('a mail by hand that is older than the newest reply leaves the question open', () => {
  expect(stateAfter('needs_reply', { ...said('own'), repliedLater: true })).toBe('needs_reply')
})

test('an out-of-office note is no news', () => {
  const kinds: EntryKind[] = ['reply', 'bounce', 'complaint', 'auto_reply', 'direct', 'own']
  expect(kinds.filter(isNews)).toEqual(['reply', 'bounce', 'complaint'])
})

test('a snippet is one line of at most 160 characters', () => {
  expect(snippetOf(' Hi,\n\n  yes! ')).toBe('Hi, yes!')
  expect(snippetOf('a'.repeat(200))).toBe(`${'a'.repeat(159)}…`)
})
