/**
 * What will happen later: reports that come back, people who answer. Each is a row with a time, so that a restart loses
 * nothing. A runner does its reading and talking first and answers the change to make; that change and the removal of the
 * row are one transaction, so that a killed process neither loses nor doubles it. One thing happens at a time, in order.
 */
import type { Clock, RealTime } from '../clock.ts'
import type { Store } from '../store/store.ts'

/** Does the slow part, and answers what to write. `detail` is what was scheduled. */
export type DueRunner = (detail: unknown) => Promise<() => void>

const MAX_FAILURES = 5
const RETRY_MS = 2000
const LONGEST_WAIT_MS = 60_000

export class Due implements AsyncDisposable {
  readonly #store: Store
  readonly #clock: Clock
  readonly #real: RealTime
  readonly #runners = new Map<string, DueRunner>()
  #running: Promise<void> | undefined
  #again = false
  #cancel: (() => void) | undefined
  #stopped = false

  constructor(store: Store, clock: Clock, real: RealTime) {
    this.#store = store
    this.#clock = clock
    this.#real = real
  }

  on(kind: string, runner: DueRunner): void {
    this.#runners.set(kind, runner)
  }

  /** Plans `kind` for practice time `at`; call it inside the transaction that causes it, then `wake` after it. */
  schedule(at: number, kind: string, detail: unknown): void {
    this.#store.insert(
      'insert into due (at, kind, detail) values (?, ?, ?)',
      at,
      kind,
      JSON.stringify(detail),
    )
  }

  waiting(): number {
    return this.#store.one('select count(*) as total from due')?.int('total') ?? 0
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
      while (!this.#stopped && (await this.#next())) this.#again = true
    }
  }

  /** Runs the earliest thing that is due; false when there is none. */
  async #next(): Promise<boolean> {
    const row = this.#store.one('select * from due where at <= ? order by at, seq limit 1', this.#clock.now())
    if (row === undefined) return false
    const seq = row.int('seq')
    try {
      const runner = this.#runners.get(row.text('kind'))
      const change = await runner?.(row.json('detail'))
      this.#store.transaction(() => {
        change?.()
        this.#store.run('delete from due where seq = ?', seq)
      })
    } catch {
      this.#postpone(seq, row.int('failures') + 1)
    }
    return true
  }

  #postpone(seq: number, failures: number): void {
    if (failures >= MAX_FAILURES) this.#store.run('delete from due where seq = ?', seq)
    else
      this.#store.run(
        'update due set failures = ?, at = ? where seq = ?',
        failures,
        this.#clock.now() + RETRY_MS * failures,
        seq,
      )
  }

  #waitForNext(): void {
    this.#cancel?.()
    this.#cancel = undefined
    if (this.#stopped) return
    const next = this.#store.one('select min(at) as at from due')?.maybeInt('at')
    if (next === undefined) return
    const wait = Math.min(Math.max(next - this.#clock.now(), 0), LONGEST_WAIT_MS)
    this.#cancel = this.#real.after(wait, () => this.wake())
  }
}
