import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { testDatabase } from '../testing/database.ts'
import type { InboxGround } from '../testing/inbox.ts'
import { conversationWith, inboxGround } from '../testing/inbox.ts'
import { wakeDue } from './jobs.ts'

const { database, setNow } = await testDatabase()
const monday = '2026-01-05T08:00:00Z'
const tuesday = '2026-01-06T08:00:00Z'

async function asked(seed: string) {
  await setNow(monday)
  const at = await inboxGround(database, seed)
  const contactId = await at.contact('Mia Ford')
  await at.heard({ contactId, text: 'When do we start?' })
  const id = await conversationWith(at, contactId)
  const turn = (actor: InboxGround['anna'], method: string, what: string, body?: unknown) =>
    at.call(actor, method, `/conversations/${id}/${what}`, body)
  const look = async (actor = at.anna) => (await at.call(actor, 'GET', `/conversations/${id}`)).body
  const turns = async () =>
    ((await look())['turns'] as { kind: string; personName?: string; name?: string }[]).map((one) =>
      [one.personName, one.kind, one.name].filter((word) => word !== undefined).join(' '),
    )
  return { at, id, contactId, turn, look, turns }
}

test('done, reopened by a person, done again, reopened by an answer', async () => {
  const { at, contactId, turn, look, turns } = await asked('turn-done')
  await turn(at.ben, 'PUT', 'state', { teamState: 'done' })
  await turn(at.anna, 'PUT', 'state', { teamState: 'needs_reply' })
  await turn(at.anna, 'PUT', 'state', { teamState: 'done' })
  await turn(at.ben, 'PUT', 'state', { teamState: 'done' })
  await at.heard({ contactId, text: 'One more thing' })
  expect((await look())['teamState']).toBe('needs_reply')
  expect(await turns()).toEqual(['Ben Weber done', 'Anna Keller reopened', 'Anna Keller done'])
})

test('assigned to somebody who can take care, and given back', async () => {
  const { at, id, turn, look, turns } = await asked('turn-assign')
  await turn(at.anna, 'PUT', 'assignee', { personId: at.ben.personId })
  expect(await look()).toMatchObject({ assigneeId: at.ben.personId, assigneeName: 'Ben Weber' })
  await turn(at.ben, 'PUT', 'assignee', { personId: null })
  expect(await turns()).toEqual(['Anna Keller assigned Ben Weber', 'Ben Weber assigned'])
  const viewer = await turn(at.anna, 'PUT', 'assignee', { personId: at.vera.personId })
  const stranger = await turn(at.anna, 'PUT', 'assignee', { personId: id })
  expect([viewer, stranger].map(({ status, body }) => [status, body['code']])).toEqual([
    [422, 'assignee_only_looks'],
    [404, 'member_unknown'],
  ])
})

test('a snoozed conversation leaves the list and comes back by itself, on top and asking for a reply', async () => {
  const { at, id, turn, turns } = await asked('turn-snooze')
  const other = await at.contact('Ada')
  await at.heard({ contactId: other, text: 'Later', at: '2026-01-05T09:00:00Z' })
  await turn(at.ben, 'PUT', 'snooze', { until: tuesday })
  expect(await at.listed(at.anna)).not.toContain(id)
  expect(await at.listed(at.anna, '?snoozed=true')).toEqual([id])
  expect((await at.call(at.anna, 'GET', '/conversations/counts')).body).toMatchObject({
    needsReply: 1,
    snoozed: 1,
  })
  await wakeDue(at)
  expect(await at.listed(at.anna, '?snoozed=true')).toEqual([id])
  await setNow(tuesday)
  await wakeDue(at)
  expect((await at.listed(at.anna))[0]).toBe(id)
  const { body } = await at.call(at.anna, 'GET', '/conversations?limit=1')
  expect(body['rows']).toMatchObject([{ id, woken: true, lastAt: tuesday }])
  expect(await turns()).toEqual(['Ben Weber snoozed', 'woke'])
})

