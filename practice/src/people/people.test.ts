import { isoTime } from '../clock.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { bodyText, parseParts } from '../mime/parts.ts'
import { headerValue, splitMessage } from '../mime/headers.ts'
import { type BriefPage, startBriefPage } from '../testing/brief-page.ts'
import {
  ANNA,
  MIA,
  READONLY,
  SEND,
  START,
  type TestWorld,
  accessToken,
  letter,
  startWorld,
} from '../testing/world.ts'
import { FULL, OLGA, officeSignIn, sendMime } from '../testing/office.ts'
import { briefLink } from './brief.ts'
import { type Temperament, inventPerson } from './people.ts'
import { planFor, refuses } from './plan.ts'

let world: TestWorld
let brief: BriefPage
let token: string
beforeAll(async () => {
  world = await startWorld()
  brief = await startBriefPage()
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await brief[Symbol.asyncDispose]()
})
beforeEach(async () => {
  brief.visits.length = 0
  brief.answerWith(200)
  await world.post('/control/reset', { seed: 'none' })
  await world.post('/control/accounts', { address: ANNA, name: 'Anna Keller' })
  await world.post('/control/people/act', { on: true, pace: 'immediately' })
  token = await accessToken(world, ANNA, [SEND, READONLY])
})

async function mia(temperament: Temperament, more: object = {}): Promise<void> {
  await world.post('/control/people', {
    list: [{ address: MIA, name: 'Mia Brandt', language: 'en', client: 'web', temperament, ...more }],
  })
}

async function invite(...headers: readonly string[]): Promise<string> {
  const sent = await world.send(token, letter(`Here is the brief: ${brief.url}/b/token-1.`, ...headers))
  await world.post('/control/settle', {})
  return sent.body.text('threadId')
}

/** Arrivals in Anna's mailbox: sender, subject, and the first line of the text. */
async function answers(): Promise<readonly (readonly unknown[])[]> {
  const arrivals = await world.records('arrivals', `mailbox=${ANNA}`)
  return Promise.all(
    arrivals.map(async (arrival) => {
      const raw = await world.call(`/control/mailboxes/${ANNA}/messages/${arrival.text('id')}/raw`)
      const text = bodyText(parseParts(Buffer.from(raw.text)), 'text/plain') ?? ''
      return [arrival.text('from'), arrival.text('subject'), text.split(/\r?\n/)[0]]
    }),
  )
}

const visited = (): readonly string[] => brief.visits.map((visit) => `${visit.verb} ${visit.path}`)
const READ = ['GET /api/v1/public/briefs/token-1', 'POST /api/v1/public/briefs/token-1/viewed']

test('who applies reads the brief and applies on the page, without writing', async () => {
  await mia('applies', { marker: 'marker-7' })
  await invite()
  expect(brief.visits).toEqual([
    { verb: 'GET', path: '/api/v1/public/briefs/token-1', body: undefined },
    { verb: 'POST', path: '/api/v1/public/briefs/token-1/viewed', body: {} },
    {
      verb: 'POST',
      path: '/api/v1/public/briefs/token-1/apply',
      body: { message: expect.stringMatching(/^.{40,}\nmarker-7$/s), name: 'Mia Brandt' },
    },
  ])
  expect(await answers()).toEqual([])
})

test('who declines does so on the page', async () => {
  await mia('declines')
  await invite()
  expect(visited()).toEqual([...READ, 'POST /api/v1/public/briefs/token-1/decline'])
})

test('who declines in words answers in the thread', async () => {
  await mia('declines-in-words')
  const threadId = await invite()
  const [arrival] = await world.records('arrivals', `mailbox=${ANNA}`)
  expect([arrival?.text('threadId'), arrival?.text('source'), visited()]).toEqual([threadId, 'person', []])
})

test('who asks gets an answer, applies, and says so', async () => {
  await mia('asks')
  const threadId = await invite()
  expect([(await answers()).length, visited()]).toEqual([1, []])
  const [arrival] = await world.records('arrivals', `mailbox=${ANNA}`)
  await world.send(
    token,
    letter('A week later is fine.', 'Subject: Re: Spring', `References: ${arrival?.text('messageId')}`),
    threadId,
  )
  await world.post('/control/settle', {})
  expect([(await answers()).length, visited()]).toEqual([
    2,
    [...READ, 'POST /api/v1/public/briefs/token-1/apply'],
  ])
})

