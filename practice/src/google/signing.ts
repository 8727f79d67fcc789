/** The RS256 key of the practice identity service: made once, kept in the database, published as a JWKS, used for id_tokens and pushes. */
import {
  type CryptoKey,
  type JWK,
  SignJWT,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose'
import { subjectOf } from '../chance.ts'
import type { Clock } from '../clock.ts'
import { Reader } from '../json.ts'
import type { Store } from '../store/store.ts'

const KEY = 'signing.jwk'

export interface Signing {
  readonly publicKeys: { readonly keys: readonly JWK[] }
  /** A signed JWT; `iat` and `exp` are seconds since 1970 of real time. */
  sign(claims: Readonly<Record<string, string | number | boolean>>): Promise<string>
}

export async function openSigning(store: Store): Promise<Signing> {
  if (store.setting(KEY) === undefined) store.keep(KEY, JSON.stringify(await freshKey()))
  const kept = new Reader(JSON.parse(store.setting(KEY) ?? '{}'))
  const privateJwk = Object.fromEntries(
    ['kty', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map((name) => [name, kept.text(name)]),
  )
  const publicJwk: JWK = { kty: 'RSA', n: kept.text('n'), e: kept.text('e') }
  const kid = await calculateJwkThumbprint(publicJwk)
  const key = await importJWK(privateJwk, 'RS256')
  return {
    publicKeys: { keys: [{ ...publicJwk, kid, alg: 'RS256', use: 'sig' }] },
    sign: (claims) =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(key),
  }
}

const PUSH_TOKEN_LIFE_S = 3600

export interface TokenSource {
  readonly signing: Signing
  readonly clock: Clock
  readonly issuer: string
}

/** The token that comes with a push. Its times are real, because they are checked against the machine. */
export function signPushToken(
  { signing, clock, issuer }: TokenSource,
  { serviceAccount, audience }: { readonly serviceAccount: string; readonly audience: string },
): Promise<string> {
  const nowS = Math.floor(clock.real() / 1000)
  const sub = subjectOf(serviceAccount)
  return signing.sign({
    iss: issuer,
    aud: audience,
    azp: sub,
    sub,
    email: serviceAccount,
    email_verified: true,
    iat: nowS,
    exp: nowS + PUSH_TOKEN_LIFE_S,
  })
}

async function freshKey(): Promise<JWK> {
  const pair: { readonly privateKey: CryptoKey } = await generateKeyPair('RS256', { extractable: true })
  return exportJWK(pair.privateKey)
}
