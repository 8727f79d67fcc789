/**
 * The loop that pulls mailboxes when they are due. Any number of processes may run it: a mailbox is pulled by one.
 */
import { firstSentAt, forgetSetAside, hastenSentCopies, readEarly } from '../correspondence/index.ts'
import { forgetWatch, watchAgain } from '../mailboxes/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Event, EventHandler } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import type { ReceivingParts } from './parts.ts'
import { pull } from './pull.ts'
import { openOutageReport } from './store-outage.ts'
import type { MailboxRef } from './store-position.ts'
import {
  beginReading,
  duePulls,
  expectAnswers,
  forgetPosition,
  isUnread,
  lookBack,
  passOn,
  readerOf,
  ring,
} from './store-position.ts'
import { forgetAttendance } from './store-attendance.ts'
import { forgetUnmatched, mayAnswerEarly, takeUnmatched } from './store-unmatched.ts'

export { startAttending } from './attending.ts'
export { startWatching } from './watching.ts'

const idleMs = 400

/** Starts pulling. Mailboxes do not wait for each other: a slow one holds one place of many. Disposing lets the pulls in progress end. */
export function startReceiving(
  parts: ReceivingParts,
  { concurrency }: { concurrency: number },
): AsyncDisposable {
  const hint = new EventTarget()
  const wake = () => hint.dispatchEvent(new Event('wake'))
  const listening = parts.database.listen('kontor_pull', wake)
  const running = new Set<Promise<void>>()

  async function pullOne(mailbox: MailboxRef): Promise<void> {
    try {
      await pull(parts, mailbox)
      // a notice meanwhile made it due again
      wake()
    } catch (error) {
      parts.log.error({ error, mailbox: mailbox.mailboxId }, 'a pull failed and is tried again')
    }
  }

  const loop = startLoop({
    name: 'pulls',
    idleMs,
    log: parts.log,
    clock: parts.clock,
    wake: hint,
    run: async () => {
      const free = concurrency - running.size
      const due = free === 0 ? [] : await duePulls(parts.database, free)
      for (const mailbox of due) {
        const one = pullOne(mailbox).finally(() => {
          running.delete(one)
          if (running.size === concurrency - 1) wake()
        })
        running.add(one)
      }
      return 'idle'
    },
  })
  return {
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]()
      await Promise.all(running)
      await listening[Symbol.asyncDispose]()
    },
  }
}

/** An answer may follow what left within so long; a copy in Sent, which tells the thread, sooner. */
const answersWithinSeconds = 5
const copyWithinSeconds = 1

/** A mailbox that is connected with Full Access is read from now on. */
export async function onMailboxConnected(tx: Tx, event: Event): Promise<void> {
  if (event.subject === undefined) return
  await beginReading(tx, event.subject)
  await watchAgain(tx, event.subject, { ended: false })
  await forgetAttendance(tx, event.subject)
}

/**
 * A mailbox came back, or its level changed. With Full Access it is read from where it stood, or, if a person wished it,
 * from the first mail that Kontor sent; with Send Only its place and every identifier that was kept are forgotten, so
 * that nothing of that time is looked at later.
 */
export function onMailboxChanged(parts: { readonly ids: Ids }): EventHandler {
  return async (tx, { workspaceId, subject: mailboxId, payload }) => {
    if (mailboxId === undefined || payload['level'] === undefined) return
    if (await isUnread(tx, mailboxId)) return await stopReading(tx, mailboxId)
    await beginReading(tx, mailboxId)
    // the provider may have forgotten the watch with the grant, and a connection stands on what was known before
    await watchAgain(tx, mailboxId, { ended: false })
    await forgetAttendance(tx, mailboxId)
    if (payload['fetchEarlier'] !== true) return
    const from = await firstSentAt(tx, mailboxId)
    if (from === undefined) return
    await lookBack(tx, mailboxId, from)
    await openOutageReport(tx, { workspaceId, id: parts.ids.uuid(), mailboxId, from, reason: 'earlier' })
  }
}

/** A mailbox that was disconnected is not read any more; where it stood matters only to one that is read with it. */
export async function onMailboxDisconnected(tx: Tx, { subject }: Event): Promise<void> {
  if (subject === undefined) return
  if (await passOn(tx, subject)) await forgetWatch(tx, subject)
  else await stopReading(tx, subject)
}

async function stopReading(tx: Tx, mailboxId: string): Promise<void> {
  await forgetUnmatched(tx, mailboxId)
  await forgetSetAside(tx, mailboxId)
  await forgetPosition(tx, mailboxId)
  await forgetWatch(tx, mailboxId)
  await forgetAttendance(tx, mailboxId)
}

/**
 * A thread has become ours: answers may come soon, and identifiers that came early are read now. Where the provider told no
 * thread, its copy in Sent will; at once, where something came meanwhile that may be an answer.
 */
export async function onSubmissionAccepted(tx: Tx, { workspaceId, payload }: Event): Promise<void> {
  const { mailboxId, providerThreadId } = payload
  if (typeof mailboxId !== 'string') return
  if (typeof providerThreadId !== 'string') {
    await expectAnswers(tx, mailboxId, copyWithinSeconds)
    if ((await mayAnswerEarly(tx, mailboxId)) && (await hastenSentCopies(tx, mailboxId)))
      await ring(tx, mailboxId, { told: false })
    return
  }
  await expectAnswers(tx, mailboxId, answersWithinSeconds)
  const early = await takeUnmatched(tx, mailboxId, providerThreadId)
  if (early.length === 0) return
  const reader = (await readerOf(tx, mailboxId)) ?? mailboxId
  if ((await readEarly(tx, workspaceId, reader, early)) > 0) await beginReading(tx, mailboxId)
}