test('who was approved says thanks, once', async () => {
  await mia('applies')
  await invite('References: <s.one@kontor.example>')
  for (const text of ['You are in!', 'One more thing']) {
    await world.send(token, letter(text, 'Subject: You are in', 'References: <s.one@kontor.example>'))
    await world.post('/control/settle', {})
  }
  const written = await answers()
  expect(written.map(([from, subject]) => [from, subject])).toEqual([[MIA, 'Re: You are in']])
})

test('who is away answers automatically, once in a thread', async () => {
  await mia('away')
  await invite('References: <s.one@kontor.example>')
  await invite('References: <s.one@kontor.example>')
  const arrivals = await world.records('arrivals', `mailbox=${ANNA}`)
  const raw = await world.call(`/control/mailboxes/${ANNA}/messages/${arrivals[0]?.text('id')}/raw`)
  const { headers } = splitMessage(Buffer.from(raw.text))
  expect([arrivals.length, headerValue(headers, 'Auto-Submitted'), headerValue(headers, 'Subject')]).toEqual([
    1,
    'auto-replied',
    'Out of office Re: Spring',
  ])
})

test('a manager answers from an address of their own in the same thread', async () => {
  await mia('manager', { manager: 'office@management.practice.example' })
  const threadId = await invite()
  const [arrival] = await world.records('arrivals', `mailbox=${ANNA}`)
  expect([arrival?.text('from'), arrival?.text('threadId')]).toEqual([
    'office@management.practice.example',
    threadId,
  ])
})

test('a full mailbox sends a temporary report and receives nothing', async () => {
  await mia('full')
  await invite()
  await world.post('/control/clock', { advanceMs: 1500, settle: true })
  const arrivals = await world.records('arrivals')
  expect(arrivals.map((arrival) => [arrival.text('mailbox'), arrival.text('source')])).toEqual([
    [ANNA, 'bounce'],
  ])
  const raw = await world.call(`/control/mailboxes/${ANNA}/messages/${arrivals[0]?.text('id')}/raw`)
  expect(raw.text).toContain('Status: 4.2.2\r\n')
})

test('who is gone brings back a permanent report, not before the pace allows', async () => {
  await world.post('/control/people/act', { on: true, pace: { minMs: 60_000, maxMs: 60_000 } })
  await mia('gone')
  await invite()
  await world.post('/control/clock', { advanceMs: 61_499, settle: true })
  const early = await world.records('arrivals')
  await world.post('/control/clock', { advanceMs: 1, settle: true })
  const [report] = await world.records('arrivals')
  const raw = await world.call(`/control/mailboxes/${ANNA}/messages/${report?.text('id')}/raw`)
  expect(early).toEqual([])
  expect(raw.text).toContain('Action: failed\r\nStatus: 5.1.1\r\n')
})

test('a mail from a mailbox at Microsoft is answered, and its report is written as Exchange does', async () => {
  await world.post('/control/accounts', { address: OLGA, name: 'Olga Brand', language: 'de' })
  const office = (await officeSignIn(world, FULL)).text('access_token')
  await mia('declines-in-words', { client: 'outlook', language: 'de' })
  await sendMime(world, office, letter('Hello.', 'From: Olga Brand <olga@office.practice.example>'))
  await world.post('/control/people', { list: [{ address: MIA, temperament: 'gone' }] })
  await sendMime(world, office, letter('Still there?', 'From: Olga Brand <olga@office.practice.example>'))
  await world.post('/control/clock', { advanceMs: 1500, settle: true })
  const arrivals = await world.records('arrivals', `mailbox=${OLGA}`)
  expect(arrivals.map((arrival) => [arrival.text('source'), arrival.text('subject')])).toEqual([
    ['person', 'AW: Spring'],
    ['bounce', 'Unzustellbar: Spring'],
  ])
})

test('who negotiates asks for more with a media kit, and applies once it is answered', async () => {
  await mia('negotiates', { client: 'apple' })
  const threadId = await invite()
  const [first] = await answers()
  expect([visited(), first?.[0]]).toEqual([[], MIA])
  const [arrival] = await world.records('arrivals', `mailbox=${ANNA}`)
  await world.send(
    token,
    letter('Agreed.', 'Subject: Re: Spring', `References: ${arrival?.text('messageId')}`),
    threadId,
  )
  await world.post('/control/settle', {})
  expect([(await answers()).length, visited()]).toEqual([
    2,
    [...READ, 'POST /api/v1/public/briefs/token-1/apply'],
  ])
})

