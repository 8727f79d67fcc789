/**
 * The verdict, from three things alone: the story's log of what it asked for, the practice world's records of what
 * happened, and what the colleague reads through the API.
 */
import type { Kind, StoryLog } from './log.ts'
import { kinds, markerPattern } from './log.ts'
import type { CallRecord, SentRecord } from './people.ts'
import { textOf } from './people.ts'
import type { Seen } from './acts.ts'
import type { SenderName } from './cast.ts'
import type { Stage } from './stage.ts'
import { senderOf, senders } from './cast.ts'

export interface Verdict {
  readonly ok: boolean
  readonly sent: Readonly<Record<Kind, number>>
  readonly waited_for_next_day: number
  readonly over_cap: number
  readonly rank_inversions: number
  readonly duplicates: number
  readonly lost: number
  readonly replies_expected: number
  readonly replies_captured: number
  readonly auto_replies: number
  readonly bounces: number
  readonly suppressed_after_bounce: number
  readonly foreign_contents_returned: number
  readonly send_only_reads: number
  readonly providers: Readonly<Record<Provider, ProviderFigures>>
}

type Provider = 'gmail' | 'microsoft'
interface ProviderFigures {
  readonly sent: number
  readonly replies_captured: number
  readonly auto_replies: number
  readonly bounces: number
}

interface Left {
  readonly marker: string
  readonly kind: Kind
  readonly mailbox: string
  readonly at: number
  readonly seq: number
}

/** A mail asked for this close to another one's leaving may not have been seen by the lease: milliseconds. */
const sameMoment = 1500

export async function judge(
  stage: Stage,
  log: StoryLog,
  seen: Seen,
  expected: { readonly waited: number | undefined },
): Promise<Verdict> {
  const mails = await stage.practice.record<SentRecord>('mails')
  const left = mails.flatMap((mail): Left[] => {
    const found = markerPattern.exec(textOf(mail.raw))
    if (found === null) return []
    return [
      {
        marker: found[0],
        kind: found[1] as Kind,
        mailbox: mail.mailbox,
        at: Date.parse(mail.at),
        seq: mail.seq,
      },
    ]
  })
  const first = new Map<string, Left>()
  for (const mail of left) if (!first.has(mail.marker)) first.set(mail.marker, mail)
  const calls = await stage.practice.record<CallRecord>('calls')
  const sent = Object.fromEntries(
    kinds.map((kind) => [kind, [...first.values()].filter((one) => one.kind === kind).length]),
  )
  const waited = [...first.values()].filter(
    (one) => dayOf(one.at) > dayOf(log.asked.get(one.marker)?.at ?? 0),
  ).length
  const facts = {
    sent: sent as Record<Kind, number>,
    waited_for_next_day: waited,
    over_cap: overCap(left, stage),
    rank_inversions: inversions([...first.values()], log),
    duplicates:
      left.length - first.size + [...seen.replies.keys()].filter((one) => one.endsWith(' twice')).length,
    lost: [...log.asked.values()].filter((one) => first.get(one.marker)?.mailbox !== one.from).length,
    replies_expected: log.replies.size,
    replies_captured: [...log.replies].filter((one) => seen.replies.has(one)).length,
    auto_replies: seen.autoReplies.length,
    bounces: seen.bounces.length,
    suppressed_after_bounce: log.suppressed,
    foreign_contents_returned: calls.filter((call) => opensForeign(stage, call)).length,
    send_only_reads: calls.filter((call) => senderOf(call.mailbox)?.full === false && reads(call)).length,
    providers: {
      gmail: figuresOf('gmail', [...first.values()], seen),
      microsoft: figuresOf('microsoft', [...first.values()], seen),
    },
  }
  const unasked = [...first.keys()].filter((marker) => !log.asked.has(marker)).length
  const ok =
    kinds.every((kind) => facts.sent[kind] === log.count()[kind]) &&
    (expected.waited === undefined || facts.waited_for_next_day === expected.waited) &&
    facts.over_cap + facts.rank_inversions + facts.duplicates + facts.lost + unasked === 0 &&
    facts.replies_captured === facts.replies_expected &&
    [...seen.replies.keys()].every((one) => log.replies.has(one)) &&
    sameMailboxes(seen.autoReplies, log.autoReplies) &&
    sameMailboxes(seen.bounces, log.bounces) &&
    facts.foreign_contents_returned + facts.send_only_reads === 0
  return { ok, ...facts }
}

function figuresOf(provider: Provider, left: readonly Left[], seen: Seen): ProviderFigures {
  const count = (mailboxes: Iterable<string>): number =>
    [...mailboxes].filter((mailbox) => senderOf(mailbox)?.provider === provider).length
  return {
    sent: count(left.map((mail) => mail.mailbox)),
    replies_captured: count(seen.replies.values()),
    auto_replies: count(seen.autoReplies),
    bounces: count(seen.bounces),
  }
}

function sameMailboxes(seen: readonly string[], expected: readonly string[]): boolean {
  return seen.toSorted().join(' ') === expected.toSorted().join(' ')
}

function dayOf(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDate().toString()
}

/** Mails above the cap of an address, over all its days. */
function overCap(left: readonly Left[], stage: Stage): number {
  const counts = new Map<string, number>()
  for (const mail of left) {
    const key = `${mail.mailbox} ${dayOf(mail.at)}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const names = Object.keys(senders) as SenderName[]
  let over = 0
  for (const [key, count] of counts) {
    const name = names.find((one) => key.startsWith(`${senders[one].address} `))
    over += Math.max(0, count - (name === undefined ? 0 : stage.cast.caps[name]))
  }
  return over
}

/** Pairs of one mailbox that were both asked for before either left, of which the higher rank arrived later. */
function inversions(left: readonly Left[], log: StoryLog): number {
  let found = 0
  const asked = left.map((mail) => ({
    ...mail,
    asked: log.asked.get(mail.marker)?.at ?? Infinity,
    rank: kinds.indexOf(mail.kind),
  }))
  for (const higher of asked) {
    for (const lower of asked) {
      if (higher.mailbox !== lower.mailbox || higher.rank >= lower.rank || higher.seq <= lower.seq) continue
      const moment = Math.min(higher.at, lower.at) - sameMoment
      if (higher.asked <= moment && lower.asked <= moment) found += 1
    }
  }
  return found
}

const gmailContent = ['raw', 'snippet', 'payload.body', 'payload.parts', 'payload.headers']
const graphContent =
  /\b(\$value|body|bodyPreview|uniqueBody|subject|from|sender|toRecipients|ccRecipients|internetMessageHeaders)\b|^\$value$/

function opensForeign(stage: Stage, call: CallRecord): boolean {
  const foreign = call.ids.some((id) => stage.foreignIds.has(`${call.mailbox} ${id}`))
  if (!foreign) return false
  if (call.method.startsWith('graph.')) return call.fields.some((field) => graphContent.test(field))
  return call.fields.some((field) => gmailContent.some((one) => field.includes(one)))
}

const withoutReading = new Set(['gmail.users.messages.send', 'graph.me.sendMail', 'graph.me.get'])

function reads(call: CallRecord): boolean {
  return /^(gmail|graph)\./.test(call.method) && !withoutReading.has(call.method)
}
