/** A lease is ended while its call runs, and the answer comes afterwards: a no is a no, and nothing else is changed by it. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test, vi } from 'vitest'
import type { ProviderFailure } from '../mailboxes/provider.ts'
import { testDatabase } from '../testing/database.ts'
import { dispatch } from '../testing/dispatch.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { Post } from '../testing/post.ts'
import { lookForSent, recoverLease } from './reconcile.ts'
import { dueLooks, expiredLeases } from './store-lease.ts'
import { moveUnsent, settleAccepted } from './store-submission.ts'

vi.setConfig({ testTimeout: 60_000 })
const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
let round = 0
beforeAll(async () => {
  at = await ground(database, { seed: 'late-answer' })
  mia = await groundContact(at, 'Mia Ford')
})

interface Stage {
  readonly post: Post
  readonly mailboxId: string
  readonly id: string
}

/** One mail waits at an address of which the last 24 hours count, too. */
async function arrange(level: 'full' | 'send_only' = 'send_only'): Promise<Stage> {
  round += 1
  await db.setNow('2026-01-05T09:00:00Z')
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  const mailboxId = await groundSender(at, { address: `late${round}@gmail.com`, level })
  const prefix = `late${round}`
  const [id = ''] = await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 1, prefix })
  return { post: new Post(database, at), mailboxId, id }
}

async function send({ post }: Pick<Stage, 'post'>): Promise<void> {
  await leaseAll(database, 'w', (taken) => dispatch(post.parts, taken))
}

/** The first answer comes after all this. */
async function answered(stage: Stage, failure: ProviderFailure, meanwhile: () => Promise<void>) {
  const { post, mailboxId } = stage
  let first = true
  post.onSend = async () => {
    if (!first) return
    first = false
    await meanwhile()
    // and nothing leaves after it
    await at.inside((tx) =>
      sql`update mailbox_schedule set stopped = 'paused' where mailbox_id = ${mailboxId}`.execute(tx),
    )
    post.answers.push({ ok: false, failure })
  }
  await send(stage)
}

async function endLease({ post }: Pick<Stage, 'post'>): Promise<void> {
  await db.step({ seconds: 121 })
  for (const ref of await expiredLeases(database, 10)) await recoverLease(post.parts, ref)
}

async function look({ post }: Stage): Promise<void> {
  for (const ref of await dueLooks(database, 10))
    await lookForSent(post.parts, ref, new AbortController().signal)
}

interface Facts {
  readonly state: string
  readonly code: string | null
  readonly used: number
  /** Of the last 24 hours. */
  readonly charges: number
}

async function factsOf({ id }: Stage): Promise<Facts | undefined> {
  const { rows } = await at.inside((tx) =>
    sql<Facts>`select s.state, s.reason ->> 'code' as code, (select used from cap_of(array[m.address_key])) as used,
      (select count(*)::int from charges_of(array[m.address_key])) as charges
      from submission s join mailbox m on m.id = s.mailbox_id where s.id = ${id}`.execute(tx),
  )
  return rows[0]
}

const until = Temporal.Instant.from('2026-01-05T12:00:00Z')
const no = {
  forGood: { kind: 'rejected', why: 'recipient_invalid', permanent: true, diagnostic: 'no such box' },
  passing: { kind: 'transient', diagnostic: '503' },
  full: { kind: 'rejected', why: 'mailbox_full', permanent: false, diagnostic: '507' },
  throttled: { kind: 'throttled', until, diagnostic: '429' },
  unauthorised: { kind: 'unauthorised', why: 'token_refused', diagnostic: '401' },
  ours: { kind: 'our_config', diagnostic: 'invalid_client' },
} as const satisfies Record<string, ProviderFailure>
const silence = { kind: 'unknown_outcome', diagnostic: 'cut' } as const

test('a mail in doubt that the provider refused after all has failed with its reason, and nobody is asked', async () => {
  const stage = await arrange()
  await answered(stage, no.forGood, async () => {
    await endLease(stage)
    expect(await factsOf(stage)).toEqual({ state: 'in_doubt', code: 'in_doubt', used: 1, charges: 1 })
  })
  expect(await factsOf(stage)).toEqual({ state: 'failed', code: 'recipient_invalid', used: 0, charges: 0 })
})

test.each(['passing', 'throttled', 'unauthorised', 'ours'] as const)(
  'a mail in doubt that surely did not leave (%s) waits again, with Send Only too, and leaves once',
  async (why) => {
    const stage = await arrange()
    await answered(stage, no[why], () => endLease(stage))
    expect(await factsOf(stage)).toEqual({ state: 'queued', code: null, used: 0, charges: 0 })
    await at.inside((tx) =>
      sql`update mailbox_schedule set stopped = null, next_at = kontor_now() where mailbox_id = ${stage.mailboxId}`.execute(
        tx,
      ),
    )
    await db.setNow(until.toString())
    await send(stage)
    expect([stage.post.taken.length, await factsOf(stage)]).toEqual([
      1,
      { state: 'accepted', code: null, used: 1, charges: 1 },
    ])
  },
)

