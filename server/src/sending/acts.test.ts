import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { leaving } from '../testing/leases.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { Post } from '../testing/post.ts'
import type { ActRefusal, Deed } from './acts.ts'
import { actOn, cancelMail } from './acts.ts'
import { dispatch } from '../testing/dispatch.ts'
import type { Reason } from './reasons.ts'
import { reexamineHeld } from './reexamine.ts'
import type { MailKind } from './submission.ts'

const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(database, { seed: 'acts' })
  mia = await groundContact(at, 'Mia Ford')
})

type Wish = Partial<Parameters<typeof groundSender>[1]>

async function arrange(name: string, wish: Wish = {}): Promise<{ post: Post; mailboxId: string }> {
  await db.setNow('2026-01-05T09:00:00Z')
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  const mailboxId = await groundSender(at, { address: `${name}@brand.practice.example`, ...wish })
  return { post: new Post(database, at), mailboxId }
}

async function queue(mailboxId: string, kind: MailKind, prefix: string, count = 1): Promise<string[]> {
  return await queueMails(at, { mailboxId, contactId: mia, kind, count, prefix })
}

async function doing(post: Post, ids: readonly string[], deed: Deed): Promise<Record<string, ActRefusal>> {
  const refused = await at.inside((tx) =>
    actOn(post.parts, tx, { ids, deed, by: 'Ben Ito', may: () => true }),
  )
  return Object.fromEntries(refused)
}

async function hold(id: string, reason: Reason): Promise<void> {
  await at.inside((tx) =>
    sql`update submission set state = 'held', reason = ${JSON.stringify(reason)}::jsonb where id = ${id}`.execute(
      tx,
    ),
  )
}

async function facts(id: string): Promise<{ state: string; code: string | null }> {
  return await at.inside(async (tx) => {
    const { rows } = await sql<{ state: string; code: string | null }>`
      select state, reason->>'code' as code from submission where id = ${id}`.execute(tx)
    return rows[0] ?? { state: 'none', code: null }
  })
}

test('a mail that is taken back before it is claimed never leaves', async () => {
  const { post, mailboxId } = await arrange('undo')
  const [id = ''] = await queueMails(at, {
    mailboxId,
    contactId: mia,
    kind: 'direct',
    count: 1,
    prefix: 'undo',
    notBefore: Temporal.Instant.from('2026-01-05T09:00:10Z'),
  })
  await db.setNow('2026-01-05T09:00:09Z')
  expect(await leaving(database, at)).toEqual([])
  expect(await at.inside((tx) => cancelMail(post.parts, tx, { id, by: 'Ben Ito' }))).toBe(true)
  await db.setNow('2026-01-05T09:00:10Z')
  expect([await leaving(database, at), await facts(id)]).toEqual([
    [],
    { state: 'cancelled', code: 'by_person' },
  ])
})

test('a mail that is on its way cannot be taken back', async () => {
  const { post, mailboxId } = await arrange('too-late')
  const [id = ''] = await queue(mailboxId, 'direct', 'late')
  await leaseAll(database, 'w', () => Promise.resolve())
  expect(await at.inside((tx) => cancelMail(post.parts, tx, { id, by: 'Ben Ito' }))).toBe(false)
  expect((await facts(id)).state).toBe('leased')
})

test('mails put to the front of their rank keep their order among themselves and overtake no higher rank', async () => {
  const { post, mailboxId } = await arrange('front')
  const bulk = await queue(mailboxId, 'bulk', 'bulk', 5)
  await queue(mailboxId, 'invitation', 'before')
  await doing(post, [bulk[4] ?? '', bulk[3] ?? ''], { act: 'front' })
  expect(await leaving(database, at)).toEqual(['before-0', 'bulk-3', 'bulk-4', 'bulk-0', 'bulk-1', 'bulk-2'])
})

test('a hold lets the next one go, a release gives the old place back', async () => {
  const { post, mailboxId } = await arrange('hold', { limit: 2 })
  const [first = ''] = await queue(mailboxId, 'bulk', 'held', 3)
  await doing(post, [first], { act: 'hold' })
  expect(await leaving(database, at)).toEqual(['held-1', 'held-2'])
  await queue(mailboxId, 'bulk', 'later', 2)
  expect(await doing(post, [first], { act: 'release' })).toEqual({})
  await db.setNow('2026-01-06T08:00:00Z')
  expect(await leaving(database, at)).toEqual(['held-0', 'later-0'])
})

