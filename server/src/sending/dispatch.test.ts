import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { MailProvider } from '../mailboxes/provider.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import type { Answer } from '../testing/post.ts'
import { Post } from '../testing/post.ts'
import type { SendingParts } from './parts.ts'
import { dispatch } from '../testing/dispatch.ts'
import { lookForSent, recoverLease } from './reconcile.ts'
import { syncSchedule } from './schedule.ts'
import type { Lease } from './store-lease.ts'
import { dueLooks, expiredLeases } from './store-lease.ts'

const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(database, { seed: 'dispatch' })
  mia = await groundContact(at, 'Mia Ford')
})

async function arrange(
  name: string,
  wish: Partial<Parameters<typeof groundSender>[1]> = {},
): Promise<{ post: Post; mailboxId: string; id: string }> {
  await db.setNow('2026-01-05T09:00:00Z')
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  const mailboxId = await groundSender(at, { address: `${name}@brand.practice.example`, ...wish })
  const [id] = await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 1, prefix: name })
  return { post: new Post(database, at), mailboxId, id: id ?? '' }
}

const revoked: Answer = {
  ok: false,
  failure: { kind: 'unauthorised', why: 'revoked', diagnostic: 'invalid_grant' },
}

async function setHealth(mailboxId: string, health: string): Promise<void> {
  await at.inside(async (tx) => {
    await sql`update mailbox set health = ${health} where id = ${mailboxId}`.execute(tx)
    await syncSchedule(tx, mailboxId)
  })
}

async function run(post: Post): Promise<Lease[]> {
  return await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
}

interface Facts {
  state: string
  code: string | null
  used: number
  messages: number
}

async function factsOf(id: string): Promise<Facts | undefined> {
  return await at.inside(async (tx) => {
    const { rows } = await sql<Facts>`select s.state, s.reason ->> 'code' as code,
      (select used from cap_of(array[m.address_key])) as used,
      (select count(*)::int from message x where x.submission_id = s.id) as messages
      from submission s join mailbox m on m.id = s.mailbox_id where s.id = ${id}`.execute(tx)
    return rows[0]
  })
}

test('an accepted mail is final, stands in the conversation once, and its thread is ours', async () => {
  const { post, id } = await arrange('accepted')
  await run(post)
  expect(await factsOf(id)).toEqual({ state: 'accepted', code: null, used: 1, messages: 1 })
  const known = await at.inside(async (tx) => {
    const { rows } = await sql<{
      kind: string
    }>`select r.kind from reference r join message m on m.thread_id = r.thread_id
      where m.submission_id = ${id} order by r.kind`.execute(tx)
    return rows.map((row) => row.kind)
  })
  expect(known).toEqual(['message-id', 'provider-message', 'provider-thread', 'token'])
})

test('a refused mail has failed with the provider’s reason and gives its allowance back', async () => {
  const { post, id } = await arrange('refused')
  post.answers.push({
    ok: false,
    failure: { kind: 'rejected', why: 'recipient', permanent: true, diagnostic: 'Invalid To header' },
  })
  await run(post)
  expect(await factsOf(id)).toEqual({ state: 'failed', code: 'rejected', used: 0, messages: 0 })
})

test('a throttled mailbox keeps the mail waiting and marks nothing as failed', async () => {
  const { post, id } = await arrange('throttled')
  const until = Temporal.Instant.from('2026-01-05T10:00:00Z')
  post.answers.push({ ok: false, failure: { kind: 'throttled', until, diagnostic: '429' } })
  expect((await run(post)).length).toBe(1)
  expect(await factsOf(id)).toEqual({ state: 'queued', code: null, used: 0, messages: 0 })
  await db.setNow('2026-01-05T10:00:00Z')
  await run(post)
  expect(await factsOf(id)).toEqual({ state: 'accepted', code: null, used: 1, messages: 1 })
})

