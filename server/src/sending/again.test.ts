import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { dispatch } from '../testing/dispatch.ts'
import { desks, member, share, someId } from '../testing/outbox-desk.ts'
import type { Answer, Desk } from '../testing/outbox-desk.ts'
import { groundSender, leaseAll, queueMails } from '../testing/outbox.ts'

const db = await testDatabase()
const desk = desks(db)

interface Planned {
  readonly address: string
  readonly total: number
  readonly days: readonly { readonly date: string; readonly leaving: number }[]
  readonly firstAt?: string
  readonly lastAt?: string
  readonly delays: readonly { readonly kind: string; readonly count: number; readonly days: number }[]
}

function plannedIn(answer: Answer): readonly Planned[] {
  return answer['mailboxes'] as readonly Planned[]
}

async function cancelled({ ask, queue }: Desk, ...mails: Parameters<Desk['queue']>): Promise<string[]> {
  const ids = await queue(...mails)
  await ask('POST', '/outbox/act', { choice: { ids }, deed: { act: 'cancel' } })
  return ids
}

async function sendAgain({ ask }: Desk, ids: readonly string[]): Promise<Answer> {
  const [, answer] = await ask('POST', '/outbox/act', { choice: { ids }, deed: { act: 'send_again' } })
  return answer
}

test('the plan of mails to be sent again has their days behind what waits, the first, the last, and whom they delay', async () => {
  const at = await desk({ limit: 10 })
  const ids = await cancelled(at, 'bulk', 'gone', 12)
  await at.queue('rejection', 'refused', 3)
  const [status, answer] = await at.ask('POST', '/outbox/plan', { choice: { ids } })
  expect([status, answer['total'], answer['leftOutBy']]).toEqual([200, 12, {}])
  const [plan] = plannedIn(answer)
  expect(plan).toMatchObject({
    address: at.address,
    total: 12,
    firstAt: '2026-01-05T09:00:00Z',
    lastAt: '2026-01-06T08:00:00Z',
    delays: [{ kind: 'rejection', count: 3, days: 1 }],
  })
  expect(plan?.days.map(({ date, leaving }) => [date, leaving])).toEqual([
    ['2026-01-05', 10],
    ['2026-01-06', 2],
  ])
})

test('a plan changes nothing: no mail is queued and nothing stands in the activity log', async () => {
  const at = await desk()
  const ids = await cancelled(at, 'bulk', 'only-asked', 2)
  await at.ask('POST', '/outbox/plan', { choice: { ids } })
  const [, { total }] = await at.ask('GET', '/outbox')
  const { rows } = await at.at.inside((tx) =>
    sql<{ action: string }>`select action from audit_entry where action like 'outbox.%'`.execute(tx),
  )
  expect([total, rows]).toEqual([0, [{ action: 'outbox.cancel' }]])
})

test('the plan leaves out what the act would refuse, for the same reasons', async () => {
  const at = await desk({ level: 'send_only' })
  const [doubtful = ''] = await at.queue('bulk', 'doubtful')
  at.post.answers.push('take and fall silent')
  await leaseAll(db.database, 'w', (taken) => dispatch(at.post.parts, taken))
  const [repeated = '', ...past] = await cancelled(at, 'bulk', 'past', 3)
  const waiting = await at.queue('bulk', 'waiting', 2)
  await sendAgain(at, [repeated])
  const ids = [repeated, ...past, ...waiting, doubtful, someId, someId]
  const [, plan] = await at.ask('POST', '/outbox/plan', { choice: { ids } })
  expect([plan['total'], plan['leftOutBy']]).toEqual([
    2,
    { again_already: 1, moved_meanwhile: 2, unconfirmed: 1, unknown_mail: 1 },
  ])
  const { done, refused = [] } = await sendAgain(at, ids)
  const counted = Map.groupBy(refused, ({ code }) => code)
  expect([done, Object.fromEntries([...counted].map(([code, all]) => [code, all.length]))]).toEqual([
    plan['total'],
    plan['leftOutBy'],
  ])
})