test('who was still thinking it over acts at once when everything is to happen now', async () => {
  await world.post('/control/people/act', { on: true, pace: 'minutes' })
  await mia('applies')
  await invite()
  const before = visited()
  await world.post('/control/people/act', { pace: 'immediately' })
  await world.post('/control/settle', {})
  expect([before, visited().length]).toEqual([[], 3])
})

test('who is hurried acts now, and nobody else does', async () => {
  await world.post('/control/people/act', { on: true, pace: 'minutes' })
  await mia('applies')
  await invite()
  await world.post('/control/people/hurry', { mailboxes: ['somebody.else@people.practice.example'] })
  await world.post('/control/settle', {})
  const before = visited()
  await world.post('/control/people/hurry', { mailboxes: [MIA] })
  await world.post('/control/settle', {})
  expect([before, visited().length]).toEqual([[], 3])
})

test('a pace that ends before it begins is refused', async () => {
  const answer = await world.post('/control/people/act', { pace: { minMs: 5, maxMs: 4 } })
  expect([answer.status, answer.body.text('error')]).toEqual([
    400,
    '"minMs" must be 0 or more, and "maxMs" not less.',
  ])
})

test('who is late applies after the reminder', async () => {
  await mia('late')
  await invite('References: <s.one@kontor.example>')
  const before = visited()
  await invite('References: <s.one@kontor.example>')
  expect([before, visited()]).toEqual([[], [...READ, 'POST /api/v1/public/briefs/token-1/apply']])
})

test('who is silent does nothing', async () => {
  await mia('silent')
  await invite()
  expect([await answers(), visited()]).toEqual([[], []])
})

test('nobody moves while acting is off', async () => {
  await world.post('/control/people/act', { on: false })
  await mia('applies')
  await invite()
  expect(visited()).toEqual([])
})

test('the pace is kept on the practice clock', async () => {
  await world.post('/control/people/act', { on: true, pace: { minMs: 60_000, maxMs: 60_000 } })
  await mia('applies')
  await invite()
  await world.post('/control/clock', { advanceMs: 59_999, settle: true })
  const early = visited()
  await world.post('/control/clock', { advanceMs: 1, settle: true })
  expect([early, visited().length]).toEqual([[], 3])
})

test('what happened while the clock jumped carries the time it was meant for', async () => {
  await world.post('/control/people/act', { on: true, pace: { minMs: 60_000, maxMs: 60_000 } })
  await mia('declines-in-words')
  await invite()
  await world.post('/control/clock', { advanceMs: 3_600_000, settle: true })
  const [arrival] = await world.records('arrivals', `mailbox=${ANNA}`)
  expect(arrival?.text('at')).toBe(isoTime(START + 60_000))
})

test('two mails to one person are answered one after the other, as one affair', async () => {
  await world.post('/control/people/act', { on: true, pace: { minMs: 1000, maxMs: 1000 } })
  await mia('declines-in-words')
  await invite('References: <s.one@kontor.example>')
  await invite('References: <s.one@kontor.example>')
  await world.post('/control/clock', { advanceMs: 1000, settle: true })
  expect((await answers()).length).toBe(1)
})

test('an answer can lie outside the inbox', async () => {
  await world.post('/control/people/act', { on: false })
  await mia('silent')
  await invite()
  await world.post('/control/people/reply', { from: MIA, text: 'x', labels: ['SPAM'] })
  expect(
    (await world.records('arrivals', `mailbox=${ANNA}`)).map((arrival) => arrival.texts('labels')),
  ).toEqual([['SPAM']])
})

test('the owner of a mailbox can follow up by hand, in the thread', async () => {
  await world.post('/control/people/act', { on: false })
  await mia('silent')
  const threadId = await invite()
  const followed = await world.post('/control/people/reply', {
    from: ANNA,
    toMessage: threadId,
    text: 'Did you see this?',
  })
  const thread = await world.call(`/control/records/arrivals?mailbox=${MIA}`)
  expect([
    followed.body.text('to'),
    thread.body.readers('arrivals').map((arrival) => arrival.text('source')),
  ]).toEqual([MIA, ['mail', 'person']])
  const mine = await world.gmail(token, `threads/${threadId}?format=minimal&fields=messages/labelIds`)
  expect(mine.body.raw('messages')).toEqual([{ labelIds: ['SENT'] }, { labelIds: ['SENT'] }])
})

