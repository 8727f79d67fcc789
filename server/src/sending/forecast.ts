/**
 * The forecast: when each waiting mail of a mailbox leaves, and why not earlier. It lets the gates walk on with the very
 * function by which the dispatcher chooses (gates.ts), one mail at a time and only as far as somebody asks; exact while
 * nothing changes.
 */
import { choose, Gates } from './gates.ts'
import type { GateFacts, Lane } from './gates.ts'
import { jitterOf } from './pace.ts'
import type { Reason, StopCode } from './reasons.ts'
import { countOf, idAt, WaitingLine } from './waiting-line.ts'
import type { Waiting } from './waiting-line.ts'

export interface Outlook {
  readonly mailboxId: string
  readonly facts: GateFacts
  /** A mailbox that stands still gives no times. */
  readonly stopped?: StopCode | undefined
  readonly waiting: Waiting
}

export interface Expected {
  readonly id: string
  /** Undefined while the mailbox stands still. */
  readonly at?: number
  /** In its mailbox, counted from 1. */
  readonly position: number
  readonly reason: Reason
}

/** Everything that waits in one mailbox, in the order of leaving. Computes what is asked for and no more. */
export function* forecast({ facts, stopped, waiting }: Outlook): Generator<Expected, void> {
  if (stopped !== undefined) {
    const reason = { code: stopped }
    for (let place = 0; place < countOf(waiting); place++)
      yield { id: idAt(waiting, place), position: place + 1, reason }
    return
  }
  const gates = new Gates(facts)
  const line = new WaitingLine(waiting)
  const undone = undoable(waiting, facts.now)
  const ownTimes = ownTimesOf(waiting, facts.now)
  const held: Held = {}
  let waitedFor: Reason | undefined
  let leftAt = -Infinity
  for (let position = 1; ; ) {
    const choice = choose(gates, line)
    if (choice.mail === undefined) {
      if (choice.at === Infinity) return
      waitedFor = choice.why
      gates.moveTo(choice.at)
      const hindrance = { why: choice.why, until: choice.at }
      if (lasting.has(choice.why.code)) held.ranked = hindrance
      if (lasting.has(choice.why.code) && choice.why.code !== 'window') held.anyHour = hindrance
      continue
    }
    const id = idAt(waiting, choice.mail)
    const reason = undone.has(id)
      ? { code: 'undo' as const }
      : reasonOf({ lane: choice.lane, waitedFor, held, position, ownTime: ownTimes.get(id), leftAt })
    yield { id, at: gates.now, position, reason }
    leftAt = gates.now
    gates.charge(choice.lane, jitterOf(id))
    line.take(choice.mail)
    waitedFor = undefined
    position += 1
  }
}

/** What holds up not one mail but everything behind it. */
const lasting = new Set<Reason['code']>([
  'window',
  'day_full',
  'reserve',
  'rolling',
  'throttled',
  'trouble',
  'our_config',
  'returned',
])
const undoMs = 10_000

interface Hindrance {
  readonly why: Reason
  readonly until: number
}

/** What held up everything the last time; and of that what also holds whoever may leave at any hour. */
interface Held {
  ranked?: Hindrance
  anyHour?: Hindrance
}

interface Leaving {
  readonly lane: Lane
  readonly waitedFor: Reason | undefined
  readonly held: Held
  readonly position: number
  /** Its own, when that lay ahead. */
  readonly ownTime: number | undefined
  /** When the one before it left. */
  readonly leftAt: number
}

function reasonOf({ lane, waitedFor, held, position, ownTime, leftAt }: Leaving): Reason {
  const hindrance = lane === 'ranked' ? held.ranked : held.anyHour
  const behind = { code: 'behind', values: { position } } as const
  if (ownTime !== undefined && ownTime >= (hindrance?.until ?? 0))
    return leftAt >= ownTime ? behind : { code: 'scheduled' }
  if (hindrance !== undefined)
    return { code: hindrance.why.code, values: { ...hindrance.why.values, position } }
  if (lane === 'exempt') return { code: 'exempt', values: { position } }
  if (position > 1) return behind
  return waitedFor === undefined || waitedFor.code === 'scheduled' ? { code: 'next' } : waitedFor
}

function ownTimesOf({ special }: Waiting, now: number): ReadonlyMap<string, number> {
  return new Map(
    special.flatMap(({ id, notBefore = 0 }) => (notBefore > now ? [[id, notBefore] as const] : [])),
  )
}

/** Direct mails that were written just now: until they leave they can be taken back. */
function undoable({ special, ranks, ids }: Waiting, now: number): ReadonlySet<string> {
  const soon = special.filter(({ notBefore = 0 }) => notBefore > now && notBefore <= now + undoMs)
  if (soon.length === 0) return new Set()
  const direct = ids.slice(0, (ranks[0] ?? 0) * 36)
  return new Set(soon.flatMap(({ id }) => (direct.includes(id) ? [id] : [])))
}

/** Several mailboxes in one order: the next to leave anywhere comes first, those without a time last. */
export function* together(
  outlooks: readonly Outlook[],
): Generator<Expected & { readonly mailboxId: string }, void> {
  const walks = outlooks.map((outlook) => {
    const walk = forecast(outlook)
    return { mailboxId: outlook.mailboxId, walk, head: walk.next().value ?? undefined }
  })
  for (;;) {
    let first: (typeof walks)[number] | undefined
    for (const one of walks) {
      if (one.head === undefined) continue
      if (first?.head === undefined || earlier(one.head, first.head)) first = one
    }
    if (first?.head === undefined) return
    yield { ...first.head, mailboxId: first.mailboxId }
    first.head = first.walk.next().value ?? undefined
  }
}

function earlier(a: Expected, b: Expected): boolean {
  const difference = (a.at ?? Infinity) - (b.at ?? Infinity)
  return Number.isNaN(difference) || difference === 0 ? a.id < b.id : difference < 0
}
