import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { testDatabase } from '../testing/database.ts'
import { conversationWith, inboxGround } from '../testing/inbox.ts'
import { followUnsent } from './follow.ts'

const { database } = await testDatabase()

async function asked(seed: string) {
  const at = await inboxGround(database, seed)
  const contactId = await at.contact('Mia Ford')
  await at.sent({ contactId, text: 'Join us', kind: 'invitation' })
  await at.heard({ contactId, text: 'When do we start?' })
  const id = await conversationWith(at, contactId)
  const answer = (actor: typeof at.anna, key: string, more: object = {}) =>
    at.call(actor, 'POST', `/conversations/${id}/answers`, {
      key,
      mailboxId: at.mailboxId,
      text: key,
      ...more,
    })
  const look = async () => (await at.call(at.anna, 'GET', `/conversations/${id}`)).body
  const mails = async () => {
    const { rows } = await at.inside((tx) =>
      sql<{ text: string; state: string; subject: string; answers: boolean }>`
        select text, state, subject, answers_message_id is not null as answers from submission
        where contact_id = ${contactId} and kind = 'direct' order by id`.execute(tx),
    )
    return rows
  }
  return { at, id, contactId, answer, look, mails }
}

test('an answer waits in the outbox, in the thread of what it answers, and the influencer is next', async () => {
  const { at, answer, look, mails } = await asked('write-answer')
  const { status, body } = await answer(at.ben, 'first-answer', { version: 2 })
  expect([status, body['replayed']]).toEqual([200, false])
  expect(await mails()).toEqual([
    { text: 'first-answer', state: 'queued', subject: 'Spring Breads', answers: true },
  ])
  expect(await look()).toMatchObject({ teamState: 'waiting', version: 3 })
})

test('the same key is the same answer, also when a reply came between', async () => {
  const { at, contactId, answer, mails } = await asked('write-key')
  const first = await answer(at.ben, 'first-answer', { version: 2 })
  await at.heard({ contactId, text: 'Hello?' })
  const again = await answer(at.ben, 'first-answer', { version: 2 })
  expect(again.body).toMatchObject({ ...first.body, replayed: true })
  expect(await mails()).toHaveLength(1)
  const other = await at.contact('Ada')
  const clash = await at.call(at.ben, 'POST', '/messages', {
    key: 'first-answer',
    mailboxId: at.mailboxId,
    contactId: other,
    subject: 'Hi',
    text: 'Hi',
  })
  expect([clash.status, clash.body['code']]).toEqual([409, 'key_reused'])
})

test('a new mail whose key comes twice at once is one mail, and both are told so', async () => {
  const { at } = await asked('write-twice')
  const letter = { key: 'twice-at-once', mailboxId: at.mailboxId, subject: 'Hello', text: 'Nice work' }
  const contactId = await at.contact('Ada')
  const send = () => at.call(at.ben, 'POST', '/messages', { ...letter, contactId })
  const both = await Promise.all([send(), send()])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(new Set(both.map(({ body }) => body['replayed']))).toEqual(new Set([false, true]))
  expect(new Set(both.map(({ body }) => body['submissionId'])).size).toBe(1)
})

test('a key that comes again with the same words is the same mail, though the page proposes another recipient by now', async () => {
  const { at, answer, mails } = await asked('write-recipient')
  const first = await answer(at.ben, 'same-words')
  const again = await answer(at.ben, 'same-words', { to: 'carl@brand.practice.example' })
  expect([again.status, again.body]).toMatchObject([200, { ...first.body, replayed: true }])
  expect(await mails()).toHaveLength(1)
})

test('a key that comes again with another time to leave is the same mail, and when that really leaves is told', async () => {
  const { at, answer, mails } = await asked('write-time')
  const later = '2026-01-06T15:00:00Z'
  const first = await answer(at.ben, 'other-time', { notBefore: later })
  const again = await answer(at.ben, 'other-time', { undo: true })
  const same = { ...first.body, replayed: true }
  expect(first.body).not.toHaveProperty('known')
  expect(again.body).toEqual({ ...same, known: { state: 'queued', at: later } })
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  const paused = await answer(at.ben, 'other-time', { undo: true })
  expect(paused.body).toEqual({ ...same, known: { state: 'queued' } })
  await at.inside(async (tx) => {
    await sql`update submission set state = 'leased', lease_id = uuidv7(), lease_until = kontor_now()
      where key = 'other-time'`.execute(tx)
    await sql`update submission set state = 'accepted', accepted_at = '2026-01-06T15:00:02Z', settled_at = kontor_now()
      where key = 'other-time'`.execute(tx)
  })
  const left = await answer(at.ben, 'other-time', { notBefore: '2026-01-07T15:00:00Z' })
  expect(left.body).toEqual({ ...same, known: { state: 'accepted', at: '2026-01-06T15:00:02Z' } })
  expect(await mails()).toHaveLength(1)
})

