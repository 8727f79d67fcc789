/**
 * Plays a script: the letters leave, people answer, strangers write, providers fail, workers die. Both clocks run as
 * the machine's does, and fast through the outage alone. Knows nothing of what the product makes of it.
 */
import { pause, practiceNow, step } from '../story/advance.ts'
import { addressOf } from '../story/cast.ts'
import type { ArrivalRecord } from '../story/people.ts'
import type { Programs } from '../story/programs.ts'
import { answerOf } from './manners.ts'
import type { Sabotage } from './sabotage.ts'
import { strike } from './sabotage.ts'
import type { BoxName, Deed, Reply, Round, Script, Stranger } from './script.ts'
import { boxes, refused } from './script.ts'
import type { Stage } from './stage.ts'

/** What the play knows of itself: where everything arrived, and how often it killed. */
export interface Played {
  kills: number
  /** Arrival number, mailbox and id of each answer, by its marker. */
  readonly answers: Map<string, { readonly seq: number; readonly mailbox: string; readonly id: string }>
  /** Mailbox and id of what no product may open. */
  readonly foreign: Set<string>
  /** Answers that came while their mailbox was refused. */
  readonly inOutage: Set<string>
  /** When the clocks jumped from hour to hour, by the practice world's, and how far that was from this machine's before and after. */
  jump: { readonly from: number; readonly to: number; readonly ahead: readonly [number, number] }
}

export interface Playing {
  readonly programs: Programs
  readonly stage: Stage
  readonly script: Script
  readonly wishes: readonly Sabotage[]
  readonly tell: (line: string) => void
}

const tickMs = 200
const sendingTakesMs = 300_000
/** Until a refusal has met a look. */
const failingMs = 3_000
const outageStepMs = 45 * 60_000

export async function play(playing: Playing): Promise<Played> {
  const { programs, stage, script, wishes, tell } = playing
  const played: Played = {
    kills: 0,
    answers: new Map(),
    foreign: new Set(),
    inOutage: new Set(),
    jump: { from: 0, to: 0, ahead: [0, 0] },
  }
  const places = await sendLetters(playing, played)
  tell(`${places.size} letters left, ${script.early.length} were answered while they did`)
  for (const [n, round] of script.rounds.entries()) {
    if (n === script.rounds.length - 1) await strike(wishes, 'before the last round', programs, stage)
    await playRound(playing, played, places, round)
    tell(`round ${n + 1} of ${script.rounds.length}: ${played.answers.size} answers, ${played.kills} kills`)
  }
  for (const kind of ['fail', 'throttle']) await stage.practice.endFaults(kind)
  return played
}

const quietLooks = 400

/**
 * Until nobody pulls and nothing is due. A clock that jumps while somebody does would take the mailbox away from them,
 * again and again, as no clock outside does. The claim of a process that is dead ends by itself; one without an end is a
 * saboteur's.
 */
export async function untilQuiet(admin: Programs['admin'], most = quietLooks): Promise<void> {
  for (let looks = 0; looks < most; looks++) {
    await pause(tickMs / 4)
    const { rows } = await admin.query(`select from mailbox_position
      where coalesce(pull_until, kontor_now()) < 'infinity' and (pull_until > kontor_now() or due_at <= kontor_now())
      limit 1`)
    if (rows.length === 0) return
  }
}

type Places = ReadonlyMap<string, number>

/** Gives the number under which each letter arrived. Every third is answered for, and recorded late. */
async function sendLetters({ stage, script }: Playing, played: Played): Promise<Places> {
  await stage.practice.post('/faults', { stallAfterAccept: { every: 3, ms: 1500 } })
  for (const { name, box } of script.letters) {
    await stage.owner.post(`${stage.home}/messages`, {
      key: `storm-${name}`,
      mailboxId: stage.mailboxes.get(box),
      contactId: stage.contacts.get(name),
      subject: subjectOf(name),
      text: `Hello ${name}, shall we?`,
    })
  }
  const places = new Map<string, number>()
  const waiting = [...script.early]
  const letterTo = new Map(script.letters.map(({ name }) => [addressOf(name), name]))
  for (let passed = 0; places.size < script.letters.length; passed += tickMs) {
    if (passed > sendingTakesMs)
      throw new Error(`${script.letters.length - places.size} letters did not leave`)
    for (const arrival of await stage.practice.record<ArrivalRecord>('arrivals')) {
      const name = letterTo.get(arrival.mailbox)
      if (name !== undefined && !places.has(name)) places.set(name, arrival.seq)
    }
    for (const reply of waiting.filter(({ letter }) => places.has(letter.name))) {
      waiting.splice(waiting.indexOf(reply), 1)
      await answer(stage, played, places, reply)
    }
    await pause(tickMs)
  }
  await stage.practice.endFaults('stallAfterAccept')
  return places
}

