/** One account with two addresses, each a mailbox here: what one look reads for both of them. */
import { sql } from 'kysely'
import { onMailboxConnected, onMailboxDisconnected } from '../receiving/jobs.ts'
import { dispatch } from './dispatch.ts'
import type { TestDatabase } from './database.ts'
import type { Ground } from './ground.ts'
import { ground } from './ground.ts'
import { groundContact, groundSender, leaseAll, queueMails } from './outbox.ts'
import type { Scene, Sent } from './receiving.ts'
import { answerTo, capturedIn, lastSent, receivingScene } from './receiving.ts'

export interface TwoAddresses {
  readonly at: Ground
  readonly scene: Scene
  readonly alias: string
  readonly aliasId: string
  sendAs(mailboxId: string, key: string): Promise<Sent>
  answer(sent: Pick<Sent, 'raw'>, to: string, text: string): void
  texts(mailboxId: string): Promise<readonly string[]>
  disconnect(mailboxId: string): Promise<void>
  /** The mailboxes that have a position of their own. */
  positions(): Promise<readonly string[]>
}

/** Anna's account with the address press@, both connected on one grant. */
export async function twoAddresses(db: TestDatabase, name: string): Promise<TwoAddresses> {
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
    answer: (sent, to, text) => scene.outside.deliver(scene.address, answerTo(sent.raw, to, text)),
    texts: async (mailboxId) => (await capturedIn(at, mailboxId)).map((one) => one.text.trim()),
    async disconnect(mailboxId) {
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
