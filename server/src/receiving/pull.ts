/**
 * One pull of one mailbox.
 *
 * 1. Take the mailbox, and keep it while this process lives. 2. Ask for identifiers since the cursor. 3. Keep those of
 * our threads; where the thread id alone does not decide, ask for the thread headers. 4. Only then read the message.
 * 5. Store what it brought together with the new cursor. 6. Learn the ids of what we sent, where the provider told none.
 * 7. An expired cursor leads to an outage report and a bounded look by date over the gap; it comes last, and gives way to
 * what comes meanwhile.
 *
 * The position never moves past what is not stored. A message that cannot be read is set aside with a note and tried
 * again; it blocks nothing. Who lost the mailbox to another process writes nothing any more.
 */
import {
  countUnread,
  dueSetAside,
  forgetSettled,
  readEarly,
  settleSetAside,
} from '../correspondence/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { keepPlace } from './keep-place.ts'
import { learnSent } from './learn-sent.ts'
import type { ReceivingParts } from './parts.ts'
import type { GivesWay } from './polling.ts'
import { afterPull, givesWay } from './polling.ts'
import { leaveCrowded } from './store-attendance.ts'
import { closeOutageReport, holdOutageReport, openOutageReport } from './store-outage.ts'
import type { MailboxRef, Position } from './store-position.ts'
import {
  beginRescan,
  claimPull,
  endPull,
  lookSoon,
  moveCursor,
  moveRescan,
  renewPull,
  toldMeanwhile,
} from './store-position.ts'
import { forgetOld, takeOvertaken } from './store-unmatched.ts'
import type { Advance, Pulling, Stop } from './take-page.ts'
import { callSignal, lostPlace, takePage } from './take-page.ts'

/** A gap that is worth a report. */
const outageMinutes = 10
/** Clocks of provider and house may differ: a rescan begins this much earlier. */
const overlapMinutes = 60
const triedAgainAtOnce = 50
/** A server that has no room for a kept connection is asked again a few times a day. */
const crowdedSeconds = 6 * 3600
/** Until the process that keeps the connection has closed it. */
const roomSeconds = 10

/** Pulls once. Never throws for what the provider did; resolves when the mailbox is taken by somebody else. */
export async function pull(parts: ReceivingParts, mailbox: MailboxRef): Promise<void> {
  const { workspaceId, mailboxId } = mailbox
  const pullId = parts.ids.uuid()
  const position = await parts.database.inWorkspace(workspaceId, (tx) => claim(parts, tx, mailbox, pullId))
  if (position === undefined) return
  await using place = keepPlace(parts, mailbox, pullId)
  const opened = await parts.openMailbox(workspaceId, mailboxId, 'pull')
  const { findsChangedSubjects } = position
  const pulling = opened.ok
    ? new Pull({ parts, mailbox, provider: opened.value, place, findsChangedSubjects }, position)
    : undefined
  const stop = opened.ok ? await pulling?.run() : opened.failure
  if (stop !== undefined && stop.kind !== 'gives_way')
    parts.log.warn({ mailbox: mailboxId, kind: stop.kind }, 'a pull stopped early')
  if (stop?.kind === 'place_lost') return
  await parts.database.inWorkspace(workspaceId, async (tx) => {
    const pulled = { stop, found: pulling?.found ?? false }
    const end = afterPull(parts.polling, position, pulled, await databaseNow(tx))
    if (!(await endPull(tx, mailboxId, pullId, end))) return
    if (stop === undefined) return await report(parts, tx, mailbox)
    await holdOutageReport(tx, mailboxId, stop.kind === 'gives_way' ? undefined : stop.kind)
    if (mayBeCrowded(position, stop)) await makeRoom(tx, mailboxId)
  })
}

/** Whether a server that counts connections explains it: it says so, or more than one look in a row came to nothing. */
function mayBeCrowded({ failingSince }: Position, stop: Stop | GivesWay): boolean {
  return stop.kind === 'throttled' || (stop.kind === 'transient' && failingSince !== undefined)
}

/** The kept connection may be the one too many beside which nobody can look; without it everything is found by looking. */
async function makeRoom(tx: Tx, mailboxId: string): Promise<void> {
  if (await leaveCrowded(tx, mailboxId, crowdedSeconds)) await lookSoon(tx, mailboxId, roomSeconds)
}

/** Takes the mailbox; a gap since the last complete check opens a report. */
async function claim(
  parts: ReceivingParts,
  tx: Tx,
  { workspaceId, mailboxId }: MailboxRef,
  pullId: string,
): Promise<Position | undefined> {
  const position = await claimPull(tx, mailboxId, { pullId, holder: parts.database.presence })
  const from = position?.checkedAt
  if (
    position !== undefined &&
    from !== undefined &&
    from.until(position.now).total('minutes') >= outageMinutes
  )
    await openOutageReport(tx, { workspaceId, id: parts.ids.uuid(), mailboxId, from, reason: 'gap' })
  return position
}

/** After a gap: from when to when was checked, and what was found. */
async function report(parts: ReceivingParts, tx: Tx, { workspaceId, mailboxId }: MailboxRef): Promise<void> {
  const closed = await closeOutageReport(tx, mailboxId, await countUnread(tx, mailboxId))
  if (closed === undefined) return
  const { from, to, recovered, setAside, reason } = closed
  await parts.emit(tx, {
    workspaceId,
    type: 'mailbox.caught_up',
    subject: mailboxId,
    payload: { mailboxId, from: from.toString(), to: to.toString(), recovered, setAside, reason },
  })
}

/** A look by date; its end is fixed with its first page. */
interface Scan {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant | undefined
  readonly page: string | undefined
}

