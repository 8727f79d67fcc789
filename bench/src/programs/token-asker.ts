/**
 * A worker that needs a token of every mailbox at once, twice each, as sending and receiving do: with the product's token
 * keeper, or in one of the ways that other programs use (own ports, each as kind as its idea allows).
 *
 * - `none`: whoever finds the token expired renews it and saves what came.
 * - `single-flight`: the same, but one renewal per mailbox and process at a time.
 * - `compare-and-swap`: saves only over the token it started from; reads again when it lost or was refused.
 */
import pg from 'pg'
import { createRecorder } from '../../../server/src/mailboxes/ledger.ts'
import { createTokenKeeper } from '../../../server/src/mailboxes/tokens.ts'
import { wallClock } from '../../../server/src/platform/clock/index.ts'
import { createHttpClient } from '../../../server/src/platform/http-client/index.ts'
import { systemIds as ids } from '../../../server/src/platform/ids/index.ts'
import { silentLog } from '../../../server/src/platform/log/index.ts'
import { gmailAdapter, practiceGoogleEndpoint } from '../../../server/src/providers/gmail/index.ts'
import { workspace } from '../engines/kontor-ground.ts'
import { benchBox, benchDatabase } from './parts.ts'

export type Strategy = 'kontor' | 'none' | 'single-flight' | 'compare-and-swap'
export interface AskerWish {
  readonly strategy: Strategy
  readonly appUrl: string
  readonly adminUrl: string
  readonly provider: string
  readonly mailboxes: number
  readonly connections: number
}
export type AskerSays =
  | { readonly says: 'ready' }
  /** Milliseconds that each caller waited; how many got no token. */
  | { readonly says: 'done'; readonly waits: readonly number[]; readonly without: number }

const callersEach = 2
const atOnce = 32
const mostTries = 5
const pauseMs = 50

const wish = JSON.parse(process.argv[2] ?? '{}') as AskerWish
const asker = wish.strategy === 'kontor' ? await withKeeper() : await withTable(wish.strategy)
process.on('message', () => void askAll())
process.on('disconnect', () => process.exit(1))
process.send?.({ says: 'ready' } satisfies AskerSays)

/** True for a token, false for a passing failure, undefined when there will never be one. */
type Ask = (mailbox: number) => Promise<boolean | undefined>

async function askAll(): Promise<void> {
  const waits: number[] = []
  let without = 0
  const callers = Array.from({ length: wish.mailboxes * callersEach }, (_, n) => Math.floor(n / callersEach))
  const loop = async (): Promise<void> => {
    for (let mailbox = callers.shift(); mailbox !== undefined; mailbox = callers.shift()) {
      const began = performance.now()
      let got: boolean | undefined = false
      for (let tries = 0; got === false && tries < mostTries; tries++) {
        if (tries > 0) await pause()
        got = await asker.ask(mailbox)
      }
      waits.push(performance.now() - began)
      if (got !== true) without += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, loop))
  await asker.close()
  // the channel closes after the message has left
  process.send?.({ says: 'done', waits, without } satisfies AskerSays, () => process.disconnect?.())
}

async function withKeeper(): Promise<{ ask: Ask; close: () => Promise<void> }> {
  const database = benchDatabase(wish.appUrl, wish.connections)
  const endpoint = practiceGoogleEndpoint(wish.provider)
  const http = createHttpClient({ allowedOrigins: () => [wish.provider], timeoutMs: 10_000 })
  const { consent } = gmailAdapter({
    endpoint,
    http,
    now: wallClock.now,
    productNow: async () => wallClock.now(),
  })
  const record = createRecorder({ database, ids, box: benchBox, log: silentLog })
  const broken = new Set<string>()
  const keeper = createTokenKeeper({
    database,
    box: benchBox,
    ids,
    clock: wallClock,
    consentAt: async () => consent,
    recorded: ({ workspaceId, grantId }, ask) =>
      record(
        { workspaceId, mailboxId: grantId, purpose: 'token' },
        { call: 'refresh', depth: 'nothing', asks: [], touches: () => [], ask },
      ),
    onBroken: async ({ grantId }) => void broken.add(grantId),
  })
  const rows = await database.inWorkspace(workspace, (tx) =>
    tx.selectFrom('oauth_grant').select('id').orderBy('id').execute(),
  )
  const { signal } = new AbortController()
  return {
    async ask(mailbox) {
      const grantId = rows[mailbox]?.id ?? ''
      const token = await keeper.accessToken({ workspaceId: workspace, grantId }, signal)
      return token.ok ? true : broken.has(grantId) ? undefined : false
    },
    close: async () => await database[Symbol.asyncDispose](),
  }
}

interface TokenRow {
  readonly access: string
  readonly refresh: string
  readonly living: boolean
  readonly broken: boolean
}

async function withTable(strategy: Strategy): Promise<{ ask: Ask; close: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString: wish.adminUrl, max: wish.connections })
  await pool.query('select 1')
  const read = async (mailbox: number): Promise<TokenRow | undefined> => {
    const text =
      'select access, refresh, expires_at > now() as living, broken from peer_token where mailbox = $1'
    return (await pool.query<TokenRow>({ name: 'read', text, values: [mailbox] })).rows[0]
  }
  const swaps = strategy === 'compare-and-swap'
  const obtain: Ask = async (mailbox) => {
    const row = await read(mailbox)
    if (row === undefined || row.broken) return undefined
    if (row.living) return true
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: row.refresh })
    const answer = await fetch(`${wish.provider}/google/token`, { method: 'POST', body }).catch(
      () => undefined,
    )
    if (answer === undefined || answer.status === 503) return false
    const fresh = (await answer.json()) as Record<string, string>
    if (!answer.ok) {
      if (swaps && (await read(mailbox))?.refresh !== row.refresh) return true
      const same = swaps ? ' and refresh = $2' : ''
      await pool.query(`update peer_token set broken = true where mailbox = $1${same}`, [
        mailbox,
        ...(swaps ? [row.refresh] : []),
      ])
      return undefined
    }
    const values = [mailbox, fresh['access_token'], fresh['refresh_token']]
    await pool.query(
      `update peer_token set access = $2, refresh = $3, expires_at = now() + interval '1 hour', broken = false
       where mailbox = $1${swaps ? ' and refresh = $4' : ''}`,
      swaps ? [...values, row.refresh] : values,
    )
    return true
  }
  const flying = new Map<number, Promise<boolean | undefined>>()
  const alone: Ask = async (mailbox) => {
    const running = flying.get(mailbox) ?? obtain(mailbox).finally(() => flying.delete(mailbox))
    flying.set(mailbox, running)
    return await running
  }
  return { ask: strategy === 'single-flight' ? alone : obtain, close: () => pool.end() }
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, pauseMs))
}
