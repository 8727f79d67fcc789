/** Codes, tokens and consents of the sign-in. Everything is looked up by its secret; times are practice time. */
import type { Row } from './row.ts'
import type { Store } from './store.ts'

export interface AuthCode {
  readonly account: string
  readonly client: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
  readonly challenge: string | undefined
  /** True when a refresh token is to come with it. */
  readonly offline: boolean
  readonly expiresAt: number
}

export interface Bearer {
  readonly account: string
  readonly client: string
  readonly scopes: readonly string[]
}

export function keepCode(store: Store, code: string, kept: AuthCode): void {
  store.run(
    'insert into auth_code (code, account, client, redirect_uri, scopes, nonce, challenge, offline, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    code,
    kept.account,
    kept.client,
    kept.redirectUri,
    kept.scopes.join(' '),
    kept.nonce ?? null,
    kept.challenge ?? null,
    kept.offline ? 1 : 0,
    kept.expiresAt,
  )
}

/** Spends a code: it answers once only, and only while it lives. */
export function spendCode(store: Store, code: string, now: number): AuthCode | undefined {
  const row = store.one(
    'update auth_code set spent = 1 where code = ? and spent = 0 and expires_at > ? returning *',
    code,
    now,
  )
  if (row === undefined) return undefined
  return {
    ...toBearer(row),
    redirectUri: row.text('redirect_uri'),
    nonce: row.maybeText('nonce'),
    challenge: row.maybeText('challenge'),
    offline: row.flag('offline'),
    expiresAt: row.int('expires_at'),
  }
}

function toBearer(row: Row): Bearer {
  return {
    account: row.text('account'),
    client: row.text('client'),
    scopes: row
      .text('scopes')
      .split(' ')
      .filter((scope) => scope !== ''),
  }
}

/** A refresh token, and how many of one account and client may live: the newest of them do. */
export interface KeptToken {
  readonly token: string
  readonly most: number
}

export function keepRefreshToken(
  store: Store,
  { token, most }: KeptToken,
  bearer: Bearer,
  now: number,
): void {
  store.run(
    'insert into refresh_token (token, account, client, scopes, created_at) values (?, ?, ?, ?, ?)',
    token,
    bearer.account,
    bearer.client,
    bearer.scopes.join(' '),
    now,
  )
  store.run(
    `delete from refresh_token where account = ? and client = ? and seq <= (
       select seq from refresh_token where account = ? and client = ? order by seq desc limit 1 offset ?)`,
    bearer.account,
    bearer.client,
    bearer.account,
    bearer.client,
    most,
  )
}

export function bearerOfRefreshToken(store: Store, token: string): Bearer | undefined {
  const row = store.one('select * from refresh_token where token = ?', token)
  return row === undefined ? undefined : toBearer(row)
}

export function dropRefreshToken(store: Store, token: string): void {
  store.run('delete from refresh_token where token = ?', token)
}

/** Ends one token, of either kind. */
export function endToken(store: Store, token: string): void {
  dropRefreshToken(store, token)
  store.run('delete from access_token where token = ?', token)
}

/** When a refresh token was given, in practice time. */
export function refreshTokenBornAt(store: Store, token: string): number | undefined {
  return store.one('select created_at from refresh_token where token = ?', token)?.int('created_at')
}

export function keepAccessToken(store: Store, token: string, bearer: Bearer, expiresAt: number): void {
  store.run(
    'insert into access_token (token, account, client, scopes, expires_at) values (?, ?, ?, ?, ?)',
    token,
    bearer.account,
    bearer.client,
    bearer.scopes.join(' '),
    expiresAt,
  )
}

export function bearerOfAccessToken(store: Store, token: string, now: number): Bearer | undefined {
  const row = store.one('select * from access_token where token = ? and expires_at > ?', token, now)
  return row === undefined ? undefined : toBearer(row)
}

/** Ends every grant of the account for the client. */
export function endGrants(store: Store, account: string, client: string): void {
  for (const table of ['refresh_token', 'access_token', 'consent', 'auth_code']) {
    store.run(`delete from ${table} where account = ? and client = ?`, account, client)
  }
}

/** Scopes that the account granted to the client before. */
export function grantedBefore(store: Store, account: string, client: string): readonly string[] {
  const row = store.one('select scopes from consent where account = ? and client = ?', account, client)
  return (
    row
      ?.text('scopes')
      .split(' ')
      .filter((scope) => scope !== '') ?? []
  )
}

export function keepConsent(store: Store, bearer: Bearer): void {
  const scopes = new Set([...grantedBefore(store, bearer.account, bearer.client), ...bearer.scopes])
  store.run(
    'insert into consent (account, client, scopes) values (?, ?, ?) on conflict (account, client) do update set scopes = excluded.scopes',
    bearer.account,
    bearer.client,
    [...scopes].join(' '),
  )
}
