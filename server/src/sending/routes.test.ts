import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { leaving } from '../testing/leases.ts'
import { desks, someId } from '../testing/outbox-desk.ts'
import { leaseAll } from '../testing/outbox.ts'
import { dispatch } from '../testing/dispatch.ts'
import { waitingPage } from './outbox.ts'

const db = await testDatabase()
const { database } = db
const desk = desks(db)

test('the timetable stands in the order of leaving, with time and reason, and pages without a gap', async () => {
  const { ask, queue } = await desk({ limit: 3 })
  await queue('bulk', 'bulk', 3)
  await queue('invitation', 'invite', 2)
  const [status, first] = await ask('GET', '/outbox?limit=2')
  const [, second] = await ask('GET', `/outbox?limit=2&cursor=${first.next}`)
  const [, third] = await ask('GET', `/outbox?limit=2&cursor=${second.next}`)
  const all = [first, second, third].flatMap((page) => page.rows)
  expect([status, first.total, third.next]).toEqual([200, 5, undefined])
  expect(all.map((row) => [row.subject, row.expectedAt, row.reason.code])).toEqual([
    ['invite 0', '2026-01-05T09:00:00Z', 'next'],
    ['invite 1', '2026-01-05T09:00:00Z', 'behind'],
    ['bulk 0', '2026-01-05T09:00:00Z', 'behind'],
    ['bulk 1', '2026-01-06T08:00:00Z', 'day_full'],
    ['bulk 2', '2026-01-06T08:00:00Z', 'day_full'],
  ])
})

test('a page after a mail that has left meanwhile goes on where that mail stood', async () => {
  const { ask, queue, at } = await desk({ pace: 60 })
  await queue('bulk', 'paced', 5)
  const [, first] = await ask('GET', '/outbox?limit=2')
  await leaving(database, at)
  await db.step({ minutes: 2 })
  await leaving(database, at)
  const [, second] = await ask('GET', `/outbox?limit=2&cursor=${first.next}`)
  expect(second.rows.map((row) => row.subject)).toEqual(['paced 2', 'paced 3'])
})

test('the outbox is searched by person, subject and campaign, and narrowed by kind and mailbox', async () => {
  const { ask, queue, at, mailboxId } = await desk()
  await queue('bulk', 'spring', 2)
  await queue('approval', 'autumn')
  const campaignId = at.ids.uuid()
  await at.inside(async (tx) => {
    await sql`insert into campaign (workspace_id, id, name, brief, created_by)
      values (${at.workspaceId}, ${campaignId}, 'Bread & Butter', '{}', ${at.personId})`.execute(tx)
    await sql`update submission set campaign_id = ${campaignId} where kind = 'approval'`.execute(tx)
  })
  const subjects = async (query: string) => {
    const [, { rows, total }] = await ask('GET', `/outbox?${query}`)
    return [rows.map((row) => row.subject), total]
  }
  expect(await subjects('q=mia%20f')).toEqual([['autumn 0', 'spring 0', 'spring 1'], 3])
  expect(await subjects('q=spring%201')).toEqual([['spring 1'], 1])
  expect(await subjects('q=butter')).toEqual([['autumn 0'], 1])
  expect(await subjects('q=%25')).toEqual([[], 0])
  expect(await subjects(`kind=bulk&mailboxId=${mailboxId}`)).toEqual([['spring 0', 'spring 1'], 2])
  expect(await subjects(`mailboxId=${someId}`)).toEqual([[], 0])
})

test('a subject with variables shows what is known before it is sent', async () => {
  const { ask, queue, at } = await desk()
  await queue('bulk', 'spring')
  const templateId = at.ids.uuid()
  await at.inside(async (tx) => {
    await sql`insert into template (workspace_id, id, kind, language)
      values (${at.workspaceId}, ${templateId}, 'bulk', 'en')`.execute(tx)
    await sql`insert into template_version (workspace_id, template_id, version, subject, body)
      values (${at.workspaceId}, ${templateId}, 1, '{{ name }}, code {{code}}', '')`.execute(tx)
    await sql`update submission set subject = null, template_id = ${templateId}, template_version = 1`.execute(
      tx,
    )
  })
  const [, { rows }] = await ask('GET', '/outbox')
  expect(rows.map((row) => row.subject)).toEqual(['Mia Ford, code {{ code }}'])
})

test.each([
  ['a cursor that is none', '/outbox?cursor=abc', 'cursor'],
  [
    'a cursor of another section',
    `/outbox?section=past&cursor=${Buffer.from('["x",1]').toString('base64url')}`,
    'cursor',
  ],
  ['a section that is none', '/outbox?section=trash', 'section'],
  ['a limit beyond the largest', '/outbox?limit=501', 'limit'],
  ['a mailbox that is no id', '/outbox?mailboxId=anna', 'mailboxId'],
])('%s is refused with the field that is wrong', async (_name, path, field) => {
  const { ask } = await desk()
  const [status, { code, fields }] = await ask('GET', path)
  expect([status, code, fields?.map((one) => one.path)]).toEqual([400, 'invalid', [field]])
})

test('the summary tells what waits, until when, and the capacity of each mailbox', async () => {
  const { ask, queue, mailboxId, address } = await desk({ limit: 2, reserve: 1 })
  await queue('bulk', 'sum', 3)
  expect(await ask('GET', '/outbox/summary')).toEqual([
    200,
    {
      waiting: 3,
      held: 0,
      unconfirmed: 0,
      lastAt: '2026-01-06T08:00:00Z',
      mailboxes: [
        {
          mailboxId,
          address,
          capacity: { limit: 2, used: 0, usedElsewhere: 0, reserved: 1, waiting: 3 },
          lastAt: '2026-01-06T08:00:00Z',
        },
      ],
    },
  ])
})