test('a mail moved to another mailbox keeps its rank and place and uses that mailbox’s allowance', async () => {
  const { post, mailboxId } = await arrange('from', { limit: 1 })
  const other = await groundSender(at, { address: 'to@brand.practice.example' })
  const [, second = ''] = await queue(mailboxId, 'approval', 'move', 3)
  await queue(other, 'bulk', 'there')
  expect(await doing(post, [second], { act: 'move', to: other })).toEqual({})
  expect((await leaving(database, at)).toSorted()).toEqual(['move-0', 'move-1', 'there-0'])
  expect(await doing(post, [second], { act: 'move', to: mailboxId })).toEqual({ [second]: 'moved_meanwhile' })
})

test('a mail held for want of a mailbox waits again in another one; in its own it stays held', async () => {
  const { post, mailboxId } = await arrange('gone')
  const [id = ''] = await queue(mailboxId, 'bulk', 'gone')
  await at.inside((tx) =>
    sql`update mailbox set health = 'disconnected', disconnected_at = kontor_now() where id = ${mailboxId}`.execute(
      tx,
    ),
  )
  await hold(id, { code: 'mailbox_disconnected' })
  expect(await doing(post, [id], { act: 'release' })).toEqual({ [id]: 'still_held' })
  expect(await doing(post, [id], { act: 'move', to: mailboxId })).toEqual({ [id]: 'same_mailbox' })
  const other = await groundSender(at, { address: 'instead@brand.practice.example' })
  expect(await doing(post, [id], { act: 'move', to: other })).toEqual({})
  expect(await leaving(database, at)).toEqual(['gone-0'])
})

test('an answer promised for Tuesday goes first on Tuesday; a personal mail needs no promise', async () => {
  const { post, mailboxId } = await arrange('promise', { limit: 2 })
  await queue(mailboxId, 'invitation', 'invite', 4)
  const [rejection = ''] = await queue(mailboxId, 'rejection', 'reject')
  const [letter = ''] = await queue(mailboxId, 'direct', 'letter')
  const date = Temporal.PlainDate.from('2026-01-06')
  expect(await doing(post, [rejection, letter], { act: 'promise', date })).toEqual({
    [letter]: 'always_first',
  })
  expect(await leaving(database, at)).toEqual(['letter-0', 'invite-0'])
  await db.setNow('2026-01-06T08:00:00Z')
  expect(await leaving(database, at)).toEqual(['reject-0', 'invite-1'])
})

test('a scheduled mail waits for its time; the time taken back, it leaves at once', async () => {
  const { post, mailboxId } = await arrange('schedule')
  const [id = ''] = await queue(mailboxId, 'bulk', 'planned')
  await doing(post, [id], { act: 'schedule', at: Temporal.Instant.from('2026-01-05T12:00:00Z') })
  await db.setNow('2026-01-05T11:59:59Z')
  expect(await leaving(database, at)).toEqual([])
  await doing(post, [id], { act: 'schedule', at: undefined })
  expect(await leaving(database, at)).toEqual(['planned-0'])
})

test('by way of exception a mail leaves at night, and only that one', async () => {
  const { post, mailboxId } = await arrange('night')
  const [, second = ''] = await queue(mailboxId, 'bulk', 'night', 2)
  await db.setNow('2026-01-05T22:00:00Z')
  await doing(post, [second], { act: 'now' })
  expect(await leaving(database, at)).toEqual(['night-1'])
})

test('a missing value mended lets the mail go; while it is missing a release says so', async () => {
  const { post, mailboxId } = await arrange('missing')
  const [id = ''] = await queue(mailboxId, 'bulk', 'missing')
  const reason: Reason = { code: 'missing_variable', values: { name: 'fee' } }
  await hold(id, reason)
  post.truth = { verdict: 'hold', reason }
  expect([await doing(post, [id], { act: 'release' }), await facts(id)]).toEqual([
    { [id]: 'still_held' },
    { state: 'held', code: 'missing_variable' },
  ])
  post.truth = { verdict: 'true' }
  await changed(post, mia)
  expect(await leaving(database, at)).toEqual(['missing-0'])
})

test('what turns out to be no longer true when it is looked at again is left out', async () => {
  const { post, mailboxId } = await arrange('untrue')
  const [id = ''] = await queue(mailboxId, 'bulk', 'untrue')
  await hold(id, { code: 'missing_variable', values: { name: 'fee' } })
  post.truth = { verdict: 'suppress', reason: { code: 'declined' } }
  await changed(post, mia)
  expect(await facts(id)).toEqual({ state: 'suppressed', code: 'declined' })
})

test('what a person holds stays held whatever changes', async () => {
  const { post, mailboxId } = await arrange('person')
  const [id = ''] = await queue(mailboxId, 'bulk', 'person')
  await doing(post, [id], { act: 'hold' })
  await changed(post, mia)
  expect(await facts(id)).toEqual({ state: 'held', code: 'by_person' })
})

