/**
 * One conversation as a timetable: mails, team notes and what the team did in the order of time, what has yet to leave
 * last. Decides the order and the word for a mail's state; draws nothing.
 */
import type { Conversation, HistoryEntry, Note, Turn } from '@kontor/api/inbox'
import type { SubmissionState } from '@kontor/api/outbox'
import { instant } from '../client/clock.ts'

export type TimeLine =
  | {
      readonly kind: 'mail'
      readonly id: string
      readonly at: string
      readonly future: boolean
      readonly entry: HistoryEntry
    }
  | {
      readonly kind: 'note'
      readonly id: string
      readonly at: string
      readonly future: false
      readonly note: Note
    }
  | {
      readonly kind: 'turn'
      readonly id: string
      readonly at: string
      readonly future: false
      readonly turn: Turn
    }

/** The state of a sent mail as the page words it: a key of `mail.*`, its tone and its tooltip. */
export interface MailStateWord {
  readonly key:
    | 'queued'
    | 'queuedUnknown'
    | 'leased'
    | 'accepted'
    | 'failed'
    | 'in_doubt'
    | 'held'
    | 'cancelled'
    | 'suppressed'
    | 'bouncedPermanent'
    | 'bouncedTemporary'
  readonly tone: 'quiet' | 'waiting' | 'problem'
  readonly hint?: 'acceptedHint' | 'in_doubtHint' | 'bouncedPermanentHint' | 'bouncedTemporaryHint'
}

/** Whether the mail still waits: only then is its time in the future and shown in ink. */
export function waits(entry: HistoryEntry): boolean {
  return entry.submission?.state === 'queued' || entry.submission?.state === 'held'
}

/** Whether files of the mail can be had: they belong to the message, which there is once it left. */
export function hasFiles(entry: HistoryEntry): boolean {
  return entry.submission === undefined || entry.submission.state === 'accepted'
}

export function timeLine(conversation: Conversation): TimeLine[] {
  const mails = conversation.history.map((entry): TimeLine => {
    const expected = entry.submission?.expectedAt
    const at = waits(entry) && expected ? expected : entry.at
    return { kind: 'mail', id: entry.id, at, future: waits(entry), entry }
  })
  const notes = conversation.notes.map(
    (note): TimeLine => ({ kind: 'note', id: note.id, at: note.at, future: false, note }),
  )
  const turns = conversation.turns.map(
    (turn): TimeLine => ({ kind: 'turn', id: turn.id, at: turn.at, future: false, turn }),
  )
  return [...mails, ...notes, ...turns].toSorted(byTime)
}

function byTime(a: TimeLine, b: TimeLine): number {
  if (a.future !== b.future) return a.future ? 1 : -1
  return instant(a.at) - instant(b.at)
}

/** A bounce is a report beside `accepted`, so it is the word that the reader needs first. */
export function mailState(submission: NonNullable<HistoryEntry['submission']>): MailStateWord {
  if (submission.bounced === 'permanent')
    return { key: 'bouncedPermanent', tone: 'problem', hint: 'bouncedPermanentHint' }
  if (submission.bounced === 'temporary')
    return { key: 'bouncedTemporary', tone: 'waiting', hint: 'bouncedTemporaryHint' }
  const word = words[submission.state]
  return word.key === 'queued' && !submission.expectedAt ? { ...word, key: 'queuedUnknown' } : word
}

const words: Readonly<Record<SubmissionState, MailStateWord>> = {
  queued: { key: 'queued', tone: 'waiting' },
  leased: { key: 'leased', tone: 'waiting' },
  accepted: { key: 'accepted', tone: 'quiet', hint: 'acceptedHint' },
  in_doubt: { key: 'in_doubt', tone: 'problem', hint: 'in_doubtHint' },
  failed: { key: 'failed', tone: 'problem' },
  held: { key: 'held', tone: 'waiting' },
  cancelled: { key: 'cancelled', tone: 'quiet' },
  suppressed: { key: 'suppressed', tone: 'quiet' },
}
