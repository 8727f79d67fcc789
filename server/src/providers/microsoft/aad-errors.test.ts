import { expect, test } from 'vitest'
import { aadDialect } from './aad-errors.ts'

const body = (number: number) => ({ error_codes: [number] })
const ended = (why: string) => ({ kind: 'unauthorised', why })
const ofOurApp = [700016, 50011, 7000215, 7000222, 7000218, 9002313, 70011, 28002, 28003]

test.each([
  [90094, { kind: 'admin_needed' }],
  [90008, { kind: 'admin_needed' }],
  [900971, { kind: 'admin_needed' }],
  [50105, { kind: 'admin_needed' }],
  [65001, { kind: 'unauthorised', why: 'revoked' }],
  [65004, { kind: 'unauthorised', why: 'denied' }],
  [70000, { kind: 'unauthorised', why: 'revoked' }],
  [50173, { kind: 'unauthorised', why: 'password_changed' }],
  ...[700082, 70008, 700084, 54005].map((number) => [number, ended('expired')] as const),
  ...[50076, 50078, 50079].map((number) => [number, ended('sign_in_again')] as const),
  ...[50158, 53000, 53003, 530003].map((number) => [number, ended('organisation_policy')] as const),
  ...[50034, 50020, 500208, 16000].map((number) => [number, ended('wrong_account')] as const),
  ...[50057, 50053].map((number) => [number, ended('account_disabled')] as const),
  ...ofOurApp.map((number) => [number, { kind: 'our_config' }] as const),
  ...[50196, 90033].map((number) => [number, { kind: 'transient' }] as const),
] as const)('AADSTS%i means what it says, in a body and in front of a sentence', (number, meant) => {
  const failure = { ...meant, diagnostic: `invalid_grant AADSTS${number}` }
  expect(aadDialect({ code: 'invalid_grant', description: 'whatever', body: body(number) })).toEqual(failure)
  const description = `AADSTS${number}: AADSTS700016 is only talked of here.`
  expect(aadDialect({ code: 'invalid_grant', description, body: {} })).toEqual(failure)
})

test.each([
  ['an unknown number', { code: 'invalid_grant', description: '', body: body(1) }],
  ['no number', { code: 'access_denied', description: 'The user said no.', body: {} }],
  ['numbers that are none', { code: 'invalid_grant', description: '', body: { error_codes: ['90094'] } }],
])('%s is left to the standard', (_name, refusal) => {
  expect(aadDialect(refusal)).toBeUndefined()
})