test('a broken grant holds the queue: nothing fails, nothing is tried until the mailbox is connected again', async () => {
  const { post, mailboxId, id } = await arrange('broken')
  post.answers.push(revoked)
  post.onSend = () => setHealth(mailboxId, 'reconnect_needed')
  expect((await run(post)).length).toBe(1)
  await db.step({ hours: 2 })
  expect((await run(post)).length).toBe(0)
  expect(await factsOf(id)).toEqual({ state: 'queued', code: null, used: 0, messages: 0 })
  await setHealth(mailboxId, 'active')
  await run(post)
  expect((await factsOf(id))?.state).toBe('accepted')
})

test('a late refusal of an old token does not stop a mailbox that was reconnected meanwhile', async () => {
  const { post, id } = await arrange('late-refusal')
  post.answers.push(revoked)
  await run(post)
  await db.step({ seconds: 5 })
  await run(post)
  expect(await factsOf(id)).toEqual({ state: 'accepted', code: null, used: 1, messages: 1 })
})

test('a wrong registration of ours is tried again after ten minutes, and nothing fails', async () => {
  const { post, id } = await arrange('our-config')
  post.answers.push({ ok: false, failure: { kind: 'our_config', diagnostic: 'invalid_client' } })
  await run(post)
  await db.step({ minutes: 9, seconds: 59 })
  expect((await run(post)).length).toBe(0)
  await db.step({ seconds: 1 })
  await run(post)
  expect((await factsOf(id))?.state).toBe('accepted')
})

test('a mail that fails eight times in passing is held, and the one behind it leaves', async () => {
  const { post, mailboxId, id } = await arrange('stubborn')
  const passing: Answer = { ok: false, failure: { kind: 'transient', diagnostic: '500' } }
  post.answers.push(...Array.from({ length: 8 }, () => passing))
  for (let tries = 0; tries < 8; tries++) {
    await run(post)
    await db.step({ minutes: 15 })
  }
  const [behind] = await queueMails(at, {
    mailboxId,
    contactId: mia,
    kind: 'direct',
    count: 1,
    prefix: 'behind',
  })
  await run(post)
  expect([await factsOf(id), (await factsOf(behind ?? ''))?.state]).toEqual([
    { state: 'held', code: 'provider_trouble', used: 1, messages: 0 },
    'accepted',
  ])
})

test('a mail whose own mailbox stays full at the provider is held, and that is the reason', async () => {
  const { post, id } = await arrange('full')
  const full: Answer = {
    ok: false,
    failure: { kind: 'rejected', why: 'mailbox_full', permanent: false, diagnostic: '507' },
  }
  post.answers.push(...Array.from({ length: 8 }, () => full))
  for (let tries = 0; tries < 8; tries++) {
    await run(post)
    await db.step({ minutes: 15 })
  }
  expect(await factsOf(id)).toEqual({ state: 'held', code: 'sender_full', used: 0, messages: 0 })
})

test('a cut connection after the provider took the mail is found in Sent and never sent again', async () => {
  const { post, id } = await arrange('silent')
  post.answers.push('take and fall silent')
  await run(post)
  expect(await factsOf(id)).toEqual({ state: 'in_doubt', code: 'in_doubt', used: 1, messages: 0 })
  await look(post)
  expect(await factsOf(id)).toEqual({ state: 'accepted', code: 'accepted_found', used: 1, messages: 1 })
  expect(post.taken.length).toBe(1)
})

test('a mail whose fate was known late stands in the conversation at the time when it left', async () => {
  const { post, id } = await arrange('known-later')
  post.answers.push('take and fall silent')
  await run(post)
  await db.step({ hours: 2 })
  await look(post)
  const { rows } = await at.inside((tx) =>
    sql<{
      at: Temporal.Instant
    }>`select occurred_at as at from message where submission_id = ${id}`.execute(tx),
  )
  expect(rows.map((row) => row.at.round('minute').toString())).toEqual(['2026-01-05T09:00:00Z'])
})