test('after a changed address a mail goes to the new one, when somebody says so', async () => {
  const { post, mailboxId } = await arrange('moved-address')
  const lea = await groundContact(at, 'Lea Moved')
  const [id = ''] = await queueMails(at, {
    mailboxId,
    contactId: lea,
    kind: 'bulk',
    count: 1,
    prefix: 'address',
  })
  await hold(id, { code: 'address_changed', values: { address: 'lea.moved@people.practice.example' } })
  expect(await doing(post, [id], { act: 'new_address' })).toEqual({})
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  expect(post.taken[0]).toContain('lea.moved@people.practice.example')
})

test('sent again, a settled mail becomes a new one that names it; the old one stays as it was', async () => {
  const { post, mailboxId } = await arrange('again')
  const [id = ''] = await queue(mailboxId, 'bulk', 'again')
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  expect(await doing(post, [id], { act: 'send_again' })).toEqual({})
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  const { rows } = await at.inside((tx) =>
    sql<{ state: string; again: boolean }>`select state, again_of = ${id} as again from submission
      where id = ${id} or again_of = ${id} order by id`.execute(tx),
  )
  expect([post.taken.length, rows]).toEqual([
    2,
    [
      { state: 'accepted', again: null },
      { state: 'accepted', again: true },
    ],
  ])
})

test('sent again by two at once, and once more by one of them, a settled mail has left twice and not more often', async () => {
  const { post, mailboxId } = await arrange('again-once')
  const [id = ''] = await queue(mailboxId, 'bulk', 'again-once')
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  const pressed = await Promise.all([1, 2].map(() => doing(post, [id], { act: 'send_again' })))
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  pressed.push(await doing(post, [id], { act: 'send_again' }))
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  expect([post.taken.length, pressed.filter((refused) => refused[id] === 'again_already').length]).toEqual([
    2, 2,
  ])
})

test('many are sent again in their order, each to the present address of its person, who is gone to the one before', async () => {
  const { post, mailboxId } = await arrange('again-many')
  const people = await Promise.all(
    ['Ada Moor', 'Eli Rain', 'Ivo Sand'].map((name) => groundContact(at, name)),
  )
  const ids: string[] = []
  for (const [n, contactId] of people.entries())
    ids.push(...(await queueMails(at, { mailboxId, contactId, kind: 'bulk', count: 1, prefix: `many-${n}` })))
  await doing(post, ids, { act: 'cancel' })
  await at.inside(async (tx) => {
    await sql`update contact_address set address = 'ada@new.practice.example', address_key = 'ada@new.practice.example'
      where contact_id = ${people[0]}`.execute(tx)
    await sql`update contact set deleted_at = kontor_now() where id = ${people[2]}`.execute(tx)
  })
  expect(await doing(post, ids.toReversed(), { act: 'send_again' })).toEqual({})
  const { rows } = await at.inside((tx) =>
    sql`select again_of, to_address, state from submission where again_of = any(${ids}::uuid[])
      order by position_at, id`.execute(tx),
  )
  expect(rows).toEqual(
    ['ada@new.practice.example', 'eli.rain@people.practice.example', 'mia.ford@people.practice.example'].map(
      (address, n) => ({ again_of: ids[n], to_address: address, state: 'queued' }),
    ),
  )
})

test('two who send the same many mails again at once make one new mail of each, and each is told', async () => {
  const { post, mailboxId } = await arrange('again-both')
  const ids = await queue(mailboxId, 'bulk', 'both', 60)
  await doing(post, ids, { act: 'cancel' })
  const [first, second] = await Promise.all([
    doing(post, ids.slice(0, 40), { act: 'send_again' }),
    doing(post, ids.slice(20).toReversed(), { act: 'send_again' }),
  ])
  const { rows } = await at.inside((tx) =>
    sql<{ id: string; again_of: string }>`select id, again_of from submission
      where again_of = any(${ids}::uuid[]) order by again_of`.execute(tx),
  )
  const told = at.emitted.filter(
    ({ type, subject }) => type === 'submission.queued' && rows.some(({ id }) => id === subject),
  )
  expect([rows.map((row) => row.again_of), told.length]).toEqual([ids, 60])
  expect(Object.values({ ...first, ...second })).toEqual(Array.from({ length: 20 }, () => 'again_already'))
})

