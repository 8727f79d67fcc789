import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { auditOf, desks, member, someId } from '../testing/outbox-desk.ts'
import type { Desk } from '../testing/outbox-desk.ts'
import { groundSender } from '../testing/outbox.ts'
import { beginDeciding } from './decide-waiting.ts'
import type { WaitingChoice } from './store-decision.ts'

const db = await testDatabase()
const desk = desks(db)

/** The mailbox is disconnected, and the first piece of the decision done. */
async function begun({ at, mailboxId }: Desk, wish: WaitingChoice): Promise<void> {
  await at.inside(async (tx) => {
    await sql`update mailbox set health = 'disconnected', disconnected_at = kontor_now() where id = ${mailboxId}`.execute(
      tx,
    )
    await beginDeciding(at, tx, { workspaceId: at.workspaceId, mailboxId }, wish)
  })
}

test('before all that waits moves to another mailbox, its plan there is told, and how many come along on hold', async () => {
  const { ask, queue, at, mailboxId } = await desk()
  const to = await groundSender(at, { address: 'plan@brand.practice.example', limit: 2 })
  await queue('bulk', 'moving', 3)
  await queue('bulk', 'held', 1)
  await at.inside((tx) =>
    sql`update submission set state = 'held', reason = '{"code": "by_person"}' where key = 'held-0'`.execute(
      tx,
    ),
  )
  expect(await ask('POST', `/mailboxes/${mailboxId}/move-plan`, { to })).toEqual([
    200,
    {
      mailboxId: to,
      total: 3,
      days: [
        { date: '2026-01-05', leaving: 2, alreadyWaiting: 0, used: 0, capacity: 2 },
        { date: '2026-01-06', leaving: 1, alreadyWaiting: 0, used: 0, capacity: 2 },
      ],
      firstAt: '2026-01-05T09:00:00Z',
      lastAt: '2026-01-06T08:00:00Z',
      delays: [],
      held: 1,
    },
  ])
})

test('a plan is refused for the mailbox itself, one of the other world, one that the person may not send from, and none at all', async () => {
  const { ask, at, mailboxId } = await desk()
  const real = await groundSender(at, { address: 'real@brand.example' })
  const named = await groundSender(at, { address: 'named@brand.practice.example' })
  await at.inside(async (tx) => {
    await sql`update mailbox set practice = false where id = ${real}`.execute(tx)
    await sql`update mailbox set sharing = 'named', owner_id = ${(await member(at, 'member')).personId} where id = ${named}`.execute(
      tx,
    )
  })
  for (const to of [mailboxId, real, named, someId]) {
    const [status, { fields }] = await ask('POST', `/mailboxes/${mailboxId}/move-plan`, { to })
    expect([status, fields?.map(({ path, code }) => [path, code])]).toEqual([
      400,
      [['to', 'reassign_target']],
    ])
  }
})

test('how far the decision is can be seen, stopped and gone on with; the activity log says who did so, once', async () => {
  const one = await desk()
  const { ask, queue, at, mailboxId } = one
  const path = `/mailboxes/${mailboxId}/waiting-decision`
  const before = await ask('GET', path)
  const to = await groundSender(at, { address: 'other@brand.practice.example' })
  await queue('bulk', 'many', 600)
  await begun(one, { choice: 'reassign', to })
  const running = {
    choice: 'reassign',
    to: 'other@brand.practice.example',
    state: 'running',
    total: 600,
    done: 500,
  }
  const stopped = { ...running, state: 'stopped', why: 'by_person' }
  expect([
    before,
    await ask('GET', path),
    await ask('PUT', `${path}/state`, { wish: 'stop' }),
    await ask('PUT', `${path}/state`, { wish: 'stop' }),
    await ask('PUT', `${path}/state`, { wish: 'resume' }),
  ]).toEqual([
    [200, {}],
    [200, { decision: running }],
    [200, { decision: stopped }],
    [200, { decision: stopped }],
    [200, { decision: running }],
  ])
  expect((await auditOf(at)).map(({ action }) => action)).toEqual([
    'mailbox.waiting_stopped',
    'mailbox.waiting_resumed',
  ])
})

test('whoever may not steer a mailbox learns nothing of it and stops nothing', async () => {
  const { ask, at, mailboxId } = await desk()
  const ben = await member(at, 'member')
  const path = `/mailboxes/${mailboxId}/waiting-decision`
  const asked = [
    await ask('GET', path, undefined, ben),
    await ask('PUT', `${path}/state`, { wish: 'stop' }, ben),
    await ask('POST', `/mailboxes/${mailboxId}/move-plan`, { to: someId }, ben),
    await ask('GET', `/mailboxes/${someId}/waiting-decision`),
  ]
  expect(asked.map(([status]) => status)).toEqual([403, 403, 403, 404])
})
