import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { testDatabase } from '../testing/database.ts'
import type { InboxGround } from '../testing/inbox.ts'
import { conversationWith, inboxGround } from '../testing/inbox.ts'
import { queueMails } from '../testing/outbox.ts'

const { database } = await testDatabase()

/** Conversations by name: two that need a reply, two that wait, one done. */
async function five(seed: string) {
  const at = await inboxGround(database, seed)
  const ids: Record<string, string> = {}
  const names: Record<string, string> = {}
  const add = async (name: string, write: (contactId: string) => Promise<unknown>) => {
    const contactId = await at.contact(name)
    await write(contactId)
    const id = await conversationWith(at, contactId)
    ids[name] = id
    names[id] = name
  }
  await add('Ada', (contactId) => at.heard({ contactId, text: 'a', at: '2026-01-05T06:00:00Z' }))
  await add('Bo', (contactId) =>
    at.sent({ contactId, text: 'b', kind: 'invitation', at: '2026-01-05T07:30:00Z' }),
  )
  await add('Cy', (contactId) => at.heard({ contactId, text: 'c', at: '2026-01-05T07:00:00Z' }))
  await add('Di', (contactId) => at.sent({ contactId, text: 'd', at: '2026-01-04T07:00:00Z' }))
  await add('Ed', (contactId) => at.heard({ contactId, text: 'e', at: '2026-01-05T07:50:00Z' }))
  await at.call(at.anna, 'PUT', `/conversations/${ids['Ed']}/state`, { teamState: 'done' })
  const shown = async (query = '', actor = at.anna) =>
    (await at.listed(actor, query)).map((id) => names[id] ?? 'somebody').join(' ')
  return { at, ids, shown }
}

async function count(at: InboxGround, actor = at.anna) {
  return (await at.call(actor, 'GET', '/conversations/counts')).body
}

test('what needs a reply comes first, then what waits, then what is done; newest first in each', async () => {
  const { at, shown } = await five('list-order')
  expect(await shown()).toBe('Cy Ada Bo Di Ed')
  expect(await count(at)).toEqual({ needsReply: 2, waiting: 2, done: 1, snoozed: 0, mine: 0, unread: 2 })
})

test('pages continue where the last one ended, across the states, and stay put when something arrives above', async () => {
  const { at } = await five('list-pages')
  const walked: string[] = []
  let cursor = ''
  do {
    const { body } = await at.call(at.anna, 'GET', `/conversations?limit=2${cursor}`)
    walked.push((body['rows'] as { contactName: string }[]).map((row) => row.contactName).join(' '))
    cursor = body['next'] === undefined ? '' : `&cursor=${body['next'] as string}`
    if (walked.length === 1) await at.heard({ contactId: await at.contact('Flo'), text: 'f' })
  } while (cursor !== '')
  expect(walked).toEqual(['Cy Ada', 'Bo Di', 'Ed'])
})

test('filters: mine, unassigned, mentioned, state, campaign, mailbox, kind', async () => {
  const { at, ids, shown } = await five('list-filters')
  const box = at.ids.uuid()
  const campaignId = at.ids.uuid()
  await at.inside(async (tx) => {
    await sql`insert into mailbox (workspace_id, id, endpoint, provider, practice, level, address, address_key, owner_id, zone)
      values (${at.workspaceId}, ${box}, 'practice-google', 'gmail', true, 'full', 'two@x.example', 'two@x.example', ${at.ben.personId}, 'UTC')`.execute(
      tx,
    )
    await sql`insert into campaign (workspace_id, id, name, brief, created_by) values (${at.workspaceId}, ${campaignId}, 'Spring', '{}', ${at.anna.personId})`.execute(
      tx,
    )
  })
  const contactId = await at.contact('Gia')
  await at.heard({ contactId, campaignId, mailboxId: box, text: 'g', kind: 'auto_reply' })
  await at.call(at.anna, 'PUT', `/conversations/${ids['Ada']}/assignee`, { personId: at.ben.personId })
  await at.call(at.anna, 'POST', `/conversations/${ids['Bo']}/notes`, {
    text: '@Ben Weber look',
    mentions: [at.ben.personId],
  })
  expect(await shown('?who=mine', at.ben)).toBe('Ada')
  expect(await shown('?who=mine')).toBe('')
  expect(await shown('?who=unassigned&state=needs_reply')).toBe('Cy')
  expect(await shown('?who=mentioned', at.ben)).toBe('Bo')
  expect(await shown('?state=waiting')).toBe('somebody Bo Di')
  expect(await shown(`?campaignId=${campaignId}`)).toBe('somebody')
  expect(await shown(`?mailboxId=${box}`)).toBe('somebody')
  expect(await shown('?kind=invitation')).toBe('Bo')
  expect(await shown('?kind=auto_reply')).toBe('somebody')
  expect(await count(at, at.ben)).toMatchObject({ mine: 1 })
})

