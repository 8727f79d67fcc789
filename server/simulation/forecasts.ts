/**
 * Forecasts against what then happened. A forecast holds until something changes at its address; up to that moment
 * every mail must have left at the minute that was told, in the order that was told, and no other.
 */
import { forecastAll } from '../src/sending/outlook.ts'
import type { Moment, Record, Sender } from './record.ts'
import type { Taken } from './provider.ts'
import type { World } from './world.ts'

interface Foretold {
  readonly sender: Sender
  readonly moment: Moment
  /** How much was known by then, so that nobody reads a long log from its beginning. */
  readonly known: { readonly changes: number; readonly taken: number }
  /** In the order of leaving. */
  readonly mails: readonly { readonly marker: string; readonly at: number }[]
}

/** Watches over calm hours: takes a forecast of every mailbox that has none, and compares each once it is obsolete. */
export class Forecasts {
  compared = 0
  mails = 0
  readonly mismatches: string[] = []
  #watching = false
  readonly #world: World
  readonly #open = new Map<string, Foretold>()

  constructor(world: World) {
    this.#world = world
  }

  /** Calm hours begin. */
  async begin(): Promise<void> {
    this.#watching = true
    await this.look()
  }

  /** Compares what has become obsolete, and takes new forecasts where nothing is on its way or uncertain. */
  async look(): Promise<void> {
    if (!this.#watching) return
    const { record, provider, stand } = this.#world
    for (const foretold of this.#open.values()) {
      const end = endOf(foretold, record, provider.log)
      if (end !== undefined) this.#compare(foretold, end)
    }
    const { rows } = await stand.admin.query<{ mailbox_id: string }>(
      `select distinct mailbox_id from submission where state in ('leased', 'in_doubt')`,
    )
    const busy = new Set(rows.map((row) => record.sender(row.mailbox_id).address))
    for (const sender of record.senders)
      if (!busy.has(sender.address) && !this.#open.has(sender.id)) await this.#foretell(sender)
  }

  /** Compares all that is left: the calm hours are over. */
  end(): void {
    this.#watching = false
    const { record, provider, timeline } = this.#world
    for (const foretold of this.#open.values())
      this.#compare(foretold, endOf(foretold, record, provider.log) ?? timeline.moment())
  }

  async #foretell(sender: Sender): Promise<void> {
    const { record, provider, timeline } = this.#world
    const at = this.#world.workspace(sender.workspace)
    const expected = await at.inside((tx) => forecastAll(tx, sender.id))
    const mails = [...expected.values()].flatMap(({ id, at: time }) => {
      const marker = record.mailById(id)?.marker
      return time === undefined || marker === undefined ? [] : [{ marker, at: time }]
    })
    const known = { changes: record.changes.length, taken: provider.log.length }
    if (mails.length > 0) this.#open.set(sender.id, { sender, moment: timeline.moment(), known, mails })
  }

  #compare(foretold: Foretold, end: Moment): void {
    this.#open.delete(foretold.sender.id)
    const { sender, moment } = foretold
    const left = this.#world.provider.log.filter(
      ({ mailboxId, taken }) => mailboxId === sender.id && taken.seq > moment.seq && taken.seq < end.seq,
    )
    const due = foretold.mails.filter((mail, i) => i < left.length || mail.at < end.at)
    const count = Math.max(due.length, left.length)
    this.compared += 1
    this.mails += count
    for (let i = 0; i < count; i++) {
      const [told, was] = [due[i], left[i]]
      if (told?.marker === was?.marker && minuteOf(told?.at) === minuteOf(was?.taken.at)) continue
      this.mismatches.push(
        `${sender.address}: told ${told?.marker} at ${show(told?.at)}, left ${was?.marker} at ${show(was?.taken.at)}`,
      )
    }
  }
}

/** When something changed at the address first: an act, a fault, or a mail from its other mailbox. */
function endOf({ sender, known }: Foretold, record: Record, log: readonly Taken[]): Moment | undefined {
  const change = firstFrom(record.changes, known.changes, (one) => one.address === sender.address)
  const other = firstFrom(
    log,
    known.taken,
    (one) => one.address === sender.address && one.mailboxId !== sender.id,
  )?.taken
  if (change === undefined || other === undefined) return change ?? other
  return change.seq < other.seq ? change : other
}

function firstFrom<T>(list: readonly T[], from: number, is: (one: T) => boolean): T | undefined {
  for (let i = from; i < list.length; i++) {
    const one = list[i]
    if (one !== undefined && is(one)) return one
  }
  return undefined
}

function minuteOf(at: number | undefined): number | undefined {
  return at === undefined ? undefined : Math.floor(at / 60_000)
}

function show(at: number | undefined): string {
  return at === undefined ? 'no time' : Temporal.Instant.fromEpochMilliseconds(at).toString()
}
