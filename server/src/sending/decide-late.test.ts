/** A mail that was on its way or in doubt when its mailbox was disconnected, and comes back when all that waited is decided. */
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { somebodyWaits, testDatabase } from '../testing/database.ts'
import { dispatch } from '../testing/dispatch.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { Post } from '../testing/post.ts'
import { actOn } from './acts.ts'
import { beginDeciding, decideLate, decidePiece } from './decide-waiting.ts'
import { createEnqueue } from './enqueue.ts'
import { lookForSent, recoverLease } from './reconcile.ts'
import { reexamine } from './reexamine.ts'
import { syncSchedule } from './schedule.ts'
import { decisionFor } from './store-decision.ts'
import type { WaitingChoice } from './store-decision.ts'
import type { Lease } from './store-lease.ts'
import { dueLooks, expiredLeases } from './store-lease.ts'
import { wake } from './wake.ts'

const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
let round = 0
beforeAll(async () => {
  at = await ground(database, { seed: 'late' })
  mia = await groundContact(at, 'Mia Ford')
})

interface Stage {
  readonly post: Post
  readonly going: string
  readonly staying: string
}

/** Two mailboxes, one of which is going to be disconnected. */
async function arrange(): Promise<Stage> {
  round += 1
  await db.setNow('2026-01-05T09:00:00Z')
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  at.emitted.length = 0
  const going = await groundSender(at, { address: `going${round}@brand.practice.example` })
  const staying = await groundSender(at, { address: `staying${round}@brand.practice.example` })
  return { post: new Post(database, at), going, staying }
}

async function lease(
  mailboxId: string,
  then: (lease: Lease) => Promise<void> = async () => {},
): Promise<string> {
  const prefix = `late${round}`
  const [id = ''] = await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 1, prefix })
  await leaseAll(database, 'w', then)
  return id
}

/** It is disconnected, and all that waits there is decided. */
async function goes(mailboxId: string, wish: WaitingChoice): Promise<void> {
  await at.inside(async (tx) => {
    await sql`update mailbox set health = 'disconnected', disconnected_at = kontor_now() where id = ${mailboxId}`.execute(
      tx,
    )
    await syncSchedule(tx, mailboxId)
  })
  const of = { workspaceId: at.workspaceId, mailboxId }
  await at.inside((tx) => beginDeciding(at, tx, of, wish))
  await at.inside((tx) => decidePiece(at, tx, of, undefined))
  expect(await stateOf(mailboxId)).toBe('done')
}

async function stateOf(mailboxId: string): Promise<string | undefined> {
  return (await at.inside((tx) => decisionFor(tx, mailboxId)))?.state
}

/** What is told of a mailbox that is gone is heard, as in the product. */
async function heard(mailboxId: string): Promise<void> {
  const of = { workspaceId: at.workspaceId, mailboxId }
  for (let n = 0; n < at.emitted.length; n++) {
    const event = at.emitted[n]
    if (event?.subject !== mailboxId) continue
    if (event.type === 'mailbox.waiting_changed') await at.inside((tx) => decideLate(at, tx, of))
    const { state, run } = event.payload
    if (event.type === 'mailbox.waiting_decided' && state === 'running' && typeof run === 'number')
      await at.inside((tx) => decidePiece(at, tx, of, run))
  }
}

async function mailOf(id: string): Promise<unknown> {
  const { rows } = await at.inside((tx) =>
    sql`select state, mailbox_id, reason->>'code' as code from submission where id = ${id}`.execute(tx),
  )
  return rows[0]
}

async function leaseEnds({ post }: Stage): Promise<void> {
  await db.step({ seconds: 121 })
  for (const ref of await expiredLeases(database, 10)) await recoverLease(post.parts, ref)
}

const passing = { ok: false, failure: { kind: 'transient', diagnostic: '503' } } as const

