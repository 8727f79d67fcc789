/** The proof of mailboxes that are read together: the log of one tells of them all. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createRecorder, withLedger } from '../mailboxes/ledger.ts'
import { silentLog } from '../platform/log/index.ts'
import { openSecretBox } from '../platform/secret-box/index.ts'
import { pull } from '../receiving/pull.ts'
import { testDatabase } from '../testing/database.ts'
import type { TwoAddresses } from '../testing/two-addresses.ts'
import { twoAddresses } from '../testing/two-addresses.ts'
import { verifyMailbox } from './verify-mailbox.ts'

const db = await testDatabase()
const box = openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(3) }], current: 'a' })
const parts = { database: db.database, box }

interface World extends TwoAddresses {
  /** One recorded look through a mailbox. */
  look(mailboxId: string): Promise<void>
  proof(mailboxId: string): ReturnType<typeof verifyMailbox>
}

/** An answer to each address, found by a look through the account's own. */
async function answered(name: string): Promise<World> {
  const two = await twoAddresses(db, name)
  const { at, scene, aliasId, alias, sendAs, answer } = two
  const record = createRecorder({ database: db.database, ids: at.ids, box, log: silentLog })
  const { traits } = scene.provider
  const look = (through: string) =>
    pull(
      {
        ...scene.receiving,
        openMailbox: async (workspaceId, mailboxId, purpose) => ({
          ok: true,
          value: { ...withLedger(scene.provider, record, { workspaceId, mailboxId, purpose }), traits },
        }),
      },
      { workspaceId: at.workspaceId, mailboxId: through },
    )
  answer(await sendAs(scene.mailboxId, 'one'), scene.address, 'To Anna')
  answer(await sendAs(aliasId, 'two'), alias, 'To the press')
  await look(scene.mailboxId)
  const { workspaceId } = at
  return { ...two, look, proof: (mailboxId) => verifyMailbox(parts, { workspaceId, mailboxId }) }
}

test('an answer that another address of the account was read through is proved by the log of that one', async () => {
  const { proof, scene, aliasId } = await answered('proved')
  expect([await proof(scene.mailboxId), await proof(aliasId)]).toMatchObject([
    { faults: [], stored: 1, opened: 2, entriesWithoutMail: 0 },
    { faults: [], stored: 1, opened: 0, entriesWithoutMail: 0 },
  ])
})

test('it is still proved when the address that was read through is disconnected and the other reads on', async () => {
  const { proof, scene, aliasId, alias, sendAs, answer, disconnect, look } = await answered('read-on')
  await disconnect(scene.mailboxId)
  answer(await sendAs(aliasId, 'three'), alias, 'Again')
  await look(aliasId)
  expect([await proof(scene.mailboxId), await proof(aliasId)]).toMatchObject([
    { faults: [], stored: 1, entriesWithoutMail: 0 },
    { faults: [], stored: 2, opened: 1, entriesWithoutMail: 0 },
  ])
})

test('content that no log of the account opened is a fault', async () => {
  const { proof, at, aliasId } = await answered('unproved')
  await at.inside((tx) =>
    sql`update message set provider_message_id = 'elsewhere' where kind = 'reply' and mailbox_id = ${aliasId}`.execute(
      tx,
    ),
  )
  expect((await proof(aliasId)).faults).toMatchObject([{ kind: 'stored_without_entry' }])
})

test('the log of another account proves nothing', async () => {
  const { proof, at, aliasId } = await answered('other-account')
  await at.inside((tx) => sql`update mailbox set grant_id = null where id = ${aliasId}`.execute(tx))
  expect((await proof(aliasId)).faults).toMatchObject([{ kind: 'stored_without_entry' }])
})
