/** Who is told what, that nobody is told twice, and that what is no longer true goes away by itself. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { setBroken } from '../mailboxes/store.ts'
import type { Tx } from '../platform/db/index.ts'
import type { EventHandler } from '../platform/events/index.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import type { Ground } from '../testing/ground.ts'
import { groundContact, groundSender, queueMails } from '../testing/outbox.ts'
import { settleBroken, tellBroken, tellInDoubt, tellMentioned, tellReplied, tellReturned } from './index.ts'
import { lookAround } from './look.ts'
import { writeDigests } from './digest.ts'
import { markRead, noticesOf, storeChoice, unreadOf } from './store.ts'

const { database, setNow } = await testDatabase()
let grounds = 0

async function team() {
  const at = await ground(database, { seed: `notices-${++grounds}` })
  const [ada, ben, vera] = [
    await member(at, 'Ada', 'admin'),
    await member(at, 'Ben', 'member'),
    await member(at, 'Vera', 'viewer'),
  ]
  const event = (type: string, subject: string, payload: object = {}) => ({
    id: at.ids.uuid(),
    at: Temporal.Instant.from('2026-01-05T08:00:00Z'),
    workspaceId: at.workspaceId,
    type,
    subject,
    payload: { ...payload },
  })
  return {
    at,
    anna: at.personId,
    ada,
    ben,
    vera,
    run: (handler: EventHandler, type: string, subject: string, payload?: object) =>
      at.inside((tx) => handler(tx, event(type, subject, payload))),
    told: async (personId: string) =>
      (await at.inside((tx) => noticesOf(tx, personId, { before: undefined, limit: 50 }))).map((notice) => [
        notice.kind,
        notice.facts,
        notice.settled ? 'settled' : notice.read ? 'read' : 'unread',
      ]),
    unread: (personId: string) => at.inside((tx) => unreadOf(tx, personId)),
  }
}

async function member(at: Ground, name: string, role: 'admin' | 'member' | 'viewer'): Promise<string> {
  const id = at.ids.uuid()
  const address = `${name.toLowerCase()}.${id}@atelier-nord.example`
  await at.inside(async (tx) => {
    await sql`insert into person (id, name, address, address_key) values (${id}, ${name}, ${address}, ${address})`.execute(
      tx,
    )
    await sql`insert into membership (workspace_id, person_id, role)
      values (${at.workspaceId}, ${id}, ${role})`.execute(tx)
  })
  return id
}

const broken = (mailboxId: string) => (tx: Tx) =>
  setBroken(tx, mailboxId, { health: 'reconnect_needed', reason: 'revoked' })

test('a broken mailbox is told to its owner and to owners and admins, and to nobody else', async () => {
  const { at, anna, ada, ben, vera, run, told } = await team()
  const mailboxId = await groundSender(at, { address: 'anna@brand.practice.example' })
  await at.inside((tx) => sql`update mailbox set owner_id = ${ben} where id = ${mailboxId}`.execute(tx))
  await at.inside(broken(mailboxId))
  await run(tellBroken(at), 'mailbox.broken', mailboxId, { reason: 'revoked' })
  const notice = ['mailbox_broken', { address: 'anna@brand.practice.example', reason: 'revoked' }, 'unread']
  expect([await told(anna), await told(ada), await told(ben), await told(vera)]).toEqual([
    [notice],
    [notice],
    [notice],
    [],
  ])
  expect(at.emitted.map(({ type }) => type)).toContain('notice.raised')
})

test('reconnected, the notice is settled and its badge is gone', async () => {
  const { at, anna, run, told, unread } = await team()
  const mailboxId = await groundSender(at, { address: 'ida@brand.practice.example' })
  await at.inside(broken(mailboxId))
  await run(tellBroken(at), 'mailbox.broken', mailboxId, { reason: 'revoked' })
  expect(await unread(anna)).toBe(1)
  await run(settleBroken(at), 'mailbox.reconnected', mailboxId)
  expect([await unread(anna), (await told(anna)).map(([, , state]) => state)]).toEqual([0, ['settled']])
})

test('a handler that comes late does not tell of a mailbox that works again', async () => {
  const { at, anna, run, told } = await team()
  const mailboxId = await groundSender(at, { address: 'late@brand.practice.example' })
  await at.inside(broken(mailboxId))
  await at.inside((tx) =>
    sql`update mailbox set health = 'active', health_reason = null where id = ${mailboxId}`.execute(tx),
  )
  await run(tellBroken(at), 'mailbox.broken', mailboxId, { reason: 'revoked' })
  expect(await told(anna)).toEqual([])
})

test('broken twice it stands there once, and comes up anew for who had read it', async () => {
  const { at, anna, run, told } = await team()
  const mailboxId = await groundSender(at, { address: 'twice@brand.practice.example' })
  await at.inside(broken(mailboxId))
  await run(tellBroken(at), 'mailbox.broken', mailboxId, { reason: 'revoked' })
  await at.inside((tx) => markRead(tx, anna, undefined))
  await run(tellBroken(at), 'mailbox.broken', mailboxId, { reason: 'expired' })
  expect(await told(anna)).toEqual([
    ['mailbox_broken', { address: 'twice@brand.practice.example', reason: 'expired' }, 'unread'],
  ])
})

test('mails that come back on the account of a mailbox are told with how many people it was, once each time it matters', async () => {
  const { at, anna, ada, run, told } = await team()
  const address = 'back@brand.practice.example'
  const mailboxId = await groundSender(at, { address })
  await run(tellReturned(at), 'mailbox.returned', mailboxId, { people: 1 })
  await at.inside((tx) => markRead(tx, anna, undefined))
  await run(tellReturned(at), 'mailbox.returned', mailboxId, { people: 1 })
  expect(await told(anna)).toEqual([['returned', { address, count: 1 }, 'read']])
  await run(tellReturned(at), 'mailbox.returned', mailboxId, { people: 2 })
  expect(await told(ada)).toEqual([['returned', { address, count: 2 }, 'unread']])
  expect(await told(anna)).toEqual([['returned', { address, count: 2 }, 'unread']])
  await at.inside((tx) => markRead(tx, anna, undefined))
  await run(tellReturned(at), 'mailbox.returned', mailboxId, { people: 3 })
  expect(await told(anna)).toEqual([['returned', { address, count: 3 }, 'read']])
  await lookAround({ ...at, database }, at.workspaceId)
  expect((await told(anna)).map(([, , state]) => state)).toEqual(['settled'])
})

test('an uncertain mail of a Send Only mailbox is told to its owner until a person has decided', async () => {
  const { at, anna, ada, run, told } = await team()
  const address = 'only@brand.practice.example'
  const mailboxId = await groundSender(at, { address, level: 'send_only' })
  const [first = '', second = ''] = await inDoubt(at, mailboxId, 2)
  await run(tellInDoubt(at), 'submission.in_doubt', first, { mailboxId })
  await run(tellInDoubt(at), 'submission.in_doubt', second, { mailboxId })
  expect([await told(anna), await told(ada)]).toEqual([[['in_doubt', { address, count: 2 }, 'unread']], []])
  await lookAround({ ...at, database }, at.workspaceId)
  expect((await told(anna)).map(([, , state]) => state)).toEqual(['unread'])
  await at.inside((tx) =>
    sql`update submission set state = 'failed', settled_at = kontor_now(), look_at = null
        where mailbox_id = ${mailboxId}`.execute(tx),
  )
  await lookAround({ ...at, database }, at.workspaceId)
  expect((await told(anna)).map(([, , state]) => state)).toEqual(['settled'])
})

test('with Full Access nobody is bothered: Kontor looks into Sent itself', async () => {
  const { at, anna, run, told } = await team()
  const mailboxId = await groundSender(at, { address: 'full@brand.practice.example', level: 'full' })
  const [id = ''] = await inDoubt(at, mailboxId, 1)
  await run(tellInDoubt(at), 'submission.in_doubt', id, { mailboxId })
  expect(await told(anna)).toEqual([])
})

test('a queue of more than seven days is told once, changes quietly, and goes away when it is short again', async () => {
  const { at, anna, told } = await team()
  const address = 'slow@brand.practice.example'
  const mailboxId = await groundSender(at, { address, limit: 2 })
  const contactId = await groundContact(at, 'Mia Ford')
  const ids = await queueMails(at, { mailboxId, contactId, kind: 'bulk', count: 20, prefix: 'long' })
  await lookAround({ ...at, database }, at.workspaceId)
  expect(await told(anna)).toEqual([['queue_long', { address, waiting: 20, days: 9 }, 'unread']])
  await at.inside((tx) => markRead(tx, anna, undefined))
  await cancel(at, ids.slice(0, 2))
  await lookAround({ ...at, database }, at.workspaceId)
  expect(await told(anna)).toEqual([['queue_long', { address, waiting: 18, days: 8 }, 'read']])
  await cancel(at, ids.slice(2, 12))
  await lookAround({ ...at, database }, at.workspaceId)
  expect((await told(anna)).map(([, , state]) => state)).toEqual(['settled'])
})

test('who is named in a note is told by whom and about whom, unless the conversation is closed to them', async () => {
  const { at, ada, ben, vera, run, told } = await team()
  const { conversationId, mailboxId } = await conversation(at, 'Lena Reist')
  const named = { authorId: at.personId, mentions: [ada, ben] }
  await run(tellMentioned(at), 'note.added', conversationId, named)
  const notice = ['mention', { by: 'Anna Keller', contact: 'Lena Reist' }, 'unread']
  expect([await told(ada), await told(ben), await told(vera)]).toEqual([[notice], [notice], []])
  await at.inside((tx) => sql`update mailbox set sharing = 'named' where id = ${mailboxId}`.execute(tx))
  await run(tellMentioned(at), 'note.added', conversationId, { ...named, mentions: [vera] })
  expect(await told(vera)).toEqual([])
})

test('an answer is told to whom the conversation is assigned; an automatic one to nobody', async () => {
  const { at, ben, run, told } = await team()
  const { conversationId, contactId } = await conversation(at, 'Noah Brandt')
  await at.inside((tx) =>
    sql`update conversation set assignee_id = ${ben} where id = ${conversationId}`.execute(tx),
  )
  const payload = { kind: 'auto_reply', contactId, campaignId: null }
  await run(tellReplied(at), 'message.captured', at.ids.uuid(), payload)
  expect(await told(ben)).toEqual([])
  await run(tellReplied(at), 'message.captured', at.ids.uuid(), { ...payload, kind: 'reply' })
  expect(await told(ben)).toEqual([['reply', { contact: 'Noah Brandt' }, 'unread']])
})

test('a kind that somebody does not want has neither line nor badge', async () => {
  const { at, anna, ada, run, told, unread } = await team()
  const mailboxId = await groundSender(at, { address: 'quiet@brand.practice.example' })
  await at.inside((tx) => storeChoice(tx, ada, { kind: 'mailbox_broken', shown: false, digested: true }))
  await at.inside(broken(mailboxId))
  await run(tellBroken(at), 'mailbox.broken', mailboxId, { reason: 'revoked' })
  expect([await told(ada), await unread(ada), await unread(anna)]).toEqual([[], 0, 1])
})

test('the digest comes once a day after eight, only with what is unread and wanted', async () => {
  const { at, anna, ada, ben, run } = await team()
  const mailboxId = await groundSender(at, { address: 'digest@brand.practice.example' })
  await at.inside((tx) => storeChoice(tx, ada, { kind: 'mailbox_broken', shown: true, digested: false }))
  await at.inside((tx) => sql`update mailbox set owner_id = ${ben} where id = ${mailboxId}`.execute(tx))
  const put: { to: string; subject: string; text: string }[] = []
  const post = {
    ready: async () => true,
    put: async (_tx: Tx, mail: (typeof put)[number]) => {
      put.push(mail)
    },
  }
  const write = () =>
    writeDigests({ database, post, publicUrl: () => 'https://kontor.example' }, at.workspaceId)
  await at.inside(broken(mailboxId))
  await run(tellBroken(at), 'mailbox.broken', mailboxId, { reason: 'revoked' })
  // the workspace is in Berlin
  await setNow('2026-01-06T06:59:00Z')
  await write()
  expect(put).toEqual([])
  await setNow('2026-01-06T07:00:00Z')
  await Promise.all([write(), write()])
  expect(new Set(put.map(({ to }) => to.split('.')[0]))).toEqual(new Set(['anna', 'ben']))
  expect(put).toHaveLength(2)
  expect(put[0]?.text).toContain('digest@brand.practice.example has to be reconnected')
  expect(put[0]?.text).toContain('https://kontor.example/notices')
  await write()
  expect(put).toHaveLength(2)
  await at.inside((tx) => markRead(tx, anna, undefined))
  await run(settleBroken(at), 'mailbox.reconnected', mailboxId)
  await setNow('2026-01-07T09:00:00Z')
  await write()
  expect(put).toHaveLength(2)
  await setNow('2026-01-05T08:00:00Z')
})

test('without a mail server the digest waits for one', async () => {
  const { at, anna, run } = await team()
  const mailboxId = await groundSender(at, { address: 'wait@brand.practice.example' })
  await at.inside(broken(mailboxId))
  await run(tellBroken(at), 'mailbox.broken', mailboxId, { reason: 'revoked' })
  const put: string[] = []
  const post = (ready: boolean) => ({
    ready: async () => ready,
    put: async (_tx: Tx, { to }: { to: string }) => {
      put.push(to)
    },
  })
  const publicUrl = () => 'https://kontor.example'
  await setNow('2026-01-06T12:00:00Z')
  await writeDigests({ database, post: post(false), publicUrl }, at.workspaceId)
  expect(put).toEqual([])
  await writeDigests({ database, post: post(true), publicUrl }, at.workspaceId)
  expect([put.length, anna !== '']).toEqual([2, true])
  await setNow('2026-01-05T08:00:00Z')
})

async function cancel(at: Ground, ids: readonly string[]): Promise<void> {
  await at.inside((tx) =>
    sql`update submission set state = 'cancelled', settled_at = kontor_now() where id = any(${[...ids]}::uuid[])`.execute(
      tx,
    ),
  )
}

/** Mails whose call began and never ended. */
async function inDoubt(at: Ground, mailboxId: string, count: number): Promise<string[]> {
  const contactId = await groundContact(at, 'Mia Ford')
  const ids = await queueMails(at, {
    mailboxId,
    contactId,
    kind: 'direct',
    count,
    prefix: `doubt-${mailboxId}`,
  })
  await at.inside(async (tx) => {
    await sql`update submission set state = 'leased', lease_id = gen_random_uuid(), lease_until = kontor_now()
      where id = any(${ids}::uuid[])`.execute(tx)
    await sql`update submission set state = 'in_doubt', in_doubt_since = kontor_now(), call_started_at = kontor_now(), lease_until = null
      where id = any(${ids}::uuid[])`.execute(tx)
  })
  return ids
}

async function conversation(
  at: Ground,
  name: string,
): Promise<{ conversationId: string; contactId: string; mailboxId: string }> {
  const contactId = await groundContact(at, name)
  const mailboxId = await groundSender(at, { address: `talk.${grounds}@brand.practice.example` })
  await queueMails(at, { mailboxId, contactId, kind: 'direct', count: 1, prefix: `talk-${grounds}` })
  const conversationId = at.ids.uuid()
  await at.inside((tx) =>
    sql`insert into conversation (workspace_id, id, contact_id, last_direction, last_at, listed_at)
        values (${at.workspaceId}, ${conversationId}, ${contactId}, 'out', kontor_now(), kontor_now())`.execute(
      tx,
    ),
  )
  return { conversationId, contactId, mailboxId }
}
