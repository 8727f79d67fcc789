/**
 * The main job, headless, through the public HTTP API: a fresh database, a fresh practice world, a web process and two
 * workers. What must come out is computed before it runs. The last line is the verdict; exit 1 when it is not ok, exit 2
 * when there is none or a sabotage does not show in its own figure.
 *
 * `npm run story -- [--kill] [--fifth] [--sabotage=double|lose|open-foreign|ignore-cap|swap-rank|drop-reply]`, or several
 * sabotages with commas between.
 */
import { parseArgs } from 'node:util'
import {
  answer,
  apply,
  beAway,
  decide,
  invite,
  invited,
  leaveOut,
  read,
  reply,
  startCampaign,
  writeTo,
  writeToMany,
} from './acts.ts'
import type { Passing } from './advance.ts'
import { passUntil, pause, practiceNow, step, unconfirmed } from './advance.ts'
import { judge } from './judge.ts'
import { StoryLog } from './log.ts'
import type { Programs } from './programs.ts'
import { startPrograms } from './programs.ts'
import type { Sabotage } from './sabotage.ts'
import { sabotages, strike, untold } from './sabotage.ts'
import { addressOf, castOf, mustWait, senderOf, senders } from './cast.ts'
import type { SenderName } from './cast.ts'
import { setStage } from './stage.ts'

const killsWanted = 20

const { values } = parseArgs({
  options: {
    kill: { type: 'boolean', default: false },
    fifth: { type: 'boolean', default: false },
    sabotage: { type: 'string' },
  },
})
const wished = values.sabotage?.split(',') ?? []
const wishes = sabotages.filter((one) => wished.includes(one))
if (wishes.length < wished.length) {
  process.stderr.write(`--sabotage is one of ${sabotages.join(', ')}\n`)
  process.exitCode = 2
} else {
  process.exitCode = 2
  const began = performance.now()
  await using programs = await startPrograms()
  const share = values.fifth || wishes.length > 0 ? 1 / 5 : 1
  const line = await tell(programs, { kill: values.kill, struck: wishes, share })
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const missed = untold(wishes, line)
  if (missed.length > 0) process.stderr.write(`nobody saw ${missed.join(', ')}\n`)
  process.stdout.write(`${JSON.stringify({ ...line, seconds })}\n`)
  if (missed.length === 0) process.exitCode = line.ok ? 0 : 1
}

