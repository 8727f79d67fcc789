/** A machine that sleeps, a process that is paused: whoever stood still does nothing that others may have done meanwhile. */
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { Post } from '../testing/post.ts'
import { dispatch } from '../testing/dispatch.ts'
import { lookForSent, recoverLease } from './reconcile.ts'
import type { OpenMailbox, SendingParts } from './parts.ts'
import { dueLooks, expiredLeases } from './store-lease.ts'

const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(database, { seed: 'stood-still' })
  mia = await groundContact(at, 'Mia Ford')
})

async function arrange(name: string): Promise<{ post: Post; id: string }> {
  await db.setNow('2026-01-05T09:00:00Z')
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  const mailboxId = await groundSender(at, { address: `${name}@brand.practice.example` })
  const [id] = await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 1, prefix: name })
  return { post: new Post(database, at), id: id ?? '' }
}

/** The parts of a process to which something happens before its first call. */
function before(post: Post, happens: () => Promise<void>): SendingParts {
  let first = true
  const openMailbox: OpenMailbox = async (...mailbox) => {
    if (first) {
      first = false
      await happens()
    }
    return await post.parts.openMailbox(...mailbox)
  }
  return { ...post.parts, openMailbox }
}

async function recover(post: Post): Promise<void> {
  for (const ref of await expiredLeases(database, 10)) await recoverLease(post.parts, ref)
}

async function look(post: Post): Promise<void> {
  await at.inside((tx) =>
    sql`update submission set look_at = kontor_now() where state = 'in_doubt'`.execute(tx),
  )
  for (const ref of await dueLooks(database, 10))
    await lookForSent(post.parts, ref, new AbortController().signal)
}

async function factsOf(id: string): Promise<unknown> {
  const { rows } = await at.inside((tx) =>
    sql`select s.state, (select used from cap_of(array[m.address_key])) as used,
      (select array_agg(a.outcome order by a.n) from attempt a where a.submission_id = s.id) as attempts
      from submission s join mailbox m on m.id = s.mailbox_id where s.id = ${id}`.execute(tx),
  )
  return rows[0]
}

async function stateOf(id: string): Promise<unknown> {
  const { rows } = await at.inside((tx) =>
    sql<{ state: string }>`select state from submission where id = ${id}`.execute(tx),
  )
  return rows[0]?.state
}

test('a process that stood still for more than a minute before the call makes none, and the mail leaves with the next lease', async () => {
  const { post, id } = await arrange('slept')
  const parts = before(post, () => post.clock.step({ seconds: 61 }))
  await leaseAll(database, 'w', (taken) => dispatch(parts, taken))
  expect([post.taken.length, await factsOf(id)]).toEqual([
    1,
    { state: 'accepted', used: 1, attempts: ['not_called', 'accepted'] },
  ])
})

test('a process that wakes after another one has looked, found nothing and sent the mail sends it no second time', async () => {
  const { post, id } = await arrange('overtaken')
  const parts = before(post, async () => {
    await db.step({ seconds: 121 })
    await recover(post)
    await db.step({ seconds: 60 })
    await look(post)
    await leaseAll(database, 'another', (taken) => dispatch(post.parts, taken))
    await post.clock.step({ seconds: 181 })
  })
  await leaseAll(database, 'w', (taken) => dispatch(parts, taken))
  expect([post.taken.length, await factsOf(id)]).toEqual([
    1,
    { state: 'accepted', used: 2, attempts: ['unknown_outcome', 'accepted'] },
  ])
})

test('when the whole house has slept, a mail counts as absent from Sent only after a minute awake', async () => {
  const { post, id } = await arrange('whole-house')
  await leaseAll(database, 'w', (taken) => {
    const never = new Promise<never>(() => {})
    return new Promise<void>((resolve) => {
      void dispatch(
        before(post, () => {
          resolve()
          return never
        }),
        taken,
      )
    })
  })
  await db.step({ hours: 8 })
  await recover(post)
  await look(post)
  await db.step({ seconds: 59 })
  await look(post)
  const asleep = await factsOf(id)
  await db.step({ seconds: 1 })
  await look(post)
  expect([asleep, await factsOf(id)]).toEqual([
    { state: 'in_doubt', used: 1, attempts: ['unknown_outcome'] },
    { state: 'queued', used: 1, attempts: ['unknown_outcome'] },
  ])
})

test('what may have been sent is looked for once, and again after a pause, while its call may still run', async () => {
  const { post, id } = await arrange('may-run')
  post.answers.push('die before taking')
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  await at.inside((tx) =>
    sql`update submission set lease_until = kontor_now() + interval '2 minutes' where id = ${id}`.execute(tx),
  )
  await look(post)
  const soon = await dueLooks(database, 10)
  await db.step({ seconds: 30 })
  expect([soon, (await dueLooks(database, 10)).map((ref) => ref.submissionId)]).toEqual([[], [id]])
})

test('when the whole house has slept, what a worker taken for gone had begun counts as absent only after a minute awake, too', async () => {
  const { post, id } = await arrange('gone-and-slept')
  post.answers.push('die before taking')
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
  await at.inside((tx) =>
    sql`update submission set lease_until = kontor_now() + interval '2 minutes' where id = ${id}`.execute(tx),
  )
  await db.step({ hours: 8 })
  await look(post)
  await db.step({ seconds: 59 })
  await look(post)
  const asleep = await stateOf(id)
  await db.step({ seconds: 1 })
  await look(post)
  expect([asleep, await stateOf(id)]).toEqual(['in_doubt', 'queued'])
})
