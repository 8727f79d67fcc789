/**
 * Who is written to in a crash storm, from which mailbox, and by which marker each mail is told: all of it written down
 * before the programs start, from the seed and the size alone.
 */
import { chanceOf } from '../simulation/chance.ts'
import type { Sender } from '../story/cast.ts'

/** What one address may send in a day. */
export const dailyLimit = 300
/** The mails fit into so many days. */
const days = 2
const fewestMailboxes = 6

export interface Cast {
  /** Gmail and Microsoft in turn, all with Full Access. */
  readonly senders: readonly Sender[]
  readonly people: readonly Addressee[]
}

export interface Addressee {
  readonly name: string
  readonly address: string
  readonly marker: string
  /** Address of the mailbox that must send to this person. */
  readonly from: string
}

export function castOf({ seed, mails }: { readonly seed: string; readonly mails: number }): Cast {
  const count = Math.max(fewestMailboxes, Math.ceil(mails / (dailyLimit * days)))
  const senders = Array.from({ length: count }, (_, n): Sender => {
    const gmail = n % 2 === 0
    const address = `box${n + 1}@${gmail ? 'brand' : 'office'}.practice.example`
    return { provider: gmail ? 'gmail' : 'microsoft', address, full: true }
  })
  const turn = Math.floor(chanceOf(seed, 'turn')() * count)
  const people = Array.from({ length: mails }, (_, n): Addressee => {
    const name = `P${String(n + 1).padStart(5, '0')}`
    return {
      name,
      address: `${name.toLowerCase()}@people.practice.example`,
      marker: markerOf(name),
      from: senders[(n + turn) % count]?.address ?? '',
    }
  })
  return { senders, people }
}

/** `{{ name }}` makes it the text of a template. */
export function markerOf(name: string): string {
  return `MARKstorm${name}END`
}
export const markerPattern = /MARKstorm(P\d{5})END/
