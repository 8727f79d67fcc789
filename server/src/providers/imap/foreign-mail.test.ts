import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../../testing/database.ts'
import { ground } from '../../testing/ground.ts'
import { addressOf, groundContact } from '../../testing/outbox.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { startPracticeServer } from '../../testing/practice-server.ts'
import { readMailbox, sceneStart } from '../../testing/receiving.ts'
import { practiceImap } from './practice.fixture.ts'

const db = await testDatabase()
const address = 'anna.foreign@post.practice.example'
let practice: PracticeServer

beforeAll(async () => {
  practice = await startPracticeServer()
  await practice.control('/people', { list: [{ address: addressOf('Mia Ford'), name: 'Mia Ford' }] })
  await practice.control('/clock', { now: sceneStart })
})
afterAll(() => practice[Symbol.asyncDispose]())

const Delivered = z.object({ delivered: z.array(z.object({ id: z.string() })) })
const Calls = z.object({
  calls: z.array(z.object({ method: z.string(), ids: z.array(z.string()), fields: z.array(z.string()) })),
})

test('among a hundred foreign mails the one answer is opened, and of the others three headers at most ever go out', async () => {
  const at = await ground(db.database, { seed: 'imap-foreign-mail' })
  const mia = await groundContact(at, 'Mia Ford')
  await db.setNow(sceneStart)
  await practice.account(address, 'Anna Keller')
  const { provider, traits } = await practiceImap(practice, { address, name: 'Anna Keller' }, 'full')
  const s = await readMailbox(db, at, { address, contactId: mia, provider: { ...provider, traits } })
  await s.sendOne('a')
  const letters = Array.from({ length: 100 }, (_unused, n) => ({
    to: address,
    from: n % 5 === 0 ? `Mia Ford <${addressOf('Mia Ford')}>` : `Mum <mum.${n}@people.practice.example>`,
    subject: n % 3 === 0 ? `Re: ${address}-a 0` : `private ${n}`,
    text: 'private',
    inReplyTo: `<${n}@home.example>`,
    headers: { 'X-Secret': 'never asked for' },
    ...(n % 7 === 0 ? { labels: ['SPAM', 'UNREAD'] } : {}),
  }))
  const told = await practice.control('/deliver', letters)
  const foreign = new Set(Delivered.parse(told).delivered.map((one) => one.id))
  await practice.control('/people/reply', { from: addressOf('Mia Ford'), text: 'Yes, gladly.' })
  await s.pull()
  expect((await s.captured()).map((one) => [one.text, one.evidence])).toEqual([
    ['Yes, gladly.', expect.arrayContaining([expect.any(String)])],
  ])
  const answer = await practice.control(
    `/records/calls?since=0&limit=5000&mailbox=${encodeURIComponent(address)}`,
  )
  const fetched = Calls.parse(answer).calls.filter(({ method }) => method === 'imap.fetch')
  const about = fetched.filter(({ ids }) => ids.some((id) => foreign.has(id)))
  const headers = ['UID', 'header[Message-ID]', 'header[In-Reply-To]', 'header[References]']
  expect(foreign.size).toBe(100)
  expect(new Set(about.flatMap(({ ids }) => ids)).size).toBe(100)
  expect(about.flatMap(({ fields }) => fields).filter((field) => !headers.includes(field))).toEqual([])
  expect(fetched.filter(({ fields }) => fields.includes('body')).length).toBe(1)
})
