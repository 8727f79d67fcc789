/**
 * The main job, headless, through the public HTTP API: a fresh database, a fresh practice world, a web process and two
 * workers. What must come out is computed before it runs. The last line is the verdict; exit 1 when it is not ok.
 *
 * `npm run story -- [--kill] [--sabotage=double|lose|open-foreign|ignore-cap|swap-rank|drop-reply]`
 */
import { parseArgs } from 'node:util'
import { answer, apply, decide, invite, invited, repliesSeen, reply, startCampaign, writeTo } from './acts.ts'
import type { Passing } from './advance.ts'
import { passUntil, pause, practiceNow, step } from './advance.ts'
import { judge } from './judge.ts'
import { StoryLog } from './log.ts'
import type { Programs } from './programs.ts'
import { startPrograms } from './programs.ts'
import type { Sabotage } from './sabotage.ts'
import { sabotages, strike } from './sabotage.ts'
import { influencers, senders, setStage } from './stage.ts'

/**
 * Day one: Anna's address has 10 direct mails and 340 invitations for a cap of 300, so 50 wait. Ben's address has 50
 * invitations in two workspaces for a cap of 30, so 20 wait. Cleo's has 20 for 25. Day two: Cleo's address has 30 more
 * for 25, so 5 wait for day three; what else is asked for fits.
 */
const waitedExpected = 50 + 20 + 5
const killsWanted = 20

const { values } = parseArgs({
  options: { kill: { type: 'boolean', default: false }, sabotage: { type: 'string' } },
})
const sabotage = sabotages.find((one) => one === values.sabotage)
if (values.sabotage !== undefined && sabotage === undefined) {
  process.stderr.write(`--sabotage is one of ${sabotages.join(', ')}\n`)
  process.exitCode = 2
} else {
  const began = performance.now()
  await using programs = await startPrograms()
  const line = await tell(programs, { kill: values.kill, sabotage })
  const seconds = Math.round((performance.now() - began) / 100) / 10
  process.stdout.write(`${JSON.stringify({ ...line, seconds })}\n`)
  process.exitCode = line.ok ? 0 : 1
}

async function tell(
  programs: Programs,
  { kill, sabotage: wish }: { kill: boolean; sabotage: Sabotage | undefined },
) {
  const stage = await setStage(programs)
  const log = new StoryLog()
  const passing: Passing = {
    programs,
    stage,
    killsWanted: kill ? killsWanted : 0,
    kills: 0,
    decidedByPerson: 0,
  }
  if (kill) {
    await stage.practice.post('/faults', { stallAfterAccept: { every: 5, ms: 50_000 } })
    const mailbox = senders.cleo.address
    await stage.practice.post('/faults', { stallAfterAccept: { every: 3, ms: 50_000, mailbox } })
  }
  const morning = await practiceNow(stage)
  const hour = 3_600_000

  const first = await startCampaign(stage, { code: 'C1', sender: 'anna', names: influencers })
  const second = await startCampaign(stage, { code: 'C2', sender: 'anna', names: influencers })
  const third = await startCampaign(stage, { code: 'C3', sender: 'anna', names: influencers.slice(0, 100) })
  const bens = await startCampaign(stage, { code: 'C4', sender: 'ben', names: influencers.slice(0, 40) })
  const away = await startCampaign(stage, {
    code: 'C5',
    sender: 'ben',
    names: influencers.slice(0, 10),
    away: true,
  })
  const cleos = await startCampaign(stage, { code: 'C6', sender: 'cleo', names: influencers.slice(0, 20) })
  await paused(stage, ['anna', 'ben', 'cleo'], async () => {
    await invite(stage, log, first, influencers)
    await invite(stage, log, second, influencers)
    await invite(stage, log, third, influencers.slice(0, 100))
    await invite(stage, log, bens, influencers.slice(0, 40))
    await invite(stage, log, cleos, influencers.slice(0, 20))
    await writeTo(stage, log, 'anna', influencers.slice(0, 10))
    await step(stage, 5000)
  })
  await invite(stage, log, away, influencers.slice(0, 10))
  await passUntil(passing, morning + 9.5 * hour)
  await strike(wish, 'first day', programs, stage)
  await passUntil(passing, morning + 10 * hour)

  await apply(stage, first, influencers.slice(0, 60))
  await reply(stage, log, first, influencers.slice(60, 100))
  await reply(stage, log, bens, (await invited(stage, bens)).slice(0, 10))
  await reply(stage, log, cleos, influencers.slice(0, 10))
  await captured(stage, log)
  await passUntil(passing, morning + 22 * hour)

  const more = await startCampaign(stage, { code: 'C7', sender: 'anna', names: influencers.slice(0, 30) })
  const late = await startCampaign(stage, { code: 'C8', sender: 'cleo', names: influencers.slice(0, 30) })
  await paused(stage, ['anna', 'cleo'], async () => {
    await decide(stage, log, first, new Set(influencers.slice(0, 30)))
    await invite(stage, log, more, influencers.slice(0, 30))
    await invite(stage, log, late, influencers.slice(0, 30))
    await answer(stage, log, first, influencers.slice(60, 70))
    await step(stage, 5000)
    await strike(wish, 'second day', programs, stage)
  })
  await passUntil(passing, morning + 34 * hour)
  await passUntil(passing, morning + 58 * hour)
  await strike(wish, 'before the verdict', programs, stage)
  const verdict = await judge(stage, log, await repliesSeen(stage), {
    waited: kill ? undefined : waitedExpected,
  })
  const enoughKills = !kill || passing.kills >= killsWanted
  return {
    ...verdict,
    ok: verdict.ok && enoughKills,
    kills_between_accept_and_settle: passing.kills,
    in_doubt: { ...(await doubtsOf(stage)), decided_by_person: passing.decidedByPerson },
  }
}

type Stage = Awaited<ReturnType<typeof setStage>>

/** While mailboxes are paused everything asked for stands in the outbox before anything leaves. */
async function paused(
  stage: Stage,
  names: readonly ('anna' | 'ben' | 'cleo')[],
  act: () => Promise<void>,
): Promise<void> {
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
      const sender = Object.values(senders).find((one) => one.address === mailboxAddress)
      doubts[sender?.full === false ? 'send_only' : 'full'] += count
    }
  }
  return doubts
}

/** Replies are captured within seconds; the clocks step past the poll. */
async function captured(stage: Stage, log: StoryLog): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const seen = await repliesSeen(stage)
    if ([...log.replies].every((one) => seen.has(one))) return
    await step(stage, 6000)
    await pause(500)
  }
}