test('what the late answer says of the mailbox counts as well', async () => {
  const stage = await arrange()
  await answered(stage, no.throttled, () => endLease(stage))
  const { rows } = await at.inside((tx) =>
    sql`select throttled_until as until from mailbox_schedule where mailbox_id = ${stage.mailboxId}`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([{ until }])
})

test('a mail in doubt whose eighth try the provider refused in passing is held for that reason', async () => {
  const stage = await arrange()
  await at.inside((tx) => sql`update submission set tries = 7 where id = ${stage.id}`.execute(tx))
  await answered(stage, no.full, () => endLease(stage))
  expect(await factsOf(stage)).toEqual({ state: 'held', code: 'sender_full', used: 0, charges: 0 })
})

test('a late silence leaves the doubt', async () => {
  const stage = await arrange()
  await answered(stage, silence, () => endLease(stage))
  expect(await factsOf(stage)).toEqual({ state: 'in_doubt', code: 'in_doubt', used: 1, charges: 1 })
})

test('a process that stood still before the call and whose lease was ended makes none, and the mail waits again', async () => {
  const stage = await arrange()
  const { post } = stage
  let first = true
  const parts: Post['parts'] = {
    ...post.parts,
    openMailbox: async (...mailbox) => {
      if (first) {
        await endLease(stage)
        await post.clock.step({ seconds: 121 })
        expect((await factsOf(stage))?.state).toBe('in_doubt')
      }
      first = false
      return await post.parts.openMailbox(...mailbox)
    },
  }
  const [taken] = await leaseAll(database, 'w', async (one) => {
    await at.inside((tx) =>
      sql`update mailbox_schedule set stopped = 'paused' where mailbox_id = ${stage.mailboxId}`.execute(tx),
    )
    await dispatch(parts, one)
  })
  expect([taken?.submissionId, post.taken, await factsOf(stage)]).toEqual([
    stage.id,
    [],
    { state: 'queued', code: null, used: 0, charges: 0 },
  ])
})

test('when the lease is ended in the very moment of the answer, one of them comes first and the mail waits with its allowance given back once', async () => {
  for (let n = 0; n < 10; n++) {
    const stage = await arrange()
    let ended = Promise.resolve()
    await answered(stage, no.passing, async () => {
      await db.step({ seconds: 121 })
      const [ref] = await expiredLeases(database, 10)
      if (ref !== undefined) ended = recoverLease(stage.post.parts, ref)
    })
    await ended
    expect(await factsOf(stage)).toEqual({ state: 'queued', code: null, used: 0, charges: 0 })
  }
})

async function outcomesOf({ id }: Stage): Promise<unknown> {
  const { rows } = await at.inside((tx) =>
    sql<{ outcome: string; diagnostic: string }>`
      select outcome, diagnostic from attempt where submission_id = ${id} order by n`.execute(tx),
  )
  return rows
}

test('an attempt whose outcome is known at last is no longer counted among those that nobody knows of', async () => {
  const refused = await arrange()
  await answered(refused, no.passing, () => endLease(refused))
  expect(await outcomesOf(refused)).toEqual([{ outcome: 'transient', diagnostic: '503' }])
  const taken = await arrange()
  taken.post.onSend = () => endLease(taken)
  await send(taken)
  expect([(await factsOf(taken))?.state, await outcomesOf(taken)]).toEqual([
    'accepted',
    [{ outcome: 'accepted', diagnostic: '' }],
  ])
})

const doings = {
  ends: endLease,
  looks: look,
  waits: async () => db.step({ minutes: 4 }),
  saysSent: ({ id }: Stage) => at.inside((tx) => settleAccepted(tx, id, undefined)),
  saysUnsent: ({ id }: Stage) => at.inside((tx) => moveUnsent(tx, id)),
  sendsAgain: send,
  sendsAgainInVain: async (stage: Stage) => {
    stage.post.answers.push('die before taking')
    await send(stage)
    stage.post.answers.length = 0
  },
  leasesAgain: () => leaseAll(database, 'another', () => Promise.resolve()),
} as const satisfies Record<string, (stage: Stage) => Promise<unknown>>
const theirs = Object.keys(doings) as (keyof typeof doings)[]

/** All that an answer may change. */
async function everythingOf({ id, mailboxId }: Stage): Promise<unknown> {
  const { rows } = await at.inside((tx) =>
    sql`select to_jsonb(s) as mail, to_jsonb(z) - 'stopped' - 'next_at' as schedule,
      (select jsonb_agg(a order by a.n) from attempt a where a.submission_id = s.id) as attempts
      from submission s join mailbox_schedule z on z.mailbox_id = s.mailbox_id
      where s.id = ${id} and z.mailbox_id = ${mailboxId}`.execute(tx),
  )
  return rows
}

async function leaseOf({ id }: Stage): Promise<{ state: string; lease_id: string } | undefined> {
  const { rows } = await at.inside((tx) =>
    sql<{ state: string; lease_id: string }>`select state, lease_id from submission where id = ${id}`.execute(
      tx,
    ),
  )
  return rows[0]
}

test('whatever others did meanwhile, a no counts while the mail bears its lease and nobody has decided, and changes nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('full', 'send_only'),
      fc.constantFrom('forGood', 'passing', 'throttled', 'unauthorised', 'ours'),
      fc.array(fc.constantFrom(...theirs), { maxLength: 7 }),
      async (level, why, doing) => {
        const stage = await arrange(level)
        let before: { facts: Facts | undefined; all: unknown; counts: boolean } | undefined
        await answered(stage, no[why], async () => {
          const lease = await leaseOf(stage)
          for (const one of doing) await doings[one](stage)
          const now = await leaseOf(stage)
          const counts =
            now?.lease_id === lease?.lease_id && ['leased', 'in_doubt'].includes(now?.state ?? '')
          before = { counts, facts: await factsOf(stage), all: await everythingOf(stage) }
        })
        const after = await factsOf(stage)
        if (before?.counts !== true) {
          expect([after, await everythingOf(stage)]).toEqual([before?.facts, before?.all])
          return
        }
        expect(after).toEqual({
          ...(why === 'forGood'
            ? { state: 'failed', code: 'recipient_invalid' }
            : { state: 'queued', code: null }),
          used: (before.facts?.used ?? 0) - 1,
          charges: (before.facts?.charges ?? 0) - 1,
        })
      },
    ),
    { numRuns: 30, seed: 20_260_105 },
  )
})
