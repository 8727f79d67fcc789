/**
 * Owns the address that links begin with when no PUBLIC_URL is set: the web process notes where it listens, and workers
 * on the same database read it, because the mails they send carry links.
 */
import { sql } from 'kysely'
import type { Database } from './platform/db/index.ts'
import { json } from './platform/db/index.ts'
import type { Log } from './platform/log/index.ts'
import { startLoop } from './platform/loop/index.ts'

export type WebAddress = AsyncDisposable & { readonly current: () => string }

const lookAgainMs = 1000

export async function noteWebAddress(database: Database, address: string): Promise<void> {
  await database.inSystem((tx) =>
    sql`insert into server_setting (key, value) values ('web_address', ${json(address)})
      on conflict (key) do update set value = excluded.value, updated_at = kontor_now()`.execute(tx),
  )
}

/** Follows the note of the web process. Resolves when there is one, or when it is time to stop. */
export async function followWebAddress(database: Database, log: Log, stop: AbortSignal): Promise<WebAddress> {
  const { promise: known, resolve } = Promise.withResolvers<void>()
  let address = ''
  const loop = startLoop({
    name: 'web address',
    idleMs: lookAgainMs,
    log,
    run: async () => {
      const { rows } = await database.inSystem((tx) =>
        sql<{ value: string }>`select value from server_setting where key = 'web_address'`.execute(tx),
      )
      if (rows[0] === undefined) {
        log.info({}, 'waiting for the web process to say where it can be reached, or set PUBLIC_URL')
      } else {
        address = rows[0].value
        resolve()
      }
      return 'idle'
    },
  })
  stop.addEventListener('abort', () => resolve(), { once: true })
  await known
  return { current: () => address, [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose]() }
}
