/**
 * Owns sessions, by way of better-auth's core: it verifies passwords, makes, renews and ends sessions and signs the
 * cookie. Only its functions are used; none of its HTTP routes is mounted.
 *
 * better-auth keeps session tokens as they are, so its adapter is wrapped: the table holds SHA-256 of the token, and
 * whoever reads the table cannot sign in with what is there. Addresses of clients are not stored.
 */
import { createHash } from 'node:crypto'
import { APIError } from 'better-auth/api'
import { betterAuth } from 'better-auth'
import type { DBAdapter } from 'better-auth/types'
import { Kysely, PostgresDialect } from 'kysely'
import type { Database } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { sessionChannel } from './store-people.ts'

export type Sessions = {
  /** Checks the password and makes a session. `cookies` are Set-Cookie values; `device`: what the browser calls itself. */
  signIn(
    addressKey: string,
    password: string,
    device?: string,
  ): Promise<{ personId: string; cookies: readonly string[] } | 'wrong'>
  /** Who the cookie belongs to; `cookies` renews it once a day. Undefined when signed out. */
  read(
    cookie: string | undefined,
  ): Promise<{ personId: string; sessionId: string; cookies: readonly string[] } | undefined>
  /** Ends the session of the cookie. */
  end(cookie: string | undefined): Promise<readonly string[]>
}

export type SessionParts = {
  readonly database: Pick<Database, 'pool'>
  readonly ids: Ids
  /** Signs the cookie; another one ends every session. */
  readonly secret: string
  /** Where people reach us; with https the cookie is marked Secure. */
  readonly publicUrl: string | undefined
}

const lastsSeconds = 30 * 24 * 3600
const renewedAfterSeconds = 24 * 3600
const longestDevice = 300

export function createSessions(parts: SessionParts): Sessions {
  const kysely = new Kysely({ dialect: new PostgresDialect({ pool: parts.database.pool }) })
  const auth = betterAuth({
    database: { db: kysely, type: 'postgres' },
    secret: parts.secret,
    baseURL: parts.publicUrl ?? 'http://localhost',
    logger: { disabled: true },
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200 },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'kontor',
      useSecureCookies: parts.publicUrl?.startsWith('https:') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => parts.ids.uuid(), validateSchema: false },
    },
    user: {
      modelName: 'person',
      fields: {
        email: 'address_key',
        emailVerified: 'address_verified',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    session: {
      modelName: 'session',
      expiresIn: lastsSeconds,
      updateAge: renewedAfterSeconds,
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      modelName: 'account',
      fields: {
        userId: 'person_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
  })

  const ready = auth.$context.then(({ adapter }) => {
    const hashing = { ...adapter, ...hashingTokens({ ...adapter }) }
    Object.assign(adapter, hashing, {
      transaction: (run: (inside: typeof hashing) => unknown) => run(hashing),
    })
  })

  async function read(cookie: string | undefined): ReturnType<Sessions['read']> {
    if (cookie === undefined) return undefined
    await ready
    const { headers, response } = await telling(
      auth.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true }),
    )
    if (response === null) return undefined
    const { user, session } = response
    return { personId: user.id, sessionId: session.id, cookies: headers.getSetCookie() }
  }

  /** The library answers 500 for any failure of the database: asking it directly tells which one it was. */
  async function telling<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (error) {
      if (error instanceof APIError && error.statusCode >= 500) await parts.database.pool.query('select 1')
      throw error
    }
  }

  return {
    read,
    async signIn(addressKey, password, device = '') {
      await ready
      try {
        const { headers, response } = await auth.api.signInEmail({
          body: { email: addressKey, password },
          headers: new Headers(device === '' ? {} : { 'user-agent': device.slice(0, longestDevice) }),
          returnHeaders: true,
        })
        return { personId: response.user.id, cookies: headers.getSetCookie() }
      } catch (error) {
        if (error instanceof APIError && (error.statusCode === 401 || error.statusCode === 400))
          return 'wrong'
        throw error
      }
    },
    async end(cookie) {
      const session = await read(cookie)
      if (cookie === undefined || session === undefined) return []
      const { headers } = await auth.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true })
      await parts.database.pool.query('select pg_notify($1, $2)', [sessionChannel, session.personId])
      return headers.getSetCookie()
    },
  }
}

/** What stands in the table for a token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

type Adapter = Pick<
  DBAdapter,
  | 'create'
  | 'findOne'
  | 'findMany'
  | 'count'
  | 'update'
  | 'updateMany'
  | 'delete'
  | 'deleteMany'
  | 'consumeOne'
>
type Conditions = Parameters<DBAdapter['delete']>[0]['where']

/** The adapter with tokens replaced by their hashes on the way in, and by themselves on the way out. */
function hashingTokens(inner: Adapter): Adapter {
  const hashed = (where: Conditions): Conditions =>
    where.map((condition) => {
      if (condition.field !== 'token') return condition
      const { value } = condition
      if (Array.isArray(value)) return { ...condition, value: value.map((each) => tokenHash(String(each))) }
      return { ...condition, value: tokenHash(String(value)) }
    })
  const asked = (where: Conditions): string | undefined => {
    const value = where.find((condition) => condition.field === 'token')?.value
    return typeof value === 'string' ? value : undefined
  }
  const withToken = <T>(row: T, token: string | undefined): T =>
    row !== null && token !== undefined ? { ...row, token } : row
  const hashedRow = <T extends Record<string, unknown>>(row: T): T =>
    typeof row['token'] === 'string' ? { ...row, token: tokenHash(row['token']) } : row

  return {
    async create(query) {
      if (query.model !== 'session') return inner.create(query)
      const token = (query.data as Record<string, unknown>)['token']
      const row = await inner.create({ ...query, data: hashedRow(query.data as Record<string, unknown>) })
      return withToken(row, typeof token === 'string' ? token : undefined) as never
    },
    async findOne(query) {
      if (query.model !== 'session') return inner.findOne(query)
      return withToken(await inner.findOne({ ...query, where: hashed(query.where) }), asked(query.where))
    },
    async update(query) {
      if (query.model !== 'session') return inner.update(query)
      const changed = { ...query, where: hashed(query.where), update: hashedRow(query.update) }
      return withToken(await inner.update(changed), asked(query.where))
    },
    async consumeOne(query) {
      if (query.model !== 'session') return inner.consumeOne(query)
      return withToken(await inner.consumeOne({ ...query, where: hashed(query.where) }), asked(query.where))
    },
    findMany: (query) =>
      inner.findMany(
        query.model === 'session' && query.where ? { ...query, where: hashed(query.where) } : query,
      ),
    count: (query) =>
      inner.count(
        query.model === 'session' && query.where ? { ...query, where: hashed(query.where) } : query,
      ),
    updateMany: (query) =>
      inner.updateMany(
        query.model === 'session'
          ? { ...query, where: hashed(query.where), update: hashedRow(query.update) }
          : query,
      ),
    delete: (query) =>
      inner.delete(query.model === 'session' ? { ...query, where: hashed(query.where) } : query),
    deleteMany: (query) =>
      inner.deleteMany(query.model === 'session' ? { ...query, where: hashed(query.where) } : query),
  }
}
