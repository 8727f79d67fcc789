import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { fieldsOf, hearing, knock, pushApp, watchingOf } from '../testing/push.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact } from '../testing/outbox.ts'
import type { Scene } from '../testing/receiving.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import { onMailboxDisconnected } from './jobs.ts'
import { usualPolling } from './polling.ts'
import { learningsWith } from './store-learning.ts'
import { watchMailbox } from './watching.ts'

const db = await testDatabase()
const { signal } = new AbortController()
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(db.database, { seed: 'push' })
  mia = await groundContact(at, 'Mia Ford')
})

const scene = (name: string) => receivingScene(db, at, { name, contactId: mia })
const ref = (s: Scene) => ({ workspaceId: at.workspaceId, mailboxId: s.mailboxId })
const watch = (s: Scene) => watchMailbox(watchingOf(s), ref(s), signal)
const row = (s: Scene) => fieldsOf(at, s.mailboxId)

async function due(s: Scene): Promise<boolean> {
  const { rows } = await db.database.call((own) =>
    sql<{ mailbox_id: string }>`select mailbox_id from due_pulls(1000)`.execute(own),
  )
  return rows.some((one) => one.mailbox_id === s.mailboxId)
}

/** A mailbox that is watched and that nothing is due in. */
async function watched(name: string): Promise<Scene> {
  const s = await scene(name)
  await watch(s)
  for (let looks = 0; looks < 4; looks++) {
    await db.step({ seconds: 11 })
    await s.pull()
  }
  expect(await due(s)).toBe(false)
  return s
}

test('a notice makes a mailbox due at once', async () => {
  const s = await watched('rung')
  const { app } = pushApp(db.database, s)
  expect((await knock(app, { ring: { address: s.address } })).status).toBe(202)
  expect(await due(s)).toBe(true)
})

test('a notice that comes during a running pull is remembered: the mailbox is due again as soon as it ends', async () => {
  const s = await watched('during')
  const { app } = pushApp(db.database, s)
  await s.pull({
    openMailbox: () =>
      Promise.resolve({
        ok: true,
        value: {
          ...s.provider,
          changesSince: async (...asked) => {
            const page = await s.provider.changesSince(...asked)
            await knock(app, { ring: { address: s.address } })
            return page
          },
        },
      }),
  })
  expect(await due(s)).toBe(true)
})

test('a notice that comes before what it tells of can be seen is not dropped', async () => {
  const s = await watched('early')
  const sent = await s.send('a')
  const { app } = pushApp(db.database, s)
  await knock(app, { ring: { address: s.address } })
  await s.pull()
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Seen later.'))
  expect(await due(s)).toBe(false)
  await db.step({ seconds: 11 })
  expect(await due(s)).toBe(true)
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Seen later.'])
})

test('a notice that comes before what it tells of can be seen is not dropped where the look at once finds something else', async () => {
  const s = await watched('early-among-others')
  const [first, second] = [await s.send('a'), await s.send('b')]
  s.outside.deliver(s.address, answerTo(first.raw, s.address, 'Seen at once.'))
  const { app } = pushApp(db.database, s)
  await knock(app, { ring: { address: s.address } })
  await s.pull()
  s.outside.deliver(s.address, answerTo(second.raw, s.address, 'Seen later.'))
  await db.step({ seconds: 1 })
  expect(await due(s)).toBe(true)
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Seen at once.', 'Seen later.'])
})

test('of one answer that ten notices tell of, one reply is stored and one event told', async () => {
  const s = await watched('ten')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Only once.'))
  const { app } = pushApp(db.database, s)
  const before = at.emitted.length
  for (let n = 0; n < 10; n++) await knock(app, { ring: { address: s.address } })
  await Promise.all([s.pull(), s.pull()])
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Only once.'])
  expect(at.emitted.slice(before).filter(({ type }) => type === 'message.captured')).toHaveLength(1)
})

test('a notice does not break the word of a provider that said to wait', async () => {
  const s = await watched('waits')
  const until = (await row(s)).now.add({ minutes: 3 })
  s.outside.fault(s.address, {
    call: 'changesSince',
    effect: { kind: 'throttled', until, diagnostic: '429' },
  })
  await s.pull()
  const { app } = pushApp(db.database, s)
  await knock(app, { ring: { address: s.address } })
  expect(await due(s)).toBe(false)
  await db.step({ minutes: 3 })
  expect(await due(s)).toBe(true)
})

