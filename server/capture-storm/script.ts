/**
 * What happens in a storm, written before it begins: who is written to, who answers when and how, what else arrives, and
 * what goes wrong meanwhile. The same seed, the same size: the same script. What must be captured is in it too.
 */
import { createHash } from 'node:crypto'
import { between, chanceOf, pick } from '../simulation/chance.ts'
import type { Chance } from '../simulation/chance.ts'
import type { Sender } from '../story/cast.ts'
import { nameOf } from '../story/cast.ts'
import type { Manner } from './manners.ts'
import { drawManner } from './manners.ts'

export const boxes = {
  gina: { provider: 'gmail', address: 'gina@brand.practice.example', full: true },
  hugo: { provider: 'gmail', address: 'hugo@brand.practice.example', full: true },
  mara: { provider: 'microsoft', address: 'mara@office.practice.example', full: true },
  nils: { provider: 'microsoft', address: 'nils@office.practice.example', full: true },
} as const satisfies Record<string, Sender>
export type BoxName = keyof typeof boxes
export const boxNames = Object.keys(boxes) as BoxName[]
/** Whose owners wished that replies with another subject are found, which their providers put into threads of their own. */
export const wishing: ReadonlySet<BoxName> = new Set(['hugo', 'nils'])
/** Whose provider refuses everything for hours. */
export const refused: BoxName = 'gina'

/** One mail of ours, and whether somebody answers it before its sending is recorded. */
export interface Letter {
  readonly name: string
  readonly box: BoxName
  readonly early: boolean
}

export interface Reply {
  readonly do: 'reply'
  readonly letter: Letter
  readonly marker: string
  readonly manner: Manner
}

/** What no product may open: private mail, and mail that looks like an answer. */
const likenesses = ['news', 'twin', 'token', 'forward', 'acquaintance'] as const
export type Likeness = (typeof likenesses)[number]

export interface Stranger {
  readonly do: 'stranger'
  readonly letter: Letter
  readonly marker: string
  readonly likeness: Likeness
}

export type Deed =
  | Reply
  | Stranger
  /** The provider delivers the bytes of an answer a second time. */
  | { readonly do: 'again'; readonly marker: string }
  /** 429 for everything, with the time until when. */
  | { readonly do: 'throttle'; readonly box: BoxName; readonly seconds: number }
  /** Some calls end in 503 or 429 with Retry-After, or the connection is cut (0). */
  | {
      readonly do: 'refuse'
      readonly box: BoxName
      readonly status: 0 | 429 | 503
      readonly every: number
      readonly times: number
    }
  /** The provider forgets what was new: 404 at Gmail, 410 at Microsoft. */
  | { readonly do: 'forget'; readonly box: BoxName }
  | { readonly do: 'kill'; readonly worker: 0 | 1 }

export interface Round {
  readonly deeds: readonly Deed[]
  /** Milliseconds until the next one. */
  readonly restMs: number
  /** Hours for which one mailbox is refused, beginning before the deeds. */
  readonly outageHours: number
}

export interface Script {
  readonly letters: readonly Letter[]
  /** Answers that come while the letters leave. */
  readonly early: readonly Reply[]
  readonly rounds: readonly Round[]
  /** All answers, early ones too: each must be read once. */
  readonly replies: readonly Reply[]
  readonly hash: string
}

const repliesOfLetter = 4
const repliesOfRound = 25
const killsAtLeast = 10
const outageHours = 3
const workers = [0, 1] as const

