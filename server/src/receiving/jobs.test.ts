import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender } from '../testing/outbox.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import { onMailboxChanged, onMailboxDisconnected, startReceiving } from './jobs.ts'
import type { OpenedMailbox } from './parts.ts'
import { outageReports } from './store-outage.ts'

const db = await testDatabase()
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(db.database, { seed: 'receiving-jobs' })
  mia = await groundContact(at, 'Mia Ford')
})

async function changed(mailboxId: string, payload: Readonly<Record<string, unknown>>): Promise<void> {
  await at.inside((tx) =>
    onMailboxChanged(at)(tx, {
      id: at.ids.uuid(),
      at: Temporal.Instant.from('2026-01-05T09:00:00Z'),
      workspaceId: at.workspaceId,
      type: 'mailbox.changed',
      subject: mailboxId,
      payload,
    }),
  )
}

async function setLevel(mailboxId: string, level: 'full' | 'send_only'): Promise<void> {
  await at.inside((tx) => sql`update mailbox set level = ${level} where id = ${mailboxId}`.execute(tx))
  await changed(mailboxId, { level })
}

async function reads(mailboxId: string): Promise<boolean> {
  const { rows } = await at.inside((tx) =>
    sql`select 1 from mailbox_position where mailbox_id = ${mailboxId}`.execute(tx),
  )
  return rows.length > 0
}

test('a mailbox that gets Full Access is read from then on', async () => {
  const mailboxId = await groundSender(at, {
    address: 'widened@brand.practice.example',
    level: 'send_only',
  })
  await setLevel(mailboxId, 'send_only')
  expect(await reads(mailboxId)).toBe(false)
  await setLevel(mailboxId, 'full')
  expect(await reads(mailboxId)).toBe(true)
})

test('with Send Only the place in the mailbox and every kept identifier are forgotten', async () => {
  const s = await receivingScene(db, at, { name: 'narrowed', contactId: mia })
  s.outside.deliver(s.address, 'From: a@b.example\r\nMessage-ID: <x@b.example>\r\n\r\nprivate')
  await s.pull()
  await setLevel(s.mailboxId, 'send_only')
  const { rows } = await at.inside((tx) =>
    sql`select 1 from unmatched_identifier where mailbox_id = ${s.mailboxId}`.execute(tx),
  )
  expect([rows.length, await reads(s.mailboxId)]).toEqual([0, false])
})

test('new settings of a mailbox leave its place alone', async () => {
  const s = await receivingScene(db, at, { name: 'settings', contactId: mia })
  await changed(s.mailboxId, { address: s.address })
  expect(await reads(s.mailboxId)).toBe(true)
})

test('a mailbox whose provider hangs does not keep the others waiting', async () => {
  const hanging = await receivingScene(db, at, { name: 'hanging', contactId: mia })
  const other = await receivingScene(db, at, { name: 'other', contactId: mia })
  const sent = await other.send('a')
  other.outside.deliver(other.address, answerTo(sent.raw, other.address, 'In time.'))
  await db.step({ seconds: 6 })
  const captured = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const opened: OpenedMailbox = {
    ...hanging.provider,
    changesSince: async (...call) => {
      await gate.promise
      return hanging.provider.changesSince(...call)
    },
  }
  const loop = startReceiving(
    {
      ...other.receiving,
      emit: async (tx, ...events) => {
        await at.emit(tx, ...events)
        if (events.some(({ type }) => type === 'message.captured')) captured.resolve()
      },
      openMailbox: async (workspaceId, mailboxId) => {
        if (mailboxId === hanging.mailboxId) return { ok: true, value: opened }
        return other.receiving.openMailbox(workspaceId, mailboxId, 'pull')
      },
    },
    { concurrency: 2 },
  )
  await captured.promise
  gate.resolve()
  await loop[Symbol.asyncDispose]()
  expect((await other.captured()).map((one) => one.text)).toEqual(['In time.'])
})

test('a mailbox that becomes due during its pull is looked at at once after it', async () => {
  const s = await receivingScene(db, at, { name: 'during', contactId: mia })
  const sent = await s.send('a')
  await db.step({ seconds: 6 })
  const captured = Promise.withResolvers<void>()
  let looks = 0
  const opened: OpenedMailbox = {
    ...s.provider,
    changesSince: async (...asked) => {
      const page = await s.provider.changesSince(...asked)
      looks += 1
      if (looks > 1) return page
      // a channel that begins to be listened to wakes the loop once
      await using listening = s.receiving.database.listen('kontor_test', () => {})
      await listening.ready
      s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'During the first look.'))
      await at.inside((tx) =>
        sql`update mailbox_position set dirty = true where mailbox_id = ${s.mailboxId}`.execute(tx),
      )
      return page
    },
  }
  // its clock stands still: no pause of the loop ever ends by itself
  const loop = startReceiving(
    {
      ...s.receiving,
      emit: async (tx, event) => {
        await at.emit(tx, event)
        if (event.type === 'message.captured') captured.resolve()
      },
      openMailbox: () => Promise.resolve({ ok: true, value: opened }),
    },
    { concurrency: 2 },
  )
  await captured.promise
  await loop[Symbol.asyncDispose]()
  expect((await s.captured()).map((one) => one.text)).toEqual(['During the first look.'])
})

test.each([
  ['wished, they are fetched and the report says since when was looked', true, ['From before.']],
  ['not wished, they stay where they are', false, []],
] as const)('replies to mails that Kontor sent with Send Only: %s', async (name, fetchEarlier, texts) => {
  const s = await receivingScene(db, at, { name: `earlier-${fetchEarlier}`, contactId: mia })
  await setLevel(s.mailboxId, 'send_only')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'From before.'))
  await db.setNow('2026-03-02T09:00:00Z')
  await at.inside((tx) => sql`update mailbox set level = 'full' where id = ${s.mailboxId}`.execute(tx))
  await changed(s.mailboxId, {
    level: 'full',
    levelBefore: 'send_only',
    ...(fetchEarlier ? { fetchEarlier } : {}),
  })
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(texts)
  const reports = await at.inside((tx) => outageReports(tx, s.mailboxId))
  expect(reports.map((one) => [one.reason, one.from.toString(), one.recovered])).toEqual(
    fetchEarlier ? [['earlier', '2026-01-05T09:00:00Z', 1]] : [],
  )
  expect(name).toContain(fetchEarlier ? 'fetched' : 'stay')
})

test('a mailbox that comes back from a broken permission goes on where it stood, and reports the gap', async () => {
  const s = await receivingScene(db, at, { name: 'back', contactId: mia })
  const sent = await s.send('a')
  await s.pull()
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'While it was broken.'))
  await db.setNow('2026-01-06T09:00:00Z')
  await changed(s.mailboxId, { level: 'full', levelBefore: 'full' })
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['While it was broken.'])
  const [report] = await at.inside((tx) => outageReports(tx, s.mailboxId))
  expect([report?.recovered, report?.complete, report?.setAside]).toEqual([1, true, 0])
})

test('a mailbox that was disconnected leaves no identifier behind', async () => {
  const s = await receivingScene(db, at, { name: 'left', contactId: mia })
  s.outside.deliver(s.address, 'From: a@b.example\r\nMessage-ID: <x@b.example>\r\n\r\nprivate')
  await s.pull()
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
  const { rows } = await at.inside((tx) =>
    sql`select 1 from unmatched_identifier where mailbox_id = ${s.mailboxId}`.execute(tx),
  )
  expect([rows.length, await reads(s.mailboxId)]).toEqual([0, false])
})
