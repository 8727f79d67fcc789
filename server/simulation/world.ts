/**
 * The world of a simulation: two workspaces on a real database whose clock is stepped, workers that lease, send and
 * reconcile with the product's own code, and a provider with a log of its own.
 *
 * Time moves from one instant at which something may happen to the next. At each instant one thing happens at a time, in
 * an order that the seed decides, so that the same seed tells the same story; what two processes do in the same
 * millisecond is for the tests of the lease.
 */
import type pg from 'pg'
import type { Database } from '../src/platform/db/index.ts'
import type { NewEvent } from '../src/platform/events/index.ts'
import { seededIds } from '../src/platform/ids/index.ts'
import type { Log } from '../src/platform/log/index.ts'
import type { SendingParts } from '../src/sending/parts.ts'
import { lookForSent, recoverLease } from '../src/sending/reconcile.ts'
import { dueLooks, expiredLeases } from '../src/sending/store-lease.ts'
import type { Ground } from '../src/testing/ground.ts'
import { ground } from '../src/testing/ground.ts'
import { groundContact } from '../src/testing/outbox.ts'
import { between, chanceOf } from './chance.ts'
import type { Chance } from './chance.ts'
import type { Fate } from './fates.ts'
import { undisturbed } from './fates.ts'
import { SimulatedProvider } from './provider.ts'
import type { Mail } from './record.ts'
import { leaves, Record, returns } from './record.ts'
import { Timeline } from './timeline.ts'
import { Worker } from './worker.ts'

/** What the world stands on. */
export interface Stand {
  /** Of the web process. */
  readonly database: Database
  /** Connections of each worker. */
  readonly workers: readonly [Database, ...Database[]]
  /** Behind the walls: the clock, and what is due. */
  readonly admin: pg.Client
}

export interface Workspace extends Ground {
  readonly contactId: string
}

const hour = 3_600_000

export class World {
  readonly record = new Record()
  readonly provider = new SimulatedProvider()
  readonly timeline: Timeline
  readonly stand: Stand
  /** What the product did that it must never do, beside the figures of the verdict. */
  readonly problems: string[] = []
  /** What becomes of an attempt: taken, unless somebody says otherwise. */
  fateOf: (mail: Mail, attempt: number) => Fate = () => undisturbed
  lookFails: (token: string) => boolean = () => false
  /** Called when the product holds a mail, or does not know what became of it. */
  onTrouble: (mail: Mail, what: 'held' | 'in doubt') => void = () => {}
  readonly untrue = new Set<string>()
  readonly lacking = new Set<string>()
  readonly attempts = new Map<string, number>()
  /** How many attempts met which fate. */
  readonly fates = new Map<string, number>()
  readonly #workers: Worker[]
  readonly #workspaces: Workspace[]
  readonly #chance: Chance

