/**
 * Faults on order: stalls, cut connections, throttling, refusals, late reports. Each fault is a row that outlives a restart
 * and counts how often it was met (`matched`) and took effect (`applied`); chance is decided by its seed and that count.
 */
import { chanceOf } from './chance.ts'
import { isoTime } from './clock.ts'
import { Reader } from './json.ts'
import type { Store } from './store/store.ts'

export type FaultKind =
  | 'stallAfterAccept'
  | 'cutAfterAccept'
  | 'cutBeforeAccept'
  | 'throttle'
  | 'fail'
  | 'lateBounce'
  | 'pushLost'
  | 'pushTwice'
  | 'pushDelayed'
  | 'pushEarly'
  | 'subscriptionLost'
  | 'refused'

export const FAULT_KINDS: readonly FaultKind[] = [
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
  'refused',
]

export interface Fault {
  readonly seq: number
  readonly kind: FaultKind
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
  readonly method: string | undefined
  readonly retryAfter: string | undefined
  readonly to: string
  readonly enhancedStatus: string
  /** Which of the provider's refusals, or which wording of one. */
  readonly as: string
}

export type NewFault = Omit<Fault, 'seq'>

/** Thrown before anything was accepted: the connection is cut without an answer. */
export class CutConnectionError extends Error {
  override readonly name = 'CutConnectionError'
}

export interface Behaviour {
  /** Sending replaces the client's Message-ID, as Gmail does. */
  readonly messageIdRewrite: boolean
  /** An answer with another subject opens a thread of its own. */
  readonly threadNeedsSameSubject: boolean
  /** Units (Google's price of each method) that one mailbox may spend in a minute; 0 for no limit. Google's figure: 6000. */
  readonly unitsPerMinute: number
  /** Mails that one mailbox may send in any 24 hours; 0 for no limit. Google's figures: 500 and 2000. */
  readonly sendsPerDay: number
  /** Microsoft: milliseconds of practice time until a sent mail is seen in Sent Items. */
  readonly sentCopyAfterMs: number
  /** Microsoft: a mail without references joins the conversation of the same subject, as Exchange may do. */
  readonly conversationBySubject: boolean
  /** Microsoft: a token holds everything that the account or an admin ever allowed, not only what was asked for. */
  readonly consentsAddUp: boolean
  /** Practice mail server: what SMTP takes lies in Sent at once, as some providers have it; else the client files it. */
  readonly mailServerFilesSent: boolean
  /** Practice mail server: it tells of new mail over a connection that is kept open (IDLE). */
  readonly mailServerIdles: boolean
  /** Practice mail server: tokens are shown with OAUTHBEARER, too, and not with XOAUTH2 alone. */
  readonly mailServerOAuthBearer: boolean
  /** Microsoft: a permission that tokens come without, although it was asked for and allowed; empty for none. */
  readonly withheldScope: string
  /** Google: a mailbox pushes once in a second at most, and what is more is dropped. */
  readonly pushOncePerSecond: boolean
  /** Google: the history id in a push is a number, not a text. */
  readonly pushedNumber: boolean
  /** Google: days that a refresh token lives when it may do more than sign in; 0 for no end. Of an app in testing: 7. */
  readonly refreshTokenDays: number
}

const BEHAVIOUR = 'behaviour'
const NORMAL: Behaviour = {
  messageIdRewrite: true,
  threadNeedsSameSubject: false,
  unitsPerMinute: 0,
  sendsPerDay: 0,
  sentCopyAfterMs: 0,
  conversationBySubject: false,
  consentsAddUp: false,
  mailServerFilesSent: false,
  mailServerIdles: true,
  mailServerOAuthBearer: true,
  withheldScope: '',
  pushOncePerSecond: true,
  pushedNumber: false,
  refreshTokenDays: 0,
}

export interface ListedFault extends Fault {
  readonly matched: number
  readonly applied: number
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

  /** Ends the faults of one kind; the others go on. */
  end(kind: FaultKind): void {
    this.#store.run('delete from fault where kind = ?', kind)
    this.#active = this.list()
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

  /** The first fault of that kind that takes effect now; being asked counts as being met. */
  strike(kind: FaultKind, mailbox: string, fits: (fault: Fault) => boolean = () => true): Fault | undefined {
    return this.#active.find((fault) => {
      if (fault.kind !== kind || (fault.mailbox !== '' && fault.mailbox !== mailbox) || !fits(fault))
        return false
      return this.#takesEffect(fault)
    })
  }

  /** A refusal on order: one of those that `named` knows, for this method or for the one that it is usually met at. */
  refusal<T extends object>(named: ReadonlyMap<string, T>, mailbox: string, method: string): T | undefined {
    const struck = this.strike('refused', mailbox, (fault) => {
      const refusal = named.get(fault.as)
      if (refusal === undefined) return false
      const usual = 'method' in refusal ? refusal.method : undefined
      const wanted = fault.method ?? usual ?? '*'
      return wanted === '*' || wanted === method
    })
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

/** What a body says about behaviours; what it leaves out stays as before. */
export function readBehaviour(reader: Reader, before: Behaviour): Behaviour {
  return {
    messageIdRewrite: reader.flag('messageIdRewrite', before.messageIdRewrite),
    threadNeedsSameSubject: reader.flag('threadNeedsSameSubject', before.threadNeedsSameSubject),
    unitsPerMinute: reader.maybeNumber('unitsPerMinute') ?? before.unitsPerMinute,
    sendsPerDay: reader.maybeNumber('sendsPerDay') ?? before.sendsPerDay,
    sentCopyAfterMs: reader.maybeNumber('sentCopyAfterMs') ?? before.sentCopyAfterMs,
    conversationBySubject: reader.flag('conversationBySubject', before.conversationBySubject),
    consentsAddUp: reader.flag('consentsAddUp', before.consentsAddUp),
    mailServerFilesSent: reader.flag('mailServerFilesSent', before.mailServerFilesSent),
    mailServerIdles: reader.flag('mailServerIdles', before.mailServerIdles),
    mailServerOAuthBearer: reader.flag('mailServerOAuthBearer', before.mailServerOAuthBearer),
    withheldScope: reader.has('withheldScope')
      ? (reader.maybeText('withheldScope') ?? '')
      : before.withheldScope,
    pushOncePerSecond: reader.flag('pushOncePerSecond', before.pushOncePerSecond),
    pushedNumber: reader.flag('pushedNumber', before.pushedNumber),
    refreshTokenDays: reader.maybeNumber('refreshTokenDays') ?? before.refreshTokenDays,
  }
}

function readFault(value: unknown): NewFault {
  const reader = new Reader(value)
  const kind = FAULT_KINDS.find((each) => each === reader.text('kind'))
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
