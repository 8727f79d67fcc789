import { expect, test } from 'vitest'
import { aadDialect } from './aad-errors.ts'

const body = (number: number) => ({ error_codes: [number] })

test.each([
  [90094, { kind: 'admin_needed' }],
  [90008, { kind: 'admin_needed' }],
  [50105, { kind: 'admin_needed' }],
  [65001, { kind: 'unauthorised', why: 'revoked' }],
  [65004, { kind: 'unauthorised', why: 'denied' }],
  [70000, { kind: 'unauthorised', why: 'revoked' }],
  [50173, { kind: 'unauthorised', why: 'password_changed' }],
  [700082, { kind: 'unauthorised', why: 'expired' }],
  [50076, { kind: 'unauthorised', why: 'sign_in_again' }],
  [53003, { kind: 'unauthorised', why: 'organisation_policy' }],
  [50020, { kind: 'unauthorised', why: 'wrong_account' }],
  [50057, { kind: 'unauthorised', why: 'account_disabled' }],
  [700016, { kind: 'our_config' }],
  [7000222, { kind: 'our_config' }],
  [50196, { kind: 'transient' }],
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
