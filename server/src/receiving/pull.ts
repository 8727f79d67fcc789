/**
 * One pull of one mailbox.
 *
 * 1. Take the mailbox. 2. Ask for identifiers since the cursor. 3. Keep those of our threads; where the thread id alone
 * does not decide, ask for the thread headers. 4. Only then read the message. 5. Store what it brought together with
 * the new cursor. 6. An expired cursor leads to a bounded look by date over the gap and to an outage report.
 *
 * The position never moves past what is not stored. A message that cannot be read is set aside with a note and tried
 * again; it blocks nothing.
 */
import { findByClues, heldMessages, knownProviderThreads } from '../correspondence/index.ts'
import type { Change, MailProvider, Outcome, ProviderFailure, ProviderTraits } from '../mailboxes/provider.ts'
import { deadline } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { Fetched } from './capture.ts'
import { capture } from './capture.ts'
import { cluesOf } from './match.ts'
import type { ReadMessage } from './reading.ts'
import { dueSetAside, keepUnmatched, setAside, settleSetAside } from './store-pending.ts'
import type { MailboxRef, Position } from './store-position.ts'
import {
  beginRescan,
  claimPull,
  endPull,
  insertOutageReport,
  moveCursor,
  moveRescan,
} from './store-position.ts'

export interface OpenedMailbox extends MailProvider {
  readonly traits: ProviderTraits
}

export interface ReceivingParts {
  readonly database: Database
  readonly emit: Emit
  readonly ids: Ids
  readonly log: Log
  readonly openMailbox: (
    workspaceId: string,
    mailboxId: string,
    purpose: 'pull',
  ) => Promise<Outcome<OpenedMailbox>>
  /** Takes a message apart in a worker thread; throws when it breaks a limit. */
  readonly read: (raw: Uint8Array) => Promise<ReadMessage>
}

const pollSeconds = 5
const failedPollSeconds = 30
const callMilliseconds = 30_000
/** A gap that is worth a report. */
const outageMinutes = 10
/** Clocks of provider and house may differ: a rescan begins this much earlier. */
const overlapMinutes = 60

/** Pulls once. Never throws for what the provider did; resolves when the mailbox is taken by somebody else. */
export async function pull(parts: ReceivingParts, mailbox: MailboxRef): Promise<void> {
  const pullId = parts.ids.uuid()
  const position = await parts.database.inWorkspace(mailbox.workspaceId, (tx) =>
    claimPull(tx, mailbox.mailboxId, pullId),
  )
  if (position === undefined) return
  const work = new Pull(parts, mailbox, pullId, position)
  const failure = await work.run()
  if (failure !== undefined)
    parts.log.warn({ mailbox: mailbox.mailboxId, kind: failure.kind }, 'a pull stopped early')
  await parts.database.inWorkspace(mailbox.workspaceId, async (tx) => {
    if (failure === undefined) await work.report(tx)
    const nextInSeconds = failure === undefined ? pollSeconds : failedPollSeconds
    await endPull(tx, mailbox.mailboxId, pullId, { ok: failure === undefined, nextInSeconds })
  })
}

class Pull {
  readonly #parts: ReceivingParts
  readonly #mailbox: MailboxRef
  readonly #pullId: string
  readonly #position: Position
  #recovered = 0
  #rescanned: Temporal.Instant | undefined

  constructor(parts: ReceivingParts, mailbox: MailboxRef, pullId: string, position: Position) {
    this.#parts = parts
    this.#mailbox = mailbox
    this.#pullId = pullId
    this.#position = position
  }

  async run(): Promise<ProviderFailure | undefined> {
    const opened = await this.#parts.openMailbox(this.#mailbox.workspaceId, this.#mailbox.mailboxId, 'pull')
    if (!opened.ok) return opened.failure
    const provider = opened.value
    return (
      (await this.#follow(provider)) ?? (await this.#rescan(provider)) ?? (await this.#tryAgain(provider))
    )
  }

  /** From the cursor to the present, page by page. */
  async #follow(provider: OpenedMailbox): Promise<ProviderFailure | undefined> {
    let cursor = this.#position.cursor
    for (;;) {
      const page = await provider.changesSince(cursor, deadline(callMilliseconds))
      if (!page.ok) {
        if (page.failure.kind !== 'cursor_expired') return page.failure
        return await this.#startOver(provider)
      }
      const { changes, more } = page.value
      const failure = await this.#take(provider, changes, (tx) =>
        moveCursor(tx, this.#mailbox.mailboxId, this.#pullId, page.value.cursor),
      )
      if (failure !== undefined) return failure
      cursor = page.value.cursor
      if (!more) return undefined
    }
  }

