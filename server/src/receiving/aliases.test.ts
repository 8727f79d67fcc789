/** Several addresses of one account: one look reads for all of them, and each answer finds its own conversation. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { dispatch } from '../sending/dispatch.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import type { Scene } from '../testing/receiving.ts'
import { answerTo, capturedIn, lastSent, receivingScene } from '../testing/receiving.ts'
import { onMailboxConnected, onMailboxDisconnected } from './jobs.ts'
import { pull } from './pull.ts'
import { ring } from './store-position.ts'

const db = await testDatabase()
let drawn = 0

/** Anna's account with the address press@, both connected on one grant. */
async function twoAddresses() {
  const name = `anna-${(drawn += 1)}`
  const at = await ground(db.database, { seed: name, mode: 'practice' })
  const contactId = await groundContact(at, 'Mia Ford')
  const scene = await receivingScene(db, at, { name, contactId })
  const alias = `press-${name}@brand.practice.example`
  scene.outside.alias(scene.address, alias, 'accepted')
  const aliasId = await groundSender(at, { address: alias })
  await at.inside(async (tx) => {
    const grantId = at.ids.uuid()
    await sql`insert into oauth_grant (workspace_id, id, endpoint, provider, account_id, address, owner_id, level, may_send, may_read)
      values (${at.workspaceId}, ${grantId}, 'memory', 'gmail', '1', ${scene.address}, ${at.personId}, 'full', true, true)`.execute(
      tx,
    )
    await sql`update mailbox set grant_id = ${grantId}, place = case when id = ${aliasId} then 'alias' else 'own' end,
      connected_at = case when id = ${aliasId} then connected_at + interval '1 minute' else connected_at end
      where id in (${scene.mailboxId}, ${aliasId})`.execute(tx)
  })
  const told = (subject: string, type: string) => {
    const { workspaceId } = at
    return {
      id: at.ids.uuid(),
      workspaceId,
      type,
      subject,
      payload: {},
      at: Temporal.Instant.from('2026-01-05T09:00:00Z'),
    }
  }
  await at.inside((tx) => onMailboxConnected(tx, told(aliasId, 'mailbox.connected')))
  async function sendAs(mailboxId: string, key: string) {
    await queueMails(at, { mailboxId, contactId, kind: 'direct', count: 1, prefix: key })
    await leaseAll(db.database, 'w', (taken) => dispatch(scene.sending, taken))
    return lastSent(scene.outside, scene.address)
  }
  return {
    at,
    scene,
    alias,
    aliasId,
    sendAs,
    answer: (sent: { raw: string }, to: string, text: string) =>
      scene.outside.deliver(scene.address, answerTo(sent.raw, to, text)),
    texts: async (mailboxId: string) => (await capturedIn(at, mailboxId)).map((one) => one.text.trim()),
    async disconnect(mailboxId: string) {
      await at.inside(async (tx) => {
        await sql`update mailbox set health = 'disconnected', disconnected_at = kontor_now() where id = ${mailboxId}`.execute(
          tx,
        )
        await onMailboxDisconnected(tx, told(mailboxId, 'mailbox.disconnected'))
      })
    },
    positions: () =>
      at.inside(async (tx) => {
        const { rows } = await sql<{ mailbox_id: string }>`select mailbox_id from mailbox_position
          where workspace_id = ${at.workspaceId}`.execute(tx)
        return rows.map((row) => row.mailbox_id)
      }),
  }
}
const callsOf = ({ outside }: Scene, call: string) =>
  outside.calls.filter((one) => one.endsWith(` ${call}`)).length

test('a second address of an account is read by the same look, and not by one of its own', async () => {
  const { positions, scene } = await twoAddresses()
  expect(await positions()).toEqual([scene.mailboxId])
})

test('an answer to any address is found by one look, read once, and stands in the conversation of its address', async () => {
  const { scene, aliasId, alias, sendAs, answer, texts } = await twoAddresses()
  const [own, other] = [await sendAs(scene.mailboxId, 'one'), await sendAs(aliasId, 'two')]
  answer(own, scene.address, 'To Anna')
  answer(other, alias, 'To the press')
  const before = callsOf(scene, 'raw')
  await scene.pull()
  await scene.pull()
  expect([await texts(scene.mailboxId), await texts(aliasId), callsOf(scene, 'raw') - before]).toEqual([
    ['To Anna'],
    ['To the press'],
    2,
  ])
})

test('a notice to any address of the account rings for the look that reads it', async () => {
  const { at, scene, aliasId } = await twoAddresses()
  await scene.pull()
  await at.inside((tx) => ring(tx, aliasId, { told: true }))
  const { rows } = await at.inside((tx) =>
    sql<{ rung: boolean }>`select rung_at is not null as rung from mailbox_position
      where mailbox_id = ${scene.mailboxId}`.execute(tx),
  )
  expect(rows).toEqual([{ rung: true }])
})

test('every address of the account is checked when the look ends', async () => {
  const { at, scene, aliasId } = await twoAddresses()
  await scene.pull()
  const { rows } = await at.inside((tx) =>
    sql<{ checked: boolean }>`select last_checked_at is not null as checked from mailbox
      where id in (${scene.mailboxId}, ${aliasId})`.execute(tx),
  )
  expect(rows.map((row) => row.checked)).toEqual([true, true])
})

test('when the address that is looked through is disconnected, another reads on from the same place', async () => {
  const { at, scene, aliasId, alias, sendAs, answer, texts, disconnect, positions } = await twoAddresses()
  const [own, other] = [await sendAs(scene.mailboxId, 'one'), await sendAs(aliasId, 'two')]
  await disconnect(scene.mailboxId)
  answer(own, scene.address, 'To Anna')
  answer(other, alias, 'To the press')
  await pull(scene.receiving, { workspaceId: at.workspaceId, mailboxId: aliasId })
  expect([await positions(), await texts(scene.mailboxId), await texts(aliasId)]).toEqual([
    [aliasId],
    [],
    ['To the press'],
  ])
})

test('answers to an address that is disconnected are foreign mail from then on', async () => {
  const { scene, aliasId, alias, sendAs, answer, texts, disconnect, positions } = await twoAddresses()
  const other = await sendAs(aliasId, 'two')
  await disconnect(aliasId)
  answer(other, alias, 'To the press')
  const before = callsOf(scene, 'raw')
  await scene.pull()
  expect([await positions(), await texts(aliasId), callsOf(scene, 'raw') - before]).toEqual([
    [scene.mailboxId],
    [],
    0,
  ])
})
