import { expect, test } from 'vitest'
import type { Conversation, HistoryEntry } from '@kontor/api/inbox'
import { mailState, timeLine } from './history.ts'

function mail(
  id: string,
  at: string,
  submission?: Omit<NonNullable<HistoryEntry['submission']>, 'mayTakeBack'>,
): HistoryEntry {
  return {
    id,
    direction: submission ? 'out' : 'in',
    at,
    kind: submission ? 'mail' : 'reply',
    fromName: 'Anna Keller',
    fromAddress: 'anna@brand.example',
    to: 'lena@reist.example',
    subject: 'Autumn',
    text: 'Hello',
    quoted: '',
    hasHtml: false,
    inlineImages: false,
    remoteImages: 0,
    attachments: [],
    links: [],
    evidence: [],
    mailboxAddress: 'anna@brand.example',
    ...(submission ? { submission: { mayTakeBack: false, ...submission } } : {}),
  }
}

function conversation(history: HistoryEntry[], notes: Conversation['notes']): Conversation {
  return {
    id: 'v',
    contactId: 'c',
    contactName: 'Lena Reist',
    contactAddress: 'lena@reist.example',
    teamState: 'waiting',
    history,
    notes,
    turns: [],
    drafts: [],
    subject: 'Spring',
    replyTo: { address: 'lena@reist.example', name: 'Lena Reist' },
    replyAll: [],
    campaigns: [],
    withdrawn: false,
    mayWithdraw: false,
    others: [],
    senders: [],
    answering: [],
    version: 2,
    suggestions: [],
    unreadable: [],
  }
}

test('notes stand between the mails by time, and what waits stands last at its expected time', () => {
  const lines = timeLine(
    conversation(
      [
        mail('waits', '2026-03-02T07:00:00Z', {
          id: 's2',
          state: 'queued',
          expectedAt: '2026-03-03T07:06:00Z',
        }),
        mail('reply', '2026-03-02T09:00:00Z'),
        mail('sent', '2026-03-01T08:00:00Z', { id: 's1', state: 'accepted' }),
      ],
      [{ id: 'note', at: '2026-03-02T08:30:00Z', authorName: 'Ben', text: 'Ask for the fee', mentions: [] }],
    ),
  )
  expect(lines.map((line) => [line.id, line.at, line.future])).toEqual([
    ['sent', '2026-03-01T08:00:00Z', false],
    ['note', '2026-03-02T08:30:00Z', false],
    ['reply', '2026-03-02T09:00:00Z', false],
    ['waits', '2026-03-03T07:06:00Z', true],
  ])
})

test('a held mail waits in ink, a cancelled one is past', () => {
  const lines = timeLine(
    conversation(
      [
        mail('held', '2026-03-01T08:00:00Z', { id: 'a', state: 'held' }),
        mail('cancelled', '2026-03-02T08:00:00Z', { id: 'b', state: 'cancelled' }),
      ],
      [],
    ),
  )
  expect(lines.map((line) => [line.kind === 'mail' && line.entry.id, line.future])).toEqual([
    ['cancelled', false],
    ['held', true],
  ])
})

test('a bounce is said before the acceptance that it follows', () => {
  expect(mailState({ mayTakeBack: false, id: 's', state: 'accepted', bounced: 'permanent' })).toEqual({
    key: 'bouncedPermanent',
    tone: 'problem',
    hint: 'bouncedPermanentHint',
  })
})

test('an accepted mail is quiet and says that delivery is not confirmed', () => {
  expect(mailState({ mayTakeBack: false, id: 's', state: 'accepted' })).toEqual({
    key: 'accepted',
    tone: 'quiet',
    hint: 'acceptedHint',
  })
})

test('a waiting mail without an expected time promises none', () => {
  expect(mailState({ mayTakeBack: false, id: 's', state: 'queued' })).toEqual({
    key: 'queuedUnknown',
    tone: 'waiting',
  })
})
