import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { sql } from 'kysely'
import { testDatabase } from '../../testing/database.ts'
import type { Ground } from '../../testing/ground.ts'
import { ground } from '../../testing/ground.ts'
import { addressOf, groundContact } from '../../testing/outbox.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { startPracticeServer } from '../../testing/practice-server.ts'
import type { ReadMailbox } from '../../testing/receiving.ts'
import { readMailbox, sceneStart } from '../../testing/receiving.ts'
import { callsOf, practiceGmail } from './practice.fixture.ts'

const db = await testDatabase()
let at: Ground
let mia: string
let practice: PracticeServer

beforeAll(async () => {
  practice = await startPracticeServer()
  at = await ground(db.database, { seed: 'foreign-mail' })
  mia = await groundContact(at, 'Mia Ford')
  await practice.control('/people', { list: [{ address: addressOf('Mia Ford'), name: 'Mia Ford' }] })
  await practice.control('/clock', { now: sceneStart })
})
afterAll(() => practice[Symbol.asyncDispose]())

async function gmailMailbox(address: string): Promise<ReadMailbox> {
  await db.setNow(sceneStart)
  await practice.account(address, 'Anna Keller')
  const { provider, traits } = await practiceGmail(practice, address, 'full')
  return readMailbox(db, at, { address, contactId: mia, provider: { ...provider, traits } })
}

const Delivered = z.object({ delivered: z.array(z.object({ id: z.string() })) })

/** Mail that is nobody's answer: private, spam, archived, a subject twin, a known influencer out of the blue. */
async function deliverForeign(to: string): Promise<ReadonlySet<string>> {
  const letters = [
    { from: 'Mum <mum@people.practice.example>', subject: 'Sunday', text: 'private' },
    { from: 'Spam <spam@people.practice.example>', subject: 'You won', labels: ['SPAM', 'UNREAD'] },
    { from: 'Bank <bank@people.practice.example>', subject: 'Statement', labels: ['UNREAD'] },
    { from: 'Twin <twin@people.practice.example>', subject: `Re: ${to}-a 0`, text: 'same subject' },
    { from: `Mia Ford <${addressOf('Mia Ford')}>`, subject: 'Something new', text: 'out of the blue' },
  ]
  const told = await practice.control(
    '/deliver',
    letters.map((letter) => ({ to, text: 'private', ...letter })),
  )
  return new Set(Delivered.parse(told).delivered.map((one) => one.id))
}

const answer = (text: string, more: object = {}) =>
  practice.control('/people/reply', { from: addressOf('Mia Ford'), text, ...more })

/** What went out about these messages alone, by the practice world's own record. */
async function wentOutAbout(address: string, ids: ReadonlySet<string>): Promise<string[]> {
  const calls = await callsOf(practice, address)
  return [
    ...new Set(
      calls
        .filter((call) => call.method === 'gmail.users.messages.get' && call.ids.some((id) => ids.has(id)))
        .flatMap((call) => [`format ${call.format}`, ...call.fields]),
    ),
  ].toSorted()
}

const identifiers = [
  'historyId',
  'history[].messagesAdded[].message.id',
  'history[].messagesAdded[].message.threadId',
  'messages[].id',
  'messages[].threadId',
]

test('of foreign mail in the same mailbox nothing is asked, before and after an outage', async () => {
  const address = 'anna.foreign@brand.practice.example'
  const s = await gmailMailbox(address)
  await s.sendOne('a')
  const foreign = await deliverForeign(address)
  await answer('Yes, gladly.')
  await s.pull()
  await practice.control('/faults', { historyTooOld: { mailbox: address, times: 1 } })
  await answer('And one more thing.')
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Yes, gladly.', 'And one more thing.'])
  expect(await wentOutAbout(address, foreign)).toEqual([])
  const reading = (await callsOf(practice, address)).filter(
    (call) => !['gmail.users.messages.get', 'gmail.users.messages.send'].includes(call.method),
  )
  const fields = new Set(reading.flatMap((call) => call.fields).filter((field) => !field.startsWith('error')))
  expect([...fields].filter((field) => !identifiers.includes(field))).toEqual([])
})

test('a reply with another subject opens a thread of its own at the provider and is not found unless it was wished', async () => {
  const address = 'anna.subject@brand.practice.example'
  await practice.control('/faults', { threadNeedsSameSubject: true })
  const s = await gmailMailbox(address)
  await s.sendOne('a')
  await answer('Under another subject.', { changedSubject: 'My rates' })
  await s.pull()
  expect(await s.captured()).toEqual([])
  await practice.control('/faults', { threadNeedsSameSubject: false })
})

test('once it was wished, it is found by three headers, and of foreign mail no more than those goes out', async () => {
  const address = 'anna.wished@brand.practice.example'
  await practice.control('/faults', { threadNeedsSameSubject: true })
  const s = await gmailMailbox(address)
  await at.inside((tx) =>
    sql`update mailbox set finds_changed_subjects = true where id = ${s.mailboxId}`.execute(tx),
  )
  await s.sendOne('a')
  const foreign = await deliverForeign(address)
  await answer('Under another subject.', { changedSubject: 'My rates' })
  await s.pull()
  expect((await s.captured()).map((one) => [one.text, one.evidence])).toEqual([
    ['Under another subject.', ['token']],
  ])
  expect(await wentOutAbout(address, foreign)).toEqual(['format metadata', 'payload.headers[Message-ID]'])
  await practice.control('/faults', { threadNeedsSameSubject: false })
})

test('a look by date asks for the headers of no foreign mail that showed them before', async () => {
  const address = 'anna.again@brand.practice.example'
  const s = await gmailMailbox(address)
  await at.inside((tx) =>
    sql`update mailbox set finds_changed_subjects = true where id = ${s.mailboxId}`.execute(tx),
  )
  await s.sendOne('a')
  await deliverForeign(address)
  await s.pull()
  const asked = async () =>
    (await callsOf(practice, address)).filter((call) => call.format === 'metadata').length
  const before = await asked()
  await practice.control('/faults', { historyTooOld: { mailbox: address, times: 1 } })
  await practice.control('/deliver', {
    to: address,
    from: 'Mum <mum@people.practice.example>',
    subject: 'Monday',
    text: 'private',
  })
  await answer('Yes, gladly.')
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Yes, gladly.'])
  expect([before, (await asked()) - before]).toEqual([5, 1])
})
