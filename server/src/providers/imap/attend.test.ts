import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Attendance, MailProvider } from '../../mailboxes/provider.ts'
import { startAttending, startReceiving } from '../../receiving/jobs.ts'
import { testDatabase } from '../../testing/database.ts'
import { ground } from '../../testing/ground.ts'
import { addressOf, groundContact } from '../../testing/outbox.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { startPracticeServer } from '../../testing/practice-server.ts'
import { readMailbox, sceneStart } from '../../testing/receiving.ts'
import { practiceImap } from './practice.fixture.ts'
import { imapAdapter, practiceImapEndpoint, practicePlaces } from './index.ts'

const db = await testDatabase()
const { signal } = new AbortController()
let practice: PracticeServer

beforeAll(async () => {
  practice = await startPracticeServer()
  await practice.control('/people', { list: [{ address: addressOf('Mia Ford'), name: 'Mia Ford' }] })
})
afterAll(() => practice[Symbol.asyncDispose]())
afterEach(() => practice.control('/faults', { mailServerIdles: true }))

async function mailbox(address: string) {
  await practice.account(address, 'Anna Keller')
  return await practiceImap(practice, { address, name: 'Anna Keller' }, 'full')
}

async function attended(provider: MailProvider, moved: () => void): Promise<Attendance | undefined> {
  const answer = await provider.attend?.(moved, signal)
  if (answer?.ok !== true) throw new Error(JSON.stringify(answer))
  return answer.value
}

test('an answer is captured without anybody looking, also one that comes while the connection is cut', async () => {
  const address = 'anna.attended@post.practice.example'
  await practice.control('/clock', { now: sceneStart })
  await db.setNow(sceneStart)
  const at = await ground(db.database, { seed: 'imap-attend' })
  const mia = await groundContact(at, 'Mia Ford')
  const { provider, traits } = await mailbox(address)
  const s = await readMailbox(db, at, { address, contactId: mia, provider: { ...provider, traits } })
  await s.sendOne('a')
  const captured = async (count: number) => {
    for (;;) {
      const found = await s.captured()
      if (found.length === count) return found.map((one) => one.text)
    }
  }
  const endpoint = { ...practiceImapEndpoint(), key: 'practice-google' }
  const adapter = imapAdapter({
    endpoint,
    places: practicePlaces(practice.url, { request: () => Promise.reject(new Error('not asked')) }),
    clock: s.clock,
    productNow: () => db.now(),
  })
  await using stack = new AsyncDisposableStack()
  // the product's clock stands still, so that no look is ever due by itself
  stack.use(startReceiving(s.receiving, { concurrency: 2 }))
  stack.use(
    startAttending({
      ...s.receiving,
      mostAttended: 1,
      endpoints: { all: () => Promise.resolve([endpoint]), adapter: () => adapter },
    }),
  )
  await practice.control('/people/reply', { from: addressOf('Mia Ford'), text: 'Yes, gladly.' })
  expect(await captured(1)).toEqual(['Yes, gladly.'])
  await practice.control('/faults', { fail: { mailbox: address, method: 'imap.idle', status: 0, times: 1 } })
  await practice.control('/people/reply', { from: addressOf('Mia Ford'), text: 'And one more thing.' })
  expect(await captured(2)).toEqual(['Yes, gladly.', 'And one more thing.'])
})

test('a connection that the server cuts is over', async () => {
  const address = 'anna.cut@post.practice.example'
  const { provider } = await mailbox(address)
  await practice.control('/faults', { fail: { mailbox: address, method: 'imap.idle', status: 0, times: 1 } })
  await using line = await attended(provider, () => {})
  await practice.control('/deliver', { to: address, from: 'Mum <mum@people.practice.example>', text: 'x' })
  expect((await line?.over)?.kind).toBe('transient')
})

test('a server that does not know IDLE says so before anything is opened', async () => {
  const address = 'anna.plain@post.practice.example'
  const { provider } = await mailbox(address)
  await practice.control('/faults', { mailServerIdles: false })
  expect(await attended(provider, () => {})).toBe(undefined)
})
