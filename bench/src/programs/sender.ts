/**
 * A worker's sending part in a process of its own: the product's dispatcher and reconciler with 64 mails on their way, its
 * ledger, its events with the job rows that its wiring makes, and the provider that was asked for. Waits for `go`; says
 * how many mails were settled; ends on `stop` with the order in which the provider took them.
 */
import { createMailboxes } from '../../../server/src/mailboxes/index.ts'
import { createRecorder, withLedger } from '../../../server/src/mailboxes/ledger.ts'
import type { MailProvider } from '../../../server/src/mailboxes/provider.ts'
import { wallClock } from '../../../server/src/platform/clock/index.ts'
import { defineEvents } from '../../../server/src/platform/events/index.ts'
import type { Emit } from '../../../server/src/platform/events/index.ts'
import { createHttpClient } from '../../../server/src/platform/http-client/index.ts'
import { systemIds } from '../../../server/src/platform/ids/index.ts'
import { silentLog } from '../../../server/src/platform/log/index.ts'
import { gmailAdapter, practiceGoogleEndpoint } from '../../../server/src/providers/gmail/index.ts'
import { chargeOutside, refundOutside } from '../../../server/src/sending/index.ts'
import { startSending } from '../../../server/src/sending/jobs.ts'
import type { SendingParts } from '../../../server/src/sending/parts.ts'
import type { MailAuthor, OutgoingFile } from '../../../server/src/sending/ports.ts'
import { sendingProvider } from '../../../server/src/testing/sending-provider.ts'
import { wiring } from '../../../server/src/wiring.ts'
import { benchBox as box, benchDatabase, nanoseconds } from './parts.ts'
import { plainProvider } from './plain-provider.ts'

export interface SenderWish {
  readonly url: string
  readonly worker: string
  /** In this process, by the product's Gmail adapter, or by a plain request. */
  readonly over: 'process' | 'gmail' | 'plain'
  /** Where the provider listens, unless it is in this process. */
  readonly provider?: string
  /** What every mail carries. */
  readonly file?: OutgoingFile
}
export type SenderSays =
  | { readonly says: 'ready' }
  | { readonly says: 'settled'; readonly mails: number; readonly at: number }
  /** `at` and subject of each mail that a provider inside this process took. */
  | {
      readonly says: 'stopped'
      readonly taken: readonly (readonly [number, string])[]
      readonly peakRssMb: number
    }

const concurrency = 64
const toldEveryMs = 20
const paragraph = 'We would love to work with you on this, and tell you more whenever it suits you best. '
const text = Array.from({ length: 4 }, () => paragraph.repeat(3)).join('\n\n')

const wish = JSON.parse(process.argv[2] ?? '{}') as SenderWish
const database = benchDatabase(wish.url)
const ids = systemIds
const events = defineEvents({ ids })
// by name: a transaction that lost a race is run again, and emits again
const settled = new Set<string>()
let told = 0
let settledAt = 0
const emit: Emit = async (tx, ...news) => {
  await events.emit(tx, ...news)
  for (const { type, subject = '' } of news) {
    if (type !== 'submission.accepted') continue
    settled.add(subject)
    settledAt = nanoseconds()
  }
}
const author: MailAuthor = {
  stillTrue: async () => ({ verdict: 'true' }),
  render: async (_tx, { subject = '', toName }) => ({
    ok: true,
    rendered: {
      subject,
      text: `Hi ${toName},\n\n${text}`,
      files: wish.file === undefined ? [] : [wish.file],
    },
  }),
}
// the handlers of events do not run here; that there are so many jobs to write is what counts
events.wire(wiring({ ids, emit: events.emit, box, authors: [author], campaigns: {} as never }))

const taken: (readonly [number, string])[] = []
const inside = sendingProvider(async (raw) => {
  taken.push([nanoseconds(), subjectOf(raw)])
  const id = `m${taken.length}-${process.pid}`
  return { ok: true, value: { providerMessageId: id, providerThreadId: `t${id}` } }
})
const parts: SendingParts = {
  database,
  ids,
  emit,
  log: silentLog,
  clock: wallClock,
  authors: [author],
  openMailbox: wish.over === 'gmail' ? overGmail(wish.provider ?? '') : recorded(),
}

let sending: AsyncDisposable | undefined
const telling = setInterval(tell, toldEveryMs)
process.on('message', (order: 'go' | 'stop') => {
  if (order === 'go') sending = startSending(parts, { worker: wish.worker, concurrency })
  else void stop()
})
process.on('disconnect', () => process.exit(1))
await database.call((db) => db.selectFrom('clock_offset').selectAll().execute())
say({ says: 'ready' })

function recorded(): SendingParts['openMailbox'] {
  const record = createRecorder({ database, ids, box, log: silentLog })
  const provider: MailProvider = wish.over === 'process' ? inside : plainProvider(wish.provider ?? '')
  return async (workspaceId, mailboxId, purpose) => ({
    ok: true,
    value: withLedger(provider, record, { workspaceId, mailboxId, purpose }),
  })
}

function overGmail(url: string): SendingParts['openMailbox'] {
  const endpoint = practiceGoogleEndpoint(url)
  const http = createHttpClient({ allowedOrigins: () => [url], timeoutMs: 10_000 })
  const adapter = gmailAdapter({
    endpoint,
    http,
    now: wallClock.now,
    productNow: async () => wallClock.now(),
  })
  const mailboxes = createMailboxes({
    database,
    ids,
    clock: wallClock,
    box,
    log: silentLog,
    emit,
    schedule: { sync: async () => {}, charge: chargeOutside, refund: refundOutside },
    beginTakingBack: async () => 0,
    endpoints: { all: async () => [endpoint], adapter: () => adapter },
    redirectUri: () => 'http://127.0.0.1/callback',
  })
  return mailboxes.open
}

function subjectOf(raw: Uint8Array): string {
  return /^Subject: (.*)\r$/m.exec(Buffer.from(raw).toString('latin1'))?.[1] ?? ''
}

function tell(): void {
  if (settled.size === told) return
  told = settled.size
  say({ says: 'settled', mails: told, at: settledAt })
}

async function stop(): Promise<void> {
  clearInterval(telling)
  await sending?.[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
  // the channel closes after the message has left
  const peakRssMb = process.resourceUsage().maxRSS / 1024
  process.send?.({ says: 'stopped', taken, peakRssMb } satisfies SenderSays, () => process.disconnect?.())
}

function say(what: SenderSays): void {
  process.send?.(what)
}
