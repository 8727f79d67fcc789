/**
 * One mailbox, attended from a claim to its end.
 *
 * 1. Open the connection. 2. Once it tells, the mailbox is due: nothing told of what came before. 3. Each time something
 * comes, the mailbox is due, exactly as after a provider's notice; what came is found by the pull alone. 4. When it ends, the
 * mailbox is due once more, and tried again after a pause that grows while no connection lasts and differs between mailboxes,
 * so that those of one server do not all come back at once. A server that does not tell is asked again a few times a day.
 */
import type { Attendance, ProviderFailure } from '../mailboxes/provider.ts'
import { databaseNow, deadline } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { createBell } from './bell.ts'
import type { AttendingParts } from './parts.ts'
import type { Claimed, Left } from './store-attendance.ts'
import { leaveAttendance, standAttendance } from './store-attendance.ts'
import { ring } from './store-position.ts'

const openMs = 60_000
const pauseSeconds = { first: 5, most: 600, asked: 6 * 3600 }
/** A connection that lasted so long is no part of a failing series. */
const lastingMs = 60_000
const jitterShare = 0.25

/** How it ended. `lasted`: the connection told for a while. */
type End = { readonly stood: boolean } & (
  | { readonly why: 'told_to' }
  | { readonly why: 'not_offered' }
  | { readonly why: 'broke'; readonly failure: ProviderFailure; readonly lasted: boolean }
)

/** Attends until it ends or is told to. `begun` is called once the connection tells, or when none comes about. */
export async function attendMailbox(
  parts: AttendingParts,
  claimed: Claimed,
  { signal, begun }: { readonly signal: AbortSignal; readonly begun: () => void },
): Promise<void> {
  const { workspaceId, mailboxId } = claimed
  const inside = <T>(work: (tx: Tx) => Promise<T>) => parts.database.inWorkspace(workspaceId, work)
  const bell = createBell(() => inside((tx) => ring(tx, mailboxId, { told: true })))

  async function opened(): Promise<Attendance | End> {
    const mailbox = await parts.openMailbox(workspaceId, mailboxId, 'watch')
    const until = AbortSignal.any([signal, deadline(openMs)])
    const answer = mailbox.ok ? await mailbox.value.attend?.(bell.ring, until) : mailbox
    if (answer === undefined || (answer.ok && answer.value === undefined))
      return { stood: false, why: 'not_offered' }
    if (answer.ok && answer.value !== undefined) return answer.value
    if (signal.aborted || answer.ok) return { stood: false, why: 'told_to' }
    return { stood: false, why: 'broke', failure: answer.failure, lasted: false }
  }

  /** Until the connection ends, a notice could not be passed on, or we are told to leave. */
  async function listened(attendance: Attendance): Promise<End> {
    const since = parts.clock.monotonicMs()
    const failure = await Promise.race([attendance.over, bell.failed, aborted(signal)])
    if (failure === undefined) return { stood: true, why: 'told_to' }
    if (failure.kind === 'rejected') return { stood: true, why: 'not_offered' }
    const lasted = parts.clock.monotonicMs() - since >= lastingMs
    return { stood: true, why: 'broke', failure, lasted }
  }

  async function attended(): Promise<End> {
    await using stack = new AsyncDisposableStack()
    const attendance = await opened().finally(begun)
    if ('why' in attendance) return attendance
    stack.use(attendance)
    const stands = await inside(async (tx) => {
      if (!(await standAttendance(tx, claimed))) return false
      // the server has opened the folder and tells from now on, which is worth a first notice
      await ring(tx, mailboxId, { told: !claimed.stood })
      return true
    })
    return stands ? await listened(attendance) : { stood: false, why: 'told_to' }
  }

  const end = await attended()
  await bell.silent()
  if (end.why === 'broke')
    parts.log.info(
      { mailbox: mailboxId, kind: end.failure.kind, diagnostic: end.failure.diagnostic },
      'a connection over which a mail server tells ended',
    )
  await inside(async (tx) => {
    const next = leftAfter(end, claimed, await databaseNow(tx))
    if ((await leaveAttendance(tx, claimed, next)) && end.stood) await ring(tx, mailboxId, { told: false })
  })
}

/** When the mailbox is tried again, and what is remembered of the end. */
function leftAfter(end: End, { failingSince, attendId }: Claimed, now: Temporal.Instant): Left {
  if (end.why === 'told_to') return { tryAt: now, failingSince, off: undefined }
  // the id was drawn at random
  const drawn = Number.parseInt(attendId.slice(-4), 16) / 0xffff
  const after = (seconds: number) => now.add({ seconds: Math.round(seconds * (1 + drawn * jitterShare)) })
  if (end.why === 'not_offered')
    return { tryAt: after(pauseSeconds.asked), failingSince: undefined, off: 'not_offered' }
  const { failure, lasted } = end
  const since = lasted ? now : (failingSince ?? now)
  const failed = (seconds: number): Left => ({ tryAt: after(seconds), failingSince: since, off: 'refused' })
  const { first, most } = pauseSeconds
  if (failure.kind === 'throttled' || failure.kind === 'quota_day')
    return failed(Math.max(first, now.until(failure.until).total('seconds')))
  return failed(Math.min(most, Math.max(first, since.until(now).total('seconds'))))
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