  async #startOver(provider: OpenedMailbox): Promise<ProviderFailure | undefined> {
    const present = await provider.changesSince(undefined, deadline(callMilliseconds))
    if (!present.ok) return present.failure
    const since = this.#position.rescanFrom ?? this.#position.checkedAt ?? this.#position.now
    const from = since.subtract({ minutes: overlapMinutes })
    const began = await this.#parts.database.inWorkspace(this.#mailbox.workspaceId, (tx) =>
      beginRescan(tx, this.#mailbox.mailboxId, this.#pullId, { from, cursor: present.value.cursor }),
    )
    return began ? await this.#scan(provider, from, undefined) : undefined
  }

  /** Continues a look by date that an earlier pull began. */
  async #rescan(provider: OpenedMailbox): Promise<ProviderFailure | undefined> {
    if (this.#position.rescanFrom === undefined || this.#rescanned !== undefined) return undefined
    return await this.#scan(provider, this.#position.rescanFrom, this.#position.rescanPage)
  }

  async #scan(
    provider: OpenedMailbox,
    from: Temporal.Instant,
    startPage: string | undefined,
  ): Promise<ProviderFailure | undefined> {
    let page = startPage
    const to = this.#position.now.add({ minutes: overlapMinutes })
    for (;;) {
      const found = await provider.changesBetween({ from, to }, page, deadline(callMilliseconds))
      if (!found.ok) return found.failure
      const next = found.value.page
      const before = this.#recovered
      const failure = await this.#take(provider, found.value.changes, (tx) =>
        moveRescan(tx, this.#mailbox.mailboxId, this.#pullId, {
          page: next,
          recovered: this.#recovered - before,
        }),
      )
      if (failure !== undefined) return failure
      page = next
      if (page === undefined) {
        this.#rescanned = from
        return undefined
      }
    }
  }

  /** What was set aside or came early. */
  async #tryAgain(provider: OpenedMailbox): Promise<ProviderFailure | undefined> {
    const due = await this.#parts.database.inWorkspace(this.#mailbox.workspaceId, (tx) =>
      dueSetAside(tx, this.#mailbox.mailboxId, 50),
    )
    if (due.length === 0) return undefined
    const again = due.map((one) => ({ ...one, own: false }))
    return await this.#take(provider, again, async (tx, unread) => {
      const read = due.map((one) => one.providerMessageId).filter((id) => !unread.has(id))
      await settleSetAside(tx, this.#mailbox.mailboxId, read)
      return true
    })
  }

  /** Matches, reads and stores one page of identifiers; `advance` moves the position in the same transaction. */
  async #take(
    provider: OpenedMailbox,
    changes: readonly Change[],
    advance: (tx: Tx, unread: ReadonlySet<string>) => Promise<boolean>,
  ): Promise<ProviderFailure | undefined> {
    const sorted = await this.#sort(provider, changes)
    if (!sorted.ok) return sorted.failure
    const { ours, unmatched } = sorted.value
    const fetched: Fetched[] = []
    const unread = new Map<string, { change: Change; why: string }>()
    for (const change of ours) {
      const one = await this.#fetch(provider, change)
      if ('fetched' in one) fetched.push(one.fetched)
      else if ('failure' in one) return one.failure
      else if (one.why !== 'gone') unread.set(change.providerMessageId, { change, why: one.why })
    }
    await this.#parts.database.inWorkspace(this.#mailbox.workspaceId, async (tx) => {
      let captured = 0
      for (const one of fetched) {
        const result = await capture(this.#parts, tx, this.#mailbox, one)
        if (result.outcome === 'captured' && result.kind !== 'own') captured += 1
        if (result.outcome === 'unsettled')
          unread.set(one.providerMessageId, { change: one, why: 'unsettled' })
      }
      if (!(await advance(tx, new Set(unread.keys())))) return
      await keepUnmatched(tx, this.#mailbox.workspaceId, this.#mailbox.mailboxId, unmatched)
      for (const { change, why } of unread.values()) {
        const { providerMessageId, providerThreadId } = change
        await setAside(tx, this.#mailbox.workspaceId, this.#mailbox.mailboxId, {
          providerMessageId,
          ...(providerThreadId === undefined ? {} : { providerThreadId }),
          failure: why,
          againInSeconds: 30,
        })
      }
      this.#recovered += captured
    })
    return undefined
  }

  /** Separates ours from foreign: identifiers first, then at most the thread headers. */
  async #sort(
    provider: OpenedMailbox,
    changes: readonly Change[],
  ): Promise<Outcome<{ ours: Change[]; unmatched: Change[] }>> {
    const ids = changes.map((change) => change.providerMessageId)
    const threads = changes.flatMap((change) =>
      change.providerThreadId === undefined ? [] : [change.providerThreadId],
    )
    const [held, known] = await this.#parts.database.inWorkspace(this.#mailbox.workspaceId, async (tx) => [
      await heldMessages(tx, this.#mailbox.mailboxId, ids),
      await knownProviderThreads(tx, this.#mailbox.mailboxId, threads),
    ])
    const ours: Change[] = []
    const unmatched: Change[] = []
    for (const change of changes) {
      if (held.has(change.providerMessageId)) continue
      const inThread = change.providerThreadId !== undefined && known.has(change.providerThreadId)
      if (provider.traits.threadIdDecides) {
        ;(inThread ? ours : unmatched).push(change)
        continue
      }
      const headers = await provider.threadHeaders(change.providerMessageId, deadline(callMilliseconds))
      if (!headers.ok) {
        if (headers.failure.kind === 'not_found') continue
        return headers
      }
      const clues = cluesOf(headers.value, change.providerThreadId)
      const match = await this.#parts.database.inWorkspace(this.#mailbox.workspaceId, (tx) =>
        findByClues(tx, this.#mailbox.mailboxId, clues),
      )
      ;(match === undefined ? unmatched : ours).push(change)
    }
    return { ok: true, value: { ours, unmatched } }
  }

  async #fetch(
    provider: OpenedMailbox,
    change: Change,
  ): Promise<{ fetched: Fetched } | { failure: ProviderFailure } | { why: string }> {
    const raw = await provider.raw(change.providerMessageId, deadline(callMilliseconds))
    if (!raw.ok) {
      if (raw.failure.kind === 'not_found') return { why: 'gone' }
      if (raw.failure.kind === 'transient' || raw.failure.kind === 'rejected')
        return { why: raw.failure.kind }
      return { failure: raw.failure }
    }
    try {
      const read = await this.#parts.read(raw.value.raw)
      const providerThreadId = raw.value.providerThreadId ?? change.providerThreadId
      return {
        fetched: {
          providerMessageId: change.providerMessageId,
          ...(providerThreadId === undefined ? {} : { providerThreadId }),
          own: change.own || raw.value.own,
          raw: raw.value.raw,
          receivedAt: raw.value.receivedAt,
          read,
        },
      }
    } catch (error) {
      this.#parts.log.warn(
        { error, message: change.providerMessageId },
        'a message could not be read and was set aside',
      )
      return { why: 'unreadable' }
    }
  }

  /** After a gap: from when to when was checked, and what was found. */
  async report(tx: Tx): Promise<void> {
    const { checkedAt, now } = this.#position
    const gap = checkedAt === undefined ? 0 : checkedAt.until(now).total('minutes')
    const from = this.#rescanned ?? (gap >= outageMinutes ? checkedAt : undefined)
    if (from === undefined) return
    await insertOutageReport(tx, {
      workspaceId: this.#mailbox.workspaceId,
      id: this.#parts.ids.uuid(),
      mailboxId: this.#mailbox.mailboxId,
      from,
      recovered: this.#recovered + this.#position.rescanRecovered,
      complete: true,
    })
    await this.#parts.emit(tx, {
      workspaceId: this.#mailbox.workspaceId,
      type: 'mailbox.caught_up',
      subject: this.#mailbox.mailboxId,
      payload: { recovered: this.#recovered },
    })
  }
}
