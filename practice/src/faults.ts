/**
 * What is ordered of the practice providers: faults (stalls, cut connections, throttling, refusals, late reports) and other
 * behaviour than the usual. One mechanism for all: for everybody or one mailbox, for all calls or some, always, one time in
 * so many, a number of times, or by chance. Each order is a row that outlives a restart and counts how often it was met
 * (`matched`) and took effect (`applied`); chance is decided by its seed and that count.
 */
import {
  type Behaviour,
  type BehaviourName,
  NORMAL,
  checked,
  isBehaviour,
  readBehaviour,
} from './behaviour.ts'
import { type Call, isAbout } from './calls.ts'
import { chanceOf } from './chance.ts'
import { isoTime } from './clock.ts'
import { Reader } from './json.ts'
import type { Store } from './store/store.ts'

export const FAULT_KINDS = [
  'stallAfterAccept',
  'cutAfterAccept',
  'cutBeforeAccept',
  'throttle',
  'fail',
  'lateBounce',
  'pushLost',
  'pushTwice',
  'pushDelayed',
  'pushEarly',
  'subscriptionLost',
  'handshake',
  'refused',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** Faults that meet no call of a client, so that none can be named. */
export const FAULTS_WITHOUT_CALL: readonly string[] = [
  'lateBounce',
  'pushLost',
  'pushTwice',
  'pushDelayed',
  'pushEarly',
  'subscriptionLost',
]

/**
 * What goes wrong when an address that is to be told of mail is asked whether it is there: the question never gets there, somebody
 * before it says no, its answer is changed on the way, or all goes well but late (`ms` of real time).
 */
export const HANDSHAKES = ['unanswered', 'refused', 'garbled', 'late'] as const

/** How a provider that throttles says until when: in a sentence (Google), by a header, or not at all. */
export const PATIENCES = ['sentence', 'seconds', 'date', 'none'] as const

export type OrderKind = FaultKind | BehaviourName

export interface Fault {
  readonly seq: number
  readonly kind: OrderKind
  /** Address key; empty for every mailbox. */
  readonly mailbox: string
  readonly every: number | undefined
  readonly probability: number | undefined
  readonly seed: string
  readonly times: number | undefined
  readonly ms: number
  readonly until: number
  readonly status: number
  readonly body: unknown
  /** Name of an operation, or verb and path; `*` for any; undefined for where it is usually met. */
  readonly method: string | undefined
  readonly retryAfter: string | undefined
  readonly to: string
  readonly enhancedStatus: string
  /** Which of the provider's refusals, or which wording of one. */
  readonly as: string
  /** Of a behaviour: how it is, as long as the order takes effect. */
  readonly is: unknown
}

export type NewFault = Omit<Fault, 'seq'>

/** Thrown before anything was accepted: the connection is cut without an answer. */
export class CutConnectionError extends Error {
  override readonly name = 'CutConnectionError'
}

const BEHAVIOUR = 'behaviour'

export interface ListedFault extends Fault {
  readonly matched: number
  readonly applied: number
}

/** Where an order may strike. */
export interface Meeting {
  /** The call that is under way. */
  readonly call?: Call | undefined
  /** The operation at which it strikes when the order names none; any unless given. */
  readonly usual?: string | undefined
  readonly fits?: ((fault: Fault) => boolean) | undefined
}

export class Faults {
  readonly #store: Store
  #active: readonly Fault[]
  #behaviour: Behaviour

  constructor(store: Store) {
    this.#store = store
    this.#active = this.list()
    this.#behaviour = this.#readBehaviour()
  }

  /** What is set for everybody. */
  get behaviour(): Behaviour {
    return this.#behaviour
  }

  setBehaviour(behaviour: Behaviour): void {
    this.#behaviour = behaviour
    this.#store.keep(BEHAVIOUR, JSON.stringify(this.#behaviour))
  }

  add(fault: NewFault): void {
    const detail = JSON.stringify(fault)
    this.#store.insert(
      'insert into fault (kind, mailbox, detail) values (?, ?, ?)',
      fault.kind,
      fault.mailbox,
      detail,
    )
    this.#active = this.list()
  }

  clear(): void {
    this.#store.run('delete from fault')
    this.#store.run('delete from setting where key = ?', BEHAVIOUR)
    this.#active = []
    this.#behaviour = NORMAL
  }

  /** Ends the orders of one kind, and a behaviour is normal again for everybody; the others go on. */
  end(kind: OrderKind): void {
    this.#store.run('delete from fault where kind = ?', kind)
    this.#active = this.list()
    if (isBehaviour(kind)) this.setBehaviour({ ...this.#behaviour, [kind]: NORMAL[kind] })
  }

  endOne(seq: number): void {
    this.#store.run('delete from fault where seq = ?', seq)
    this.#active = this.list()
  }

  list(): readonly ListedFault[] {
    return this.#store.all('select * from fault order by seq').map((row) => ({
      ...readFault(row.json('detail')),
      seq: row.int('seq'),
      matched: row.int('matched'),
      applied: row.int('applied'),
    }))
  }

  /** The first order of that kind that takes effect now; being asked counts as being met. */
  strike(kind: OrderKind, mailbox: string, meeting: Meeting = {}): Fault | undefined {
    return this.#active.find(
      (fault) =>
        fault.kind === kind &&
        (fault.mailbox === '' || fault.mailbox === mailbox) &&
        isAbout(fault.method ?? meeting.usual, meeting.call) &&
        meeting.fits?.(fault) !== false &&
        this.#takesEffect(fault),
    )
  }

  /** How a provider behaves towards this mailbox, in this call: as ordered, else as set for everybody. */
  behaves<N extends BehaviourName>(name: N, mailbox: string, call?: Call): Behaviour[N]
  behaves(name: BehaviourName, mailbox: string, call?: Call): boolean | number | string {
    const ordered = this.strike(name, mailbox, { call })
    return ordered === undefined ? this.#behaviour[name] : checked(name, ordered.is, 'is')
  }

  /** A refusal on order: one of those that `named` knows, for this call or for the one that it is usually met at. */
  refusal<T extends object>(named: ReadonlyMap<string, T>, mailbox: string, call: Call): T | undefined {
    const fits = (fault: Fault): boolean => {
      const refusal = named.get(fault.as)
      if (refusal === undefined) return false
      const usual = 'method' in refusal && typeof refusal.method === 'string' ? refusal.method : undefined
      return isAbout(fault.method ?? usual, call)
    }
    const struck = this.strike('refused', mailbox, { call, fits })
    return struck === undefined ? undefined : named.get(struck.as)
  }

  #takesEffect(fault: Fault): boolean {
    const row = this.#store.one(
      'update fault set matched = matched + 1 where seq = ? returning matched, applied',
      fault.seq,
    )
    if (row === undefined) return false
    if (fault.times !== undefined && row.int('applied') >= fault.times) return false
    const count = row.int('matched')
    if (fault.every !== undefined && count % fault.every !== 0) return false
    if (fault.probability !== undefined && chanceOf(fault.seed, fault.kind, count) >= fault.probability)
      return false
    this.#store.run('update fault set applied = applied + 1 where seq = ?', fault.seq)
    return true
  }

  #readBehaviour(): Behaviour {
    const kept = this.#store.setting(BEHAVIOUR)
    if (kept === undefined) return NORMAL
    return readBehaviour(new Reader(JSON.parse(kept)), NORMAL)
  }
}

