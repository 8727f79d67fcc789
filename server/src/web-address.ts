/**
 * Owns the address that links begin with: the environment's, else the one an owner set, else where the web process
 * listens, which it notes so that workers on the same database know it too. A process follows what changes: it looks
 * when it is told, and once a second in case the hint was lost.
 */
import { sql } from 'kysely'
import type { SettingsBook } from './installation/index.ts'
import { settingChannel } from './installation/index.ts'
import type { Database } from './platform/db/index.ts'
import { json } from './platform/db/index.ts'
import type { Log } from './platform/log/index.ts'
import { startLoop } from './platform/loop/index.ts'

export type WebAddress = AsyncDisposable & {
  readonly current: () => string
  /** The address that others can reach, undefined while links lead to this machine only. */
  readonly open: () => string | undefined
  /** Where the web process listens on its own machine, as far as that is known. */
  readonly local: () => string | undefined
}

const lookAgainMs = 1000

export async function noteWebAddress(database: Database, address: string): Promise<void> {
  await database.inSystem((tx) =>
    sql`insert into server_setting (key, value) values ('web_address', ${json(address)})
      on conflict (key) do update set value = excluded.value, updated_at = kontor_now()`.execute(tx),
  )
}

/** Resolves when there is an address, or when it is time to stop. `own`: where this process itself listens. */
export async function followWebAddress(parts: {
  readonly database: Database
  readonly settings: SettingsBook
  readonly log: Log
  readonly stop: AbortSignal
  readonly own: string | undefined
}): Promise<WebAddress> {
  const { database, settings, log, stop, own } = parts
  const { promise: known, resolve } = Promise.withResolvers<void>()
  const wake = new EventTarget()
  let open: string | undefined
  let local = own
  const look = async (): Promise<'idle'> => {
    open = (await settings.current()).publicAddress
    local = own ?? (await noted(database))
    if ((open ?? local) !== undefined) resolve()
    else log.info({}, 'waiting for the web process to say where it can be reached, or set PUBLIC_URL')
    return 'idle'
  }
  const ear = database.listen(settingChannel, () => wake.dispatchEvent(new Event('wake')))
  const loop = startLoop({ name: 'web address', idleMs: lookAgainMs, log, wake, run: look })
  stop.addEventListener('abort', () => resolve(), { once: true })
  await known
  return {
    current: () => open ?? local ?? '',
    open: () => open,
    local: () => local,
    async [Symbol.asyncDispose]() {
      await ear[Symbol.asyncDispose]()
      await loop[Symbol.asyncDispose]()
    },
  }
}

async function noted(database: Database): Promise<string | undefined> {
  const { rows } = await database.inSystem((tx) =>
    sql<{ value: string }>`select value from server_setting where key = 'web_address'`.execute(tx),
  )
  return rows[0]?.value
}
