/**
 * The simulated time, and what is to happen later. Time stands still until somebody moves it; what is due at one instant
 * happens in the order in which it was asked for.
 */
import type { Moment } from './record.ts'

type Deed = () => void | Promise<void>

export class Timeline {
  #now: number
  #seq = 0
  readonly #agenda: { readonly at: number; readonly seq: number; readonly deed: Deed }[] = []

  constructor(start: number) {
    this.#now = start
  }

  get now(): number {
    return this.#now
  }

  /** This very moment, after everything that has happened. */
  moment(): Moment {
    this.#seq += 1
    return { at: this.#now, seq: this.#seq }
  }

  at(instant: number, deed: Deed): void {
    const { seq } = this.moment()
    const entry = { at: Math.max(instant, this.#now), seq, deed }
    let place = this.#agenda.length
    while (place > 0 && (this.#agenda[place - 1]?.at ?? 0) > entry.at) place -= 1
    this.#agenda.splice(place, 0, entry)
  }

  later(after: number, deed: Deed): void {
    this.at(this.#now + after, deed)
  }

  /** When the next thing is to happen; Infinity for never. */
  get next(): number {
    return this.#agenda[0]?.at ?? Infinity
  }

  async doNext(): Promise<void> {
    await this.#agenda.shift()?.deed()
  }

  moveTo(instant: number): void {
    this.#now = Math.max(this.#now, instant)
  }
}