test('many mails are sent again with as many statements as two', async () => {
  const { post, mailboxId } = await arrange('again-set')
  const ids = await queue(mailboxId, 'bulk', 'set', 30)
  await doing(post, ids, { act: 'cancel' })
  const statements = async (some: readonly string[]): Promise<number> => {
    let count = 0
    await at.inside(async (tx) => {
      const counted = tx.withPlugin({
        transformQuery: ({ node }) => {
          count += 1
          return node
        },
        transformResult: ({ result }) => Promise.resolve(result),
      })
      await actOn(post.parts, counted, {
        ids: some,
        deed: { act: 'send_again' },
        by: 'Ben Ito',
        may: () => true,
      })
    })
    return count
  }
  expect(await statements(ids.slice(2))).toBe(await statements(ids.slice(0, 2)))
})

test('an uncertain mail of which a person says that it was not sent waits again, as the same mail', async () => {
  const { post, mailboxId } = await arrange('unsent', { level: 'send_only' })
  const [id = ''] = await queue(mailboxId, 'direct', 'unsent')
  post.answers.push('take and fall silent')
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  expect(await doing(post, [id], { act: 'send_again' })).toEqual({ [id]: 'unconfirmed' })
  expect(await doing(post, [id], { act: 'confirm_unsent' })).toEqual({})
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  expect([(await facts(id)).state, post.taken.length]).toEqual(['accepted', 2])
})

test('a mail whose call may still run, because its worker lives after all, is not said to be unsent before the call must be over', async () => {
  const { post, mailboxId } = await arrange('may-run', { level: 'send_only' })
  const [id = ''] = await queue(mailboxId, 'direct', 'may-run')
  post.answers.push('take and fall silent')
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  await at.inside((tx) =>
    sql`update submission set lease_until = kontor_now() + interval '1 minute' where id = ${id}`.execute(tx),
  )
  expect(await doing(post, [id], { act: 'confirm_unsent' })).toEqual({ [id]: 'call_may_run' })
  await db.step({ seconds: 61 })
  expect(await doing(post, [id], { act: 'confirm_unsent' })).toEqual({})
})

test('said to be unsent after Kontor had found it, a mail leaves no second time', async () => {
  const { post, mailboxId } = await arrange('found-first')
  const [id = ''] = await queue(mailboxId, 'direct', 'found-first')
  post.answers.push('take and fall silent')
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  await doing(post, [id], { act: 'confirm_sent' })
  expect(await doing(post, [id], { act: 'confirm_unsent' })).toEqual({ [id]: 'moved_meanwhile' })
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  expect(post.taken.length).toBe(1)
})

test('of an uncertain mail a person says that it was sent: it is accepted by that word and never leaves again', async () => {
  const { post, mailboxId } = await arrange('word', { level: 'send_only' })
  const [id = ''] = await queue(mailboxId, 'direct', 'word')
  post.answers.push('take and fall silent')
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  at.emitted.length = 0
  expect(await doing(post, [id], { act: 'confirm_sent' })).toEqual({})
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  const accepted = at.emitted.filter((event) => event.type === 'submission.accepted').length
  expect([await facts(id), post.taken.length, accepted]).toEqual([
    { state: 'accepted', code: 'accepted_by_person' },
    1,
    1,
  ])
})

test.each([
  'cancel',
  'hold',
  'release',
  'front',
  'now',
  'new_address',
  'confirm_sent',
  'confirm_unsent',
] as const)('a settled mail is not changed any more: %s is refused', async (what) => {
  const { post, mailboxId } = await arrange(`final-${what.replace('_', '-')}`)
  const [id = ''] = await queue(mailboxId, 'bulk', `final-${what}`)
  await leaving(database, at)
  expect(await doing(post, [id], { act: what })).toEqual({ [id]: 'moved_meanwhile' })
  expect((await facts(id)).state).toBe('accepted')
})

test('two people who act on the same mails at once never block each other, and each mail goes one way', async () => {
  const { post, mailboxId } = await arrange('race')
  const ids = await queue(mailboxId, 'bulk', 'race', 40)
  const [held, cancelled] = await Promise.all([
    doing(post, ids, { act: 'hold' }),
    doing(post, ids.toReversed(), { act: 'cancel' }),
  ])
  const states = await Promise.all(ids.map(facts))
  expect(states.every(({ state }) => state === 'cancelled')).toBe(true)
  expect([Object.keys(cancelled).length, [0, 40].includes(Object.keys(held).length)]).toEqual([0, true])
})

async function changed(post: Post, contactId: string): Promise<void> {
  const { parts } = post
  await at.inside((tx) =>
    reexamineHeld(parts)(tx, {
      id: at.ids.uuid(),
      workspaceId: at.workspaceId,
      type: 'contact.changed',
      subject: contactId,
      payload: {},
      at: Temporal.Instant.from('2026-01-05T09:00:00Z'),
    }),
  )
}
