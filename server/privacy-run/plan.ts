/**
 * Who is written to from a mailbox, how each answers, and between which foreign mails, written before anything runs. The
 * same seed and sizes: the same plan.
 */
import type { Manner } from '../capture-storm/manners.ts'
import { drawManner } from '../capture-storm/manners.ts'
import { chanceOf } from '../simulation/chance.ts'
import { nameOf } from '../story/cast.ts'
import type { Sender } from '../story/cast.ts'

export const boxes = {
  gmail: { provider: 'gmail', address: 'lea@brand.practice.example', full: true },
  microsoft: { provider: 'microsoft', address: 'lea@office.practice.example', full: true },
  imap: { provider: 'imap', address: 'lea@post.practice.example', full: true },
} as const satisfies Record<Sender['provider'], Sender>
export type Provider = keyof typeof boxes
export const providers = Object.keys(boxes) as readonly Provider[]

/** One letter of ours, which opens a thread, and the answer to it. */
export interface Thread {
  readonly name: string
  readonly marker: string
  readonly manner: Manner
}

/** What comes at once: foreign mails by their numbers, and answers. */
export interface Batch {
  readonly foreign: readonly number[]
  readonly answers: readonly Thread[]
}

export interface Day {
  readonly threads: readonly Thread[]
  readonly batches: readonly Batch[]
}

export interface Plan {
  readonly provider: Provider
  readonly days: readonly Day[]
  readonly threads: readonly Thread[]
}

export interface Size {
  readonly seed: string
  readonly foreign: number
  readonly threads: number
}

/** As many as one mailbox may send in a day. */
export const dailyLimit = 300
const foreignAtOnce = 500
const fewestBatches = 2

export function planOf(provider: Provider, { seed, foreign, threads }: Size): Plan {
  const first = providers.indexOf(provider) * threads
  const all = Array.from({ length: threads }, (_, n) => threadOf(seed, provider, first + n + 1))
  const count = Math.ceil(threads / dailyLimit)
  const days = Array.from({ length: count }, (_, day): Day => {
    const ofDay = <T>(list: readonly T[]): readonly T[] => list.filter((_one, n) => n % count === day)
    const written = ofDay(all)
    const numbers = ofDay(Array.from({ length: foreign }, (_one, n) => n))
    const rounds = Math.max(fewestBatches, Math.ceil(numbers.length / foreignAtOnce))
    const ofRound = <T>(list: readonly T[], round: number): readonly T[] =>
      list.filter((_one, n) => n % rounds === round)
    const batches = Array.from({ length: rounds }, (_one, round) => ({
      foreign: ofRound(numbers, round),
      answers: ofRound(written, round),
    }))
    return { threads: written, batches }
  })
  return { provider, days, threads: all }
}

function threadOf(seed: string, provider: Provider, n: number): Thread {
  const name = nameOf(n)
  const room = { bare: provider === 'microsoft', otherSubject: false }
  const manner = drawManner(chanceOf(seed, 'answer', n), room)
  return { name, marker: `MARKreply${provider}x${name}END`, manner }
}