test('an answer ends a snooze at once, an out-of-office note does not, and a person can', async () => {
  const { at, contactId, turn, look } = await asked('turn-snooze-reply')
  await turn(at.ben, 'PUT', 'snooze', { until: tuesday })
  await at.heard({ contactId, text: 'Out of office', kind: 'auto_reply' })
  expect(await look()).toMatchObject({ snoozedUntil: tuesday })
  await at.heard({ contactId, text: 'Back again' })
  expect((await look())['snoozedUntil']).toBeUndefined()
  await turn(at.ben, 'PUT', 'snooze', { until: tuesday })
  await turn(at.anna, 'DELETE', 'snooze')
  expect((await look())['snoozedUntil']).toBeUndefined()
})

test.each([
  ['2026-01-05T08:00:00Z', 'past'],
  ['2027-03-01T08:00:00Z', 'too_far'],
  ['tomorrow', 'invalid_format'],
])('a snooze until %s is refused: %s', async (until, code) => {
  const { at, turn } = await asked(`turn-until-${code}`)
  const { status, body } = await turn(at.ben, 'PUT', 'snooze', { until })
  expect([status, (body['fields'] as { code: string }[])[0]?.code]).toEqual([400, code])
})

test('a snooze that ends while the conversation is being done leaves it done', async () => {
  const { at, id, turn, look, turns } = await asked('turn-race')
  await turn(at.ben, 'PUT', 'snooze', { until: tuesday })
  await setNow(tuesday)
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let locked: () => void = () => undefined
  const taken = new Promise<void>((resolve) => {
    locked = resolve
  })
  const doing = at.inside(async (tx) => {
    await sql`update conversation set team_state = 'done', snoozed_until = null where id = ${id}`.execute(tx)
    locked()
    await held
  })
  await taken
  const waking = wakeDue(at)
  release()
  await Promise.all([doing, waking])
  expect(await look()).toMatchObject({ teamState: 'done' })
  expect(await turns()).toEqual(['Ben Weber snoozed'])
})

test('two processes wake one conversation once', async () => {
  const { at, turn, turns } = await asked('turn-wake-twice')
  await turn(at.ben, 'PUT', 'snooze', { until: tuesday })
  await setNow(tuesday)
  await Promise.all([wakeDue(at), wakeDue(at), wakeDue(at)])
  expect(await turns()).toEqual(['Ben Weber snoozed', 'woke'])
})

