import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { beginTakingBack } from './privacy/index.ts'
import { openSecretBox } from './platform/secret-box/index.ts'
import { groundCampaign } from './testing/campaign.ts'
import { steerDeciding } from './sending/decide-waiting.ts'
import { testDatabase } from './testing/database.ts'
import { ground } from './testing/ground.ts'
import { groundContact, leaseAll, queueMails } from './testing/outbox.ts'
import { syncSchedule } from './sending/index.ts'
import { wake } from './sending/wake.ts'
import { wiring } from './wiring.ts'

const db = await testDatabase()

test('of a mailbox that is disconnected all that waits is decided, event by event, stopped and gone on with or not, and then its certificate says how many that were; and what comes back afterwards, too', async () => {
  const at = await ground(db.database, { seed: 'wiring' })
  const { workspaceId, ids, emit, personId } = at
  const { parts: campaigns, mailboxId } = await groundCampaign(at)
  const box = openSecretBox({ keys: [{ id: 'test', key: new Uint8Array(32) }], current: 'test' })
  const handlers = wiring({ ids, emit, campaigns, authors: [], box })
  const contactId = await groundContact(at, 'Mia Ford')
  await queueMails(at, { mailboxId, contactId, kind: 'direct', count: 1, prefix: 'on-its-way' })
  const [late] = await leaseAll(db.database, 'w', () => Promise.resolve())
  await queueMails(at, { mailboxId, contactId, kind: 'direct', count: 1100, prefix: 'waits' })
  at.emitted.length = 0
  await at.inside(async (tx) => {
    await beginTakingBack(at, tx, {
      kind: 'disconnected',
      mailboxId,
      personId,
      stored: 'keep',
      queue: 'cancel',
    })
    await sql`update mailbox set health = 'disconnected', disconnected_at = kontor_now() where id = ${mailboxId}`.execute(
      tx,
    )
    await syncSchedule(tx, mailboxId)
    await emit(
      tx,
      { workspaceId, type: 'mailbox.disconnected', subject: mailboxId, payload: { queue: 'cancel' } },
      { workspaceId, type: 'mailbox.permission_ended', subject: mailboxId, payload: { end: 'forgotten' } },
    )
  })
  let heard = 0
  async function deliver(): Promise<void> {
    for (; heard < at.emitted.length; heard++) {
      const event = at.emitted[heard]
      if (event?.type.startsWith('mailbox.') !== true) continue
      if (event.payload['run'] === 1)
        for (const act of ['stop', 'resume'] as const)
          await at.inside((tx) => steerDeciding(at, tx, { workspaceId, mailboxId }, act))
      for (const handler of Object.values(handlers[event.type] ?? {}))
        await at.inside(async (tx) => handler(tx, { ...event, id: ids.uuid(), at: await db.now() }))
    }
  }
  await deliver()
  const { rows } = await at.inside((tx) =>
    sql`select (select count(*)::int from submission where mailbox_id = ${mailboxId} and state = 'cancelled') as cancelled,
      (select content -> 'waiting' from certificate where mailbox_id = ${mailboxId}) as certified`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([{ cancelled: 1100, certified: { choice: 'cancel', count: 1100 } }])
  expect(at.emitted.filter(({ type }) => type === 'mailbox.waiting_decided').length).toBe(6)

  await at.inside(async (tx) => {
    await sql`update submission set state = 'queued' where id = ${late?.submissionId}`.execute(tx)
    await wake(at, tx, [mailboxId])
  })
  await deliver()
  const { rows: came } = await at.inside((tx) =>
    sql`select state from submission where id = ${late?.submissionId}`.execute(tx),
  )
  expect(came).toEqual([{ state: 'cancelled' }])
})
