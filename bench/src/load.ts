/**
 * What every engine must do: mailboxes with a cap a day and mails in four ranks, contiguous per mailbox as a campaign
 * enqueues them. The referee sees each send and judges cap and rank; a run that breaks either is no result.
 */
export interface Load {
  readonly mailboxes: number
  readonly mailsPerMailbox: number
  readonly cap: number
}

export interface Mail {
  readonly mailbox: number
  /** 1 to 4. */
  readonly rank: number
  readonly n: number
}

export function* mails(load: Load): Generator<Mail> {
  for (let mailbox = 0; mailbox < load.mailboxes; mailbox++) {
    for (let n = 0; n < load.mailsPerMailbox; n++) yield { mailbox, rank: (n % 4) + 1, n }
  }
}

export interface Judgement {
  readonly sent: number
  readonly overCap: number
  readonly inversions: number
  readonly duplicates: number
}

export class Referee {
  readonly #load: Load
  readonly #sent: Mail[] = []

  constructor(load: Load) {
    this.#load = load
  }

  send(mail: Mail): void {
    this.#sent.push(mail)
  }

  get sent(): number {
    return this.#sent.length
  }

  /** What the caps of the day allow. */
  get wanted(): number {
    return this.#load.mailboxes * Math.min(this.#load.cap, this.#load.mailsPerMailbox)
  }

  get done(): boolean {
    return this.#sent.length >= this.wanted
  }

  judge(): Judgement {
    const counts = new Map<number, number>()
    const lowest = new Map<number, number>()
    const seen = new Set<string>()
    let [overCap, inversions, duplicates] = [0, 0, 0]
    for (const { mailbox, rank, n } of this.#sent) {
      const count = (counts.get(mailbox) ?? 0) + 1
      counts.set(mailbox, count)
      if (count > this.#load.cap) overCap += 1
      if (rank < (lowest.get(mailbox) ?? 0)) inversions += 1
      lowest.set(mailbox, Math.max(rank, lowest.get(mailbox) ?? 0))
      const key = `${mailbox} ${n}`
      if (seen.has(key)) duplicates += 1
      seen.add(key)
    }
    return { sent: this.#sent.length, overCap, inversions, duplicates }
  }
}

export interface Timing {
  readonly seconds: number
  /** Milliseconds of one claim, ascending. */
  readonly claims: readonly number[]
  /** The most memory that any process of the product held. */
  readonly peakRssMb?: number
}

export interface Engine {
  /** How the peer is used, in one sentence for the page. */
  readonly idiom: string
  /** Fills an empty database; resolves when everything is durable. */
  fill(load: Load): Promise<void>
  /** Dispatches until the referee is satisfied or the time is over. */
  dispatch(referee: Referee, stop: AbortSignal): Promise<Timing>
  close?(): Promise<void>
}

export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0
}

export function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}