test('mails of several mailboxes have a plan each, in the order of the addresses', async () => {
  const at = await desk()
  const first = await groundSender(at.at, { address: 'aaa@brand.practice.example', limit: 1 })
  const ids = await cancelled(at, 'bulk', 'own', 2)
  const others = await queueMails(at.at, {
    mailboxId: first,
    contactId: at.mia,
    kind: 'invitation',
    count: 3,
    prefix: 'first',
  })
  await at.ask('POST', '/outbox/act', { choice: { ids: others }, deed: { act: 'cancel' } })
  const [, answer] = await at.ask('POST', '/outbox/plan', { choice: { ids: [...ids, ...others] } })
  expect(plannedIn(answer).map(({ address, total, days }) => [address, total, days.length])).toEqual([
    ['aaa@brand.practice.example', 3, 3],
    [at.address, 2, 1],
  ])
})

test('of a mailbox that somebody may not send from the plan tells nothing but how many mails are left out', async () => {
  const at = await desk()
  const ids = await cancelled(at, 'bulk', 'hers', 2)
  const ben = await member(at.at, 'member')
  await share(at.at, at.mailboxId, 'team_sees')
  expect(await at.ask('POST', '/outbox/plan', { choice: { ids } }, ben)).toEqual([
    200,
    { total: 0, mailboxes: [], leftOutBy: { may_not_send: 2 } },
  ])
  await share(at.at, at.mailboxId, 'named')
  const before = (await db.now()).toString()
  const choice = { matching: { section: 'past', before } }
  expect(await at.ask('POST', '/outbox/plan', { choice }, ben)).toEqual([
    200,
    { total: 0, mailboxes: [], leftOutBy: {} },
  ])
})

test('a mail of another workspace is unknown to the plan', async () => {
  const theirs = await cancelled(await desk(), 'bulk', 'theirs')
  const { ask } = await desk()
  expect(await ask('POST', '/outbox/plan', { choice: { ids: theirs } })).toEqual([
    200,
    { total: 0, mailboxes: [], leftOutBy: { unknown_mail: 1 } },
  ])
})

test('a mail of a disconnected mailbox is not sent again, and the plan says so before', async () => {
  const at = await desk()
  const ids = await cancelled(at, 'bulk', 'lost')
  await at.at.inside((tx) =>
    sql`update mailbox set health = 'disconnected', disconnected_at = kontor_now() where id = ${at.mailboxId}`.execute(
      tx,
    ),
  )
  const [, plan] = await at.ask('POST', '/outbox/plan', { choice: { ids } })
  expect([plan['total'], plan['leftOutBy']]).toEqual([0, { mailbox_disconnected: 1 }])
  expect(await sendAgain(at, ids)).toEqual({
    done: 0,
    refused: ids.map((id) => ({ id, code: 'mailbox_disconnected' })),
  })
})

test('a mailbox that is paused has a plan without times', async () => {
  const at = await desk()
  const ids = await cancelled(at, 'bulk', 'paused', 2)
  await at.at.inside((tx) =>
    sql`update mailbox_schedule set stopped = 'paused', next_at = null where mailbox_id = ${at.mailboxId}`.execute(
      tx,
    ),
  )
  const [, answer] = await at.ask('POST', '/outbox/plan', { choice: { ids } })
  expect(plannedIn(answer)).toEqual([
    { mailboxId: at.mailboxId, address: at.address, total: 2, days: [], delays: [] },
  ])
})

test('all that match are planned at once: more than a step of the act, none that came later, none that does not match', async () => {
  const at = await desk()
  await cancelled(at, 'bulk', 'all', 450)
  await cancelled(at, 'invitation', 'other', 3)
  const before = (await db.now()).toString()
  await db.step({ seconds: 1 })
  await cancelled(at, 'bulk', 'late', 2)
  const [, answer] = await at.ask('POST', '/outbox/plan', {
    choice: { matching: { section: 'past', kind: 'bulk', before } },
  })
  expect([answer['total'], plannedIn(answer).map(({ days }) => days.map(({ leaving }) => leaving))]).toEqual([
    450,
    [[300, 150]],
  ])
})

test.each([
  ['no mails', { choice: { ids: [] } }],
  ['more than ten thousand named ones', { choice: { ids: Array.from({ length: 10_001 }, () => someId) } }],
  ['a section that is none', { choice: { matching: { section: 'all', before: '2026-01-05T09:00:00Z' } } }],
])('a plan of %s is refused', async (_name, body) => {
  const { ask } = await desk()
  const [status, { code }] = await ask('POST', '/outbox/plan', body)
  expect([status, code]).toEqual([400, 'invalid'])
})