class Pull {
  readonly #pulling: Pulling
  readonly #position: Position
  #scan: Scan | undefined
  #found = false

  constructor(pulling: Pulling, position: Position) {
    this.#pulling = pulling
    this.#position = position
    const { rescanFrom: from, rescanTo: to, rescanPage: page } = position
    this.#scan = from && { from, to, page }
  }

  async run(): Promise<Stop | GivesWay | undefined> {
    return (
      (await this.#follow()) ??
      (await learnSent(this.#pulling)) ??
      (await this.#tryAgain()) ??
      (await this.#rescan())
    )
  }

  /** Something came or left since the last pull. */
  get found(): boolean {
    return this.#found
  }

  get #mailboxId(): string {
    return this.#pulling.mailbox.mailboxId
  }

  get #pullId(): string {
    return this.#pulling.place.pullId
  }

  /** From the cursor to the present, page by page. */
  async #follow(): Promise<Stop | undefined> {
    const { provider, place } = this.#pulling
    for (let cursor = this.#position.cursor; ; ) {
      const page = await provider.changesSince(cursor, callSignal(this.#pulling))
      if (!page.ok) {
        if (page.failure.kind === 'cursor_expired') return await this.#startOver()
        return lostPlace(place) ?? page.failure
      }
      const { changes, more, cursor: next } = page.value
      this.#found ||= changes.length > 0
      const stop = await this.#take(changes, {
        move: (tx) => moveCursor(tx, this.#mailboxId, this.#pullId, next),
      })
      if (stop !== undefined) return stop
      if (!more) return undefined
      cursor = next
    }
  }

  /** The present first, so that nothing can fall between the look by date and the new cursor. */
  async #startOver(): Promise<Stop | undefined> {
    const { provider, place, parts, mailbox } = this.#pulling
    const present = await provider.changesSince(undefined, callSignal(this.#pulling))
    if (!present.ok) return lostPlace(place) ?? present.failure
    const { rescanFrom, checkedAt, now } = this.#position
    const from = rescanFrom ?? (checkedAt ?? now).subtract({ minutes: overlapMinutes })
    const { workspaceId, mailboxId } = mailbox
    const began = await parts.database.inWorkspace(workspaceId, async (tx) => {
      const { cursor } = present.value
      if (!(await beginRescan(tx, mailboxId, this.#pullId, { from, cursor }))) return false
      const gap = { from: checkedAt ?? from, reason: 'expired' } as const
      await openOutageReport(tx, { workspaceId, id: parts.ids.uuid(), mailboxId, ...gap })
      return true
    })
    if (!began) return { kind: 'place_lost' }
    this.#scan = { from, to: undefined, page: undefined }
    return undefined
  }

  /** A look by date over the gap, which an earlier pull may have begun. */
  async #rescan(): Promise<Stop | GivesWay | undefined> {
    if (this.#scan === undefined) return undefined
    const { parts, mailbox, place } = this.#pulling
    const opened = await parts.openMailbox(mailbox.workspaceId, mailbox.mailboxId, 'rescan')
    if (!opened.ok) return opened.failure
    const scanning = { ...this.#pulling, provider: opened.value }
    const { from, to = this.#position.now.add({ minutes: overlapMinutes }) } = this.#scan
    for (let { page } = this.#scan; ; ) {
      const found = await opened.value.changesBetween({ from, to }, page, callSignal(scanning))
      if (!found.ok) return lostPlace(place) ?? found.failure
      const next = found.value.page
      const taken = await takePage(scanning, found.value.changes, {
        move: (tx) => moveRescan(tx, this.#mailboxId, this.#pullId, { to, page: next }),
      })
      if (!taken.ok) return taken.stop
      if (next === undefined) return undefined
      if (await this.#isWaitedFor()) return { kind: 'gives_way' }
      page = next
    }
  }

  async #isWaitedFor(): Promise<boolean> {
    const { parts, mailbox } = this.#pulling
    return await parts.database.inWorkspace(
      mailbox.workspaceId,
      async (tx) =>
        (await toldMeanwhile(tx, this.#mailboxId)) ||
        givesWay(parts.polling, this.#position, await databaseNow(tx)),
    )
  }

  /**
   * What was set aside or came early. A thread may become ours between the sorting of a page and the keeping of its
   * identifiers, where neither sees the other: the tables tell it, to this pull or to the next of any process.
   */
  async #tryAgain(): Promise<Stop | undefined> {
    const { parts, mailbox } = this.#pulling
    const due = await parts.database.inWorkspace(mailbox.workspaceId, async (tx) => {
      const { checkedAt } = this.#position
      const early = await takeOvertaken(tx, this.#mailboxId, checkedAt)
      await forgetOld(tx, this.#mailboxId, checkedAt)
      await forgetSettled(tx, this.#mailboxId)
      await readEarly(tx, mailbox.workspaceId, this.#mailboxId, early)
      return await dueSetAside(tx, this.#mailboxId, triedAgainAtOnce)
    })
    if (due.length === 0) return undefined
    return await this.#take(
      due.map((one) => ({ ...one, own: false })),
      {
        move: (tx) => renewPull(tx, this.#mailboxId, this.#pullId),
        tooMuch: new Set(due.filter((one) => one.tooMuch).map((one) => one.providerMessageId)),
        settle: async (tx, unread) => {
          const read = due.map((one) => one.providerMessageId).filter((id) => !unread.has(id))
          await settleSetAside(tx, this.#mailboxId, read)
        },
      },
    )
  }

  async #take(changes: Parameters<typeof takePage>[1], advance: Advance): Promise<Stop | undefined> {
    const taken = await takePage(this.#pulling, changes, advance)
    return taken.ok ? undefined : taken.stop
  }
}