test('a key that comes again with other words is a clash, so that none get lost', async () => {
  const { at, answer, mails } = await asked('write-other')
  expect((await answer(at.ben, 'other-words')).status).toBe(200)
  for (const other of [{ text: 'Tuesday' }, { cc: ['carl@brand.practice.example'] }, { html: '<b>x</b>' }]) {
    const { status, body } = await answer(at.ben, 'other-words', other)
    expect([status, body['code']]).toEqual([409, 'key_reused'])
  }
  expect(await mails()).toHaveLength(1)
})

test('a key that comes again is the same mail though its draft is gone and its time is past', async () => {
  const { at, contactId, answer, mails } = await asked('write-draft')
  const draft = await at.call(at.ben, 'POST', '/drafts', { contactId, text: 'with-draft' })
  const from = { draftId: draft.body['id'] }
  const first = await answer(at.ben, 'with-draft', from)
  const again = await answer(at.ben, 'with-draft', { ...from, notBefore: '2001-01-01T00:00:00Z' })
  expect([first.status, again.status, again.body]).toMatchObject([
    200,
    200,
    { ...first.body, replayed: true },
  ])
  expect(await mails()).toHaveLength(1)
})

test('of two colleagues who answer at once, the second is told who was faster, and may send as well', async () => {
  const { at, answer, mails } = await asked('write-race')
  const both = await Promise.all([
    answer(at.anna, 'from-anna', { version: 2 }),
    answer(at.ben, 'from-ben-1', { version: 2 }),
  ])
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]))
  const slower = both[0]?.status === 409 ? at.anna : at.ben
  const faster = slower === at.anna ? 'Ben Weber' : 'Anna Keller'
  const refused = both.find(({ status }) => status === 409)
  expect(refused?.body).toMatchObject({ code: 'answered_meanwhile', values: { by: faster, what: 'wrote' } })
  expect(await mails()).toHaveLength(1)
  expect((await answer(slower, 'as-well-1', { version: 2, overtake: true })).status).toBe(200)
})

test('a reply that came while somebody wrote stops the answer; their own mail does not', async () => {
  const { at, contactId, answer } = await asked('write-heard')
  expect((await answer(at.ben, 'answer-one', { version: 2 })).status).toBe(200)
  expect((await answer(at.ben, 'answer-two', { version: 2 })).status).toBe(200)
  await at.heard({ contactId, text: 'Never mind' })
  const { status, body } = await answer(at.ben, 'answer-three', { version: 4 })
  expect([status, body['values']]).toEqual([409, { by: 'Mia Ford', what: 'heard' }])
})

test('a mail by hand from the owner’s own mailbox stops a colleague’s answer too', async () => {
  const { at, contactId, answer } = await asked('write-own')
  await at.heard({ contactId, text: 'Monday!', kind: 'own' })
  const { status, body } = await answer(at.ben, 'answer-late', { version: 2 })
  expect([status, body['values']]).toEqual([409, { by: 'Anna Keller', what: 'wrote' }])
})

test('neither an out-of-office note nor a campaign mail stops an answer', async () => {
  const { at, contactId, answer } = await asked('write-quiet')
  await at.heard({ contactId, text: 'Out', kind: 'auto_reply' })
  await at.sent({ contactId, text: 'News', kind: 'bulk' })
  expect((await answer(at.ben, 'answer-fine', { version: 2 })).status).toBe(200)
})

test('a campaign mail that leaves over an open question leaves the question open', async () => {
  const { at, contactId, look } = await asked('write-open')
  await at.sent({ contactId, text: 'News', kind: 'bulk' })
  expect(await look()).toMatchObject({ teamState: 'needs_reply' })
})

