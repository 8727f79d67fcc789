import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { testDatabase } from '../testing/database.ts'
import { conversationWith, inboxGround } from '../testing/inbox.ts'

const { database } = await testDatabase()

async function asked(seed: string) {
  const at = await inboxGround(database, seed)
  const contactId = await at.contact('Mia Ford')
  await at.heard({ contactId, text: 'When do we start?' })
  const id = await conversationWith(at, contactId)
  const begin = async (actor: typeof at.anna, text: string, more: object = {}) =>
    at.call(actor, 'POST', '/drafts', { contactId, text, seenVersion: 1, mailboxId: at.mailboxId, ...more })
  const drafts = async (actor = at.anna) =>
    (await at.call(actor, 'GET', `/conversations/${id}`)).body['drafts'] as Record<string, unknown>[]
  return { at, id, contactId, begin, drafts }
}

test('a draft is seen by the team, one per person, and goes on where it was', async () => {
  const { at, begin, drafts } = await asked('draft-team')
  const first = await begin(at.ben, 'Dear')
  expect(first.body).toMatchObject({ authorName: 'Ben Weber', text: 'Dear', revision: 1, seenVersion: 1 })
  const second = await at.call(at.ben, 'PUT', `/drafts/${String(first.body['id'])}`, {
    text: 'Dear Mia',
    seenVersion: 1,
    revision: 1,
  })
  expect(second.body).toMatchObject({ id: first.body['id'], text: 'Dear Mia', revision: 2 })
  await begin(at.anna, 'Hello')
  expect((await drafts(at.vera)).map(({ authorName, text }) => [authorName, text])).toEqual([
    ['Ben Weber', 'Dear Mia'],
    ['Anna Keller', 'Hello'],
  ])
})

test('two people change one draft: the second is told who was faster, and nothing is lost', async () => {
  const { at, begin, drafts } = await asked('draft-race')
  const { body } = await begin(at.ben, 'Dear')
  const save = (actor: typeof at.anna, text: string) =>
    at.call(actor, 'PUT', `/drafts/${String(body['id'])}`, { text, revision: 1 })
  const both = await Promise.all([save(at.anna, 'from Anna'), save(at.ben, 'from Ben')])
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]))
  const refused = both.find(({ status }) => status === 409)
  const winner = both[0]?.status === 200 ? 'Anna' : 'Ben'
  const by = winner === 'Anna' ? 'Anna Keller' : 'Ben Weber'
  expect(refused?.body).toMatchObject({ code: 'draft_changed', values: { by } })
  expect(await drafts()).toMatchObject([{ text: `from ${winner}`, authorName: 'Ben Weber' }])
})

test('first words that were saved twice by two windows do not overwrite each other', async () => {
  const { at, begin, drafts } = await asked('draft-windows')
  const both = await Promise.all([begin(at.ben, 'one'), begin(at.ben, 'two')])
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]))
  expect(await drafts()).toHaveLength(1)
})

test('sending a draft ends it; the history names whose words they were', async () => {
  const { at, id, begin, drafts } = await asked('draft-send')
  await at.inside((tx) =>
    sql`update mailbox set sharing = 'team_sees' where id = ${at.mailboxId}`.execute(tx),
  )
  const { body } = await begin(at.ben, 'Dear Mia')
  const asking = await at.call(at.ben, 'PUT', `/drafts/${String(body['id'])}/approver`, {
    personId: at.anna.personId,
  })
  expect(asking.body).toMatchObject({ approverName: 'Anna Keller' })
  const answer = { key: 'approved-one', mailboxId: at.mailboxId, text: 'Dear Mia', draftId: body['id'] }
  expect((await at.call(at.ben, 'POST', `/conversations/${id}/answers`, answer)).status).toBe(403)
  expect((await at.call(at.anna, 'POST', `/conversations/${id}/answers`, answer)).status).toBe(200)
  expect(await drafts()).toEqual([])
  const view = (await at.call(at.anna, 'GET', `/conversations/${id}`)).body
  expect(view['history']).toMatchObject([{}, { authorName: 'Ben Weber', text: 'Dear Mia' }])
  expect((view['turns'] as { kind: string; name?: string }[]).map(({ kind, name }) => [kind, name])).toEqual([
    ['asked', 'Anna Keller'],
  ])
})

test('who is asked finds the conversation unread; who may not send cannot be asked', async () => {
  const { at, id, begin } = await asked('draft-ask')
  await at.call(at.anna, 'PUT', `/conversations/${id}/read`, {})
  const { body } = await begin(at.ben, 'Dear Mia')
  const ask = (personId: string | null) =>
    at.call(at.ben, 'PUT', `/drafts/${String(body['id'])}/approver`, { personId })
  await ask(at.anna.personId)
  const { body: list } = await at.call(at.anna, 'GET', '/conversations')
  expect(list['rows']).toMatchObject([{ unread: true }])
  const viewer = await ask(at.vera.personId)
  expect([viewer.status, viewer.body['code']]).toEqual([422, 'approver_may_not_send'])
  expect((await ask(id)).status).toBe(404)
  expect((await ask(null)).body['approverId']).toBeUndefined()
})

test('a draft to somebody without a conversation, and thrown away', async () => {
  const { at } = await asked('draft-letter')
  const contactId = await at.contact('Ada')
  const { body } = await at.call(at.ben, 'POST', '/drafts', { contactId, subject: 'Hello', text: 'Dear Ada' })
  const listed = await at.call(at.ben, 'GET', `/drafts?contactId=${contactId}`)
  expect(listed.body['rows']).toEqual([body])
  expect((await at.call(at.ben, 'DELETE', `/drafts/${String(body['id'])}`)).status).toBe(200)
  expect((await at.call(at.ben, 'DELETE', `/drafts/${String(body['id'])}`)).status).toBe(404)
  expect((await at.call(at.ben, 'GET', `/drafts?contactId=${contactId}`)).body['rows']).toEqual([])
})

test('drafts stay behind the walls: viewers change none, strangers and those without sight find none', async () => {
  const { at, id, contactId, begin } = await asked('draft-walls')
  const { body } = await begin(at.anna, 'Dear Mia')
  const path = `/drafts/${String(body['id'])}`
  const viewer = await at.call(at.vera, 'PUT', path, { text: 'x', revision: 1 })
  expect(viewer.status).toBe(403)
  await at.call(at.anna, 'PUT', `/conversations/${id}/withdrawn`, { withdrawn: true })
  const hidden = await Promise.all([
    at.call(at.ben, 'PUT', path, { text: 'x', revision: 1 }),
    at.call(at.ben, 'DELETE', path),
    at.call(at.ben, 'GET', `/drafts?contactId=${contactId}`),
    at.call(at.ben, 'POST', '/drafts', { contactId, text: 'x' }),
  ])
  expect(hidden.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  const beside = await inboxGround(database, 'draft-walls-beside')
  expect((await beside.call(beside.anna, 'PUT', path, { text: 'x', revision: 1 })).status).toBe(404)
})
