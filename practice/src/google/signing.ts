/** The RS256 key of the practice identity service: made once, kept in the database, published as a JWKS, used for id_tokens. */
import {
  type CryptoKey,
  type JWK,
  SignJWT,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose'
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

async function freshKey(): Promise<JWK> {
  const pair: { readonly privateKey: CryptoKey } = await generateKeyPair('RS256', { extractable: true })
  return exportJWK(pair.privateKey)
}