test('the owner of its mailbox withdraws a conversation; the others see nothing of it until it is returned', async () => {
  const { at, id, contactId, turn, look } = await asked('turn-withdraw')
  const refused = await turn(at.ben, 'PUT', 'withdrawn', { withdrawn: true })
  expect([refused.status, refused.body['code']]).toEqual([403, 'not_your_mailbox'])
  expect((await turn(at.anna, 'PUT', 'withdrawn', { withdrawn: true })).status).toBe(200)
  expect(await look()).toMatchObject({ withdrawn: true, mayWithdraw: true })
  const gone = await Promise.all([
    at.call(at.ben, 'GET', `/conversations/${id}`),
    turn(at.ben, 'PUT', 'state', { teamState: 'done' }),
    turn(at.ben, 'PUT', 'read', {}),
    turn(at.ben, 'POST', 'notes', { text: 'hello' }),
    turn(at.ben, 'POST', 'answers', { key: 'answer-1', mailboxId: at.mailboxId, text: 'Hi' }),
  ])
  expect(gone.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  expect(await at.listed(at.ben)).toEqual([])
  expect(await at.listed(at.ben, '?q=start')).toEqual([])
  expect((await at.call(at.ben, 'GET', `/contacts/${contactId}/timeline`)).body['rows']).toEqual([])
  await turn(at.anna, 'PUT', 'withdrawn', { withdrawn: false })
  expect(await at.listed(at.ben)).toEqual([id])
})

test('a note calls people by name and makes the conversation unread for them, not for its author', async () => {
  const { at, id, turn, look } = await asked('turn-note')
  await turn(at.anna, 'PUT', 'read', {})
  await turn(at.ben, 'PUT', 'read', {})
  const mentions = [at.ben.personId, at.anna.personId]
  const { body } = await turn(at.anna, 'POST', 'notes', { text: '@Ben Weber could you?', mentions })
  expect(body).toMatchObject({ authorName: 'Anna Keller', mentions: ['Anna Keller', 'Ben Weber'] })
  expect((await look())['notes']).toEqual([body])
  const bold = async (actor = at.anna) =>
    ((await at.call(actor, 'GET', '/conversations')).body['rows'] as { unread: boolean }[])[0]?.unread
  expect([await bold(), await bold(at.ben)]).toEqual([false, true])
  const told = at.emitted.filter((event) => event.type === 'note.added')
  expect(told).toMatchObject([{ subject: id, payload: { mentions: [at.ben.personId] } }])
  const stranger = await turn(at.anna, 'POST', 'notes', { text: 'x', mentions: [id] })
  const empty = await turn(at.anna, 'POST', 'notes', { text: '  ' })
  expect([stranger.status, empty.status]).toEqual([400, 400])
})

test('who is answering is seen by the others for twenty seconds, or until they stop', async () => {
  const { at, turn, look } = await asked('turn-answering')
  await turn(at.ben, 'PUT', 'answering')
  await turn(at.ben, 'PUT', 'answering')
  expect(await look()).toMatchObject({ answering: ['Ben Weber'] })
  expect(await look(at.ben)).toMatchObject({ answering: [] })
  expect(at.emitted.filter((event) => event.type === 'conversation.changed')).toHaveLength(2)
  await turn(at.ben, 'DELETE', 'answering')
  expect(await look()).toMatchObject({ answering: [] })
  await turn(at.ben, 'PUT', 'answering')
  await setNow('2026-01-05T08:00:21Z')
  expect(await look()).toMatchObject({ answering: [] })
})

test('a viewer reads and marks as read, and turns nothing', async () => {
  const { at, id, turn } = await asked('turn-viewer')
  const refused = await Promise.all([
    turn(at.vera, 'PUT', 'state', { teamState: 'done' }),
    turn(at.vera, 'PUT', 'assignee', { personId: null }),
    turn(at.vera, 'PUT', 'snooze', { until: tuesday }),
    turn(at.vera, 'DELETE', 'snooze'),
    turn(at.vera, 'PUT', 'withdrawn', { withdrawn: true }),
    turn(at.vera, 'POST', 'notes', { text: 'x' }),
    turn(at.vera, 'PUT', 'answering'),
    turn(at.vera, 'DELETE', 'answering'),
    turn(at.vera, 'POST', 'answers', { key: 'answer-1', mailboxId: at.mailboxId, text: 'x' }),
  ])
  expect(new Set(refused.map(({ status, body }) => `${status} ${String(body['code'])}`))).toEqual(
    new Set(['403 forbidden']),
  )
  const allowed = await Promise.all([turn(at.vera, 'PUT', 'read', {}), turn(at.vera, 'DELETE', 'read')])
  expect(allowed.map(({ status }) => status)).toEqual([200, 200])
  expect((await at.call(at.vera, 'GET', `/conversations/${id}`)).status).toBe(200)
})

test('a conversation of another workspace is not there, whatever is asked of it', async () => {
  const { id } = await asked('turn-wall')
  const beside = await inboxGround(database, 'turn-wall-beside')
  const paths: [string, string, unknown?][] = [
    ['GET', ''],
    ['PUT', '/state', { teamState: 'done' }],
    ['PUT', '/assignee', { personId: null }],
    ['PUT', '/snooze', { until: tuesday }],
    ['DELETE', '/snooze'],
    ['PUT', '/withdrawn', { withdrawn: true }],
    ['POST', '/notes', { text: 'x' }],
    ['PUT', '/read', {}],
    ['DELETE', '/read'],
    ['PUT', '/answering'],
    ['DELETE', '/answering'],
    ['POST', '/answers', { key: 'answer-1', mailboxId: beside.mailboxId, text: 'x' }],
  ]
  for (const [method, path, body] of paths) {
    const told = await beside.call(beside.anna, method, `/conversations/${id}${path}`, body)
    expect([method, path, told.status]).toEqual([method, path, 404])
  }
})
