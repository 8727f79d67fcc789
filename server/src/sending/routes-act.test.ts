import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Actor } from '../team/index.ts'
import { testDatabase } from '../testing/database.ts'
import { leaving } from '../testing/leases.ts'
import { auditOf, desks, member, share, someId } from '../testing/outbox-desk.ts'
import { groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { dispatch } from '../testing/dispatch.ts'

const db = await testDatabase()
const { database } = db
const desk = desks(db)

test('acting twice on the same mails does it once; the second time says that they have moved', async () => {
  const { ask, queue, at } = await desk()
  const ids = await queue('bulk', 'twice', 2)
  const wish = { choice: { ids: [...ids, ids[0]] }, deed: { act: 'cancel' } }
  const [first, second] = [await ask('POST', '/outbox/act', wish), await ask('POST', '/outbox/act', wish)]
  expect([first, second]).toEqual([
    [200, { done: 2, refused: [] }],
    [200, { done: 0, refused: ids.map((id) => ({ id, code: 'moved_meanwhile' })) }],
  ])
  expect(await auditOf(at)).toEqual([
    { action: 'outbox.cancel', actor_name: 'Anna Keller', detail: { act: 'cancel', count: 2, ids } },
  ])
})

test('a mail of another workspace is unknown, and nothing happens to it', async () => {
  const other = await desk()
  const [theirs = ''] = await other.queue('bulk', 'theirs')
  const { ask } = await desk()
  expect(await ask('POST', '/outbox/act', { choice: { ids: [theirs] }, deed: { act: 'cancel' } })).toEqual([
    200,
    { done: 0, refused: [{ id: theirs, code: 'unknown_mail' }] },
  ])
  const [, { rows }] = await other.ask('GET', '/outbox')
  expect(rows.map((row) => row.id)).toEqual([theirs])
})

test('a viewer reads and may not act', async () => {
  const { ask, queue, at } = await desk()
  const ids = await queue('bulk', 'viewer')
  const viewer = await member(at, 'viewer')
  const [listed] = await ask('GET', '/outbox', undefined, viewer)
  const [acted, { code }] = await ask(
    'POST',
    '/outbox/act',
    { choice: { ids }, deed: { act: 'hold' } },
    viewer,
  )
  expect([listed, acted, code]).toEqual([200, 403, 'forbidden'])
})

test('whoever may not send from a mailbox may not act on its mails, and sees them only where the team sees them', async () => {
  const { ask, queue, at, mailboxId } = await desk()
  const ids = await queue('bulk', 'shared')
  const ben = await member(at, 'member')
  const wish = { choice: { ids }, deed: { act: 'hold' } }
  await share(at, mailboxId, 'team_sees')
  const [, seen] = await ask('GET', '/outbox', undefined, ben)
  expect(await ask('POST', '/outbox/act', wish, ben)).toEqual([
    200,
    { done: 0, refused: [{ id: ids[0], code: 'may_not_send' }] },
  ])
  await share(at, mailboxId, 'named')
  const [, hidden] = await ask('GET', '/outbox', undefined, ben)
  const [, { mailboxes }] = await ask('GET', '/outbox/summary', undefined, ben)
  expect([seen.rows.length, hidden.rows.length, hidden.total, mailboxes]).toEqual([1, 0, 0, []])
})

test('all that match are acted on step by step: mails that came later are left alone', async () => {
  const { ask, queue, at } = await desk()
  await queue('bulk', 'all', 450)
  await queue('invitation', 'other', 3)
  const before = (await db.now()).toString()
  await db.step({ seconds: 1 })
  await queue('bulk', 'late', 2)
  const matching = { section: 'waiting', kind: 'bulk', before }
  let after: string | undefined
  const steps: number[] = []
  do {
    const [, { done, next }] = await ask('POST', '/outbox/act', {
      choice: { matching, ...(after === undefined ? {} : { after }) },
      deed: { act: 'hold' },
    })
    steps.push(done ?? 0)
    after = next
  } while (after !== undefined)
  const [, held] = await ask('GET', '/outbox?section=held&limit=500')
  const [, waiting] = await ask('GET', '/outbox')
  expect([steps, held.rows.length, waiting.total]).toEqual([[200, 200, 50], 450, 5])
  expect((await auditOf(at)).map(({ detail }) => (detail as { count: number }).count)).toEqual([200, 200, 50])
})

test('of many unconfirmed mails a person says at once what became of them; the activity log says who said so', async () => {
  const { ask, queue, at, post } = await desk({ level: 'send_only' })
  const ids = await queue('direct', 'many', 40)
  post.answers.push(...ids.map(() => 'take and fall silent' as const))
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  const [sent, unsent] = [ids.slice(0, 30), ids.slice(30)]
  const answers = [
    await ask('POST', '/outbox/act', { choice: { ids: sent }, deed: { act: 'confirm_sent' } }),
    await ask('POST', '/outbox/act', { choice: { ids: unsent }, deed: { act: 'confirm_unsent' } }),
  ]
  const [, { total: open }] = await ask('GET', '/outbox?section=unconfirmed')
  const [, { total: waiting }] = await ask('GET', '/outbox?section=waiting')
  expect([answers, open, waiting]).toEqual([
    [
      [200, { done: 30, refused: [] }],
      [200, { done: 10, refused: [] }],
    ],
    0,
    10,
  ])
  expect(
    (await auditOf(at)).map(({ action, detail }) => [action, (detail as { count: number }).count]),
  ).toEqual([
    ['outbox.confirm_sent', 30],
    ['outbox.confirm_unsent', 10],
  ])
})

test('all that match put to the front keep their order over all steps', async () => {
  const { ask, queue, at } = await desk({ limit: 300 })
  await queue('bulk', 'first', 2)
  await queue('bulk', 'many', 250)
  const matching = { section: 'waiting', q: 'many', before: (await db.now()).toString() }
  const [, { next }] = await ask('POST', '/outbox/act', { choice: { matching }, deed: { act: 'front' } })
  await ask('POST', '/outbox/act', { choice: { matching, after: next }, deed: { act: 'front' } })
  const left = await leaving(database, at)
  expect([left.length, left.slice(0, 2), left.slice(248)]).toEqual([
    252,
    ['many-0', 'many-1'],
    ['many-248', 'many-249', 'first-0', 'first-1'],
  ])
})

test('all that match put to the front keep the order in which they would have left, not that of their ids, in every mailbox', async () => {
  const { ask, queue, at, mailboxId, mia } = await desk({ limit: 300 })
  const other = await groundSender(at, { address: 'front@brand.practice.example', limit: 300 })
  await queueMails(at, { mailboxId: other, contactId: mia, kind: 'rejection', count: 2, prefix: 'elsewhere' })
  const first = await queue('bulk', 'first', 2)
  const many = await queue('bulk', 'many', 450)
  // those with the last ids are the first to leave
  await at.inside((tx) =>
    sql`update submission set position_at = enqueued_at + interval '1 hour' + (450 - array_position(${many}::uuid[], id)) * interval '1 second'
      where id = any(${many}::uuid[])`.execute(tx),
  )
  const matching = { section: 'waiting', before: (await db.now()).toString(), kind: 'bulk', q: 'many' }
  const sizes: unknown[] = []
  for (let after: unknown, n = 0; n < 4; n++) {
    const choice = { matching, ...(after === undefined ? {} : { after }) }
    const [, { done, next }] = await ask('POST', '/outbox/act', { choice, deed: { act: 'front' } })
    sizes.push(done)
    if (next === undefined) break
    after = next
  }
  expect(sizes).toEqual([200, 200, 50])
  const { rows } = await at.inside((tx) =>
    sql<{
      id: string
    }>`select id from submission where mailbox_id = ${mailboxId} order by rank, position_at, id`.execute(tx),
  )
  expect(rows.map(({ id }) => id)).toEqual([...many.toReversed(), ...first])
})

test('of all that match, those that came to the front before it was stopped are the first to leave, in their order', async () => {
  const { ask, queue, at } = await desk({ limit: 300 })
  await queue('bulk', 'first', 2)
  await queue('bulk', 'many', 250)
  const matching = { section: 'waiting', q: 'many', before: (await db.now()).toString() }
  await ask('POST', '/outbox/act', { choice: { matching }, deed: { act: 'front' } })
  const left = await leaving(database, at)
  expect(left).toEqual([
    ...Array.from({ length: 200 }, (_, n) => `many-${n}`),
    'first-0',
    'first-1',
    ...Array.from({ length: 50 }, (_, n) => `many-${n + 200}`),
  ])
})

test('where a step begins that was not told is refused', async () => {
  const { ask } = await desk()
  const matching = { section: 'waiting', before: (await db.now()).toString() }
  for (const act of ['front', 'cancel']) {
    const [status] = await ask('POST', '/outbox/act', { choice: { matching, after: 'x' }, deed: { act } })
    expect(status).toBe(400)
  }
})

test('where nothing waits any more, all that match are none', async () => {
  const { ask } = await desk()
  const matching = { section: 'waiting', before: (await db.now()).toString() }
  for (const act of ['front', 'cancel'])
    expect(await ask('POST', '/outbox/act', { choice: { matching }, deed: { act } })).toEqual([
      200,
      { done: 0, refused: [] },
    ])
})

test('before mails move to another mailbox the plan tells when they leave there and whom they delay; those on hold stay so, but not those that wanted a mailbox', async () => {
  const { ask, queue, at, mia } = await desk()
  const to = await groundSender(at, { address: 'there@brand.practice.example', limit: 2 })
  await queueMails(at, { mailboxId: to, contactId: mia, kind: 'rejection', count: 2, prefix: 'theirs' })
  const ids = await queue('bulk', 'moving', 4)
  await queue('bulk', 'staying', 2)
  await at.inside(async (tx) => {
    await sql`update submission set state = 'held', reason = '{"code": "by_person"}' where key = 'moving-0'`.execute(
      tx,
    )
    await sql`update submission set state = 'held', reason = '{"code": "mailbox_disconnected"}' where key = 'moving-1'`.execute(
      tx,
    )
  })
  const plan = {
    mailboxId: to,
    total: 3,
    held: 1,
    days: [
      { date: '2026-01-05', leaving: 2, alreadyWaiting: 0, used: 0, capacity: 2 },
      { date: '2026-01-06', leaving: 1, alreadyWaiting: 1, used: 0, capacity: 2 },
      { date: '2026-01-07', leaving: 0, alreadyWaiting: 1, used: 0, capacity: 2 },
    ],
    firstAt: '2026-01-05T09:00:00Z',
    lastAt: '2026-01-06T08:00:00Z',
    delays: [{ kind: 'rejection', count: 2, days: 2 }],
  }
  expect(await ask('POST', '/outbox/move-plan', { choice: { ids }, to })).toEqual([200, plan])
  const matching = { section: 'waiting', q: 'moving', before: (await db.now()).toString() }
  const [, { total, held }] = await ask('POST', '/outbox/move-plan', { choice: { matching }, to })
  expect([total, held]).toEqual([2, 0])
})

test('a plan of mails that nobody may move from their mailbox, or that are there, counts none; one to a mailbox that is not theirs is refused', async () => {
  const { ask, queue, at, mailboxId } = await desk()
  const to = await groundSender(at, { address: 'elsewhere@brand.practice.example' })
  const ids = await queue('bulk', 'kept', 2)
  const plan = { choice: { ids }, to }
  expect(await ask('POST', '/outbox/move-plan', { ...plan, to: mailboxId })).toMatchObject([
    200,
    { total: 0 },
  ])
  await share(at, mailboxId, 'named')
  const ben = await member(at, 'member')
  expect(await ask('POST', '/outbox/move-plan', plan, ben)).toMatchObject([200, { total: 0 }])
  await share(at, to, 'named')
  expect((await ask('POST', '/outbox/move-plan', plan, ben))[0]).toBe(403)
  expect((await ask('POST', '/outbox/move-plan', { ...plan, to: someId }))[0]).toBe(400)
})

test.each([
  ['no mails', { choice: { ids: [] }, deed: { act: 'cancel' } }],
  [
    'more than a thousand',
    { choice: { ids: Array.from({ length: 1001 }, () => someId) }, deed: { act: 'cancel' } },
  ],
  ['an act that is none', { choice: { ids: [someId] }, deed: { act: 'shred' } }],
  ['a move to nowhere', { choice: { ids: [someId] }, deed: { act: 'move' } }],
  ['a promise for no day', { choice: { ids: [someId] }, deed: { act: 'promise', date: '2026-02-30' } }],
  ['a promise for yesterday', { choice: { ids: [someId] }, deed: { act: 'promise', date: '2026-01-03' } }],
  [
    'a promise for the year after next',
    { choice: { ids: [someId] }, deed: { act: 'promise', date: '2028-01-01' } },
  ],
  [
    'a time that is past',
    { choice: { ids: [someId] }, deed: { act: 'schedule', at: '2026-01-05T08:59:59Z' } },
  ],
  [
    'a time in ten years',
    { choice: { ids: [someId] }, deed: { act: 'schedule', at: '2036-01-05T09:00:00Z' } },
  ],
  ['a move to an unknown mailbox', { choice: { ids: [someId] }, deed: { act: 'move', to: someId } }],
  ['nothing at all', {}],
])('%s is refused before anything is touched', async (_name, body) => {
  const { ask } = await desk()
  const [status, { code }] = await ask('POST', '/outbox/act', body)
  expect([status, code]).toEqual([400, 'invalid'])
})

test('a mail may move to a mailbox that its mover may send from, and to no other', async () => {
  const { ask, queue, at } = await desk()
  const [id = ''] = await queue('bulk', 'mover')
  const target = await groundSender(at, { address: 'target@brand.practice.example' })
  const ben = await member(at, 'member')
  await share(at, target, 'team_sees')
  const wish = { choice: { ids: [id] }, deed: { act: 'move', to: target } }
  const [status, { code }] = await ask('POST', '/outbox/act', wish, ben)
  expect([status, code]).toEqual([403, 'may_not_send'])
  expect(await ask('POST', '/outbox/act', wish)).toEqual([200, { done: 1, refused: [] }])
})

test('a test message is a real mail to the own address: it uses the allowance and enters no conversation', async () => {
  const { ask, at, post, mailboxId, address } = await desk()

  const [status, { submissionId, to, expectedAt }] = await ask('POST', `/mailboxes/${mailboxId}/test-message`)
  expect([status, to, expectedAt]).toEqual([200, address, '2026-01-05T09:00:00Z'])
  const [, again] = await ask('POST', `/mailboxes/${mailboxId}/test-message`)
  expect(again['submissionId']).toBe(submissionId)
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  const { rows } = await at.inside((tx) =>
    sql<{
      used: number
      messages: number
      threads: number
    }>`select (select used from cap_of(array[${address}])) as used,
      (select count(*)::int from message) as messages, (select count(*)::int from thread) as threads`.execute(
      tx,
    ),
  )
  expect([post.taken.length, rows]).toEqual([1, [{ used: 1, messages: 0, threads: 0 }]])
  expect(post.taken[0]).toMatch(new RegExp(`^To: .*${address}`, 'm'))
  expect((await auditOf(at)).map((entry) => entry.action)).toEqual(['mailbox.tested', 'mailbox.tested'])
})

test('a test message whose outcome nobody knows can be confirmed like any other mail', async () => {
  const { ask, post, mailboxId } = await desk({ level: 'send_only' })
  const [, { submissionId }] = await ask('POST', `/mailboxes/${mailboxId}/test-message`)
  post.answers.push('take and fall silent')
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  const wish = { choice: { ids: [submissionId] }, deed: { act: 'confirm_sent' } }
  expect(await ask('POST', '/outbox/act', wish)).toEqual([200, { done: 1, refused: [] }])
})

test('a test message is refused to whoever may not send, from a mailbox that stands still, and from none', async () => {
  const { ask, at, mailboxId } = await desk()
  const ben = await member(at, 'member')
  await share(at, mailboxId, 'team_sees')
  const code = async (path: string, as?: Partial<Actor>) => {
    const [status, answer] = await ask('POST', path, undefined, as)
    return [status, answer.code]
  }
  expect(await code(`/mailboxes/${mailboxId}/test-message`, ben)).toEqual([403, 'may_not_send'])
  expect(await code(`/mailboxes/${someId}/test-message`)).toEqual([404, 'not_found'])
  await at.inside((tx) => sql`update mailbox set health = 'paused' where id = ${mailboxId}`.execute(tx))
  expect(await code(`/mailboxes/${mailboxId}/test-message`)).toEqual([409, 'mailbox_not_active'])
})
