import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asActor } from '../http-kit/index.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { groundContact } from '../testing/outbox.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import { receivingRoutes } from './routes.ts'
import { duePulls } from './store-position.ts'

const db = await testDatabase()

async function page(seed: string) {
  const at = await ground(db.database, { seed })
  const mia = await groundContact(at, 'Mia Ford')
  const routes = receivingRoutes({ database: db.database })
  async function ask(
    method: string,
    path: string,
    role: 'owner' | 'member' = 'owner',
  ): Promise<[number, unknown]> {
    const personId = role === 'owner' ? at.personId : at.ids.uuid()
    const actor = {
      personId,
      role,
      name: 'Anna Keller',
      workspaceId: at.workspaceId,
      language: 'en',
    } as const
    const answer = await asActor(actor, routes).request(`/workspaces/${at.workspaceId}${path}`, { method })
    return [answer.status, await answer.json()]
  }
  return { at, mia, ask }
}

test('a message that could not be read is told with whom it is from, and read when a person asks for it', async () => {
  const { at, mia, ask } = await page('unread')
  const s = await receivingScene(db, at, { name: 'unread', contactId: mia })
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Here I am.'))
  const broken = { read: () => Promise.reject(new Error('a limit')) }
  for (const minutes of [0, 1, 6, 61]) {
    await db.step({ minutes })
    await s.pull(broken)
  }
  expect(await ask('GET', `/mailboxes/${s.mailboxId}/unread`)).toEqual([
    200,
    {
      rows: [
        { reason: 'unreadable', firstAt: '2026-01-05T09:00:00Z', contactId: mia, contactName: 'Mia Ford' },
      ],
    },
  ])
  expect(await ask('POST', `/mailboxes/${s.mailboxId}/unread/again`, 'member')).toMatchObject([403, {}])
  expect(await ask('POST', `/mailboxes/${s.mailboxId}/unread/again`)).toEqual([200, { ok: true }])
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Here I am.'])
  expect(await ask('GET', `/mailboxes/${s.mailboxId}/unread`)).toEqual([200, { rows: [] }])
})

test('a mailbox is read at once when somebody asks for it, though nothing was unreadable', async () => {
  const { at, mia, ask } = await page('now')
  const s = await receivingScene(db, at, { name: 'now', contactId: mia })
  await s.pull()
  const due = async () => (await duePulls(db.database, 100)).some((one) => one.mailboxId === s.mailboxId)
  expect(await due()).toBe(false)
  expect(await ask('POST', `/mailboxes/${s.mailboxId}/unread/again`)).toEqual([200, { ok: true }])
  expect(await due()).toBe(true)
})

test('a message that a person read at the provider is left alone', async () => {
  const { at, mia, ask } = await page('leave')
  const s = await receivingScene(db, at, { name: 'leave', contactId: mia })
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Never mind.'))
  await s.pull({ read: () => Promise.reject(new Error('a limit')) })
  expect(await ask('POST', `/mailboxes/${s.mailboxId}/unread/leave`)).toEqual([200, { ok: true }])
  await db.step({ minutes: 10 })
  await s.pull()
  expect([await s.captured(), (await ask('GET', `/mailboxes/${s.mailboxId}/unread`))[1]]).toEqual([
    [],
    { rows: [] },
  ])
})

test.each([
  [{ kind: 'transient', diagnostic: '503' }, 'silent'],
  [
    { kind: 'quota_day', until: Temporal.Instant.from('2026-01-06T00:00:00Z'), diagnostic: '403' },
    'told_to_wait',
  ],
  [{ kind: 'our_config', diagnostic: '400' }, 'refused'],
] as const)('an outage that goes on because of %o is told as %s', async (effect, heldBy) => {
  const { at, mia, ask } = await page(`held-${heldBy.replaceAll('_', '-')}`)
  const s = await receivingScene(db, at, { name: `held-${heldBy.replaceAll('_', '-')}`, contactId: mia })
  await db.setNow('2026-01-05T12:00:00Z')
  s.outside.fault(s.address, { call: 'changesSince', effect })
  await s.pull()
  expect(await ask('GET', `/mailboxes/${s.mailboxId}/outages`)).toMatchObject([
    200,
    { rows: [{ complete: false, heldBy }] },
  ])
})

test('outages are told with what was found and what is still missing', async () => {
  const { at, mia, ask } = await page('outages')
  const s = await receivingScene(db, at, { name: 'outages', contactId: mia })
  await at.inside((tx) =>
    sql`update mailbox_position set checked_at = kontor_now() - interval '3 hours' where mailbox_id = ${s.mailboxId}`.execute(
      tx,
    ),
  )
  await s.pull()
  expect(await ask('GET', `/mailboxes/${s.mailboxId}/outages`)).toEqual([
    200,
    {
      rows: [
        {
          id: expect.any(String),
          from: '2026-01-05T06:00:00Z',
          to: '2026-01-05T09:00:00Z',
          recovered: 0,
          setAside: 0,
          complete: true,
          reason: 'gap',
        },
      ],
    },
  ])
})
