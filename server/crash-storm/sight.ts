/**
 * What can be seen of a storm from outside: which mails the practice world has taken, which leases stand in the product's
 * database and which process holds them, and how much memory the workers ever had.
 */
import { readFile } from 'node:fs/promises'
import type { Programs } from '../story/programs.ts'
import type { Practice } from '../story/people.ts'

/** A mail that is handed over, or about to be. */
export interface Standing {
  readonly id: string
  readonly leaseId: string
  readonly to: string
  /** The worker that took it. */
  readonly pid: number
}

export interface Counts {
  readonly queued: number
  readonly in_doubt: number
}

export class Watch {
  /** Real milliseconds and mails taken until then, at each look. */
  readonly pace: { readonly at: number; readonly accepted: number }[] = []
  readonly #programs: Programs
  readonly #practice: Practice
  readonly #taken = new Set<string>()
  #since = 0
  #peakKb = 0

  constructor(programs: Programs, practice: Practice) {
    this.#programs = programs
    this.#practice = practice
  }

  get accepted(): number {
    return this.#taken.size
  }
  get peakMb(): number {
    return Math.round(this.#peakKb / 1024)
  }
  /** Whether the provider has a mail to this person; each gets one. */
  hasTaken({ to }: Standing): boolean {
    return this.#taken.has(to)
  }

  async standing(): Promise<readonly Standing[]> {
    const { rows } = await this.#programs.admin.query<Standing>(`select id, lease_id as "leaseId",
      to_address as to, split_part(lease_worker, ' ', 1)::int as pid from submission where state = 'leased' order by id`)
    return rows
  }

  async counts(): Promise<Counts> {
    const { rows } = await this.#programs.admin.query<Counts>(`select
      count(*) filter (where state = 'queued')::int as queued, count(*) filter (where state = 'in_doubt')::int as in_doubt
      from submission where state in ('queued', 'in_doubt')`)
    return rows[0] ?? { queued: 0, in_doubt: 0 }
  }

  async readRecord(): Promise<void> {
    const page = await this.#practice.get<{ mails: { recipients: string[] }[]; next: number }>(
      `/records/mails?since=${this.#since}&limit=5000&raw=0`,
    )
    for (const { recipients } of page.mails) for (const one of recipients) this.#taken.add(one)
    this.#since = page.next
    this.pace.push({ at: performance.now(), accepted: this.#taken.size })
  }

  /** The kernel remembers each process's peak; where there is no such file it stays unknown. */
  async readMemory(): Promise<void> {
    for (const pid of this.#programs.workers()) {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      this.#peakKb = Math.max(this.#peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))
    }
  }
}

/** Mails a second from the first look to the last mail, and in the best stretch of ten seconds. */
export function ratesOf(pace: Watch['pace']): { readonly all: number; readonly best: number } {
  const [first] = pace
  const total = pace.at(-1)?.accepted ?? 0
  const end = pace.find(({ accepted }) => accepted === total)
  if (first === undefined || end === undefined) return { all: 0, best: 0 }
  const rate = (from: typeof first, to: typeof first): number =>
    to.at > from.at ? ((to.accepted - from.accepted) / (to.at - from.at)) * 1000 : 0
  let best = rate(first, end)
  let from = 0
  for (const to of pace) {
    while ((pace[from + 1]?.at ?? Infinity) <= to.at - 10_000) from += 1
    const start = pace[from]
    if (start !== undefined && to.at - start.at >= 10_000) best = Math.max(best, rate(start, to))
  }
  return { all: Math.round(rate(first, end)), best: Math.round(best) }
}