  private constructor(
    stand: Stand,
    workspaces: Workspace[],
    { seed, start }: { seed: string; start: number },
  ) {
    this.stand = stand
    this.timeline = new Timeline(start)
    this.#workspaces = workspaces
    this.#chance = chanceOf(seed, 'order')
    this.#workers = stand.workers.map((database, n) => {
      // The clock of the second machine is a day and two hours fast.
      const skew = n === 1 ? 26 * hour : 0
      return new Worker({
        name: `worker ${n}`,
        database,
        sending: this.#sending(seededIds(`${seed} worker ${n}`, instant(start + skew).toString()), skew),
        timeline: this.timeline,
        record: this.record,
        provider: this.provider,
        fateOf: (mail) => {
          const attempt = (this.attempts.get(mail.marker) ?? 0) + 1
          this.attempts.set(mail.marker, attempt)
          const fate = this.fateOf(mail, attempt)
          this.fates.set(fate.name, (this.fates.get(fate.name) ?? 0) + 1)
          return fate
        },
        lookFails: (token) => this.lookFails(token),
      })
    })
  }

  /** @param wish.start milliseconds of the epoch */
  static async begin(stand: Stand, wish: { readonly seed: string; readonly start: number }): Promise<World> {
    await moveClock(stand.admin, wish.start)
    const workspaces: Workspace[] = []
    for (const name of ['one', 'two']) {
      const at = await ground(stand.database, { seed: `${wish.seed}-${name}` })
      workspaces.push({ ...at, contactId: await groundContact(at, 'Mia Ford') })
    }
    return new World(stand, workspaces, wish)
  }

  workspace(number: number): Workspace {
    const found = this.#workspaces[number]
    if (found === undefined) throw new Error(`no workspace ${number}`)
    return found
  }

  get deaths(): number {
    return this.#workers.reduce((sum, worker) => sum + worker.deaths, 0)
  }

  /** What the web process acts with. */
  acting(workspace: number): Pick<SendingParts, 'authors' | 'emit' | 'ids'> {
    return this.#sending(this.workspace(workspace).ids)
  }

  /** Steps from one instant to the next until this one; nothing that was due is left undone. */
  async runTo(until: number): Promise<void> {
    for (;;) {
      const next = await this.#settle()
      if (next > until) break
      await this.#moveTo(next)
    }
    await this.#moveTo(until)
    await this.#settle()
  }

  async #moveTo(to: number): Promise<void> {
    if (to <= this.timeline.now) return
    this.timeline.moveTo(to)
    await moveClock(this.stand.admin, to)
  }

  /** Everything that can happen at this instant. Returns the next one. */
  async #settle(): Promise<number> {
    for (let idle = 0; ; ) {
      const { timeline } = this
      while (timeline.next <= timeline.now) {
        await timeline.doNext()
        idle = 0
      }
      const due = await whatIsDue(this.stand.admin)
      const now = timeline.now
      if (Math.min(due.lease, due.expiry, due.look) > now)
        return Math.min(due.lease, due.expiry, due.look, timeline.next)
      if (idle > 20) throw new Error(`nothing moves at ${instant(now).toString()}`)
      const worker = this.#anyWorker()
      let done = 0
      if (due.expiry <= now) done += await this.#recover(worker)
      if (due.look <= now) done += await this.#look(worker)
      if (due.lease <= now) {
        if (due.mailboxes > 1) await shuffleDue(this.stand.admin, between(this.#chance, 0, 1_000_000))
        done += await worker.takeAndSend(between(this.#chance, 1, 4))
      }
      idle = done > 0 ? 0 : idle + 1
    }
  }

  #anyWorker(): Worker {
    const worker = this.#workers[between(this.#chance, 0, this.#workers.length - 1)] ?? this.#workers[0]
    if (worker === undefined) throw new Error('no worker')
    return worker
  }

  async #recover(worker: Worker): Promise<number> {
    const expired = await expiredLeases(this.stand.database, 100)
    for (const ref of expired.toSorted(byId)) await recoverLease(worker.reconciling, ref)
    return expired.length
  }

  async #look(worker: Worker): Promise<number> {
    const looks = await dueLooks(this.stand.database, 10)
    for (const ref of looks.toSorted(byId)) await lookForSent(worker.reconciling, ref, never)
    return looks.length
  }

  #sending(ids: SendingParts['ids'], skew = 0): Omit<SendingParts, 'database' | 'openMailbox'> {
    return {
      ids,
      clock: { now: () => instant(this.timeline.now + skew) },
      log: this.#log,
      emit: (_tx, ...events) => {
        for (const event of events) this.#hear(event)
        return Promise.resolve()
      },
      authors: [
        {
          render: (_tx, { subject = '', text = '' }) =>
            Promise.resolve({ ok: true, rendered: { subject, text } }),
          stillTrue: (_tx, { id }) => {
            if (this.untrue.has(id))
              return Promise.resolve({ verdict: 'suppress', reason: { code: 'declined' } } as const)
            if (this.lacking.has(id))
              return Promise.resolve({ verdict: 'hold', reason: { code: 'missing_variable' } } as const)
            return Promise.resolve({ verdict: 'true' } as const)
          },
        },
      ],
    }
  }

  // What the product says of itself excuses a mail from its place in the order, where the world knows of a reason for it.
  #hear({ type, subject = '', payload }: NewEvent): void {
    const mail = this.record.mailById(subject)
    const moment = this.timeline.moment()
    const mailboxId = payload['mailboxId']
    if (type !== 'submission.accepted' && typeof mailboxId === 'string')
      this.record.changed(mailboxId, moment)
    if (mail === undefined) return
    if (type === 'submission.in_doubt') {
      if (!mail.doubtful) this.problems.push(`${mail.marker} is in doubt without a reason`)
      leaves(mail, 'in doubt', moment)
      this.onTrouble(mail, 'in doubt')
    }
    if (type === 'submission.held') {
      returns(mail, 'in doubt', moment)
      leaves(mail, 'held', moment)
      this.onTrouble(mail, 'held')
    }
    if (type === 'submission.queued') returns(mail, 'in doubt', moment)
  }

  readonly #log: Log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (fields, sentence) => {
      this.problems.push(`${sentence}: ${String(fields['error'])}`)
    },
    child: () => this.#log,
  }
}

const never = new AbortController().signal

function instant(at: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(at)
}

async function moveClock(admin: pg.Client, to: number): Promise<void> {
  await admin.query({
    name: 'move clock',
    text: `update clock_offset set steppable = true, value = '0', stopped_at = ms_at($1)`,
    values: [to],
  })
}

function byId(a: { readonly submissionId: string }, b: { readonly submissionId: string }): number {
  return a.submissionId < b.submissionId ? -1 : 1
}

/** Alarms that have rung at one instant are answered in an order that chance decides, not where their rows happen to lie. */
async function shuffleDue(admin: pg.Client, salt: number): Promise<void> {
  await admin.query({
    name: 'shuffle due',
    text: `update mailbox_schedule s set next_at = kontor_now() - (d.place * interval '1 microsecond')
      from (select workspace_id, mailbox_id, row_number() over (order by hashtext(mailbox_id::text || $1)) as place
        from mailbox_schedule where next_at <= kontor_now()) d
      where s.workspace_id = d.workspace_id and s.mailbox_id = d.mailbox_id`,
    values: [salt],
  })
}

interface Due {
  readonly lease: number
  readonly expiry: number
  readonly look: number
  /** Whose alarm has rung. */
  readonly mailboxes: number
}

async function whatIsDue(admin: pg.Client): Promise<Due> {
  const { rows } = await admin.query<{
    lease: number | null
    expiry: number | null
    look: number | null
    mailboxes: number
  }>({
    name: 'what is due',
    text: `select ms_from((select min(next_at) from mailbox_schedule where next_at is not null)) as lease,
      (select count(*)::int from mailbox_schedule where next_at <= kontor_now()) as mailboxes,
      ms_from((select min(lease_until) from submission where state = 'leased')) as expiry,
      ms_from((select min(s.look_at) from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
        where s.state = 'in_doubt' and m.level = 'full')) as look`,
  })
  const row = rows[0]
  return {
    lease: row?.lease ?? Infinity,
    expiry: row?.expiry ?? Infinity,
    look: row?.look ?? Infinity,
    mailboxes: row?.mailboxes ?? 0,
  }
}
