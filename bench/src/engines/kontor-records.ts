/**
 * What Kontor writes down of a mail so that it leaves once and is proved, and nothing of its words: the product's lease, intent
 * and attempt, both lines of the access log around the call, the settlement fenced by the lease, and the event with its job
 * rows. No MIME, no thread and no message for the inbox; those come on top in the whole path.
 */
import { setTimeout as rest } from 'node:timers/promises'
import { createRecorder, withLedger } from '../../../server/src/mailboxes/ledger.ts'
import type { Tx } from '../../../server/src/platform/db/index.ts'
import { newToken } from '../../../server/src/mail/index.ts'
import { blobs } from '../../../server/src/platform/blob/index.ts'
import { defineEvents } from '../../../server/src/platform/events/index.ts'
import { systemIds as ids } from '../../../server/src/platform/ids/index.ts'
import { silentLog } from '../../../server/src/platform/log/index.ts'
import { lease } from '../../../server/src/sending/lease.ts'
import type { Intent } from '../../../server/src/sending/parts.ts'
import type { Arrived } from '../../../server/src/sending/settle.ts'
import { settleArrived } from '../../../server/src/sending/settle.ts'
import type { Lease } from '../../../server/src/sending/store-lease.ts'
import { leaseSeconds } from '../../../server/src/sending/store-lease.ts'
import { lockLeased, writeIntents } from '../../../server/src/sending/store-submission.ts'
import { sendingProvider } from '../../../server/src/testing/sending-provider.ts'
import { wiring } from '../../../server/src/wiring.ts'
import type { BenchDatabase } from '../database.ts'
import type { Engine } from '../load.ts'
import { benchBox as box, benchDatabase, nanoseconds } from '../programs/parts.ts'
import { fill, workspace } from './kontor-ground.ts'
import { tellReferee } from './kontor-whole.ts'

const bytes = new TextEncoder().encode('the same for all: what a mail says is not written here')

export function kontorRecords(database: BenchDatabase, wish: { loops: number; batch: number }): Engine {
  return {
    idiom: `the product's lease of ${wish.batch}, intent, attempt, access log, settlement and event, ${wish.loops} loops in one process; no words, thread or message`,
    fill: (load) => fill(database.admin, load),
    async dispatch(referee, stop) {
      await using product = benchDatabase(database.appUrl)
      const events = defineEvents({ ids })
      events.wire(wiring({ ids, emit: events.emit, box, authors: [], campaigns: {} as never }))
      const parts = { ids, emit: events.emit }
      const record = createRecorder({ database: product, ids, box, log: silentLog })
      const { sha256 } = await product.inWorkspace(workspace, (tx) => blobs.put(tx, workspace, bytes))
      const taken: (readonly [number, string])[] = []
      const began = performance.now()
      const loop = async (worker: string): Promise<void> => {
        while (taken.length < referee.wanted && !stop.aborted) {
          const leases = await lease(product, { mailboxes: wish.batch, ttlSeconds: leaseSeconds, worker })
          if (leases.length === 0) await rest(5)
          else await send(leases)
        }
      }
      const send = async (leases: readonly Lease[]): Promise<void> => {
        const intents = await product.inWorkspace(workspace, (tx) => begin(tx, leases, sha256))
        const arrived = await Promise.all(intents.map((intent) => call(intent)))
        await product.inWorkspace(workspace, (tx) => settleArrived(parts, tx, arrived))
      }
      const call = async (intent: Intent): Promise<Arrived> => {
        const { leaseId, workspaceId, mailboxId, id: submissionId, subject = '' } = intent.submission
        const provider = sendingProvider(async () => {
          taken.push([nanoseconds(), subject])
          return { ok: true, value: { providerMessageId: `m${subject}`, providerThreadId: `t${subject}` } }
        })
        const logged = withLedger(provider, record, { workspaceId, mailboxId, purpose: 'send' })
        const outcome = await logged.send(bytes, undefined, AbortSignal.any([]))
        if (!outcome.ok) throw new Error(outcome.failure.diagnostic)
        return { lease: { workspaceId, submissionId, mailboxId, leaseId }, intent, accepted: outcome.value }
      }
      await Promise.all(Array.from({ length: wish.loops }, (_, i) => loop(`bench-${i}`)))
      const seconds = (performance.now() - began) / 1000
      tellReferee(referee, taken)
      return { seconds, claims: [] }
    },
  }
}

async function begin(tx: Tx, leases: readonly Lease[], rawSha256: string): Promise<readonly Intent[]> {
  const locked = await lockLeased(tx, leases)
  const intents = locked.map((submission): Intent => {
    const token = ids.token(16)
    const messageId = newToken(token, 'bench.example')
    const { subject = '' } = submission
    const written = { token, messageId, references: [], subject, text: '', html: '', raw: bytes }
    return { submission, written, rawSha256, fromName: 'Bench', fromAddress: 'b@bench.example' }
  })
  const started = await writeIntents(
    tx,
    intents.map(({ submission, written: { token, messageId, subject } }) => ({
      submissionId: submission.id,
      leaseId: submission.leaseId,
      addressKey: submission.addressKey,
      attemptId: ids.uuid(),
      token,
      messageId,
      threadId: undefined,
      rawSha256,
      size: bytes.byteLength,
      subject,
    })),
    leaseSeconds,
  )
  return intents.filter(({ submission }) => started.has(submission.id))
}
