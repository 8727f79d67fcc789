/**
 * One process of the product that keeps connections to a mail server and looks into mailboxes, with the product's own loops.
 * It says nothing: what it does stands in the database, and what it takes is seen from outside.
 */
import { wallClock } from '../../../server/src/platform/clock/index.ts'
import { systemIds as ids } from '../../../server/src/platform/ids/index.ts'
import { silentLog } from '../../../server/src/platform/log/index.ts'
import { imapAdapter, imapEndpoint } from '../../../server/src/providers/imap/index.ts'
import type { Places } from '../../../server/src/providers/imap/index.ts'
import { startAttending, startReceiving } from '../../../server/src/receiving/jobs.ts'
import { usualPolling } from '../../../server/src/receiving/polling.ts'
import { benchDatabase } from './parts.ts'

export interface AttenderWish {
  readonly appUrl: string
  readonly imapPort: number
  readonly mostAttended: number
  readonly looksAtOnce: number
  readonly password: string
  /** Mailbox ids with their addresses. */
  readonly addresses: Readonly<Record<string, string>>
}
export interface AttenderSays {
  readonly says: 'ready'
}

const server = { host: 'mail.bench.example', port: 993, security: 'tls' } as const

const wish = JSON.parse(process.argv[2] ?? '{}') as AttenderWish
const database = benchDatabase(wish.appUrl)
const endpoint = imapEndpoint()
const places: Places = {
  serversFor: async () => ({ smtp: server, imap: server }),
  reach: async ({ host }) => ({
    ok: true,
    place: { host: '127.0.0.1', port: wish.imapPort, servername: host, security: 'none' },
  }),
  filesSent: async () => true,
}
const productNow = async () => wallClock.now()
const adapter = imapAdapter({ endpoint, places, clock: wallClock, productNow })
const parts = {
  database,
  ids,
  log: silentLog,
  clock: wallClock,
  emit: async () => {},
  polling: usualPolling,
  read: () => Promise.reject(new Error('nothing here is an answer to anything')),
  openMailbox: async (_workspaceId: string, mailboxId: string) => {
    const address = wish.addresses[mailboxId] ?? ''
    const secret = { address, name: '', user: address, password: wish.password, smtp: server, imap: server }
    const token = async () => ({ ok: true, value: JSON.stringify(secret) }) as const
    const provider = adapter.open({ current: token, renewed: token })
    return { ok: true, value: { ...provider, traits: adapter.traits } } as const
  },
}
startReceiving(parts, { concurrency: wish.looksAtOnce })
if (wish.mostAttended > 0)
  startAttending({
    ...parts,
    mostAttended: wish.mostAttended,
    endpoints: { all: async () => [endpoint], adapter: () => adapter },
  })
process.on('disconnect', () => process.exit(0))
process.send?.({ says: 'ready' } satisfies AttenderSays)