/** Every way back from a worker, with the mailbox disconnected in the middle of it. */
const ways = {
  'the provider refused it in passing': async (stage: Stage, wish: WaitingChoice) =>
    await lease(stage.going, async (taken) => {
      stage.post.onSend = async () => goes(stage.going, wish)
      stage.post.answers.push(passing)
      await dispatch(stage.post.parts, taken)
    }),
  'its worker died before the call': async (stage: Stage, wish: WaitingChoice) => {
    const id = await lease(stage.going)
    await goes(stage.going, wish)
    await leaseEnds(stage)
    return id
  },
  'it was in doubt, and was just found not to be in Sent': async (stage: Stage, wish: WaitingChoice) => {
    const id = await lease(stage.going, async (taken) => {
      stage.post.answers.push('die before taking')
      await dispatch(stage.post.parts, taken)
    })
    await db.step({ minutes: 5 })
    const { parts } = stage.post
    const openMailbox: typeof parts.openMailbox = async (...mailbox) => {
      await goes(stage.going, wish)
      return await parts.openMailbox(...mailbox)
    }
    for (const ref of await dueLooks(database, 10))
      await lookForSent({ ...parts, openMailbox }, ref, new AbortController().signal)
    return id
  },
  'it was held in the last moment': async (stage: Stage, wish: WaitingChoice) =>
    await lease(stage.going, async (taken) => {
      await goes(stage.going, wish)
      stage.post.truth = { verdict: 'hold', reason: { code: 'campaign_paused' } }
      await dispatch(stage.post.parts, taken)
    }),
}

test.each(Object.entries(ways))('a mail that comes back (%s) is cancelled if all was', async (_name, way) => {
  const stage = await arrange()
  const id = await way(stage, { choice: 'cancel' })
  await heard(stage.going)
  expect([await mailOf(id), await stateOf(stage.going), stage.post.taken]).toEqual([
    { state: 'cancelled', mailbox_id: stage.going, code: 'mailbox_disconnected' },
    'done',
    [],
  ])
})

test.each(Object.entries(ways).slice(0, 3))(
  'a mail that comes back (%s) goes where all went, and leaves from there',
  async (_name, way) => {
    const stage = await arrange()
    const id = await way(stage, { choice: 'reassign', to: stage.staying })
    await heard(stage.going)
    expect(await mailOf(id)).toEqual({ state: 'queued', mailbox_id: stage.staying, code: null })
    await leaseAll(database, 'w', (taken) => dispatch(stage.post.parts, taken))
    expect([await mailOf(id), stage.post.taken.length]).toEqual([
      { state: 'accepted', mailbox_id: stage.staying, code: null },
      1,
    ])
  },
)

test.each(Object.entries(ways).slice(0, 3))(
  'a mail that comes back (%s) is held if all were, and is not waiting for nothing',
  async (_name, way) => {
    const stage = await arrange()
    const id = await way(stage, { choice: 'hold' })
    await heard(stage.going)
    expect(await mailOf(id)).toEqual({
      state: 'held',
      mailbox_id: stage.going,
      code: 'mailbox_disconnected',
    })
  },
)

test('a mail of which a person says that it did not leave, and that it shall, is not cancelled: it is held until somebody says from where', async () => {
  const stage = await arrange()
  const id = await lease(stage.going, async (taken) => {
    stage.post.answers.push('die before taking')
    await dispatch(stage.post.parts, taken)
  })
  await goes(stage.going, { choice: 'cancel' })
  const act = async (deed: Parameters<typeof actOn>[2]['deed']) =>
    await at.inside((tx) =>
      actOn(stage.post.parts, tx, { ids: [id], deed, by: 'Anna Keller', may: () => true }),
    )
  expect(await act({ act: 'confirm_unsent' })).toEqual(new Map())
  expect(await act({ act: 'release' })).toEqual(new Map([[id, 'still_held']]))
  await heard(stage.going)
  expect(await mailOf(id)).toEqual({
    state: 'held',
    mailbox_id: stage.going,
    code: 'mailbox_disconnected',
  })
  await act({ act: 'move', to: stage.staying })
  expect(await mailOf(id)).toEqual({ state: 'queued', mailbox_id: stage.staying, code: null })
})

