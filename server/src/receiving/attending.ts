/**
 * Attends mailboxes whose servers tell of new mail over a connection that is kept open (IMAP IDLE, RFC 2177). Any number of
 * processes may: a mailbox is attended by one.
 *
 * 1. Keep the claims of what this process attends, and leave what it may not attend any more. 2. Free the mailboxes of a process
 * that is gone; each is due at once, since nobody told of what came meanwhile. 3. Take mailboxes that nobody attends, as far as
 * there is room. A process that others do not know to be there (`presence`) takes none: it could not be missed.
 */
import type { EndpointBook } from '../mailboxes/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import { attendMailbox } from './attend-mailbox.ts'
import type { AttendingParts } from './parts.ts'
import type { Claimed } from './store-attendance.ts'
import {
  attendChannel,
  claimAttendance,
  dueAttendances,
  freeAttendance,
  keepAttendances,
  leaveAttendance,
  lostAttendances,
} from './store-attendance.ts'
import type { MailboxRef } from './store-position.ts'
import { ring } from './store-position.ts'

/** A claim lives for 45 seconds, so three of these may fail. */
const idleMs = 10_000
/** Connections that are being made at once. */
const atOnce = 8
const freedAtOnce = 100

/** Starts attending. Disposing closes the connections and frees the mailboxes. */
export function startAttending(parts: AttendingParts): AsyncDisposable {
  const hint = new EventTarget()
  const wake = () => hint.dispatchEvent(new Event('wake'))
  const listening = parts.database.listen(attendChannel, wake)
  const attended = new Map<string, { readonly over: Promise<void>; readonly leave: () => void }>()
  let beginning = 0

  const inside = <T>(workspaceId: string, work: (tx: Tx) => Promise<T>) =>
    parts.database.inWorkspace(workspaceId, work)

  function attend(claimed: Claimed): void {
    const leaving = new AbortController()
    beginning += 1
    const begun = () => {
      beginning -= 1
      if (beginning === atOnce - 1) wake()
    }
    const over = attendMailbox(parts, claimed, { signal: leaving.signal, begun })
      .catch((error: unknown) => {
        parts.log.error({ error, mailbox: claimed.mailboxId }, 'a mailbox could not be attended')
      })
      .finally(() => {
        attended.delete(claimed.attendId)
        if (attended.size === parts.mostAttended - 1) wake()
      })
    attended.set(claimed.attendId, { over, leave: () => leaving.abort() })
  }

  async function keep(holder: number): Promise<void> {
    const kept = await keepAttendances(parts.database, holder)
    const ours = new Set(kept.map(({ attendId }) => attendId))
    for (const [attendId, { leave }] of attended) if (!ours.has(attendId)) leave()
    // what could not be given back when it ended
    for (const stray of kept.filter(({ attendId }) => !attended.has(attendId)))
      await inside(stray.workspaceId, async (tx) => {
        const next = { tryAt: await databaseNow(tx), failingSince: undefined, off: undefined }
        if (await leaveAttendance(tx, stray, next)) await ring(tx, stray.mailboxId, { told: false })
      })
  }

  async function free({ workspaceId, mailboxId }: MailboxRef): Promise<void> {
    await inside(workspaceId, async (tx) => {
      if (await freeAttendance(tx, mailboxId)) await ring(tx, mailboxId, { told: false })
    })
  }

  const loop = startLoop({
    name: 'attendances',
    idleMs,
    log: parts.log,
    clock: parts.clock,
    wake: hint,
    run: async () => {
      const holder = parts.database.presence
      if (holder === undefined) return 'idle'
      await keep(holder)
      for (const lost of await lostAttendances(parts.database, freedAtOnce)) await free(lost)
      const room = Math.min(parts.mostAttended - attended.size, atOnce - beginning)
      if (room <= 0) return 'idle'
      const endpoints = await attendable(parts.endpoints)
      for (const ref of await dueAttendances(parts.database, endpoints, room)) {
        const attendId = parts.ids.uuid()
        const claimed = await inside(ref.workspaceId, (tx) => claimAttendance(tx, ref, { attendId, holder }))
        if (claimed !== undefined) attend(claimed)
      }
      return 'idle'
    },
  })
  return {
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]()
      const last = [...attended.values()]
      for (const { leave } of last) leave()
      await Promise.all(last.map(({ over }) => over))
      await listening[Symbol.asyncDispose]()
    },
  }
}

/** Endpoints whose servers may tell over a connection. */
async function attendable(endpoints: EndpointBook): Promise<readonly string[]> {
  return (await endpoints.all())
    .filter((endpoint) => endpoints.adapter(endpoint)?.attends === true)
    .map(({ key }) => key)
}
