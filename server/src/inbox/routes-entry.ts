/** One entry of a history: a message that was sent or received, or a mail that waits. */
import type { HistoryEntry } from '@kontor/api/inbox'
import type { HistoryMessage } from '../correspondence/index.ts'
import { addressKey } from '../mail/index.ts'
import type { Expected, OutboxEntry } from '../sending/index.ts'
import { shownReason } from '../sending/index.ts'
import type { Carried } from './carried.ts'
import { presentFile, presentLink } from './routes-present.ts'

export function messageEntry(
  message: HistoryMessage,
  {
    all,
    known,
    people,
    carried,
  }: {
    readonly all: readonly HistoryMessage[]
    /** Keys of the influencer's addresses as they are now. */
    readonly known: ReadonlySet<string>
    readonly people: ReadonlyMap<string, string>
    readonly carried: Carried | undefined
  },
): HistoryEntry {
  const authorName = message.authorId === undefined ? undefined : people.get(message.authorId)
  const bounced = message.submissionId === undefined ? undefined : bounceOf(message, all)
  const { answeredFrom, html, submissionId } = message
  const rich = carried?.letter?.html
  return {
    id: message.id,
    direction: message.direction,
    at: message.at.toString(),
    kind: message.kind,
    fromName: message.fromName,
    fromAddress: message.fromAddress,
    to: message.to.join(', '),
    subject: message.subject,
    text: message.text,
    quoted: message.quoted,
    ...(rich === undefined ? {} : { rich }),
    hasHtml: html !== undefined && submissionId === undefined,
    inlineImages: html !== undefined && submissionId === undefined && html.includes('data-cid='),
    remoteImages: message.remoteImages,
    ...(message.overLimit.length === 0 ? {} : { shown: shownOf(message.overLimit) }),
    attachments: message.attachments.map((file) => presentFile(file, html)),
    links: (carried?.links ?? []).map(presentLink),
    evidence: [...message.evidence],
    ...(answeredFrom === undefined
      ? {}
      : { answeredFrom, addressUnknown: !known.has(addressKey(answeredFrom)) }),
    ...(message.kindEvidence.length === 0 ? {} : { kindEvidence: [...message.kindEvidence] }),
    ...(message.kind === 'bounce' ? { bounce: bouncedIn(message.bounce) } : {}),
    ...(message.erasedAt === undefined ? {} : { erasedAt: message.erasedAt.toString() }),
    ...(submissionId === undefined
      ? {}
      : {
          submission: {
            id: submissionId,
            state: 'accepted' as const,
            acceptedAt: message.at.toString(),
            ...(bounced === undefined ? {} : { bounced }),
            mayTakeBack: false,
          },
        }),
    ...(authorName === undefined ? {} : { authorName }),
    mailboxAddress: message.mailboxAddress,
  }
}

function shownOf(overLimit: readonly string[]): NonNullable<HistoryEntry['shown']> {
  return overLimit.every((limit) => limit === 'layout') ? 'as_text' : 'in_part'
}

type Bounced = NonNullable<HistoryEntry['bounce']>[number]

function bouncedIn(bounce: unknown): Bounced[] {
  const { recipients } = (bounce ?? {}) as { recipients?: readonly Partial<Bounced>[] }
  return (recipients ?? []).map(({ address = '', permanent = false, status = '', ours = true, ...rest }) => {
    return { ...rest, address, permanent, status, ours }
  })
}

function bounceOf(
  sent: HistoryMessage,
  all: readonly HistoryMessage[],
): 'permanent' | 'temporary' | undefined {
  const report = all.find(
    (one) =>
      one.kind === 'bounce' &&
      one.threadId === sent.threadId &&
      one.at.epochNanoseconds >= sent.at.epochNanoseconds,
  )
  if (report === undefined) return undefined
  return JSON.stringify(report.bounce ?? {}).includes('"permanent":true') ? 'permanent' : 'temporary'
}

export function unsentEntry(
  entry: OutboxEntry & { text: string },
  {
    expected,
    carried,
    mayTakeBack,
  }: {
    readonly expected: Expected | undefined
    readonly carried: Carried | undefined
    readonly mayTakeBack: boolean
  },
): HistoryEntry {
  const at =
    expected?.at === undefined
      ? entry.enqueuedAt
      : Temporal.Instant.fromEpochMilliseconds(Math.floor(expected.at))
  const reason = shownReason(entry, expected?.reason)
  const letter = carried?.letter
  const waits = entry.state === 'queued' || entry.state === 'held'
  return {
    id: entry.id,
    direction: 'out',
    at: at.toString(),
    kind: 'mail',
    mailKind: entry.kind,
    fromName: entry.authorName ?? '',
    fromAddress: entry.mailboxAddress,
    to: [entry.to, ...(letter?.cc ?? [])].join(', '),
    subject: entry.subject,
    text: entry.text,
    quoted: '',
    ...(letter?.html === undefined ? {} : { rich: letter.html }),
    hasHtml: false,
    inlineImages: false,
    remoteImages: 0,
    attachments: (carried?.files ?? []).map(({ filename, contentType, size, uploadId }) => {
      return presentFile({ id: uploadId ?? entry.id, filename, contentType, size, blocked: false })
    }),
    links: (carried?.links ?? []).map(presentLink),
    evidence: [],
    submission: {
      id: entry.id,
      state: entry.state,
      ...(expected?.at === undefined ? {} : { expectedAt: at.toString() }),
      ...(reason === undefined ? {} : { reason }),
      mayTakeBack: waits && mayTakeBack && entry.kind === 'direct' && letter !== undefined,
    },
    ...(entry.authorName === undefined ? {} : { authorName: entry.authorName }),
    mailboxAddress: entry.mailboxAddress,
  }
}
