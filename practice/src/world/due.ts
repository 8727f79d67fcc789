/**
 * What will happen later: reports that come back, people who answer. Each is a row with a time, so that a restart loses
 * nothing. A runner does its reading and talking first and answers the change to make; that change and the removal of the
 * row are one transaction, so that a killed process neither loses nor doubles it. Several runners talk at once, but never
 * two of one lane (a person, a mailbox), and their changes are made in the order of their times.
 */
import type { Clock, RealTime } from '../clock.ts'
import type { Row } from '../store/row.ts'
import type { Store } from '../store/store.ts'

/** Does the slow part, and answers what to write. `detail` is what was scheduled, `at` the practice time it was meant for. */
export type DueRunner = (detail: unknown, at: number) => Promise<() => void>

/** One thing to come: what, whose turn it is (lane), and its particulars. */
export interface Coming {
  readonly kind: string
  readonly lane: string
  readonly detail: unknown
}

const MAX_FAILURES = 5
const RETRY_MS = 2000
const LONGEST_WAIT_MS = 60_000
const AT_ONCE = 16

export class Due implements AsyncDisposable {
  readonly #store: Store
  readonly #clock: Clock
  readonly #real: RealTime
  readonly #table: 'due' | 'outbound'
  readonly #runners = new Map<string, DueRunner>()
  #running: Promise<void> | undefined
  #again = false
  #cancel: (() => void) | undefined
  #stopped = false

  /** `outbound` keeps what goes to other programs, so that a slow one there holds up nothing of this world. */
  constructor(store: Store, clock: Clock, real: RealTime, table: 'due' | 'outbound' = 'due') {
    this.#table = table
    this.#store = store
    this.#clock = clock
    this.#real = real
  }

  on(kind: string, runner: DueRunner): void {
    this.#runners.set(kind, runner)
  }

  /** Plans something for practice time `at`; call it inside the transaction that causes it, then `wake` after it. */
  schedule(at: number, coming: Coming): void {
    this.#store.insert(
      `insert into ${this.#table} (at, kind, lane, detail) values (?, ?, ?, ?)`,
      at,
      coming.kind,
      coming.lane,
      JSON.stringify(coming.detail),
    )
  }

  waiting(): number {
    return this.#store.one(`select count(*) as total from ${this.#table}`)?.int('total') ?? 0
  }

  /** Brings everything of this kind forward to now; with lanes, only what is theirs. */
  hurry(kind: string, lanes?: readonly string[]): void {
    const now = this.#clock.now()
    if (lanes === undefined)
      this.#store.run(`update ${this.#table} set at = ? where kind = ? and at > ?`, now, kind, now)
    for (const lane of lanes ?? [])
      this.#store.run(
        `update ${this.#table} set at = ? where kind = ? and lane = ? and at > ?`,
        now,
        kind,
        lane,
        now,
      )
    this.wake()
  }

  /** Looks again what is due, now and at the next time. */
  wake(): void {
    if (this.#stopped) return
    this.#again = true
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
      if (this.#again) this.wake()
      else this.#waitForNext()
    })
  }

  /** Resolves when nothing is due any more at the present practice time. */
  async settled(): Promise<void> {
    this.wake()
    while (this.#running !== undefined) await this.#running
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true
    this.#cancel?.()
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false
      if (await this.#runBatch()) this.#again = true
    }
  }

  /** Runs the earliest things that are due, each of another lane; false when there is none. */
  async #runBatch(): Promise<boolean> {
    const rows = this.#store.all(
      `select * from ${this.#table} where at <= ? order by at, seq limit ?`,
      this.#clock.now(),
      AT_ONCE,
    )
    const batch: Row[] = []
    const lanes = new Set<string>()
    for (const row of rows) {
      if (lanes.has(row.text('lane'))) break
      lanes.add(row.text('lane'))
      batch.push(row)
    }
    const outcomes = await Promise.allSettled(
      batch.map(async (row) => this.#runners.get(row.text('kind'))?.(row.json('detail'), row.int('at'))),
    )
    for (const [index, row] of batch.entries()) {
      const outcome = outcomes[index]
      if (outcome?.status === 'fulfilled') this.#finish(row, outcome.value)
      else this.#postpone(row)
    }
    return batch.length > 0
  }

  #finish(row: Row, change: (() => void) | undefined): void {
    try {
      this.#store.transaction(() => {
        change?.()
        this.#store.run(`delete from ${this.#table} where seq = ?`, row.int('seq'))
      })
    } catch {
      this.#postpone(row)
    }
  }

  #postpone(row: Row): void {
    const failures = row.int('failures') + 1
    if (failures >= MAX_FAILURES) this.#store.run(`delete from ${this.#table} where seq = ?`, row.int('seq'))
    else {
      const at = this.#clock.now() + RETRY_MS * failures
      this.#store.run(
        `update ${this.#table} set failures = ?, at = ? where seq = ?`,
        failures,
        at,
        row.int('seq'),
      )
    }
  }

  #waitForNext(): void {
    this.#cancel?.()
    this.#cancel = undefined
    if (this.#stopped) return
    const next = this.#store.one(`select min(at) as at from ${this.#table}`)?.maybeInt('at')
    if (next === undefined) return
    const wait = Math.min(Math.max(next - this.#clock.now(), 0), LONGEST_WAIT_MS)
    this.#cancel = this.#real.after(wait, () => this.wake())
  }
}
