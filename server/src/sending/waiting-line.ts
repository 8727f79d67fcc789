/**
 * The mails that wait in one mailbox, packed: identifiers in the order of leaving (rank, position, id) and the few that
 * have a time, a promise or an exception beside it. A hundred thousand of them are a few strings and byte arrays, and each
 * is looked at a fixed number of times.
 */
import type { Line } from './gates.ts'

/** What waits, as it is read from the outbox. */
export interface Waiting {
  /** 36 characters each, in the order of rank, position and id. */
  readonly ids: string
  /** How many of each rank, 0 to 4. */
  readonly ranks: readonly number[]
  readonly special: readonly Special[]
}

export interface Special {
  readonly id: string
  /** Milliseconds of the epoch. */
  readonly notBefore?: number | undefined
  readonly liftAt?: number | undefined
  readonly exempt?: boolean | undefined
}

const idLength = 36

export function countOf(waiting: Waiting): number {
  return waiting.ids.length / idLength
}

export function idAt(waiting: Waiting, place: number): string {
  return waiting.ids.slice(place * idLength, (place + 1) * idLength)
}

/** Walks along the line: mails are named by their place in it, and `take` removes one. */
export class WaitingLine implements Line<number> {
  readonly #gone: Uint8Array
  /** Where the search for the first of each rank goes on; what lies before is gone or came back late. */
  readonly #next: number[]
  readonly #ends: number[]
  /** Mails whose time came after their place in the line was passed, or may have been; first place first. */
  readonly #back: Heap[]
  readonly #lifted: Heap
  readonly #exempt: Heap
  readonly #later: { direct: Timed[]; ranked: Timed[] }
  readonly #promised: Timed[]
  #nextAdmission = -Infinity

  constructor(waiting: Waiting) {
    const count = countOf(waiting)
    this.#gone = new Uint8Array(count)
    this.#ends = []
    this.#next = []
    let start = 0
    for (const size of waiting.ranks) {
      this.#next.push(start)
      start += size
      this.#ends.push(start)
    }
    this.#back = waiting.ranks.map(() => new Heap(byPlace))
    this.#lifted = new Heap((a, b) => (a.liftAt ?? 0) - (b.liftAt ?? 0) || a.place - b.place)
    this.#exempt = new Heap(byPlace)
    this.#later = { direct: [], ranked: [] }
    this.#promised = []
    if (waiting.special.length > 0) this.#setApart(waiting)
  }

  direct(now: number): number | undefined {
    if (now >= this.#nextAdmission) this.#admit(now)
    return this.#first(0)
  }

  ranked(now: number, lane: 'ranked' | 'exempt'): number | undefined {
    if (now >= this.#nextAdmission) this.#admit(now)
    if (lane === 'exempt') return this.#top(this.#exempt)
    const lifted = this.#top(this.#lifted)
    if (lifted !== undefined) return lifted
    for (let rank = 1; rank < this.#ends.length; rank++) {
      const first = this.#first(rank)
      if (first !== undefined) return first
    }
    return undefined
  }

  due(lane: 'direct' | 'ranked'): number {
    return this.#later[lane].at(-1)?.at ?? Infinity
  }

  busyUntil(): number {
    return 0
  }

  take(place: number): void {
    this.#gone[place] = taken
  }

  #first(rank: number): number | undefined {
    const end = this.#ends[rank] ?? 0
    let place = this.#next[rank] ?? end
    while (place < end && this.#gone[place] !== 0) place++
    this.#next[rank] = place
    const back = this.#back[rank]
    const late = back === undefined ? undefined : this.#top(back)
    if (late !== undefined && late < place) return late
    return place < end ? place : late
  }

  #top(heap: Heap): number | undefined {
    for (let top = heap.peek(); top !== undefined; top = heap.peek()) {
      if (this.#gone[top.place] !== taken) return top.place
      heap.pop()
    }
    return undefined
  }

  /** Those whose time has come stand in the line from now on. */
  #admit(now: number): void {
    const { direct, ranked } = this.#later
    for (const list of [direct, ranked]) {
      for (let mail = list.at(-1); mail !== undefined && mail.at <= now; mail = list.at(-1)) {
        list.pop()
        if (this.#gone[mail.place] === taken) continue
        this.#back[this.#rankOf(mail.place)]?.push(mail)
        if (list === ranked && mail.exempt) this.#exempt.push(mail)
      }
    }
    const promised = this.#promised
    for (let mail = promised.at(-1); mail !== undefined && mail.at <= now; mail = promised.at(-1)) {
      promised.pop()
      this.#lifted.push(mail)
    }
    this.#nextAdmission = Math.min(this.due('direct'), this.due('ranked'), promised.at(-1)?.at ?? Infinity)
  }

  #rankOf(place: number): number {
    return this.#ends.findIndex((end) => place < end)
  }

  #setApart(waiting: Waiting): void {
    const places = new Map<string, number>()
    const wanted = new Set(waiting.special.map((mail) => mail.id))
    for (let place = 0; place < countOf(waiting); place++) {
      const id = idAt(waiting, place)
      if (wanted.has(id)) places.set(id, place)
    }
    for (const { id, notBefore, liftAt, exempt = false } of waiting.special) {
      const place = places.get(id)
      if (place === undefined) continue
      const direct = this.#rankOf(place) === 0
      const mail = { place, at: notBefore ?? 0, liftAt, exempt }
      if (notBefore !== undefined) {
        this.#gone[place] = apart
        this.#later[direct ? 'direct' : 'ranked'].push(mail)
      } else if (exempt && !direct) this.#exempt.push(mail)
      if (liftAt !== undefined && !direct)
        this.#promised.push({ ...mail, at: Math.max(liftAt, notBefore ?? 0) })
    }
    for (const list of [this.#later.direct, this.#later.ranked, this.#promised])
      list.sort((a, b) => b.at - a.at || b.place - a.place)
  }
}

const taken = 1
const apart = 2

interface Timed {
  readonly place: number
  readonly at: number
  readonly liftAt: number | undefined
  readonly exempt: boolean
}

function byPlace(a: Timed, b: Timed): number {
  return a.place - b.place
}

/** A binary heap: the smallest on top. */
class Heap {
  readonly #entries: Timed[] = []
  readonly #compare: (a: Timed, b: Timed) => number

  constructor(compare: (a: Timed, b: Timed) => number) {
    this.#compare = compare
  }

  peek(): Timed | undefined {
    return this.#entries[0]
  }

  push(entry: Timed): void {
    const entries = this.#entries
    let at = entries.push(entry) - 1
    while (at > 0) {
      const parent = (at - 1) >>> 1
      const above = entries[parent]
      if (above === undefined || this.#compare(above, entry) <= 0) break
      entries[at] = above
      at = parent
    }
    entries[at] = entry
  }

  pop(): void {
    const entries = this.#entries
    const last = entries.pop()
    if (last === undefined || entries.length === 0) return
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      const [left, right] = [entries[child], entries[child + 1]]
      let below = left
      if (right !== undefined && left !== undefined && this.#compare(right, left) < 0) {
        child += 1
        below = right
      }
      if (below === undefined || this.#compare(last, below) <= 0) break
      entries[at] = below
      at = child
    }
    entries[at] = last
  }
}