test('a reply that is captured late is still a question, unless the owner answered it by hand', async () => {
  const { at, contactId, look } = await asked('write-late')
  await at.sent({ contactId, text: 'Monday', at: '2026-01-05T07:59:00Z' })
  await at.heard({ contactId, text: 'From the outage', at: '2026-01-05T07:00:00Z' })
  expect(await look()).toMatchObject({ teamState: 'needs_reply' })
  await at.heard({ contactId, text: 'By hand', kind: 'own', at: '2026-01-05T09:00:00Z' })
  await at.heard({ contactId, text: 'Also from the outage', at: '2026-01-05T08:30:00Z' })
  expect(await look()).toMatchObject({ teamState: 'waiting' })
})

test('an answer that is cancelled, held or refused puts its question back', async () => {
  const { at, contactId, answer, look } = await asked('write-back')
  const { body } = await answer(at.ben, 'answer-back', { version: 2 })
  expect(await look()).toMatchObject({ teamState: 'waiting' })
  await at.inside(async (tx) => {
    const cancelled = sql`update submission set state = 'cancelled', settled_at = kontor_now() where id = ${body['submissionId']}`
    await cancelled.execute(tx)
    await followUnsent(at)(tx, {
      workspaceId: at.workspaceId,
      type: 'submission.cancelled',
      payload: { kind: 'direct', contactId, campaignId: null },
      id: at.ids.uuid(),
      at: Temporal.Instant.from('2026-01-05T08:00:00Z'),
    })
  })
  expect(await look()).toMatchObject({ teamState: 'needs_reply' })
})

test('a new mail opens a conversation', async () => {
  const { at } = await asked('write-new')
  const contactId = await at.contact('Ada')
  const letter = {
    key: 'new-letter',
    mailboxId: at.mailboxId,
    contactId,
    subject: 'Hello',
    text: 'Nice work',
  }
  const { status, body } = await at.call(at.ben, 'POST', '/messages', letter)
  expect([status, body['conversationId']]).toEqual([200, await conversationWith(at, contactId)])
  expect(
    (await at.call(at.ben, 'GET', `/conversations/${String(body['conversationId'])}`)).body,
  ).toMatchObject({
    teamState: 'waiting',
    history: [
      { subject: 'Hello', text: 'Nice work', submission: { state: 'queued' }, authorName: 'Ben Weber' },
    ],
  })
})

test('nobody sends from a mailbox that is not open to them, or to somebody who is not there', async () => {
  const { at, id, answer } = await asked('write-rights')
  await at.inside((tx) =>
    sql`update mailbox set sharing = 'team_sees' where id = ${at.mailboxId}`.execute(tx),
  )
  const closed = await answer(at.ben, 'answer-closed')
  expect([closed.status, closed.body['code']]).toEqual([403, 'may_not_send'])
  expect((await answer(at.anna, 'answer-owner')).status).toBe(200)
  const unknown = await at.call(at.anna, 'POST', `/conversations/${id}/answers`, {
    key: 'answer-unknown',
    mailboxId: id,
    text: 'x',
  })
  expect([unknown.status, unknown.body['code']]).toEqual([404, 'mailbox_unknown'])
  const nobody = await at.call(at.anna, 'POST', '/messages', {
    key: 'letter-nobody',
    mailboxId: at.mailboxId,
    contactId: id,
    subject: 'x',
    text: 'x',
  })
  expect([nobody.status, nobody.body['code']]).toEqual([422, 'contact_unknown'])
})

test.each([
  [{ key: 'short' }, 'key'],
  [{ key: 'long-enough', text: 'x', mailboxId: 'anna' }, 'mailboxId'],
  [{ key: 'long-enough', text: 'x'.repeat(200_001) }, 'text'],
])('bad input is named: %o', async (wrong, field) => {
  const at = await inboxGround(database, `write-bad-${field}-${JSON.stringify(wrong).length}`)
  const contactId = await at.contact('Mia Ford')
  await at.heard({ contactId, text: 'Hi' })
  const path = `/conversations/${await conversationWith(at, contactId)}/answers`
  const { status, body } = await at.call(at.anna, 'POST', path, {
    mailboxId: at.mailboxId,
    text: 'fine',
    ...wrong,
  })
  expect([status, (body['fields'] as { path: string }[]).map(({ path: broken }) => broken)]).toEqual([
    400,
    [field],
  ])
})
