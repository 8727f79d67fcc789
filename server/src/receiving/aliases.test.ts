/** Several addresses of one account: one look reads for all of them, and each answer finds its own conversation. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { knock, pushApp } from '../testing/push.ts'
import type { Scene } from '../testing/receiving.ts'
import { twoAddresses } from '../testing/two-addresses.ts'
import { pull } from './pull.ts'
import { beginReading, ring } from './store-position.ts'

const db = await testDatabase()
let drawn = 0

const here = () => twoAddresses(db, `anna-${(drawn += 1)}`)
const callsOf = ({ outside }: Scene, call: string) =>
  outside.calls.filter((one) => one.endsWith(` ${call}`)).length

test('a second address of an account is read by the same look, and not by one of its own', async () => {
  const { positions, scene } = await here()
  expect(await positions()).toEqual([scene.mailboxId])
})

test('a mailbox that is shared with the account is read by a look of its own', async () => {
  const { at, scene, aliasId, positions } = await here()
  await at.inside((tx) => sql`update mailbox set place = 'shared' where id = ${aliasId}`.execute(tx))
  await at.inside((tx) => beginReading(tx, aliasId))
  expect(new Set(await positions())).toEqual(new Set([scene.mailboxId, aliasId]))
})

test('an answer to any address is found by one look, read once, and stands in the conversation of its address', async () => {
  const { scene, aliasId, alias, sendAs, answer, texts } = await here()
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
  const { at, scene, aliasId } = await here()
  await scene.pull()
  await at.inside((tx) => ring(tx, aliasId, { told: true }))
  const { rows } = await at.inside((tx) =>
    sql<{ rung: boolean }>`select rung_at is not null as rung from mailbox_position
      where mailbox_id = ${scene.mailboxId}`.execute(tx),
  )
  expect(rows).toEqual([{ rung: true }])
})

test('a notice names the account, and is heard also when the account’s own address is disconnected', async () => {
  const { at, scene, aliasId, disconnect } = await here()
  await disconnect(scene.mailboxId)
  await pull(scene.receiving, { workspaceId: at.workspaceId, mailboxId: aliasId })
  const { app } = pushApp(db.database, scene)
  await at.inside((tx) =>
    sql`update mailbox set endpoint = 'practice-google' where id = ${aliasId}`.execute(tx),
  )
  await at.inside((tx) => sql`update oauth_grant set endpoint = 'practice-google'`.execute(tx))
  await knock(app, { ring: { address: scene.address.toUpperCase() } })
  const { rows } = await at.inside((tx) =>
    sql<{ rung: boolean }>`select rung_at is not null as rung from mailbox_position
      where mailbox_id = ${aliasId}`.execute(tx),
  )
  expect(rows).toEqual([{ rung: true }])
})

test('every address of the account is checked when the look ends', async () => {
  const { at, scene, aliasId } = await here()
  await scene.pull()
  const { rows } = await at.inside((tx) =>
    sql<{ checked: boolean }>`select last_checked_at is not null as checked from mailbox
      where id in (${scene.mailboxId}, ${aliasId})`.execute(tx),
  )
  expect(rows.map((row) => row.checked)).toEqual([true, true])
})

test('when the address that is looked through is disconnected, another reads on from the same place', async () => {
  const { at, scene, aliasId, alias, sendAs, answer, texts, disconnect, positions } = await here()
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
  const { scene, aliasId, alias, sendAs, answer, texts, disconnect, positions } = await here()
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
