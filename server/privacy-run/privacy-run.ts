/**
 * `npm run privacy -- [--provider gmail|microsoft|imap] [--foreign N] [--threads M] [--seed S] [--json] [--sabotage]`
 *
 * Proves that every answer is captured and nothing else is read, with real processes: a web process and two workers on a
 * PostgreSQL of their own, and a practice world. In each mailbox foreign mails, most of them made to look like answers,
 * arrive among the answers to our letters. What went out about them is told by the practice world's record, not by ours.
 * The last lines are the verdicts, one a provider, with --json the only ones. Exit 1 when a figure is wrong, as it must be
 * when somebody reads one foreign mail (--sabotage); exit 2 when there is no verdict or nobody saw that.
 */
import { parseArgs } from 'node:util'
import { untilQuiet } from '../capture-storm/play.ts'
import { read } from '../story/acts.ts'
import { step } from '../story/advance.ts'
import type { Programs } from '../story/programs.ts'
import { keepCompiled, startPrograms } from '../story/programs.ts'
import { openMessage } from '../story/saboteur.ts'
import { foreignWordsIn, judge } from './judge.ts'
import type { Judged } from './judge.ts'
import type { Plan } from './plan.ts'
import { boxes, planOf, providers } from './plan.ts'
import type { Foreign } from './play.ts'
import { play } from './play.ts'
import type { Stage } from './stage.ts'
import { setStage } from './stage.ts'

const calmSteps = 30
const calmStepMs = 20_000
const toldAtMost = 12

const { values } = parseArgs({
  options: {
    provider: { type: 'string' },
    foreign: { type: 'string', default: '10000' },
    threads: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    sabotage: { type: 'boolean', default: false },
  },
})
const size = { seed: values.seed, foreign: Number(values.foreign), threads: Number(values.threads) }
const wanted = providers.filter((one) => values.provider === undefined || one === values.provider)
const complaint = complaintOf()

process.exitCode = 2
if (complaint === undefined) {
  keepCompiled()
  const began = performance.now()
  await using programs = await startPrograms()
  const judged = await run(
    programs,
    wanted.map((provider) => planOf(provider, size)),
  )
  const seconds = Math.round((performance.now() - began) / 100) / 10
  for (const { verdict, faults } of judged) {
    for (const fault of faults.slice(0, toldAtMost)) process.stderr.write(`${verdict.provider}: ${fault}\n`)
  }
  for (const { verdict } of judged) process.stdout.write(`${JSON.stringify({ ...verdict, seconds })}\n`)
  const unseen = judged.filter(
    ({ verdict }) => verdict.foreign_contents_returned === 0 || verdict.ledger_agrees,
  )
  if (!values.sabotage || unseen.length === 0) process.exitCode = judged.every(({ ok }) => ok) ? 0 : 1
  else process.stderr.write(`nobody saw it at ${unseen.map(({ verdict }) => verdict.provider).join(', ')}\n`)
} else process.stderr.write(`${complaint}\n`)

function complaintOf(): string | undefined {
  const whole = (count: number, least: number, most: number): boolean =>
    Number.isInteger(count) && count >= least && count <= most
  if (wanted.length === 0) return `--provider is one of ${providers.join(', ')}`
  if (!whole(size.foreign, 30, 100_000)) return '--foreign is a whole number from 30 to 100000'
  if (!whole(size.threads, 2, 3000)) return '--threads is a whole number from 2 to 3000'
  return undefined
}

async function run(programs: Programs, plans: readonly Plan[]): Promise<Judged[]> {
  tell('the programs run')
  const stage = await setStage(programs, plans)
  tell('the mailboxes are connected')
  const foreign = await play({ programs, stage, seed: values.seed, plans, tell })
  await untilCaptured(programs, stage, plans)
  if (values.sabotage) await readForeign(stage, foreign)
  const { replies } = await read(stage)
  const stored = await foreignWordsIn(programs)
  const judged: Judged[] = []
  for (const plan of plans) judged.push(await judge({ programs, stage, foreign, replies, stored }, plan))
  return judged
}

/** A last look at everything; what came before its thread was known is tried again within minutes. */
async function untilCaptured(programs: Programs, stage: Stage, plans: readonly Plan[]): Promise<void> {
  const expected = plans.reduce((sum, { threads }) => sum + threads.length, 0)
  for (let steps = 0, count = 0; steps < 2 || (count < expected && steps < calmSteps); steps++) {
    await step(stage, calmStepMs)
    await untilQuiet(programs.admin)
    const { rows } = await programs.admin.query<{ count: number }>(
      `select count(*)::int as count from message where kind = 'reply'`,
    )
    count = rows[0]?.count ?? 0
  }
}

/** Somebody opens one foreign mail of each mailbox past the product. */
async function readForeign(stage: Stage, foreign: Foreign): Promise<void> {
  for (const [provider, ids] of foreign) {
    const path = `/mailboxes/${encodeURIComponent(boxes[provider].address)}/messages`
    const { messages } = await stage.practice.get<{ messages: { id: string; names: string[] }[] }>(path)
    const one = messages.find(({ id }) => ids.has(id))
    await openMessage(stage, boxes[provider], one?.names[0] ?? '')
  }
}

function tell(line: string): void {
  if (!values.json) process.stdout.write(`${Math.round(performance.now() / 1000)} s: ${line}\n`)
}
