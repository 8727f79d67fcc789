/**
 * One simulation from its first day to the last mail: the script's days, then a healthy world in which everything that
 * waits comes to its end, then the verdict.
 */
import { createHash } from 'node:crypto'
import { castOf } from './cast.ts'
import { Forecasts } from './forecasts.ts'
import { undisturbed } from './fates.ts'
import type { Verdict } from './judge.ts'
import { judge } from './judge.ts'
import { People } from './people.ts'
import type { Sabotage } from './sabotage.ts'
import { prepare } from './sabotage.ts'
import { direct, stretchesOf } from './script.ts'
import type { Stretch } from './script.ts'
import type { Stand } from './world.ts'
import { World } from './world.ts'

export interface Wish {
  readonly seed: string
  readonly mailboxes: number
  readonly days: number
  readonly faults: boolean
  readonly sabotage?: Sabotage | undefined
}

export interface Outcome extends Verdict {
  readonly ok: boolean
  readonly forecast_mismatches: number
  /** For people: what else happened, and what was wrong. */
  readonly told: readonly string[]
  /** Hash of everything that the provider took and when. */
  readonly schedule: string
}

const second = 1000
const minute = 60 * second
const day = 24 * 60 * minute
/** After broken hours what is uncertain is looked up and what was throttled goes on. */
const calmAfter = 45 * minute
const betweenLooks = 30 * minute
const soonAfter = 20 * second

export async function simulate(stand: Stand, wish: Wish): Promise<Outcome> {
  const cast = castOf(wish.seed, wish.mailboxes)
  const world = await World.begin(stand, { seed: wish.seed, start: cast.start })
  const people = new People(world)
  for (const sender of cast.senders) {
    await people.connect(sender)
    await world.runTo(world.timeline.now + second)
  }
  const script = { ...wish, start: cast.start }
  const stretches = stretchesOf(script)
  const forecasts = new Forecasts(world)
  const soon = () => world.timeline.later(soonAfter, () => forecasts.look())
  direct({ world, people, script, stretches, onQueued: soon })
  prepare(world, wish.sabotage, script)
  for (let n = 1; n < wish.days; n++) world.timeline.at(cast.start + n * day, () => tidy(stand))
  for (const stretch of stretches) await pass(world, forecasts, stretch)
  await heal(world, people)
  const { verdict, breaches } = judge({
    record: world.record,
    log: world.provider.log,
    refused: world.provider.refused,
    states: await statesOf(stand),
  })
  const { mismatches } = forecasts
  const wrong = [...world.problems, ...breaches, ...mismatches]
  return {
    ...verdict,
    ok: wrong.length === 0,
    forecast_mismatches: mismatches.length,
    told: [
      `${forecasts.compared} forecasts compared over ${forecasts.mails} mails; ${world.deaths} workers died`,
      [...world.fates].map(([name, count]) => `${name} ${count}`).join(', '),
      ...wrong.slice(0, 40),
    ],
    schedule: scheduleOf(world),
  }
}

/** Broken hours pass; in calm ones forecasts are taken and compared with what happened. */
async function pass(world: World, forecasts: Forecasts, { from, to, broken }: Stretch): Promise<void> {
  if (!broken && from + calmAfter < to) {
    await world.runTo(from + calmAfter)
    await forecasts.begin()
    for (let at = from + calmAfter; at < to; at += betweenLooks) {
      await world.runTo(at)
      await forecasts.look()
    }
  }
  await world.runTo(to)
  if (!broken) forecasts.end()
}

const mostDays = 90

/** Nothing is broken or held back any more: every mail comes to its end. */
async function heal(world: World, people: People): Promise<void> {
  world.fateOf = () => undisturbed
  world.lookFails = () => false
  for (const sender of world.record.senders) await people.resume(sender)
  for (let days = 0; days < mostDays; days++) {
    const open = await openMails(world.stand)
    if (open.every((one) => one.state === 'in_doubt' && one.level === 'send_only')) return
    for (const { id } of open.filter((one) => one.state === 'held')) {
      const mail = world.record.mailById(id)
      if (mail !== undefined) await people.mend(mail)
    }
    await world.runTo(world.timeline.now + day)
  }
}

/** What autovacuum would do, at times of our own. */
async function tidy({ admin }: Stand): Promise<void> {
  await admin.query(
    'vacuum (analyze) mailbox_schedule, submission, address_cap, address_charge, clock_offset',
  )
}

async function openMails({ admin }: Stand): Promise<{ id: string; state: string; level: string }[]> {
  const { rows } = await admin.query<{ id: string; state: string; level: string }>(
    `select s.id, s.state, m.level from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
     where s.state in ('queued', 'leased', 'held', 'in_doubt') order by s.id`,
  )
  return rows
}

async function statesOf({ admin }: Stand): Promise<Map<string, string>> {
  const { rows } = await admin.query<{ id: string; state: string }>('select id, state from submission')
  return new Map(rows.map((row) => [row.id, row.state]))
}

function scheduleOf(world: World): string {
  const hash = createHash('sha256')
  for (const { marker, address, taken } of world.provider.log)
    hash.update(`${marker} ${address} ${taken.at}\n`)
  return hash.digest('hex').slice(0, 16)
}
