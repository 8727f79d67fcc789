/** Every kind of look-alike beside an answer to the same letter, at each provider, with the adapters inside this process. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { practiceGmail } from '../src/providers/gmail/practice.fixture.ts'
import { practiceImap } from '../src/providers/imap/practice.fixture.ts'
import { practiceMicrosoft } from '../src/providers/microsoft/practice.fixture.ts'
import { testDatabase } from '../src/testing/database.ts'
import { ground } from '../src/testing/ground.ts'
import { groundContact } from '../src/testing/outbox.ts'
import type { PracticeServer } from '../src/testing/practice-server.ts'
import { startPracticeServer } from '../src/testing/practice-server.ts'
import { readMailbox, sceneStart } from '../src/testing/receiving.ts'
import type { ArrivalRecord, CallRecord } from '../story/people.ts'
import { Practice } from '../story/people.ts'
import { addressOf } from '../story/cast.ts'
import { everyLook, foreignMail } from './foreign.ts'
import { expectedHeaders } from './judge.ts'
import { boxes, providers } from './plan.ts'
import type { Provider } from './plan.ts'
import { oursAmong } from './play.ts'
import { toldOf } from './record.ts'

const db = await testDatabase()
/** Whom mails are queued to here. */
const name = 'Mia.Ford'
let practice: PracticeServer
let world: Practice

beforeAll(async () => {
  practice = await startPracticeServer()
  world = new Practice(practice.url)
  await world.post('/people', { list: [{ address: addressOf(name), name }] })
  await world.post('/clock', { now: sceneStart })
  await world.post('/faults', { threadNeedsSameSubject: true, conversationBySubject: true })
})
afterAll(() => practice[Symbol.asyncDispose]())

async function signedIn(provider: Provider) {
  const { address } = boxes[provider]
  if (provider === 'gmail') return await practiceGmail(practice, address, 'full')
  if (provider === 'microsoft') return await practiceMicrosoft(practice, address, 'full')
  return await practiceImap(practice, { address, name: 'Lea Brand' }, 'full')
}

test.each(providers)(
  '%s: of look-alikes nothing goes out but what was promised, and each answer among them is captured',
  async (provider) => {
    const box = boxes[provider]
    const at = await ground(db.database, { seed: `look-alikes-${provider}` })
    const contactId = await groundContact(at, 'Mia Ford')
    await db.setNow(sceneStart)
    await practice.account(box.address, 'Lea Brand')
    const opened = await signedIn(provider)
    const mailbox = await readMailbox(db, at, {
      address: box.address,
      contactId,
      provider: { ...opened.provider, traits: opened.traits },
    })
    await mailbox.sendOne('a')
    // Microsoft tells no ids on sending; the copy in Sent is looked for soon after
    await db.setNow(Temporal.Instant.from(sceneStart).add({ seconds: 30 }).toString())
    await mailbox.pull()
    const [ours] = await oursAmong(world, box.address, () => name)
    if (ours === undefined) throw new Error('nothing was sent')
    const letters = await world.record<ArrivalRecord>(
      'arrivals',
      `&mailbox=${encodeURIComponent(addressOf(name))}`,
    )
    const toMessage = letters.at(-1)?.seq
    const reply = (text: string) => world.post('/people/reply', { from: addressOf(name), toMessage, text })
    await reply('Yes, gladly.')
    const mails = everyLook
      .flatMap((_look, n) => [n, n + everyLook.length])
      .map((n) => foreignMail('7', n, box, ours))
    const { delivered } = await world.post<{ delivered: { id: string }[] }>('/deliver', mails)
    await reply('And one more thing.')
    await mailbox.pull()
    await mailbox.pull()
    const foreign = new Set(delivered.map(({ id }) => id))
    const calls = await world.record<CallRecord>('calls', `&mailbox=${encodeURIComponent(box.address)}`)
    expect((await mailbox.captured()).map(({ text }) => text)).toEqual([
      'Yes, gladly.',
      'And one more thing.',
    ])
    expect(toldOf(provider, calls, foreign)).toEqual({
      identifier: 2 * everyLook.length,
      threadHeaders: await expectedHeaders(world, provider, foreign),
      contents: 0,
      beyond: [],
    })
  },
)

test('whatever goes beyond identifiers and the headers of a thread is told, once for each time', () => {
  const foreign = new Set(['1', '2'])
  const call = (method: string, id: string, ...fields: string[]): CallRecord => ({
    mailbox: '',
    method,
    ids: [id],
    fields,
    at: '',
    status: 200,
  })
  const told = (provider: Provider, ...calls: CallRecord[]) => toldOf(provider, calls, foreign)
  expect(
    told('gmail', call('get', '1', 'payload.headers[Subject]', 'snippet'), call('get', '3', 'raw')),
  ).toEqual({
    identifier: 0,
    threadHeaders: 0,
    contents: 1,
    beyond: ['get payload.headers[Subject]', 'get snippet'],
  })
  expect(
    told('microsoft', call('list', '2', 'value[].id', 'value[].receivedDateTime', '@odata.context')),
  ).toEqual({
    identifier: 1,
    threadHeaders: 0,
    contents: 0,
    beyond: ['list value[].receivedDateTime'],
  })
  expect(
    told('imap', call('fetch', '1', 'UID', 'header[References]'), call('fetch', '1', 'UID', 'header[From]')),
  ).toEqual({
    identifier: 1,
    threadHeaders: 1,
    contents: 1,
    beyond: ['fetch header[From]'],
  })
})