test('a broken filter or cursor is named', async () => {
  const { at } = await five('list-broken')
  for (const [query, field] of [
    ['?who=everybody', 'who'],
    ['?state=open', 'state'],
    ['?campaignId=7', 'campaignId'],
    ['?limit=0', 'limit'],
    ['?cursor=%7B', 'cursor'],
    ['?cursor=W10', 'cursor'],
    [`?q=${'x'.repeat(201)}`, 'q'],
  ]) {
    const { status, body } = await at.call(at.anna, 'GET', `/conversations${query}`)
    const fields = (body['fields'] as { path: string }[] | undefined)?.map(({ path }) => path)
    expect([query, status, fields]).toEqual([query, 400, [field]])
  }
})

test('unread is one person’s own: it ends with the version that was read, and can be put back', async () => {
  const { at, ids } = await five('list-unread')
  const contactId = await at.contact('Hal')
  await at.heard({ contactId, text: 'one' })
  const id = await conversationWith(at, contactId)
  const unread = async (actor = at.anna) => {
    const { body } = await at.call(actor, 'GET', '/conversations?state=needs_reply')
    return (body['rows'] as { id: string; unread: boolean }[]).find((row) => row.id === id)?.unread
  }
  expect([await unread(), await unread(at.ben)]).toEqual([true, true])
  await at.call(at.anna, 'PUT', `/conversations/${id}/read`, { version: 1 })
  expect([await unread(), await unread(at.ben)]).toEqual([false, true])
  await at.heard({ contactId, text: 'two' })
  await at.call(at.anna, 'PUT', `/conversations/${id}/read`, { version: 1 })
  expect(await unread()).toBe(true)
  await at.call(at.anna, 'PUT', `/conversations/${id}/read`, {})
  expect(await unread()).toBe(false)
  await at.call(at.vera, 'PUT', `/conversations/${id}/read`, {})
  await at.call(at.anna, 'DELETE', `/conversations/${id}/read`)
  expect([await unread(), await unread(at.vera)]).toEqual([true, false])
  await at.sent({ contactId, text: 'three' })
  expect((await at.call(at.ben, 'GET', `/conversations/${ids['Ada']}`)).status).toBe(200)
})

test('whoever joins later does not find years of unread mail', async () => {
  const { at, ids } = await five('list-joined')
  await at.inside((tx) =>
    sql`update membership set joined_at = kontor_now() + interval '1 second' where person_id = ${at.ben.personId}`.execute(
      tx,
    ),
  )
  expect(await count(at, at.ben)).toMatchObject({ needsReply: 2, unread: 0 })
  expect(ids).toHaveProperty('Ada')
})

test('the words of a mailbox that is not open to a person are not in the list either', async () => {
  const at = await inboxGround(database, 'list-hidden')
  const closed = at.ids.uuid()
  await at.inside((tx) =>
    sql`insert into mailbox (workspace_id, id, endpoint, provider, practice, level, address, address_key, owner_id, sharing, zone)
      values (${at.workspaceId}, ${closed}, 'practice-google', 'gmail', true, 'full', 'c@x.example', 'c@x.example', ${at.anna.personId}, 'named', 'UTC')`.execute(
      tx,
    ),
  )
  const both = await at.contact('Both Ways')
  await at.sent({ contactId: both, text: 'open words', at: '2026-01-05T07:00:00Z' })
  await at.heard({ contactId: both, mailboxId: closed, text: 'secret words', subject: 'Secret' })
  const only = await at.contact('Only Closed')
  await at.heard({ contactId: only, mailboxId: closed, text: 'more secrets' })
  const rowsOf = async (actor = at.ben) => (await at.call(actor, 'GET', '/conversations')).body['rows']
  expect(await rowsOf()).toMatchObject([{ contactName: 'Both Ways', snippet: '', subject: '' }])
  expect(await rowsOf(at.anna)).toHaveLength(2)
  expect(await count(at, at.ben)).toMatchObject({ needsReply: 1 })
  const id = await conversationWith(at, both)
  const { body } = await at.call(at.ben, 'GET', `/conversations/${id}`)
  expect((body['history'] as { text: string }[]).map(({ text }) => text)).toEqual(['open words'])
  expect((await at.call(at.ben, 'GET', `/conversations/${await conversationWith(at, only)}`)).status).toBe(
    404,
  )
  const timeline = await at.call(at.ben, 'GET', `/contacts/${both}/timeline`)
  expect((timeline.body['rows'] as { title: string }[]).map(({ title }) => title)).toEqual(['Spring Breads'])
})

test('on the time line of a person a mail that waits says when it leaves and why; one on hold why, and no time', async () => {
  const at = await inboxGround(database, 'waiting-line')
  const contactId = await at.contact('Wanda Waits')
  const { mailboxId } = at
  const ids = await queueMails(at, { mailboxId, contactId, kind: 'bulk', count: 2, prefix: 'waits' })
  await at.inside((tx) =>
    sql`update submission set state = 'held', reason = '{"code": "campaign_paused"}' where id = ${ids[0]}`.execute(
      tx,
    ),
  )
  const { body } = await at.call(at.ben, 'GET', `/contacts/${contactId}/timeline`)
  const rows = body['rows'] as { title: string; expectedAt?: string; reason?: { code: string } }[]
  const seen = rows.map(({ title, expectedAt, reason }) => [title, expectedAt !== undefined, reason?.code])
  expect(new Set(seen)).toEqual(
    new Set([
      ['waits 0', false, 'campaign_paused'],
      ['waits 1', true, 'next'],
    ]),
  )
})