test('a mail that is surely not in Sent leaves a second time, and the first allowance stays used', async () => {
  const { post, id } = await arrange('lost')
  post.answers.push('die before taking')
  await run(post)
  await look(post)
  expect((await factsOf(id))?.state).toBe('in_doubt')
  await db.step({ seconds: 181 })
  await look(post)
  await run(post)
  expect(await factsOf(id)).toEqual({ state: 'accepted', code: null, used: 2, messages: 1 })
  expect(post.taken.length).toBe(1)
})

test('with Send Only nobody looks into Sent: the mail stays unconfirmed until a person decides', async () => {
  const { post, id } = await arrange('send-only', { level: 'send_only' })
  post.answers.push('take and fall silent')
  await run(post)
  await db.step({ hours: 3 })
  await look(post)
  expect((await factsOf(id))?.state).toBe('in_doubt')
})

test('a process that dies after the provider’s yes leaves the mail in doubt, and it is found', async () => {
  const { post, id } = await arrange('dies')
  const dying: SendingParts = {
    ...post.parts,
    openMailbox: async (...args) => {
      const opened = await post.parts.openMailbox(...args)
      if (!opened.ok) return opened
      const { send } = opened.value
      const takeAndDie: MailProvider['send'] = async (...call) => {
        await send(...call)
        return await new Promise(() => {})
      }
      return { ok: true, value: { ...opened.value, send: takeAndDie } }
    },
  }
  await leaseAll(database, 'dies', (taken) => {
    void dispatch(dying, taken)
    return untilTaken(post)
  })
  await db.step({ seconds: 121 })
  for (const ref of await expiredLeases(database, 10)) await recoverLease(post.parts, ref)
  await look(post)
  expect([post.taken.length, await factsOf(id)]).toEqual([
    1,
    { state: 'accepted', code: 'accepted_found', used: 1, messages: 1 },
  ])
})

test('an answer that comes after the lease ran out still counts as accepted', async () => {
  const { post, id } = await arrange('late')
  let answer: (value: Answer) => void = () => {}
  const slow: SendingParts = {
    ...post.parts,
    openMailbox: async (...args) => {
      const opened = await post.parts.openMailbox(...args)
      if (!opened.ok) return opened
      const send: MailProvider['send'] = async (...call) => {
        const said = await opened.value.send(...call)
        await new Promise<Answer>((resolve) => {
          answer = resolve
        })
        return said
      }
      return { ok: true, value: { ...opened.value, send } }
    },
  }
  const running: Promise<void>[] = []
  await leaseAll(database, 'slow', (taken) => {
    running.push(dispatch(slow, taken))
    return untilTaken(post)
  })
  await db.step({ seconds: 121 })
  for (const ref of await expiredLeases(database, 10)) await recoverLease(post.parts, ref)
  expect((await factsOf(id))?.state).toBe('in_doubt')
  answer({ ok: true, value: {} })
  await Promise.all(running)
  expect(await factsOf(id)).toEqual({ state: 'accepted', code: null, used: 1, messages: 1 })
})

test('what is no longer true is not sent, says why, and gives its allowance back', async () => {
  const { post, id } = await arrange('untrue')
  post.truth = { verdict: 'suppress', reason: { code: 'declined' } }
  await run(post)
  expect([post.taken.length, await factsOf(id)]).toEqual([
    0,
    { state: 'suppressed', code: 'declined', used: 0, messages: 0 },
  ])
})

test('enqueueing the same key twice makes one mail', async () => {
  const { post, mailboxId, id } = await arrange('twice')
  const [again] = await queueMails(at, {
    mailboxId,
    contactId: mia,
    kind: 'direct',
    count: 1,
    prefix: 'twice',
  })
  await run(post)
  expect([again, post.taken.length]).toEqual([id, 1])
})

async function look(post: Post): Promise<void> {
  await at.inside((tx) =>
    sql`update submission set look_at = kontor_now() where state = 'in_doubt'`.execute(tx),
  )
  for (const ref of await dueLooks(database, 10))
    await lookForSent(post.parts, ref, new AbortController().signal)
}

async function untilTaken(post: Post): Promise<void> {
  while (post.taken.length === 0) await new Promise((resolve) => setImmediate(resolve))
}
