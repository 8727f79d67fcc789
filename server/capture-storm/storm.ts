/**
 * `npm run capture-storm -- [--seed S] [--replies N] [--json] [--sabotage=drop|double|open-foreign|take-foreign|deaf|unrecorded|calm]`
 *
 * Proves receiving with real processes: a web process and two workers on a PostgreSQL of their own, and a practice world.
 * Answers arrive among foreign mail and look-alikes while providers throttle, refuse, cut connections and forget their
 * history, workers are killed, and one mailbox is refused for hours. Three of ten notices are lost; others come twice,
 * late, or before what they tell of can be seen. The last line is the verdict, with --json the only one. Exit 1 when it is
 * not ok, exit 2 when there is none or a sabotage (several with commas between) does not show in its own figure.
 */
import { parseArgs } from 'node:util'
import { pause, step } from '../story/advance.ts'
import { keepCompiled, startPrograms } from '../story/programs.ts'
import type { Programs } from '../story/programs.ts'
import { judge } from './judge.ts'
import type { Judged } from './judge.ts'
import { play, untilQuiet } from './play.ts'
import type { Played } from './play.ts'
import { sabotages, strike, untold } from './sabotage.ts'
import type { Script } from './script.ts'
import { boxes, scriptOf } from './script.ts'
import type { Stage } from './stage.ts'
import { setStage } from './stage.ts'

const manyReplies = 500
const fewReplies = 60
const calmMinutes = 12
const calmStepSeconds = 20
/** As long as two looks. */
const lastLookMs = 6_000
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    replies: { type: 'string' },
    json: { type: 'boolean', default: false },
    sabotage: { type: 'string' },
  },
})
const wished = values.sabotage?.split(',') ?? []
const wishes = sabotages.filter((one) => wished.includes(one))
const replies = Number(values.replies ?? (wishes.length > 0 ? fewReplies : manyReplies))
const complaint =
  wishes.length < wished.length
    ? `--sabotage is one of ${sabotages.join(', ')}`
    : Number.isInteger(replies) && replies >= 20 && replies <= 4000
      ? undefined
      : '--replies is a whole number from 20 to 4000'
const tell = (line: string): void => {
  if (!values.json) process.stdout.write(`${line}\n`)
}

process.exitCode = 2
if (complaint === undefined) {
  keepCompiled()
  const began = performance.now()
  await using programs = await startPrograms()
  const judged = await rage(programs, scriptOf(values.seed, replies))
  const { ok, ...facts } = judged.verdict
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const missed = untold(wishes, judged)
  if (missed.length > 0) process.stderr.write(`nobody saw ${missed.join(', ')}\n`)
  process.stdout.write(`${JSON.stringify({ ok, seed: values.seed, ...facts, seconds })}\n`)
  if (missed.length === 0) process.exitCode = ok ? 0 : 1
} else process.stderr.write(`${complaint}\n`)

async function rage(programs: Programs, script: Script): Promise<Judged> {
  tell(`script ${script.hash}: ${script.letters.length} letters, ${script.replies.length} answers`)
  const stage = await setStage(programs, script)
  const played = await play({ programs, stage, script, wishes, tell })
  await untilCaptured(programs, stage, script)
  await strike(wishes, 'before the verdict', programs, stage, foreignTo(played))
  const judged = await judge(programs, stage, script, played)
  for (const missing of judged.missing) tell(`missing: ${JSON.stringify(missing)}`)
  return judged
}

/**
 * Whatever is set aside is tried again within minutes: the clocks go on, by steps, until all is there or for long enough.
 */
async function untilCaptured({ admin }: Programs, stage: Stage, script: Script): Promise<void> {
  await pause(lastLookMs)
  for (let passed = 0; passed < calmMinutes; ) {
    const { rows } = await admin.query<{ count: number; open: number }>(`select count(*)::int as count,
      (select count(*)::int from outage_report where not complete) as open from message where kind = 'reply'`)
    if ((rows[0]?.count ?? 0) >= script.replies.length && rows[0]?.open === 0) return
    await untilQuiet(admin)
    await step(stage, calmStepSeconds * 1000)
    passed += calmStepSeconds / 60
  }
}

function foreignTo({ foreign }: Played): string {
  const [first = ''] = [...foreign].filter((one) => one.startsWith(`${boxes.hugo.address} `))
  return first.split(' ')[1] ?? ''
}
