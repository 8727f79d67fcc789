import { expect, test } from 'vitest'
import type { LeftOutReason } from './left-out.ts'
import { whyLeftOut } from './left-out.ts'
import type { CampaignMailKind } from './parts.ts'

const person = {
  state: 'added',
  address: 'mia@people.practice.example',
  addressKey: 'mia@people.practice.example',
  doNotContact: false,
  deleted: false,
} as const
type Person = Parameters<typeof whyLeftOut>[0]

const table: readonly [string, CampaignMailKind, Partial<Person>, LeftOutReason | undefined][] = [
  ['somebody new', 'invitation', {}, undefined],
  ['somebody who has seen the brief', 'invitation', { state: 'viewed' }, undefined],
  ['a deleted contact', 'invitation', { deleted: true, doNotContact: true }, 'contact_deleted'],
  ['somebody without an address', 'invitation', { address: '' }, 'no_address'],
  ['somebody who declined', 'invitation', { state: 'declined', written: 'accepted' }, 'declined'],
  ['somebody who withdrew', 'rejection', { state: 'withdrawn' }, 'withdrawn'],
  ['an applicant', 'invitation', { state: 'applied' }, 'already_applied'],
  ['an applicant', 'approval', { state: 'applied' }, undefined],
  ['somebody not to be contacted', 'approval', { state: 'applied', doNotContact: true }, 'do_not_contact'],
  ['an address that bounced', 'invitation', { suppressed: 'bounce' }, 'bounced'],
  ['somebody who complained', 'invitation', { suppressed: 'complaint' }, 'complaint'],
  ['somebody who unsubscribed', 'bulk', { suppressed: 'unsubscribed' }, 'unsubscribed'],
  ['an address a person suppressed', 'invitation', { suppressed: 'by_person' }, 'suppressed'],
  ['somebody invited', 'invitation', { state: 'invited', written: 'accepted' }, 'already_sent'],
  ['somebody whose invitation waits', 'invitation', { written: 'waiting' }, 'already_waiting'],
  ['somebody who got this message', 'bulk', { written: 'accepted' }, 'already_sent'],
  ['a real address', 'invitation', { address: 'mia@ford.example' }, 'practice_and_real'],
]

test.each(table)('%s and %s with %j: %s', (_who, kind, facts, reason) => {
  expect(whyLeftOut({ ...person, ...facts }, { kind, practice: true, missing: [] })).toBe(reason)
})

test.each([
  ['accepted', undefined],
  ['waiting', 'already_waiting'],
] as const)('with "again", a message that is %s is left out for: %s', (written, reason) => {
  const mail = { kind: 'bulk', practice: true, missing: [], again: true } as const
  expect(whyLeftOut({ ...person, written }, mail)).toBe(reason)
})

test('somebody outside any campaign gets a message, and no invitation problem is made of it', () => {
  const { state: _, ...outside } = person
  expect(whyLeftOut(outside, { kind: 'bulk', practice: true, missing: [] })).toBeUndefined()
})

test('"again" is for bulk messages alone', () => {
  const mail = { kind: 'invitation', practice: true, missing: [], again: true } as const
  expect(whyLeftOut({ ...person, written: 'accepted' }, mail)).toBe('already_sent')
})

test('a variable without a value leaves that person out', () => {
  expect(whyLeftOut(person, { kind: 'invitation', practice: true, missing: ['handle'] })).toBe(
    'missing_variable',
  )
})

test('a practice person gets nothing from a real mailbox', () => {
  expect(whyLeftOut(person, { kind: 'invitation', practice: false, missing: [] })).toBe('practice_and_real')
})