async function tell(
  programs: Programs,
  { kill, struck, share }: { kill: boolean; struck: readonly Sabotage[]; share: number },
) {
  const cast = castOf({ share })
  const { everyone, ghosts, some } = cast
  const waited = mustWait(cast)
  const stage = await setStage(programs, cast)
  const log = new StoryLog()
  const passing: Passing = {
    programs,
    stage,
    killsWanted: kill ? killsWanted : 0,
    kills: 0,
    struck: new Set(),
    decidedByPerson: 0,
  }
  if (kill) {
    await stage.practice.post('/faults', { stallAfterAccept: { every: 3, ms: 50_000 } })
    for (const { address: mailbox } of [senders.cleo, senders.emil])
      await stage.practice.post('/faults', { stallAfterAccept: { every: 2, ms: 50_000, mailbox } })
  }
  const full = { afterMs: 60_000, status: '4.2.2', times: 1 }
  for (const name of everyone.slice(-2)) {
    await stage.practice.post('/faults', { lateBounce: { ...full, to: addressOf(name) } })
    log.bounces.push(senders.anna.address)
  }
  const morning = await practiceNow(stage)
  const hour = 3_600_000

  const unknown = await startCampaign(stage, { code: 'C11', sender: 'anna', names: ghosts.slice(0, 4) })
  const unknownToo = await startCampaign(stage, { code: 'C12', sender: 'dora', names: ghosts.slice(4) })
  const first = await startCampaign(stage, { code: 'C1', sender: 'anna', names: everyone })
  const second = await startCampaign(stage, { code: 'C2', sender: 'anna', names: everyone })
  const third = await startCampaign(stage, { code: 'C3', sender: 'anna', names: some(0, 100) })
  const bens = await startCampaign(stage, { code: 'C4', sender: 'ben', names: some(0, 40) })
  const away = await startCampaign(stage, {
    code: 'C5',
    sender: 'ben',
    names: some(0, 10),
    away: true,
  })
  const cleos = await startCampaign(stage, { code: 'C6', sender: 'cleo', names: some(0, 20) })
  const doras = await startCampaign(stage, { code: 'C9', sender: 'dora', names: some(0, 60) })
  const emils = await startCampaign(stage, { code: 'C10', sender: 'emil', names: some(0, 15) })
  await paused(stage, ['anna', 'ben', 'cleo', 'dora', 'emil'], async () => {
    await invite(stage, log, unknown, ghosts.slice(0, 4))
    await invite(stage, log, unknownToo, ghosts.slice(4))
    for (const campaign of [unknown, unknownToo])
      log.bounces.push(...[...campaign.memberOf].map(() => senders[campaign.sender].address))
    await invite(stage, log, first, everyone)
    await invite(stage, log, second, everyone)
    await invite(stage, log, third, some(0, 100))
    await invite(stage, log, bens, some(0, 40))
    await invite(stage, log, cleos, some(0, 20))
    await invite(stage, log, doras, some(0, 60))
    await invite(stage, log, emils, some(0, 15))
    await writeTo(stage, log, 'anna', some(0, 10))
    await step(stage, 5000)
  })
  await invite(stage, log, away, some(0, 10))
  await passUntil(passing, morning + 9.5 * hour)
  await strike(struck, 'first day', programs, stage)
  await passUntil(passing, morning + 10 * hour)

  await apply(stage, first, some(0, 60))
  await reply(stage, log, first, some(60, 100))
  await reply(stage, log, bens, (await invited(stage, bens)).slice(0, some(0, 10).length))
  await reply(stage, log, cleos, some(0, 10))
  const written = await invited(stage, doras)
  await reply(stage, log, doras, written.slice(0, some(0, 10).length))
  await reply(stage, log, emils, some(0, 5))
  await beAway(stage, log, first, some(100, 110))
  await beAway(stage, log, doras, written.slice(some(0, 10).length, some(0, 13).length))
  await beAway(stage, log, emils, some(5, 7))
  await captured(stage, log)
  await passUntil(passing, morning + 22 * hour)

  const more = await startCampaign(stage, { code: 'C7', sender: 'anna', names: some(0, 30) })
  const late = await startCampaign(stage, { code: 'C8', sender: 'cleo', names: some(0, 30) })
  const again = await startCampaign(stage, { code: 'C13', sender: 'anna', names: ghosts })
  await leaveOut(stage, log, again, ghosts)
  await paused(stage, ['anna', 'cleo', 'dora', 'emil'], async () => {
    await writeToMany(stage, log, first, some(70, 100))
    await writeToMany(stage, log, doras, written.slice(0, some(0, 15).length))
    await writeToMany(stage, log, emils, some(0, 10))
    await decide(stage, log, first, new Set(some(0, 30)))
    await invite(stage, log, more, some(0, 30))
    await invite(stage, log, late, some(0, 30))
    await answer(stage, log, first, some(60, 70))
    await answer(stage, log, doras, written.slice(0, some(0, 3).length))
    await step(stage, 5000)
    await strike(struck, 'second day', programs, stage)
  })
  await passUntil(passing, morning + 34 * hour)
  await passUntil(passing, morning + 58 * hour)
  await strike(struck, 'before the verdict', programs, stage)
  const verdict = await judge(stage, log, await read(stage), {
    waited: kill ? undefined : waited,
  })
  const enoughKills = !kill || passing.kills >= killsWanted
  const left = await unconfirmed(stage)
  const doubts = await doubtsOf(stage)
  return {
    ...verdict,
    ok: verdict.ok && enoughKills && left.full === 0,
    kills_between_accept_and_settle: passing.kills,
    in_doubt: {
      full: left.full,
      send_only: doubts.send_only,
      decided_by_person: passing.decidedByPerson,
      looked_up: doubts.full,
    },
  }
}

type Stage = Awaited<ReturnType<typeof setStage>>

/** While mailboxes are paused everything asked for stands in the outbox before anything leaves. */
async function paused(stage: Stage, names: readonly SenderName[], act: () => Promise<void>): Promise<void> {
  for (const name of names) await stage.owner.post(`${stage.home}/mailboxes/${stage.mailboxes[name]}/pause`)
  await act()
  for (const name of names) await stage.owner.post(`${stage.home}/mailboxes/${stage.mailboxes[name]}/resume`)
}

/** How many attempts nobody knew the outcome of, as the outbox tells of what is settled. */
async function doubtsOf(stage: Stage): Promise<{ full: number; send_only: number }> {
  const doubts = { full: 0, send_only: 0 }
  for (const workspace of [stage.home, stage.away]) {
    const past = await stage.owner.all<{ mailboxAddress: string; doubts?: number }>(
      `${workspace}/outbox?section=past`,
    )
    for (const { mailboxAddress, doubts: count = 0 } of past) {
      doubts[senderOf(mailboxAddress)?.full === false ? 'send_only' : 'full'] += count
    }
  }
  return doubts
}

/** What arrived is captured within seconds; the clocks step past the poll. */
async function captured(stage: Stage, log: StoryLog): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const seen = await read(stage)
    const all =
      [...log.replies].every((one) => seen.replies.has(one)) &&
      seen.autoReplies.length >= log.autoReplies.length &&
      seen.bounces.length >= log.bounces.length
    if (all) return
    await step(stage, 6000)
    await pause(500)
  }
}