test('the summary counts a mail on its way among those that wait, the capacity does not', async () => {
  const { ask, queue } = await desk()
  await queue('bulk', 'going', 2)
  await leaseAll(database, 'w', () => Promise.resolve())
  const [, { waiting, mailboxes }] = await ask('GET', '/outbox/summary')
  expect([waiting, mailboxes]).toMatchObject([2, [{ capacity: { waiting: 1 } }]])
})

test('words are found however they are written, never across two texts of a mail', async () => {
  const { ask, queue, at } = await desk()
  await queue('bulk', 'Große Überraschung')
  await at.inside((tx) =>
    sql`update submission set to_name = 'Mia Ford', to_address = 'x@y.example'`.execute(tx),
  )
  const found = async (q: string) =>
    (await ask('GET', `/outbox?q=${encodeURIComponent(q)}`))[1].rows.map((row) => row.subject)
  expect(await found('GROSSE ÜBERRASCHUNG 0')).toEqual([])
  expect(await found('GROßE ÜBERRASCHUNG 0')).toEqual(['Große Überraschung 0'])
  expect(await found('mia FORD')).toEqual(['Große Überraschung 0'])
  expect(await found('Fordx@y')).toEqual([])
  expect(await found('Ford x@y')).toEqual([])
})

test('a mail that leaves while the timetable is read does not stand in it as one that left', async () => {
  const { at, queue } = await desk()
  const [going, staying] = await queue('bulk', 'going', 2)
  const page = await at.inside(async (tx) => {
    const meanwhile = tx.withPlugin({
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        if (result.rows.some((row) => 'ids' in row && String(row['ids']).includes(String(going))))
          await at.inside((other) =>
            sql`update submission set state = 'cancelled', settled_at = kontor_now() where id = ${going}`.execute(
              other,
            ),
          )
        return result
      },
    })
    return await waitingPage(meanwhile, { reader: at.ids.uuid() }, { after: undefined, limit: 10 })
  })
  expect(page.rows.map(({ entry }) => entry.id)).toEqual([staying])
})

test('past mails are counted with the first page, however many settle while somebody pages', async () => {
  const { ask, queue } = await desk()
  const ids = await queue('bulk', 'past', 4)
  const cancel = (from: number, to: number) =>
    ask('POST', '/outbox/act', { choice: { ids: ids.slice(from, to) }, deed: { act: 'cancel' } })
  await cancel(0, 3)
  const [, page] = await ask('GET', '/outbox?section=past&limit=2')
  await cancel(3, 4)
  const [, further] = await ask('GET', `/outbox?section=past&limit=2&cursor=${page.next}`)
  const [, anew] = await ask('GET', '/outbox?section=past&limit=2')
  expect([page, further, anew].map(({ rows, total }) => [rows.length, total])).toEqual([
    [2, 3],
    [1, 3],
    [2, 4],
  ])
})

test('of past mails ten thousand are counted; of more it is said that there are more, on every page', async () => {
  const { ask, queue, at } = await desk()
  await queue('bulk', 'many', 10_001)
  const settle = (many: number) =>
    at.inside((tx) =>
      sql`update submission set state = 'cancelled', settled_at = kontor_now()
        where id in (select id from submission where state = 'queued' limit ${many})`.execute(tx),
    )
  const pages = async () => {
    const [, first] = await ask('GET', '/outbox?section=past&limit=2')
    const [, second] = await ask('GET', `/outbox?section=past&limit=2&cursor=${first.next}`)
    return [first, second].map(({ total, uncounted, rows }) => [total, uncounted, rows.length])
  }
  await settle(10_000)
  expect(await pages()).toEqual([
    [10_000, undefined, 2],
    [10_000, undefined, 2],
  ])
  await settle(1)
  expect(await pages()).toEqual([
    [10_000, true, 2],
    [10_000, true, 2],
  ])
})

test('held mails are counted to the last', async () => {
  const { ask, queue, at } = await desk()
  await queue('bulk', 'held', 10_001)
  await at.inside((tx) => sql`update submission set state = 'held'`.execute(tx))
  const [, { total, uncounted }] = await ask('GET', '/outbox?section=held&limit=2')
  expect([total, uncounted]).toEqual([10_001, undefined])
})

test('a held mail tells its ways out, the best first', async () => {
  const { ask, queue, at } = await desk()
  const [id = ''] = await queue('bulk', 'ways')
  await at.inside((tx) =>
    sql`update submission set state = 'held', reason = '{"code": "address_changed", "values": {"address": "new@people.practice.example"}}' where id = ${id}`.execute(
      tx,
    ),
  )
  const [, { rows }] = await ask('GET', '/outbox?section=held')
  expect(rows.map((row) => [row.reason, row.waysOut])).toEqual([
    [
      { code: 'address_changed', values: { address: 'new@people.practice.example' } },
      ['new_address', 'cancel'],
    ],
  ])
})

test('of an uncertain mail everything known is told, with the way into the Sent folder', async () => {
  const { ask, queue, post } = await desk({ level: 'send_only' })
  await queue('direct', 'doubt')
  post.answers.push('take and fall silent')
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  const [, { rows }] = await ask('GET', '/outbox?section=unconfirmed')
  expect(
    rows.map(({ state, reason, ...row }) => [state, reason.code, (row as { doubt?: unknown }).doubt]),
  ).toEqual([
    ['in_doubt', 'in_doubt_send_only', { since: '2026-01-05T09:00:00Z', diagnostic: 'cut', looks: 0 }],
  ])
  expect((rows[0] as unknown as { sentSearchUrl: string }).sentSearchUrl).toBe(
    'https://mail.example/sent?to=mia.ford@people.practice.example',
  )
})
