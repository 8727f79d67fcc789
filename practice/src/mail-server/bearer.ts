/**
 * Access tokens at the practice mail server: XOAUTH2 and OAUTHBEARER (RFC 7628). A token must live, be of the account and
 * hold the scope of what it is shown to; what is refused is explained in a challenge of JSON first.
 */
import { accountAt, type Account } from '../store/accounts.ts'
import { bearerOfAccessToken } from '../store/tokens.ts'
import { POST_CLIENT } from './oauth.ts'
import type { MailServerParts } from './parts.ts'

export type Mechanism = 'XOAUTH2' | 'OAUTHBEARER'

export function mechanismNamed(name: string): Mechanism | undefined {
  return (['XOAUTH2', 'OAUTHBEARER'] as const).find((each) => each === name.toUpperCase())
}

/** The account behind a token that is good for this service now. */
export function bearerAccount(
  { store, clock }: Pick<MailServerParts, 'store' | 'clock'>,
  token: string,
  service: 'imap' | 'smtp',
): Account | undefined {
  const bearer = bearerOfAccessToken(store, token, clock.now())
  if (bearer === undefined || bearer.client !== POST_CLIENT.id || !bearer.scopes.includes(service))
    return undefined
  return accountAt(store, bearer.account)
}

/** Whose token is shown: the user and the token in what a client says. */
export function bearerCredentials(
  mechanism: Mechanism,
  base64: string,
): { readonly user: string; readonly token: string } {
  const said = Buffer.from(base64, 'base64').toString('utf8')
  const fields = said.split('\u0001')
  const token = /^auth=Bearer (.+)$/i.exec(fields.find((field) => /^auth=/i.test(field)) ?? '')?.[1] ?? ''
  const user =
    mechanism === 'XOAUTH2'
      ? /^user=(.*)$/.exec(fields[0] ?? '')?.[1]
      : /^n,a=([^,]*),/.exec(fields[0] ?? '')?.[1]
  return { user: (user ?? '').replaceAll('=2C', ',').replaceAll('=3D', '='), token }
}

/** Why a token is refused, as the challenge that goes before the refusal. */
export function challenge(mechanism: Mechanism): string {
  const why =
    mechanism === 'XOAUTH2'
      ? { status: '400', schemes: 'Bearer', scope: 'imap smtp' }
      : { status: 'invalid_token', schemes: 'bearer', scope: 'imap smtp' }
  return Buffer.from(JSON.stringify(why)).toString('base64')
}
