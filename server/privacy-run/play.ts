/**
 * Plays the plans of all mailboxes at once, day by day: our letters leave; then, batch by batch, foreign mail arrives with
 * answers among it, and both clocks step past what providers list twice. Knows nothing of what the product makes of it.
 */
import { answerOf } from '../capture-storm/manners.ts'
import { untilQuiet } from '../capture-storm/play.ts'
import { chanceOf, pick } from '../simulation/chance.ts'
import { pause, practiceNow, step } from '../story/advance.ts'
import { addressOf } from '../story/cast.ts'
import type { ArrivalRecord, Practice, SentRecord } from '../story/people.ts'
import type { Programs } from '../story/programs.ts'
import type { Ours } from './foreign.ts'
import { foreignMail } from './foreign.ts'
import type { Batch, Plan, Provider, Thread } from './plan.ts'
import { boxes } from './plan.ts'
import type { Stage } from './stage.ts'

export interface Playing {
  readonly programs: Programs
  readonly stage: Stage
  readonly seed: string
  readonly plans: readonly Plan[]
  readonly tell: (line: string) => void
}

/** Ids of the foreign mails in each mailbox, as the practice world gave them. */
export type Foreign = ReadonlyMap<Provider, ReadonlySet<string>>

type Letter = Omit<SentRecord, 'raw'> & {
  readonly subject: string
  readonly messageId: string
  readonly references: readonly string[]
}
/** Our letters that left, and the number under which each arrived, by the name of the addressee. */
interface Left {
  readonly letters: Map<string, Ours>
  readonly places: Map<string, number>
}

const nothing: Batch = { foreign: [], answers: [] }
const dayMs = 86_400_000
/** Longer than the overlap of two looks at Microsoft, shorter than what counts as an outage. */
const batchMs = 6.5 * 60_000
const lookMs = 200
const sendingTakesMs = 300_000
const atOnce = 8
/** Half a minute for each hundred mails that are looked at one by one. */
const quietLooks = 20_000

export async function play(playing: Playing): Promise<Foreign> {
  const { programs, stage, plans, tell } = playing
  const foreign = new Map<Provider, Set<string>>(plans.map(({ provider }) => [provider, new Set()]))
  const left: Left = { letters: new Map(), places: new Map() }
  const morning = await practiceNow(stage)
  const days = Math.max(...plans.map((plan) => plan.days.length))
  for (let day = 0; day < days; day++) {
    if (day > 0) await step(stage, morning + day * dayMs - (await practiceNow(stage)))
    await sendLetters(playing, day, left)
    await untilQuiet(programs.admin, quietLooks)
    tell(`day ${day + 1}: ${left.letters.size} letters have left`)
    const rounds = Math.max(...plans.map((plan) => plan.days[day]?.batches.length ?? 0))
    for (let round = 0; round < rounds; round++) {
      for (const plan of plans)
        await deliver(playing, plan, plan.days[day]?.batches[round] ?? nothing, { foreign, left })
      await untilQuiet(programs.admin, quietLooks)
      await step(stage, batchMs)
      await untilQuiet(programs.admin, quietLooks)
      tell(`batch ${round + 1} of ${rounds}`)
    }
  }
  return foreign
}

async function sendLetters({ stage, plans }: Playing, day: number, left: Left): Promise<void> {
  const threads = plans.flatMap(({ provider, days }) =>
    (days[day]?.threads ?? []).map((thread) => ({ ...thread, provider })),
  )
  await several(threads, async ({ name, provider }) => {
    await stage.owner.post(`${stage.home}/messages`, {
      key: `privacy-${name}`,
      mailboxId: stage.mailboxes.get(provider),
      contactId: stage.contacts.get(name),
      subject: `Spring with ${name}`,
      text: `Hello ${name}, shall we?`,
    })
  })
  const all = left.letters.size + threads.length
  for (let passed = 0, mails = 0; mails < all; passed += lookMs) {
    if (passed > sendingTakesMs) throw new Error(`${all - mails} letters did not leave`)
    await pause(lookMs)
    ;({ mails } = await stage.practice.get<{ mails: number }>('/records/counts'))
  }
  await noteLetters(stage, plans, left)
}

async function noteLetters({ practice }: Stage, plans: readonly Plan[], left: Left): Promise<void> {
  const nameOf = new Map(
    plans.flatMap(({ threads }) => threads.map(({ name }) => [addressOf(name), name] as const)),
  )
  for (const { provider } of plans) {
    const letters = await oursAmong(practice, boxes[provider].address, (to) => nameOf.get(to))
    for (const letter of letters) left.letters.set(letter.name, letter)
  }
  for (const arrival of await practice.record<ArrivalRecord>('arrivals')) {
    const name = nameOf.get(arrival.mailbox)
    if (name !== undefined && !left.places.has(name)) left.places.set(name, arrival.seq)
  }
}

/** Our letters that left a mailbox, to whom the address tells. */
export async function oursAmong(
  practice: Practice,
  mailbox: string,
  nameOf: (address: string) => string | undefined,
): Promise<readonly Ours[]> {
  const mails = await practice.record<Letter>('mails', `&raw=0&mailbox=${encodeURIComponent(mailbox)}`)
  return mails.flatMap(({ recipients: [to = ''], subject, messageId, references: [token] }) => {
    const name = nameOf(to)
    return name === undefined || token === undefined ? [] : [{ name, subject, messageId, token }]
  })
}

async function deliver(
  { stage, seed }: Playing,
  { provider, threads }: Plan,
  batch: Batch,
  { foreign, left }: { readonly foreign: Map<Provider, Set<string>>; readonly left: Left },
): Promise<void> {
  const box = boxes[provider]
  const [first, ...others] = threads.flatMap(({ name }) => left.letters.get(name) ?? [])
  if (first === undefined) throw new Error(`nothing left ${box.address}`)
  const mails = batch.foreign.map((n) =>
    foreignMail(seed, n, box, pick(chanceOf(seed, 'beside', provider, n), [first, ...others])),
  )
  const [early, late] = [mails.slice(0, mails.length / 2), mails.slice(mails.length / 2)]
  for (const half of [early, late]) {
    const { delivered } = await stage.practice.post<{ delivered: { id: string }[] }>('/deliver', half)
    for (const { id } of delivered) foreign.get(provider)?.add(id)
    const answers = batch.answers.filter((_one, n) => (n % 2 === 0) === (half === early))
    await several(answers, (thread) => answer(stage, thread, left))
  }
}

async function answer({ practice }: Stage, { name, manner, marker }: Thread, left: Left): Promise<void> {
  const text = `Thank you. ${marker}`
  await practice.post('/people/reply', answerOf(name, manner, { toMessage: left.places.get(name), text }))
}

async function several<T>(list: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...list]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
