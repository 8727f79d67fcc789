/**
 * Lets time pass: both clocks step together to the next instant at which something leaves, never past it, until a given
 * instant. With kills: whenever the practice world has taken a mail whose answer is still held back, both workers die.
 */
import type { Programs } from './programs.ts'
import type { SentRecord } from './people.ts'
import { textOf } from './people.ts'
import type { Stage } from './stage.ts'
import { senderOf } from './cast.ts'

interface WaitingRow {
  readonly id: string
  readonly state: string
  readonly to: string
  readonly subject: string
  readonly expectedAt?: string
  readonly mailboxAddress: string
}

export interface Passing {
  readonly programs: Programs
  readonly stage: Stage
  /** Workers are killed until this many died between accept and settlement. */
  killsWanted: number
  kills: number
  /** Mails whose worker was killed after the provider had taken them: each such mail counts for one kill alone. */
  readonly struck: Set<string>
  decidedByPerson: number
}

const quietLooks = 3
const lookMs = 200
const leaseSeconds = 125

export async function practiceNow(stage: Pick<Stage, 'practice'>): Promise<number> {
  const { nowMs } = await stage.practice.get<{ nowMs: number }>('/clock')
  return nowMs
}

export async function step(stage: Pick<Stage, 'owner' | 'practice'>, milliseconds: number): Promise<void> {
  const ms = Math.max(1, Math.ceil(milliseconds))
  await stage.owner.post('/test-clock', { stepSeconds: ms / 1000 })
  await stage.practice.post('/clock', { advanceMs: ms })
}

interface Sight {
  readonly now: number
  readonly sending: readonly WaitingRow[]
  readonly due: readonly WaitingRow[]
  /** When the next mail leaves. */
  readonly next: number
}

async function look(stage: Stage): Promise<Sight> {
  const waiting = await rows(stage, 'waiting')
  const now = await practiceNow(stage)
  const times = waiting.map((row) => (row.expectedAt === undefined ? Infinity : Date.parse(row.expectedAt)))
  return {
    now,
    sending: waiting.filter((row) => row.state === 'leased'),
    due: waiting.filter((row, i) => row.state === 'queued' && (times[i] ?? Infinity) <= now + 300),
    next: Math.min(Infinity, ...times),
  }
}

/** Until nothing more leaves before `until` (milliseconds of the practice clock); the clocks then stand there. */
export async function passUntil(passing: Passing, until: number): Promise<void> {
  let quiet = 0
  let last = ''
  for (;;) {
    const sight = await look(passing.stage)
    const ids = JSON.stringify([...sight.sending, ...sight.due].map((row) => row.id))
    quiet = ids === last ? quiet + 1 : 0
    last = ids
    if (quiet > 500) throw new Error(`nothing moves: ${ids}`)
    if (quiet > 0 || sight.due.length === 0) await settleDoubts(passing)
    const moved = await moveOn(passing, sight, { until, quiet })
    if (moved === 'there') return
    if (moved === 'stepped') last = ''
    else await pause(lookMs)
  }
}

async function moveOn(
  passing: Passing,
  { now, sending, due, next }: Sight,
  { until, quiet }: { until: number; quiet: number },
): Promise<'there' | 'stepped' | 'wait'> {
  const { stage } = passing
  if (sending.length > 0 && quiet >= quietLooks && passing.killsWanted > passing.kills) {
    return (await killBetween(passing, sending)) ? 'stepped' : 'wait'
  }
  if (sending.length === 0 && due.length === 0) {
    if (next > until && (await rows(stage, 'unconfirmed')).length === 0) {
      if (until > now) await step(stage, until - now)
      return 'there'
    }
    const to = Math.min(next, until)
    await step(stage, to > now ? to - now + 50 : 1000)
    return 'stepped'
  }
  // Nothing moves: the lease of a killed worker must run out first.
  if (quiet < 12 || passing.kills === 0) return 'wait'
  await step(stage, leaseSeconds * 1000)
  return 'stepped'
}

// Both workers are killed while the provider holds its answer back: what it has taken is not settled.
async function killBetween(passing: Passing, sending: readonly WaitingRow[]): Promise<boolean> {
  const { stage, programs, struck } = passing
  const taken = await stage.practice.record<SentRecord & { subject: string }>('mails', '&raw=0')
  const between = sending.filter(
    (row) =>
      !struck.has(row.id) &&
      taken.some(
        (mail) =>
          mail.mailbox === row.mailboxAddress &&
          mail.subject === row.subject &&
          mail.recipients.includes(row.to),
      ),
  )
  if (between.length === 0) return false
  for (const row of between) struck.add(row.id)
  await programs.killWorkers()
  passing.kills += 1
  if (passing.kills >= passing.killsWanted) await stage.practice.endFaults('stallAfterAccept')
  await step(stage, leaseSeconds * 1000)
  return true
}

// The first page is enough: what is on its way stands first, then what leaves next.
async function rows(stage: Stage, section: string): Promise<WaitingRow[]> {
  const pages = await Promise.all(
    [stage.home, stage.away].map((workspace) =>
      stage.owner.get<{ rows: WaitingRow[] }>(`${workspace}/outbox?section=${section}&limit=50`),
    ),
  )
  return pages.flatMap((page) => page.rows)
}

// With Send Only nobody can look: the story is the person who does, and answers truthfully from the practice record.
async function settleDoubts(passing: Passing): Promise<void> {
  const { stage } = passing
  for (const row of await rows(stage, 'unconfirmed')) {
    if (senderOf(row.mailboxAddress)?.full !== false) continue
    const mails = await stage.practice.record<SentRecord>(
      'mails',
      `&mailbox=${encodeURIComponent(row.mailboxAddress)}`,
    )
    const arrived = mails.some(
      (mail) => mail.recipients.includes(row.to) && textOf(mail.raw).includes(row.subject),
    )
    passing.decidedByPerson += 1
    await stage.owner.post(`${stage.home}/outbox/act`, {
      choice: { ids: [row.id] },
      deed: { act: arrived ? 'confirm_sent' : 'confirm_unsent' },
    })
  }
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** What nobody knows yet whether it was sent, by integration level of its mailbox. */
export async function unconfirmed(
  stage: Stage,
): Promise<{ readonly full: number; readonly sendOnly: number }> {
  const left = await rows(stage, 'unconfirmed')
  const full = left.filter((row) => senderOf(row.mailboxAddress)?.full === true).length
  return { full, sendOnly: left.length - full }
}