async function playRound(
  playing: Playing,
  played: Played,
  places: Places,
  { deeds, restMs, outageHours }: Round,
): Promise<void> {
  const { programs, stage } = playing
  const outage = outageHours > 0
  if (outage) {
    await stage.practice.post('/faults', { fail: { status: 503, mailbox: boxes[refused].address } })
    await pause(failingMs)
  }
  for (const deed of deeds) {
    await perform(playing, played, places, deed)
    if (outage && deed.do === 'reply' && deed.letter.box === refused) played.inOutage.add(deed.marker)
  }
  if (outage) {
    const from = await practiceNow(stage)
    const before = from - Date.now()
    for (let ms = 0; ms < outageHours * 3_600_000; ms += outageStepMs) {
      await untilQuiet(programs.admin)
      await step(stage, outageStepMs)
    }
    const to = await practiceNow(stage)
    played.jump = { from, to, ahead: [before, to - Date.now()] }
    await stage.practice.endFaults('fail')
  }
  await pause(restMs)
}

async function perform(
  { programs, stage, wishes }: Playing,
  played: Played,
  places: Places,
  deed: Deed,
): Promise<void> {
  const { practice } = stage
  switch (deed.do) {
    case 'reply':
      return await answer(stage, played, places, deed)
    case 'stranger':
      return await write(stage, played, deed)
    case 'again':
      return await deliverAgain(stage, played, deed.marker)
    case 'throttle':
      await practice.post('/faults', {
        throttle: { mailbox: boxes[deed.box].address, all: true, forMs: deed.seconds * 1000 },
      })
      return
    case 'refuse':
      await practice.post('/faults', { fail: refusalOf(deed) })
      return
    case 'forget':
      await practice.post('/faults', { historyTooOld: { mailbox: boxes[deed.box].address } })
      return
    case 'kill':
      if (wishes.includes('calm')) return
      await programs.killWorker(deed.worker)
      played.kills += 1
  }
}

function refusalOf({ box, status, every, times }: Extract<Deed, { do: 'refuse' }>): Record<string, unknown> {
  const { address: mailbox, provider } = boxes[box]
  const fault = { mailbox, status, every, times }
  if (status !== 429) return fault
  const body =
    provider === 'gmail'
      ? {
          error: {
            code: 429,
            message: 'Too many concurrent requests for user.',
            status: 'RESOURCE_EXHAUSTED',
            errors: [{ reason: 'rateLimitExceeded', domain: 'usageLimits' }],
          },
        }
      : {
          error: {
            code: 'ApplicationThrottled',
            message: 'Application is over its MailboxConcurrency limit.',
          },
        }
  return { ...fault, body, retryAfter: '3' }
}

interface Delivered {
  readonly seq: number
  readonly id: string
}

async function answer(
  { practice }: Stage,
  played: Played,
  places: Places,
  { letter, marker, manner }: Reply,
): Promise<void> {
  const text = `Thank you. ${marker}`
  const said = await practice.post<Delivered>(
    '/people/reply',
    answerOf(letter.name, manner, { toMessage: places.get(letter.name), text }),
  )
  played.answers.set(marker, { seq: said.seq, mailbox: boxes[letter.box].address, id: said.id })
}

function subjectOf(name: string): string {
  return `A word to ${name}`
}

async function write(
  { practice }: Stage,
  played: Played,
  { letter, marker, likeness }: Stranger,
): Promise<void> {
  const to = boxes[letter.box].address
  const someone = `Someone <stranger.${marker.toLowerCase()}@people.practice.example>`
  const subject = subjectOf(letter.name)
  const mails = {
    news: { from: someone, subject: `Private matter ${marker}` },
    twin: { from: someone, subject: `Re: ${subject}` },
    token: {
      from: someone,
      subject,
      references: [`<s.${marker.toLowerCase().padEnd(32, '0')}@brand.practice.example>`],
    },
    forward: { from: someone, subject: `Fwd: ${subject}` },
    acquaintance: { from: `${letter.name} <${addressOf(letter.name)}>`, subject: `Another matter ${marker}` },
  } as const satisfies Record<Stranger['likeness'], Readonly<Record<string, unknown>>>
  const { delivered } = await practice.post<{ delivered: Delivered[] }>('/deliver', {
    to,
    text: `Nobody else's business: ${marker}`,
    ...mails[likeness],
  })
  for (const { id } of delivered) played.foreign.add(`${to} ${id}`)
}

async function deliverAgain({ practice }: Stage, played: Played, marker: string): Promise<void> {
  const first = played.answers.get(marker)
  if (first === undefined) return
  const { mailbox, id } = first
  const answered = await fetch(
    `${practice.base}/control/mailboxes/${encodeURIComponent(mailbox)}/messages/${encodeURIComponent(id)}/raw`,
  )
  const rawBase64 = Buffer.from(await answered.arrayBuffer()).toString('base64')
  await practice.post('/deliver', { to: mailbox, rawBase64 })
}

/** The mailbox of the product behind a name. */
export function mailboxOf(stage: Stage, name: BoxName): string {
  return stage.mailboxes.get(name) ?? ''
}
