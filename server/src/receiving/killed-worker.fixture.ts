/**
 * A worker that is asked for a pull, tells its parent that it stands in the middle of it, and waits to be killed. One that
 * listens is known to be there while it lives.
 */
import { wallClock } from '../platform/clock/index.ts'
import { openDatabase } from '../platform/db/index.ts'
import { systemIds } from '../platform/ids/index.ts'
import { silentLog } from '../platform/log/index.ts'
import { createMemoryProvider } from '../testing/memory-provider.ts'
import { usualPolling } from './polling.ts'
import { pull } from './pull.ts'

const [url = '', workspaceId = '', mailboxId = '', listens] = process.argv.slice(2)
const address = 'anna@brand.practice.example'
const outside = createMemoryProvider({ now: wallClock.now })
outside.account(address, 'Anna Keller')
const parts = {
  database: openDatabase({ url, applicationName: 'kontor test worker' }),
  emit: () => Promise.resolve(),
  ids: systemIds,
  log: silentLog,
  polling: usualPolling,
  clock: wallClock,
  read: () => Promise.reject(new Error('nothing to read')),
}

if (listens !== undefined) await parts.database.listen('kontor_pull', () => {}).ready
await pull(
  {
    ...parts,
    openMailbox: () =>
      Promise.resolve({
        ok: true,
        value: {
          ...outside.open(address),
          traits: outside.adapter.traits,
          changesSince: () => {
            process.send?.('asking')
            // the channel to the parent keeps the process alive until it is killed
            process.on('message', () => {})
            return new Promise(() => {})
          },
        },
      }),
  },
  { workspaceId, mailboxId },
)
