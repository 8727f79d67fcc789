/**
 * The only place that knows every part. Builds them from the configuration in the order in which they depend on one
 * another, and takes them down in the reverse order.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { composeDomains } from './compose-domains.ts'
import type { Domains } from './compose-domains.ts'
import type { Config } from './config.ts'
import { healthProof, openSettings, openSystemPost } from './installation/index.ts'
import { wallClock } from './platform/clock/index.ts'
import { openDatabase, refuseEscapingRole } from './platform/db/index.ts'
import type { Database } from './platform/db/index.ts'
import { defineEvents } from './platform/events/index.ts'
import { systemIds } from './platform/ids/index.ts'
import type { Ids } from './platform/ids/index.ts'
import type { Log } from './platform/log/index.ts'
import { createMetrics } from './platform/metrics/index.ts'
import { choosePort } from './platform/port/index.ts'
import { openSecretBox, readKeyRing } from './platform/secret-box/index.ts'
import { StartError } from './start-database.ts'
import type { ReadyDatabase } from './start-database.ts'
import { openSessions, printableSetupToken } from './team/index.ts'
import { followWebAddress, noteWebAddress } from './web-address.ts'
import { wiring } from './wiring.ts'

/** The running program; `lines` are for the person who started it. */
export type Kontor = AsyncDisposable & { readonly lines: readonly string[] }

const webFolder = fileURLToPath(new URL('../../web/dist/', import.meta.url))
const metricNames = {
  kontor_http_requests_total: 'Requests by method and status.',
  kontor_push_total: 'Knocks of providers by endpoint and outcome.',
  kontor_live_pages: 'Pages that follow the live feed of this process.',
}

interface Given {
  readonly config: Config
  /** Disposed with the program, or when it cannot be built. */
  readonly ready: ReadyDatabase
  readonly log: Log
  readonly stop: AbortSignal
}

/** @throws StartError and the platform's own errors, each with a sentence for a person. */
export async function compose({ config, ready, log, stop }: Given): Promise<Kontor> {
  await using parts = new AsyncDisposableStack()
  parts.use(ready)
  if (config.role === 'migrate') {
    parts.move()
    await ready[Symbol.asyncDispose]()
    return { lines: ['The database is up to date.'], async [Symbol.asyncDispose]() {} }
  }
  if (ready.kind === 'embedded') parts.use(await holdDataFolder(ready.url))
  const clock = wallClock
  const ids = systemIds
  const metrics = createMetrics(metricNames)
  const database = parts.use(
    openDatabase({
      url: ready.url,
      applicationName: `kontor ${config.role}`,
      log,
      ...(ready.directUrl === undefined ? {} : { directUrl: ready.directUrl }),
    }),
  )
  await refuseEscapingRole(database)
  const box = openSecretBox(
    await readKeyRing({ given: config.secretKeys, file: join(config.dataFolder, 'secret-key') }),
  )
  const events = defineEvents({ ids })
  const { emit } = events
  const { google, googlePush, microsoft, publicUrl } = config
  const given = { google, googlePush, microsoft, publicAddress: publicUrl }
  const settings = openSettings({ database, box, given })
  const post = openSystemPost({ box, settings })
  const machines = { database, ids, clock, log, box, emit, settings, post }

  const lines: string[] = []
  let domains: Domains
  if (config.role === 'worker') {
    const address = parts.use(await followWebAddress({ ...machines, stop, own: undefined }))
    domains = parts.use(
      composeDomains(config, { ...machines, address: address.current, local: address.local }),
    )
    events.wire(wiring({ ids, emit, box, campaigns: domains.campaigns, authors: domains.authors }))
  } else {
    const { createApp } = await import('./http/app.ts')
    const { listen } = await import('./http/server.ts')
    const host = config.publicUrl === undefined && !config.production ? '127.0.0.1' : undefined
    const port = await choosePort({
      number: config.port.number,
      chosen: config.port.chosen && config.port.number !== 0,
      file: join(config.dataFolder, 'port'),
      host: host ?? '0.0.0.0',
    })
    const own = `http://127.0.0.1:${port}`
    const address = parts.use(await followWebAddress({ ...machines, stop, own }))
    domains = parts.use(
      composeDomains(config, { ...machines, address: address.current, local: address.local }),
    )
    events.wire(wiring({ ids, emit, box, campaigns: domains.campaigns, authors: domains.authors }))
    const sessions = await openSessions({
      database,
      ids,
      secret: box.mac('session cookie', 'sign-in'),
      publicUrl: config.publicUrl,
    })
    const app = createApp({
      ...machines,
      metrics,
      sessions,
      openUrl: address.open,
      healthProof: (ask) => healthProof(box, ask),
      steppableClock: config.steppableClock,
      answers: 'lenient',
      webFolder: existsSync(webFolder) ? webFolder : undefined,
      domains: { ...machines, ...domains, sessions, publicUrl: address.current },
    })
    parts.use(await listen(app, { port, host, clock }))
    await noteWebAddress(database, own)
    lines.push(...(await welcome(database, ids, address.current(), config.practice.url)))
  }
  if (config.role !== 'web' && !stop.aborted) {
    const { startWorker } = await import('./worker/start.ts')
    parts.use(
      await startWorker({
        ...domains,
        ...machines,
        events,
        publicUrl: domains.address,
        name: workerName(ids),
      }),
    )
    void domains.warmReader()
    if (config.role === 'worker') lines.push('Kontor works on what is waiting.')
  }
  const running = parts.move()
  return { lines, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** As leases show it: which process, of all that ever ran. */
function workerName(ids: Ids): string {
  return `${process.pid} ${ids.token(9)}`
}

async function welcome(
  database: Database,
  ids: Ids,
  address: string,
  practiceUrl: string | undefined,
): Promise<readonly string[]> {
  const token = await printableSetupToken({ database, ids })
  return [
    `Kontor: ${address}`,
    ...(token === undefined ? [] : [`Set up, once: ${address}/setup?token=${token}`]),
    ...(practiceUrl === undefined ? [] : [`Practice world: ${practiceUrl}`]),
  ]
}

/** `kontor` in ASCII, and one more than the migrators' lock. */
const holderKey = 0x6b6f6e746f73n
const holdTries = 30
const holdPauseMs = 100

/** One program per data folder. A lock of the database, so that it is gone with whoever held it, also after SIGKILL. */
async function holdDataFolder(url: string): Promise<AsyncDisposable> {
  const client = new pg.Client({ connectionString: url, application_name: 'kontor holder' })
  client.on('error', () => {})
  await client.connect()
  for (let tries = 0; tries < holdTries; tries++) {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
      holderKey,
    ])
    if (rows[0]?.held === true) return { [Symbol.asyncDispose]: () => client.end() }
    await wallClock.sleep(holdPauseMs)
  }
  await client.end()
  throw new StartError(
    'Kontor is running with this data folder already. Stop it first, choose another folder with KONTOR_DATA, or ' +
      'let several processes share a database with DATABASE_URL.',
  )
}