export function orderKind(text: string | undefined): OrderKind | undefined {
  if (text !== undefined && isBehaviour(text)) return text
  return FAULT_KINDS.find((each) => each === text)
}

function readFault(value: unknown): NewFault {
  const reader = new Reader(value)
  const kind = orderKind(reader.text('kind'))
  if (kind === undefined) throw new Error('a stored fault has an unknown kind')
  return {
    kind,
    mailbox: reader.maybeText('mailbox') ?? '',
    every: reader.maybeNumber('every'),
    probability: reader.maybeNumber('probability'),
    seed: reader.maybeText('seed') ?? '',
    times: reader.maybeNumber('times'),
    ms: reader.maybeNumber('ms') ?? 0,
    until: reader.maybeNumber('until') ?? 0,
    status: reader.maybeNumber('status') ?? 0,
    body: reader.raw('body'),
    method: reader.maybeText('method'),
    retryAfter: reader.maybeText('retryAfter'),
    to: reader.maybeText('to') ?? '',
    enhancedStatus: reader.maybeText('enhancedStatus') ?? '',
    as: reader.maybeText('as') ?? '',
    is: reader.raw('is'),
  }
}

/** How a fault is shown: without what it does not use. */
export function presentFault(fault: ListedFault): Record<string, unknown> {
  const { until, ms, status, body, to, enhancedStatus, seed, as, ...rest } = fault
  return {
    ...rest,
    ...(seed === '' ? {} : { seed }),
    ...(until === 0 ? {} : { until: isoTime(until) }),
    ...(ms === 0 ? {} : { ms }),
    ...(status === 0 ? {} : { status, body }),
    ...(to === '' ? {} : { to }),
    ...(enhancedStatus === '' ? {} : { status: enhancedStatus }),
    ...(as === '' ? {} : { as }),
  }
}
