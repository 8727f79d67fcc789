/**
 * Lets all mails leave while workers die.
 *
 * 1. Of the mails that the provider has taken without answering yet, some are chosen by the seed. Their worker is killed,
 *    a moment later. The kill counts when the lease still stands afterwards: accepted there, settled nowhere.
 * 2. The others go on. A lease of the dead holds its mailbox until it runs out.
 * 3. When nothing moves any more, and no living worker has a mail that the provider has not taken, both clocks step: past
 *    the leases, past the looks into Sent, or to when the next mail leaves.
 */
import { between, chanceOf } from '../simulation/chance.ts'
import { pause, practiceNow, step } from '../story/advance.ts'
import type { Programs } from '../story/programs.ts'
import type { Counts, Standing } from './sight.ts'
import { Watch } from './sight.ts'
import type { Stage } from './stage.ts'

export interface Wish {
  readonly seed: string
  readonly mails: number
  readonly kills: number
  readonly tell: (line: string) => void
}

export interface Raged {
  /** Workers killed between the provider's yes and its settlement, each with a mail that no other kill has struck. */
  readonly kills: number
  /** Mails that stood there when their worker died. */
  readonly struck: number
  /** Workers that settled just before they died. */
  readonly missed: number
  readonly watch: Watch
}

const lookMs = 60
const quietMs = 1200
const leaseMs = 125_000
/** A look into Sent says so when a mail is surely not there, three minutes after the call and one after the doubt. */
const doubtMs = 61_000
const stuckMs = 60_000
const stallMs = 3000
/** No settlement takes so long. */
const stalledMs = 500
const cutEvery = 150

/** One of so many sends is stalled after it was accepted: two in a hundred, or more where few mails get many kills. */
export function stallEvery({ mails, kills }: Pick<Wish, 'mails' | 'kills'>): number {
  return Math.max(2, Math.min(50, Math.floor(mails / (kills * 1.5))))
}

export async function rage(programs: Programs, stage: Stage, wish: Wish): Promise<Raged> {
  const { practice, owner, home } = stage
  await practice.post('/faults', {
    stallAfterAccept: { every: stallEvery(wish), ms: stallMs },
    cutBeforeAccept: { every: cutEvery },
  })
  const watch = new Watch(programs, practice)
  await watch.readRecord()
  for (const id of stage.mailboxIds) await owner.post(`${home}/mailboxes/${id}/resume`)
  const killer = new Killer(programs, watch, wish)
  let last = ''
  let movedAt = performance.now()
  let told = 0
  for (;;) {
    const standing = await watch.standing()
    await watch.readRecord()
    await watch.readMemory()
    const counts = await watch.counts()
    if (standing.length + counts.queued + counts.in_doubt === 0) break
    if (await killer.strike(standing)) continue
    const sight = JSON.stringify([standing, counts, watch.accepted])
    if (sight !== last) movedAt = performance.now()
    last = sight
    const stoodFor = performance.now() - movedAt
    if (stoodFor > stuckMs) throw new Error(`nothing moves: ${sight.slice(0, 600)}`)
    if (stoodFor > quietMs && (await moveOn(programs, stage, watch, { standing, counts }))) {
      last = ''
    } else await pause(lookMs)
    if (watch.accepted >= told + wish.mails / 10) {
      told = watch.accepted
      wish.tell(`${told} mails taken, ${killer.kills} kills`)
    }
  }
  return { kills: killer.kills, struck: killer.struck.size, missed: killer.missed, watch }
}

/** Steps both clocks when that cannot overtake a mail on its way. False: something is on its way, or due now. */
async function moveOn(
  programs: Programs,
  stage: Stage,
  watch: Watch,
  { standing, counts }: { readonly standing: readonly Standing[]; readonly counts: Counts },
): Promise<boolean> {
  const living = new Set(programs.workers())
  if (standing.some((mail) => living.has(mail.pid) && !watch.hasTaken(mail))) return false
  if (standing.length > 0) await step(stage, leaseMs)
  else if (counts.in_doubt > 0) await step(stage, doubtMs)
  else {
    const { rows } = await stage.owner.get<{ rows: { expectedAt?: string }[] }>(
      `${stage.home}/outbox?section=waiting&limit=50`,
    )
    const next = Math.min(...rows.map((row) => Date.parse(row.expectedAt ?? '')).filter(Number.isFinite))
    const wait = next - (await practiceNow(stage))
    if (!Number.isFinite(wait) || wait < 0) return false
    await step(stage, wait + 50)
  }
  return true
}

class Killer {
  kills = 0
  missed = 0
  readonly struck = new Set<string>()
  readonly #programs: Programs
  readonly #watch: Watch
  readonly #wish: Wish
  /** Since when a lease has been seen whose mail the provider has taken. */
  readonly #since = new Map<string, number>()
  /** Those that stood so long that the provider holds its answer back. */
  readonly #stalled = new Set<string>()

  constructor(programs: Programs, watch: Watch, wish: Wish) {
    this.#programs = programs
    this.#watch = watch
    this.#wish = wish
  }

  /** Kills the worker of a mail that is between, when it is time for another kill. */
  async strike(standing: readonly Standing[]): Promise<boolean> {
    const living = new Set(this.#programs.workers())
    const now = performance.now()
    const fresh = standing.filter((mail) => {
      if (!living.has(mail.pid) || !this.#watch.hasTaken(mail)) return false
      const since = this.#since.get(mail.leaseId) ?? now
      this.#since.set(mail.leaseId, since)
      return now - since > stalledMs && !this.#stalled.has(mail.leaseId)
    })
    for (const { leaseId } of fresh) this.#stalled.add(leaseId)
    const [chosen] = fresh.filter(({ id }) => !this.struck.has(id))
    if (chosen === undefined || !this.#isTime()) return false
    await pause(between(chanceOf(this.#wish.seed, 'kill', this.kills), 0, 400))
    await this.#kill(chosen.pid)
    return true
  }

  /** Kills are spread over the stalls that are to be expected. */
  #isTime(): boolean {
    const { mails, kills } = this.#wish
    if (this.kills >= kills) return false
    const expected = mails / stallEvery(this.#wish)
    return this.#stalled.size > Math.floor(((this.kills * expected) / kills) * 0.8)
  }

  async #kill(pid: number): Promise<void> {
    const before = await this.#watch.standing()
    await this.#watch.readMemory()
    await this.#programs.killWorker(this.#programs.workers().indexOf(pid))
    // what was taken until it died, and stands unsettled now that it is dead
    await this.#watch.readRecord()
    const after = new Set((await this.#watch.standing()).map(({ leaseId }) => leaseId))
    const struck = before.filter(
      (mail) => mail.pid === pid && after.has(mail.leaseId) && this.#watch.hasTaken(mail),
    )
    if (struck.some(({ id }) => !this.struck.has(id))) this.kills += 1
    else this.missed += 1
    for (const { id } of struck) this.struck.add(id)
  }
}
