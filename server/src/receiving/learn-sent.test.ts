import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { addressOf, groundContact } from '../testing/outbox.ts'
import type { Scene } from '../testing/receiving.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import { onSubmissionAccepted } from './jobs.ts'
import { nextLook } from './learn-sent.ts'
import { ring } from './store-position.ts'

const db = await testDatabase()
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(db.database, { seed: 'learn-sent' })
  mia = await groundContact(at, 'Mia Ford')
})

/** A mailbox whose provider answers an accepted mail with nothing, and whose thread ids only narrow. */
function silentScene(name: string): Promise<Scene> {
  return receivingScene(db, at, { name, contactId: mia, silent: true, rewritesMessageId: false })
}

async function known(s: Scene) {
  return await at.inside(async (tx) => {
    const { rows } = await sql<{ kind: string; message: string | null; thread: string | null; due: boolean }>`
      select m.kind, m.provider_message_id as message, t.provider_thread_id as thread,
        m.sent_copy_due is not null as due
      from message m join thread t on t.workspace_id = m.workspace_id and t.id = m.thread_id
      where m.mailbox_id = ${s.mailboxId} order by m.occurred_at, m.id`.execute(tx)
    return rows
  })
}

const foreign = (s: Scene, more: readonly string[] = []) =>
  ['From: twin@elsewhere.example', `To: ${s.address}`, 'Subject: Re: hello', ...more, '', 'private'].join(
    '\r\n',
  )

test('what was sent gets its ids from the copy in Sent, and the copy is no second message', async () => {
  const s = await silentScene('copy')
  const sent = await s.send('a')
  expect(await known(s)).toEqual([{ kind: 'mail', message: null, thread: null, due: true }])
  await db.step({ seconds: 3 })
  await s.pull()
  await s.pull()
  expect(await known(s)).toEqual([{ kind: 'mail', message: sent.id, thread: sent.threadId, due: false }])
})

test('an answer that came before the thread was known is read as soon as it is', async () => {
  const s = await silentScene('early')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Very quick.'))
  await s.pull()
  expect(await s.captured()).toEqual([])
  await db.step({ seconds: 3 })
  await s.pull()
  expect(await s.captured()).toEqual([
    expect.objectContaining({
      kind: 'reply',
      text: 'Very quick.',
      evidence: ['in-reply-to', 'token', 'references', 'provider-thread'],
    }),
  ])
})

test('the copy is looked for at once where something came while its mail was on its way, and a moment later else', async () => {
  const s = await silentScene('at-once')
  const sent = await s.send('a')
  const accepted = () =>
    at.inside((tx) =>
      onSubmissionAccepted(tx, {
        id: at.ids.uuid(),
        at: Temporal.Instant.from('2026-01-05T09:00:00Z'),
        workspaceId: at.workspaceId,
        type: 'submission.accepted',
        payload: { mailboxId: s.mailboxId, providerThreadId: null },
      }),
    )
  await accepted()
  await s.pull()
  expect((await known(s)).map(({ due }) => due)).toEqual([true])
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Very quick.'))
  await s.pull()
  await accepted()
  await s.pull()
  expect((await s.captured()).map(({ text }) => text)).toEqual(['Very quick.'])
})

test('of mail outside our threads not even a header is asked for, own mail included', async () => {
  const s = await silentScene('outside')
  await s.send('a')
  await db.step({ seconds: 3 })
  await s.pull()
  s.outside.deliver(s.address, foreign(s))
  const byHand = `From: ${s.address}\r\nTo: someone@elsewhere.example\r\nSubject: private\r\n\r\nText\r\n`
  await s.outside.open(s.address).send(Buffer.from(byHand), undefined, new AbortController().signal)
  const before = s.outside.calls.length
  await s.pull()
  expect(s.outside.calls.slice(before)).toEqual([`${s.address} changesSince`])
})

test('a stranger in the same thread is asked for the headers, told from us, and not opened', async () => {
  const s = await silentScene('collision')
  const sent = await s.send('a')
  await db.step({ seconds: 3 })
  await s.pull()
  s.outside.deliver(s.address, foreign(s), sent.threadId)
  const before = s.outside.calls.length
  await s.pull()
  expect(s.outside.calls.slice(before)).toEqual([
    `${s.address} changesSince`,
    `${s.address} threadHeaders`,
    `${s.address} writtenBy`,
  ])
  await s.pull()
  expect(s.outside.calls.slice(before + 3)).toEqual([`${s.address} changesSince`])
  expect(await s.captured()).toEqual([])
})