export function scriptOf(seed: string, replies: number): Script {
  const letters = lettersOf(seed, Math.ceil(replies / repliesOfLetter))
  const all = Array.from({ length: replies }, (_, n) => replyOf(seed, n, letters))
  const firstOf = new Map<string, Reply>()
  for (const reply of all) if (!firstOf.has(reply.letter.name)) firstOf.set(reply.letter.name, reply)
  const early = [...firstOf.values()].filter(({ letter }) => letter.early)
  const later = all.filter((reply) => !early.includes(reply))
  const count = Math.max(5, Math.ceil(later.length / repliesOfRound))
  const kills = Math.max(killsAtLeast, count)
  const rounds = Array.from({ length: count }, (_, n) => {
    const share = <T>(list: readonly T[]): T[] => list.filter((_one, i) => i % count === n)
    return roundOf(chanceOf(seed, 'round', n), {
      n,
      replies: share(later),
      letters,
      kills: share(Array.from({ length: kills }, (_one, i) => i)).length,
      outage: n === Math.floor(count / 2),
    })
  })
  const written = { letters, replies: all, early, rounds }
  return {
    ...written,
    hash: createHash('sha256').update(JSON.stringify(written)).digest('hex').slice(0, 12),
  }
}

function lettersOf(seed: string, count: number): Letter[] {
  return Array.from({ length: count }, (_, n) => ({
    name: nameOf(n + 1),
    box: boxNames[n % boxNames.length] ?? 'gina',
    early: chanceOf(seed, 'early', n)() < 0.25,
  }))
}

function replyOf(seed: string, n: number, letters: readonly Letter[]): Reply {
  const letter = letters[n % letters.length] ?? { name: nameOf(1), box: 'gina', early: false }
  const chance = chanceOf(seed, 'reply', n)
  const { provider } = boxes[letter.box]
  const manner = drawManner(chance, {
    bare: provider === 'microsoft',
    otherSubject: wishing.has(letter.box),
  })
  // an early answer names what it answers: the conversation is not ours yet
  const named = letter.early && n < letters.length ? 'plain' : manner
  return { do: 'reply', letter, marker: `MARKreplyR${n}x${letter.name}END`, manner: named }
}

interface Share {
  readonly n: number
  readonly replies: readonly Reply[]
  readonly letters: readonly Letter[]
  readonly kills: number
  readonly outage: boolean
}

function roundOf(chance: Chance, { n, replies, letters, kills, outage }: Share): Round {
  const strangers = replies.map(
    (reply, i): Stranger => ({
      do: 'stranger',
      letter: letters[between(chance, 0, letters.length - 1)] ?? reply.letter,
      marker: `MARKreplyF${n}q${i}x${reply.letter.name}END`,
      likeness: pick(chance, likenesses),
    }),
  )
  const deeds: Deed[] = shuffled(chance, [
    ...replies,
    ...strangers,
    ...Array.from({ length: kills }, (): Deed => ({ do: 'kill', worker: pick(chance, workers) })),
    ...faultsOf(chance, n),
  ])
  for (const { marker } of replies.filter(() => chance() < 0.08)) deeds.push({ do: 'again', marker })
  return { deeds, restMs: between(chance, 2_500, 4_500), outageHours: outage ? outageHours : 0 }
}

/** Two faults for two mailboxes; over five rounds each kind comes twice. */
function faultsOf(chance: Chance, n: number): Deed[] {
  const first = between(chance, 0, boxNames.length - 1)
  const kinds: ((box: BoxName) => Deed)[] = [
    (box) => ({ do: 'forget', box }),
    (box) => ({ do: 'throttle', box, seconds: between(chance, 2, 8) }),
    (box) => ({ do: 'refuse', box, status: 429, every: between(chance, 2, 4), times: 2 }),
    (box) => ({ do: 'refuse', box, status: 503, every: between(chance, 3, 6), times: 2 }),
    (box) => ({ do: 'refuse', box, status: 0, every: between(chance, 3, 6), times: 2 }),
  ]
  return [0, 1].flatMap((i) => {
    const box = boxNames[(first + i) % boxNames.length]
    const fault = kinds[(2 * n + i) % kinds.length]
    return box === undefined || fault === undefined ? [] : [fault(box)]
  })
}

function shuffled<T>(chance: Chance, list: readonly T[]): T[] {
  const left = [...list]
  return list.flatMap(() => left.splice(between(chance, 0, left.length - 1), 1))
}