test('while notices come a quiet mailbox is looked at seldom, and as before once one was lost', async () => {
  const s = await watched('seldom')
  await db.step({ hours: 3 })
  await s.pull()
  expect((await row(s)).dueInSeconds).toBe(120)
  const { app } = pushApp(db.database, s)
  await knock(app, { ring: { address: s.address } })
  for (let looks = 0; looks < 4; looks++) {
    await db.step({ seconds: 11 })
    await s.pull()
  }
  expect((await row(s)).dueInSeconds).toBe(540)
  const told = await at.inside((tx) => learningsWith(usualPolling)(tx, [s.mailboxId]))
  expect(told.get(s.mailboxId)).toEqual({ by: 'notices', lookSeconds: { least: 60, most: 540 } })
  await db.step({ seconds: 540 })
  s.outside.deliver(
    s.address,
    'From: a@b.example\r\nMessage-ID: <lost@b.example>\r\n\r\nNobody told of this.',
  )
  await s.pull()
  expect((await row(s)).dueInSeconds).toBe(60)
  await db.step({ hours: 3 })
  await s.pull()
  expect((await row(s)).dueInSeconds).toBe(120)
})

test('a watch is renewed at least daily, long before it ends', async () => {
  const s = await watched('renewed')
  const { renewAt, until, now } = await row(s)
  expect(now.until(renewAt).total('hours')).toBeLessThanOrEqual(24)
  expect(now.until(until).total('hours')).toBeGreaterThan(100)
  const first = s.outside.watched(s.address)?.handle
  await db.setNow(renewAt.toString())
  await watch(s)
  expect([s.outside.watched(s.address)?.handle, (await row(s)).handle]).toEqual([first, first])
})

test('a watch that was removed and missed for three days is made anew, and everything of those days is caught up', async () => {
  const s = await watched('removed')
  const sent = await s.send('a')
  await s.pull()
  s.outside.forgetWatch(s.address)
  for (const day of ['first', 'second', 'third'])
    s.outside.deliver(s.address, answerTo(sent.raw, s.address, `On the ${day} day.`))
  await db.step({ hours: 72 })
  await watch(s)
  expect(await due(s)).toBe(true)
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual([
    'On the first day.',
    'On the second day.',
    'On the third day.',
  ])
  expect(s.outside.watched(s.address)?.handle).toBe((await row(s)).handle)
})

test('a provider that says the watch has ended is asked for a new one at once, and the mailbox is due', async () => {
  const s = await watched('ended')
  const { app } = pushApp(db.database, s)
  const { handle = '' } = await row(s)
  const secret = s.outside.watched(s.address)?.secret ?? ''
  await knock(app, { ring: { handle, secret, tells: 'ended' } })
  expect([await due(s), (await row(s)).handle]).toEqual([true, undefined])
  s.outside.forgetWatch(s.address)
  await watch(s)
  expect((await row(s)).handle).toBe(s.outside.watched(s.address)?.handle)
})

test('a notice with another secret, or of a watch that nobody knows, is answered like any other and does nothing', async () => {
  const s = await watched('secret')
  const { app, metrics } = pushApp(db.database, s)
  const { handle = '' } = await row(s)
  const secret = s.outside.watched(s.address)?.secret ?? ''
  const told = [
    await knock(app, { ring: { handle, secret: `${secret}x`, tells: 'change' } }),
    await knock(app, { ring: { handle: 'nobody', secret, tells: 'change' } }),
    await knock(app, { ring: { address: 'nobody@brand.practice.example' } }),
  ]
  expect(told.map(({ status }) => status)).toEqual([202, 202, 202])
  expect(await due(s)).toBe(false)
  expect(metrics.exposition()).toContain('kontor_push_total{endpoint="practice-google",outcome="unknown"} 3')
  await knock(app, { ring: { handle, secret, tells: 'change' } })
  expect(await due(s)).toBe(true)
})

test('the secret of a watch is not kept, only its hash', async () => {
  const s = await watched('hashed')
  const secret = s.outside.watched(s.address)?.secret ?? ''
  const { rows } = await at.inside((tx) =>
    sql<{ kept: string }>`select row_to_json(w)::text as kept from mailbox_watch w
      where mailbox_id = ${s.mailboxId}`.execute(tx),
  )
  expect(secret.length).toBeGreaterThan(40)
  expect(rows[0]?.kept).not.toContain(secret)
})