test('an answer without any reference counts when it lies in our thread and a participant wrote it', async () => {
  const s = await silentScene('participant')
  const sent = await s.send('a')
  await db.step({ seconds: 3 })
  await s.pull()
  const bare = answerTo(sent.raw, s.address, 'From an old phone.', { 'In-Reply-To': '', References: '' })
  s.outside.deliver(s.address, bare, sent.threadId)
  await s.pull()
  expect(await s.captured()).toEqual([
    expect.objectContaining({ kind: 'reply', text: 'From an old phone.', evidence: ['provider-thread'] }),
  ])
})

test('a manager who answered once is a participant from then on', async () => {
  const s = await silentScene('manager')
  const sent = await s.send('a')
  await db.step({ seconds: 3 })
  await s.pull()
  const From = 'Office <office@agency.example>'
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'For Mia.', { From }))
  await s.pull()
  const bare = answerTo(sent.raw, s.address, 'One more thing.', { From, 'In-Reply-To': '', References: '' })
  s.outside.deliver(s.address, bare, sent.threadId)
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['For Mia.', 'One more thing.'])
})

test('what the owner wrote by hand into our thread belongs to the conversation, a mail of the same name does not', async () => {
  const s = await silentScene('hand')
  const sent = await s.send('a')
  await db.step({ seconds: 3 })
  await s.pull()
  const signal = new AbortController().signal
  const provider = s.outside.open(s.address)
  const From = `Anna Keller <${s.address}>`
  const byHand = answerTo(sent.raw, addressOf('Mia Ford'), 'By hand.', { From })
  await provider.send(Buffer.from(byHand), sent.threadId, signal)
  const another = answerTo(sent.raw, 'x@elsewhere.example', 'Private.', {
    From,
    'In-Reply-To': '',
    References: '',
  })
  await provider.send(Buffer.from(another), sent.threadId, signal)
  await s.pull()
  expect((await s.captured()).map(({ kind, text }) => [kind, text])).toEqual([['own', 'By hand.']])
})

test('where something comes while copies are looked for, the others wait until that is read', async () => {
  const s = await silentScene('yields')
  for (const key of ['a', 'b', 'c']) await s.send(key)
  await db.step({ seconds: 3 })
  const looks: number[] = []
  const pullWhile = async (comes: boolean): Promise<void> => {
    let looked = 0
    const findSent: typeof s.provider.findSent = async (...call) => {
      looked += 1
      if (comes) await at.inside((tx) => ring(tx, s.mailboxId, { told: true }))
      return await s.provider.findSent(...call)
    }
    await s.pull({ openMailbox: () => Promise.resolve({ ok: true, value: { ...s.provider, findSent } }) })
    looks.push(looked)
  }
  for (const comes of [true, true, false]) await pullWhile(comes)
  expect([looks, (await known(s)).map(({ due }) => due)]).toEqual([
    [1, 1, 1],
    [false, false, false],
  ])
})

test('a copy that is not there is looked for again, and after a day no more', async () => {
  const s = await silentScene('missing')
  await s.send('a')
  await at.inside((tx) =>
    sql`update message set message_id = 'lost@kontor.example', reference_ids = '{s.lost-token@kontor.example}'
      where mailbox_id = ${s.mailboxId}`.execute(tx),
  )
  const looks = () => s.outside.calls.filter((call) => call.endsWith('findSent')).length
  const seen: number[] = []
  for (const wait of [3, 1, 5, 3600, 3600 * 24, 3600 * 24]) {
    await db.step({ seconds: wait })
    await s.pull()
    seen.push(looks())
  }
  expect(seen).toEqual([1, 1, 2, 3, 4, 4])
})

test.each([
  [0, 2],
  [4, 2],
  [5, 5],
  [59, 5],
  [60, 60],
  [600, 600],
  [3600, 6 * 3600],
  [24 * 3600, undefined],
])('%i seconds after sending the next look is in %s seconds', (age, next) => {
  expect(nextLook(age)).toBe(next)
})
