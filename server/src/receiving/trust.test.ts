import { expect, test } from 'vitest'
import type { Evidence } from '../correspondence/index.ts'
import type { ReadMessage, Report } from './reading.ts'
import { trusted } from './trust.ts'

const writtenTo = new Set(['mia@people.example'])
const gone = { address: 'Mia@people.example', permanent: true, status: '5.1.1', why: 'no such user' }

function read(kind: ReadMessage['kind'], report?: Report): ReadMessage {
  return {
    kind,
    kindEvidence: ['as read'],
    inReplyTo: [],
    references: [],
    fromName: '',
    fromAddress: 'mailer-daemon@people.example',
    to: [],
    subject: '',
    text: '',
    quoted: '',
    remoteImages: 0,
    attachments: [],
    overLimit: [],
    ...(report === undefined ? {} : { report }),
  }
}

const bounce = read('bounce', { recipients: [gone], aboutIds: [] })

test.each<[Evidence]>([['in-reply-to'], ['references'], ['token']])(
  'a bounce that names our mail by %s is one, and counts for the address that we wrote to',
  (evidence) => {
    expect(trusted({ own: false, read: bounce }, [evidence, 'provider-thread'], writtenTo)).toEqual({
      kind: 'bounce',
      kindEvidence: ['as read'],
      recipients: [{ ...gone, ours: true }],
    })
  },
)

test('a bounce that lies in our thread and names no mail of ours is an automatic message', () => {
  expect(trusted({ own: false, read: bounce }, ['provider-thread'], writtenTo)).toEqual({
    kind: 'auto_reply',
    kindEvidence: ['a report that names no email of ours', 'as read'],
    recipients: [],
  })
})

test('a bounce about an address that we never wrote to says so', () => {
  const other = { ...gone, address: 'rival@people.example' }
  const report = { recipients: [gone, other], aboutIds: [] }
  const { recipients } = trusted({ own: false, read: read('bounce', report) }, ['token'], writtenTo)
  expect(recipients.map(({ address, ours }) => [address, ours])).toEqual([
    ['Mia@people.example', true],
    ['rival@people.example', false],
  ])
})

test.each([
  ['abuse', 'complaint'],
  ['fraud', 'complaint'],
  ['opt-out', 'complaint'],
  ['not-spam', 'auto_reply'],
  ['auth-failure', 'auto_reply'],
])('feedback of the type %s is a %s', (type, kind) => {
  const report = { recipients: [], aboutIds: [], complaint: type }
  expect(trusted({ own: false, read: read('complaint', report) }, ['references'], writtenTo).kind).toBe(kind)
})

test.each<[ReadMessage['kind'], string]>([
  ['reply', 'reply'],
  ['other', 'reply'],
  ['auto-reply', 'auto_reply'],
])('in our thread a message that reads as %s is stored as %s', (kind, stored) => {
  expect(trusted({ own: false, read: read(kind) }, ['provider-thread'], writtenTo).kind).toBe(stored)
})

test('what the mailbox itself wrote is own, whatever it looks like', () => {
  expect(trusted({ own: true, read: bounce }, ['token'], writtenTo)).toEqual({
    kind: 'own',
    kindEvidence: [],
    recipients: [],
  })
})