test('a mail that comes back when the mailbox that all went to is gone, too, is held; so is the next one', async () => {
  const stage = await arrange()
  const doubtful = await lease(stage.going, async (taken) => {
    stage.post.answers.push('die before taking')
    await dispatch(stage.post.parts, taken)
  })
  round += 1
  const ids = [doubtful, await lease(stage.going)]
  await goes(stage.going, { choice: 'reassign', to: stage.staying })
  await goes(stage.staying, { choice: 'hold' })
  for (const id of ids) {
    await at.inside(async (tx) => {
      await sql`update submission set state = 'queued' where id = ${id}`.execute(tx)
      await wake(at, tx, [stage.going])
    })
    await heard(stage.going)
    expect(await mailOf(id)).toEqual({ state: 'held', mailbox_id: stage.going, code: 'mailbox_disconnected' })
  }
})

test('what was looked at again while all are being cancelled is cancelled, too', async () => {
  const stage = await arrange()
  const [id = ''] = await queueMails(at, {
    mailboxId: stage.going,
    contactId: mia,
    kind: 'bulk',
    count: 1,
    prefix: `looked-at-${round}`,
  })
  await at.inside((tx) =>
    sql`update submission set state = 'held', reason = '{"code": "missing_variable"}' where id = ${id}`.execute(
      tx,
    ),
  )
  await at.inside((tx) =>
    sql`update mailbox set health = 'disconnected', disconnected_at = kontor_now() where id = ${stage.going}`.execute(
      tx,
    ),
  )
  await at.inside((tx) => reexamine(stage.post.parts, tx, id))
  await goes(stage.going, { choice: 'cancel' })
  expect(await mailOf(id)).toEqual({
    state: 'cancelled',
    mailbox_id: stage.going,
    code: 'mailbox_disconnected',
  })
})

test('a mail that is put into a mailbox in the moment of its disconnecting is decided as the others', async () => {
  const stage = await arrange()
  let putting: Promise<unknown> = Promise.resolve()
  await at.inside(async (tx) => {
    await sql`update mailbox set health = 'disconnected', disconnected_at = kontor_now() where id = ${stage.going}`.execute(
      tx,
    )
    await syncSchedule(tx, stage.going)
    putting = at.inside((other) =>
      createEnqueue(at)(other, [
        {
          mailboxId: stage.going,
          contactId: mia,
          toAddress: 'mia@post.practice.example',
          toName: 'Mia Ford',
          key: 'in the moment',
          kind: 'direct',
          subject: 'Hello',
          text: 'Hello',
        },
      ]),
    )
    await somebodyWaits(db.adminUrl)
    await beginDeciding(at, tx, { workspaceId: at.workspaceId, mailboxId: stage.going }, { choice: 'cancel' })
  })
  await putting
  await heard(stage.going)
  const { rows } = await at.inside((tx) =>
    sql`select state from submission where key = 'in the moment'`.execute(tx),
  )
  expect(rows).toEqual([{ state: 'cancelled' }])
})

test('what is done in a mailbox that is gone begins nothing when nothing waits there', async () => {
  const stage = await arrange()
  const id = await lease(stage.going, async (taken) => {
    stage.post.onSend = async () => goes(stage.going, { choice: 'cancel' })
    await dispatch(stage.post.parts, taken)
  })
  await heard(stage.going)
  expect([await mailOf(id), await stateOf(stage.going), told('mailbox.waiting_decided')]).toEqual([
    { state: 'accepted', mailbox_id: stage.going, code: null },
    'done',
    1,
  ])
})

const told = (type: string) => at.emitted.filter((event) => event.type === type).length