test('a page that cannot be reached is tried again later', async () => {
  await mia('applies')
  brief.answerWith(503)
  await invite()
  brief.answerWith(200)
  await world.post('/control/clock', { advanceMs: 2000, settle: true })
  expect(visited()).toEqual([READ[0], ...READ, 'POST /api/v1/public/briefs/token-1/apply'])
})

test('an answer right now names its mail, quotes it and lands in the thread', async () => {
  await world.post('/control/people/act', { on: false })
  await mia('silent')
  const threadId = await invite('References: <s.one@kontor.example>')
  const reply = await world.post('/control/people/reply', { from: MIA, text: 'Yes, gladly.' })
  const raw = await world.call(`/control/mailboxes/${ANNA}/messages/${reply.body.text('id')}/raw`)
  const { headers } = splitMessage(Buffer.from(raw.text))
  const [mail] = await world.records('mails')
  expect([
    reply.body.text('threadId'),
    reply.body.text('to'),
    headerValue(headers, 'Subject'),
    headerValue(headers, 'In-Reply-To'),
    headerValue(headers, 'References'),
  ]).toEqual([
    threadId,
    ANNA,
    'Re: Spring',
    mail?.text('messageId'),
    `<s.one@kontor.example> ${mail?.text('messageId')}`,
  ])
  expect(bodyText(parseParts(Buffer.from(raw.text)), 'text/plain')).toBe(
    `Yes, gladly.\n\nOn Tue, 24 Nov 2026 at 08:00, Anna Keller <${ANNA}> wrote:\n\n> Here is the brief: ${brief.url}/b/token-1.\n`.replaceAll(
      '\n',
      '\r\n',
    ),
  )
})

test('an answer right now can change subject, sender and references', async () => {
  await world.post('/control/people/act', { on: false })
  await mia('silent')
  const threadId = await invite()
  const changed = await world.post('/control/people/reply', {
    from: MIA,
    text: 'x',
    changedSubject: 'New matter',
    fromOther: 'Kim <kim@agency.practice.example>',
  })
  const loose = await world.post('/control/people/reply', {
    from: MIA,
    text: 'x',
    references: 'none',
    quote: false,
  })
  const arrivals = await world.records('arrivals', `mailbox=${ANNA}`)
  expect(
    arrivals.map((arrival) => [
      arrival.text('from'),
      arrival.text('subject'),
      arrival.texts('references').length,
    ]),
  ).toEqual([
    ['kim@agency.practice.example', 'New matter', 1],
    [MIA, 'Re: Spring', 0],
  ])
  expect([changed.body.text('threadId') === threadId, loose.body.text('threadId') === threadId]).toEqual([
    true,
    false,
  ])
})

test('an answer to a mail that is not there is told', async () => {
  await mia('silent')
  const answer = await world.post('/control/people/reply', { from: MIA, text: 'x' })
  expect([answer.status, answer.body.text('error')]).toEqual([
    400,
    `There is no such mail in the mailbox ${MIA}.`,
  ])
})

test('invented people are the same for the same seed, and all have addresses of this world', () => {
  const people = Array.from({ length: 300 }, (_, index) => inventPerson('story', index))
  expect(people).toEqual(Array.from({ length: 300 }, (_, index) => inventPerson('story', index)))
  expect(new Set(people.map((person) => person.address)).size).toBe(300)
  expect(
    people.every((person) => /^[a-z]+\.[a-z]+\.story-\d+@people\.practice\.example$/.test(person.address)),
  ).toBe(true)
})

test.for([
  ['See http://127.0.0.1:3000/b/abc.def_1.', 'http://127.0.0.1:3000/b/abc.def_1'],
  ['<a href="http://localhost/b/abc?x=1&amp;y=2">', 'http://localhost/b/abc?x=1&y=2'],
  ['http://127.0.0.1:3000/unsubscribe/abc http://127.0.0.1:3000/b/second', 'http://127.0.0.1:3000/b/second'],
  ['https://kontor.example/b/abc', undefined],
  ['no link', undefined],
] as const)('the brief link in "%s" is %s', ([text, link]) => {
  expect(briefLink(text)).toBe(link)
})

test('a refusal is thanked for in other words than a yes', () => {
  expect(planFor({ temperament: 'applies', stage: 'applied', hasLink: true, refusing: true })).toEqual({
    write: 'thanks-anyway',
    next: 'thanked',
  })
  expect(
    [
      'Unfortunately not.',
      'This time we chose others.',
      'Leider nein',
      'Wir haben uns diesmal für andere entschieden',
      'You are in',
    ].map(refuses),
  ).toEqual([true, true, true, true, false])
})
