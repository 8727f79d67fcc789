import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { seeBrief } from '../campaigns/creator/creator.ts'
import { readLinkToken } from '../platform/link-token/index.ts'
import { groundCampaign, groundMembers } from '../testing/campaign.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { addressOf, groundContact } from '../testing/outbox.ts'
import { changeContact } from './change.ts'
import { mergeContacts } from './merge.ts'
import { contactById } from './store.ts'
import { duplicateRows, mergedInto } from './store-merge.ts'

const { adminUrl, database } = await testDatabase()
let seeds = 0

async function begin() {
  seeds += 1
  return await groundCampaign(await ground(database, { seed: `merge-${seeds}` }))
}

test('addresses, facts, campaigns and mails of the one go to the other', async () => {
  const on = await begin()
  const [stays] = await groundMembers(on, ['Lena Stays'])
  const goes = await groundContact(on.at, 'Lena Goes')
  await on.at.inside(async (tx) => {
    await changeContact(tx, on.at, { id: stays?.contactId ?? '', patch: { tags: ['a'], notes: 'first' } })
    await changeContact(tx, on.at, {
      id: goes,
      patch: {
        tags: ['b'],
        notes: 'second',
        handle: '@lena',
        country: 'DE',
        custom: { size: '38' },
        doNotContact: true,
      },
    })
    await sql`insert into submission (workspace_id, id, mailbox_id, key, kind, rank, contact_id, to_address, to_key, position_at)
      values (${on.at.workspaceId}, uuidv7(), ${on.mailboxId}, 'of-the-one', 'direct', 0, ${goes}, 'x@y.example', 'x@y.example', kontor_now())`.execute(
      tx,
    )
  })
  const into = stays?.contactId ?? ''
  const merged = await on.at.inside((tx) => mergeContacts(tx, on.at, on.actor, { from: goes, into }))
  expect(merged).toMatchObject({
    name: 'Lena Stays',
    address: addressOf('Lena Stays'),
    otherAddresses: [addressOf('Lena Goes')],
    handle: '@lena',
    country: 'DE',
    tags: ['a', 'b'],
    notes: 'first\n\nsecond',
    custom: { size: '38' },
    doNotContact: true,
  })
  const { rows } = await on.at.inside((tx) => sql`select contact_id from submission`.execute(tx))
  expect(rows).toEqual([{ contact_id: into }])
  expect(await on.at.inside((tx) => contactById(tx, goes))).toBeUndefined()
  expect(await on.at.inside((tx) => mergedInto(tx, goes))).toBe(into)
})

test('where both are in a campaign, the one who got further stays, and the links of both lead there', async () => {
  const on = await begin()
  const [ahead, behind] = await groundMembers(on, ['Mia Ahead', 'Mia Behind'])
  if (ahead === undefined || behind === undefined) throw new Error('members')
  await on.at.inside((tx) => sql`update member set state = 'viewed' where id = ${ahead.id}`.execute(tx))
  await on.at.inside((tx) =>
    mergeContacts(tx, on.at, on.actor, { from: ahead.contactId, into: behind.contactId }),
  )
  const { rows } = await on.at.inside((tx) => sql`select id, contact_id, state from member`.execute(tx))
  expect(rows).toEqual([{ id: ahead.id, contact_id: behind.contactId, state: 'viewed' }])
  for (const { token } of [ahead, behind]) {
    const link = readLinkToken(token)
    const seen = link === undefined ? undefined : await on.at.inside((tx) => seeBrief(tx, link))
    expect(seen).toMatchObject({ ok: true, view: { personName: 'Mia Behind' } })
  }
})

test('two conversations in one campaign become one, with the notes of both', async () => {
  const on = await begin()
  const [one, other] = [await groundContact(on.at, 'Nia One'), await groundContact(on.at, 'Nia Other')]
  await on.at.inside(async (tx) => {
    for (const contactId of [one, other]) {
      await sql`with c as (insert into conversation (workspace_id, id, contact_id, last_at, last_direction, listed_at)
          values (${on.at.workspaceId}, uuidv7(), ${contactId}, kontor_now(), 'in', kontor_now()) returning id)
        insert into note (workspace_id, id, conversation_id, author_id, text)
        select ${on.at.workspaceId}, uuidv7(), c.id, ${on.at.personId}, 'a note' from c`.execute(tx)
    }
    await mergeContacts(tx, on.at, on.actor, { from: other, into: one })
  })
  const { rows } = await on.at.inside((tx) =>
    sql`select c.contact_id, count(n.id)::int as notes from conversation c join note n on n.conversation_id = c.id group by 1`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([{ contact_id: one, notes: 2 }])
})

test('nobody is merged with nobody, with themselves, or over a wall', async () => {
  const [on, elsewhere] = [await begin(), await begin()]
  const contactId = await groundContact(on.at, 'Ola Alone')
  const stranger = await groundContact(elsewhere.at, 'Ola Stranger')
  for (const from of [contactId, stranger, on.at.ids.uuid()]) {
    const merged = await on.at.inside((tx) => mergeContacts(tx, on.at, on.actor, { from, into: contactId }))
    expect(merged).toBeUndefined()
  }
  expect(await elsewhere.at.inside((tx) => contactById(tx, stranger))).toMatchObject({ name: 'Ola Stranger' })
})

test('every table with a foreign key to a contact is moved', async () => {
  const { default: pg } = await import('pg')
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  const { rows } = await admin.query<{ name: string; keys: number }>(`
    select conrelid::regclass::text as name, array_length(conkey, 1) as keys from pg_constraint
    where contype = 'f' and confrelid = 'contact'::regclass and conrelid <> 'contact'::regclass`)
  await admin.end()
  expect(rows.filter(({ keys }) => keys !== 2)).toEqual([])
  expect(rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'contact_address',
      'conversation',
      'creator_link',
      'member',
      'message',
      'submission',
      'thread',
    ]),
  )
})

test('people with the same name or handle are shown as pairs, once', async () => {
  const on = await begin()
  const [one, other, third] = [
    await groundContact(on.at, 'Pia Same'),
    await groundContact(on.at, 'Pia Other'),
    await groundContact(on.at, 'Quin'),
  ]
  await on.at.inside(async (tx) => {
    await changeContact(tx, on.at, { id: other, patch: { name: 'pia  same', handle: 'pia' } })
    await changeContact(tx, on.at, { id: third, patch: { handle: '@Pia' } })
  })
  const pairs = await on.at.inside((tx) => duplicateRows(tx, 10))
  expect(pairs.map(({ why, ids }) => [why, ids])).toEqual(
    expect.arrayContaining([
      ['name', [one, other]],
      ['handle', [other, third]],
    ]),
  )
  expect(pairs).toHaveLength(2)
})
