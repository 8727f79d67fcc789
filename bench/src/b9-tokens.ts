/**
 * B9: token stampede. All access tokens have expired, and every process needs one of every mailbox at once. The provider
 * rotates refresh tokens, refuses used ones, and of a hundred renewals one is late or fails for the moment.
 */
import type { Bench, Contender, Run } from './bench.ts'
import { startProgram, startProvider } from './children.ts'
import { freshDatabase } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { fillGrants } from './engines/kontor-grants.ts'
import { fillMailboxes } from './engines/kontor-ground.ts'
import { percentile } from './load.ts'
import { benchBox } from './programs/parts.ts'
import type { AskerSays, AskerWish, Strategy } from './programs/token-asker.ts'
import { grantContext } from '../../server/src/mailboxes/tokens.ts'

const connections = 128
const slowEvery = 100

interface Size {
  readonly processes: number
  readonly mailboxes: number
}

export const tokenBench: Bench = {
  line: 'Token stampede: many processes renew the same rotating tokens at once',
  numbers: { processes: 8, mailboxes: 200 },
  contenders({ processes = 0, mailboxes = 0 }) {
    const size = { processes, mailboxes }
    const with_ = (strategy: Strategy, idiom: string): Contender => ({
      idiom,
      run: () => once(strategy, size),
    })
    return {
      kontor: with_(
        'kontor',
        "the product's token keeper: a lease in the row of the grant, proved by token version",
      ),
      none: with_('none', 'own port: whoever finds it expired renews and saves'),
      'single-flight': with_(
        'single-flight',
        'own port: one renewal at a time per mailbox within each process',
      ),
      'compare-and-swap': with_(
        'compare-and-swap',
        'own port: saves over the token it started from, reads again when refused',
      ),
    }
  },
}

async function once(strategy: Strategy, { processes, mailboxes }: Size): Promise<Run> {
  await using database = await freshDatabase()
  await using provider = await startProvider({ slowEvery })
  if (strategy === 'kontor') {
    await fillMailboxes(database.admin, { mailboxes, cap: 1 })
    await fillGrants(database.admin, (n) => ({ access: `access ${n}`, refresh: `${n}#0`, expired: true }))
  } else await fillTable(database, mailboxes)
  const wish: AskerWish = {
    strategy,
    appUrl: database.appUrl,
    adminUrl: database.adminUrl,
    provider: provider.url,
    mailboxes,
    connections: Math.max(1, Math.floor(connections / processes)),
  }
  const askers = Array.from({ length: processes }, () => startProgram<AskerSays>('token-asker', wish))
  await Promise.all(askers.map((asker) => asker.hear('ready')))
  const done = askers.map((asker) => asker.hear('done'))
  const began = performance.now()
  for (const asker of askers) asker.tell('go')
  const answers = await Promise.all(done)
  const seconds = (performance.now() - began) / 1000
  const waits = answers.flatMap((answer) => answer.waits).toSorted((a, b) => a - b)
  const { renewals, good } = await provider.record()
  return {
    figures: {
      callsPerExpiry: (renewals.granted + renewals.refused) / mailboxes,
      lostGrants: await lost(strategy, database, good),
      callersWithoutToken: answers.reduce((sum, { without }) => sum + without, 0),
      waitP50Ms: percentile(waits, 0.5),
      waitP99Ms: percentile(waits, 0.99),
      seconds,
      failedAtProvider: renewals.failed,
    },
  }
}

async function fillTable({ admin }: BenchDatabase, mailboxes: number): Promise<void> {
  await admin.query(`create table peer_token (mailbox int primary key, access text not null, refresh text not null,
    expires_at timestamptz not null, broken boolean not null default false)`)
  await admin.query(
    `insert into peer_token select n, 'access ' || n, n || '#0', now() - interval '1 hour', false
     from generate_series(0, $1::int - 1) n`,
    [mailboxes],
  )
}

/** Grants that somebody must sign in for again: called broken, or their stored refresh token is a used one. */
async function lost(
  strategy: Strategy,
  { admin }: BenchDatabase,
  good: Readonly<Record<string, string>>,
): Promise<number> {
  if (strategy !== 'kontor') {
    const { rows } = await admin.query<{ refresh: string; broken: boolean }>(
      'select refresh, broken from peer_token',
    )
    return rows.filter(({ refresh, broken }) => broken || isUsed(refresh, good)).length
  }
  const { rows } = await admin.query<{ id: string; refresh_token: string; state: string }>(
    'select id, refresh_token, state from oauth_grant',
  )
  return rows.filter(
    ({ id, refresh_token, state }) =>
      state !== 'active' || isUsed(benchBox.open(refresh_token, grantContext(id)), good),
  ).length
}

function isUsed(refresh: string, good: Readonly<Record<string, string>>): boolean {
  const [grant = ''] = refresh.split('#')
  return good[grant] !== undefined && good[grant] !== refresh
}