test('whoever refuses a notice says only that, and an endpoint that tells of nothing is not there', async () => {
  const s = await watched('refused')
  const { app } = pushApp(db.database, s)
  const refused = await knock(app, { kind: 'refused', status: 403 })
  expect([refused.status, await refused.text()]).toEqual([403, ''])
  const asked = await knock(app, { kind: 'asked_back', answer: '<script>alert(1)</script>' })
  expect([asked.status, asked.headers.get('content-type'), await asked.text()]).toEqual([
    200,
    'text/plain; charset=utf-8',
    '<script>alert(1)</script>',
  ])
  expect((await app.request('/push/nowhere', { method: 'POST', body: '{}' })).status).toBe(404)
  expect(
    (await app.request('/push/practice-google', { method: 'POST', body: 'x'.repeat(300_000) })).status,
  ).toBe(413)
})

test('without an address that a provider can reach nothing is asked of it, and looking goes on', async () => {
  const s = await scene('here-only')
  await db.step({ seconds: 60 })
  const calls = s.outside.calls.length
  await watchMailbox(watchingOf(s, { practice: false }), ref(s), signal)
  await watchMailbox(watchingOf(s, { hear: undefined }), ref(s), signal)
  expect(s.outside.calls.length).toBe(calls)
  expect((await row(s)).off).toBe('no_public_address')
  await db.step({ hours: 1 })
  await watchMailbox(watchingOf(s, { hear: undefined }), ref(s), signal)
  expect((await row(s)).off).toBe('not_set_up')
  expect(await due(s)).toBe(true)
})

test('a provider that refuses to watch is asked ever more seldom, and the mailbox stays connected', async () => {
  const s = await scene('unwilling')
  const waits = []
  for (let n = 0; n < 4; n++) {
    s.outside.fault(s.address, {
      call: 'watch',
      effect: { kind: 'our_config', diagnostic: '403 User not authorized' },
    })
    await watch(s)
    const { now, renewAt, off } = await row(s)
    waits.push(now.until(renewAt).total('seconds'))
    expect(off).toBe('refused')
    await db.setNow(renewAt.toString())
  }
  expect(waits).toEqual([60, 60, 120, 240])
  await watch(s)
  expect((await row(s)).off).toBe(undefined)
})

test('a mailbox that is not read any more is not watched either', async () => {
  const s = await watched('left')
  await at.inside((tx) =>
    onMailboxDisconnected(tx, {
      id: at.ids.uuid(),
      at: Temporal.Instant.from('2026-01-05T09:00:00Z'),
      workspaceId: at.workspaceId,
      type: 'mailbox.disconnected',
      subject: s.mailboxId,
      payload: {},
    }),
  )
  const { app } = pushApp(db.database, s)
  expect((await knock(app, { ring: { address: s.address } })).status).toBe(202)
  expect([await due(s), (await row(s).catch(() => undefined))?.handle]).toEqual([false, undefined])
})

test('one notice reaches the mailboxes of its address in every workspace, and no other', async () => {
  const s = await watched('shared')
  const other = await ground(db.database, { seed: 'push-other' })
  const contactId = await groundContact(other, 'Ada Lim')
  const twin = await receivingScene(db, other, { name: 'shared', contactId })
  const bystander = await watched('bystander')
  await db.step({ seconds: 1 })
  const { app } = pushApp(db.database, s)
  await knock(app, { ring: { address: 'Shared@Brand.practice.example' } })
  expect([await due(s), await due(twin), await due(bystander)]).toEqual([true, true, false])
})

test('what a provider posts is heard for the endpoint that it is addressed to', async () => {
  const s = await watched('heard')
  const heard = hearing()
  const { app } = pushApp(db.database, s, heard)
  await app.request('/push/practice-google/lifecycle?validationToken=a%20b', {
    method: 'POST',
    headers: { authorization: 'Bearer x' },
    body: '{"kind":"refused","status":401}',
  })
  expect(heard.knocks.map(({ asked, ...one }) => ({ ...one, asked: asked.get('validationToken') }))).toEqual([
    {
      body: '{"kind":"refused","status":401}',
      authorization: 'Bearer x',
      url: 'http://127.0.0.1:3210/api/v1/push/practice-google',
      asked: 'a b',
    },
  ])
})
