import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Tx } from '../platform/db/index.ts'
import { sqlState } from '../platform/db/index.ts'
import { somebodyWaits, testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender } from '../testing/outbox.ts'

const db = await testDatabase()
const { database } = db
let at: Ground
let mailboxId: string
/** Ids of what is there, in another workspace. */
let foreign: Readonly<Record<string, string>>
beforeAll(async () => {
  at = await ground(database, { seed: 'references' })
  mailboxId = await groundSender(at, { address: 'sends@brand.practice.example' })
  const other = await ground(database, { seed: 'references elsewhere' })
  foreign = {
    mailbox_id: await groundSender(other, { address: 'elsewhere@brand.practice.example' }),
    contact_id: await groundContact(other, 'Mia Elsewhere'),
  }
})

const foreignKey = '23503'
const check = '23514'
let keys = 0

/** Two mails at once, of which the second is as it is told. */
async function insert(tx: Tx, wish: Readonly<Record<string, unknown>>): Promise<string> {
  const fine = { workspace_id: at.workspaceId, mailbox_id: mailboxId, kind: 'direct', rank: 0 }
  const to = { to_address: 'x@people.practice.example', to_key: 'x@people.practice.example' }
  const rows = [{}, wish].map((own) => ({
    id: at.ids.uuid(),
    key: `key ${keys++}`,
    ...fine,
    ...to,
    state: 'queued',
    ...own,
  }))
  await sql`insert into submission (workspace_id, id, mailbox_id, key, kind, rank, state, contact_id, campaign_id, template_id,
      template_version, author_id, to_address, to_key, position_at)
    select r.*, kontor_now() from json_to_recordset(${JSON.stringify(rows)}::json) as r(workspace_id uuid, id uuid, mailbox_id uuid,
      key text, kind text, rank smallint, state text, contact_id uuid, campaign_id uuid, template_id uuid, template_version int,
      author_id uuid, to_address text, to_key text)`.execute(tx)
  return rows[1]?.id ?? ''
}

async function refusal(work: Promise<unknown>): Promise<string | undefined> {
  return sqlState(
    await work.then(
      () => undefined,
      (error: unknown) => error,
    ),
  )
}

const nowhere = '01890000-0000-7000-8000-00000000dead'

test.each([
  { column: 'mailbox_id', version: null, named: false },
  { column: 'contact_id', version: null, named: false },
  { column: 'campaign_id', version: null, named: true },
  { column: 'template_id', version: 1, named: false },
  { column: 'author_id', version: null, named: false },
])(
  'among mails that begin together, and of those that are changed, one whose $column is not there is refused',
  async ({ column, version, named }) => {
    const person = named ? { contact_id: await groundContact(at, `For ${column}`) } : {}
    const wish = { [column]: nowhere, template_version: version, ...person }
    expect(await refusal(at.inside((tx) => insert(tx, wish)))).toBe(foreignKey)
    const id = await at.inside((tx) => insert(tx, person))
    const change = at.inside((tx) =>
      sql`update submission set ${sql.ref(column)} = ${nowhere}, template_version = ${version}
        where id = ${id}`.execute(tx),
    )
    expect(await refusal(change)).toBe(foreignKey)
  },
)

test.each(['mailbox_id', 'contact_id'])('the %s of another workspace is not there', async (column) => {
  expect(await refusal(at.inside((tx) => insert(tx, { [column]: foreign[column] })))).toBe(foreignKey)
})

test('a submission begins queued or held, of a kind that there is, in its rank', async () => {
  expect(await refusal(at.inside((tx) => insert(tx, { state: 'held' })))).toBeUndefined()
  const wrong = [
    { state: 'leased' },
    { state: 'lost' },
    { rank: 1 },
    { rank: -1 },
    { kind: 'fax' },
    { kind: '', rank: 5 },
  ]
  for (const wish of wrong)
    expect([wish, await refusal(at.inside((tx) => insert(tx, wish)))]).toEqual([wish, check])
})

test('an influencer whom a mail is for is neither deleted nor given another id; without mails both can be', async () => {
  const known = await groundContact(at, 'Known')
  const unknown = await groundContact(at, 'Unknown')
  await at.inside((tx) => insert(tx, { contact_id: known }))
  const deleting = (id: string) => sql`delete from contact where id = ${id}`
  const renaming = (id: string) => sql`update contact set id = ${at.ids.uuid()} where id = ${id}`
  expect(await refusal(at.inside((tx) => deleting(known).execute(tx)))).toBe(foreignKey)
  expect(await refusal(at.inside((tx) => renaming(known).execute(tx)))).toBe(foreignKey)
  await at.inside((tx) => sql`delete from contact_address where contact_id = ${unknown}`.execute(tx))
  expect(await refusal(at.inside((tx) => renaming(unknown).execute(tx)))).toBeUndefined()
  expect(
    await refusal(at.inside((tx) => sql`delete from contact where name = 'Unknown'`.execute(tx))),
  ).toBeUndefined()
})

test('whoever deletes an influencer while a mail for them begins waits, and is refused', async () => {
  const contactId = await groundContact(at, 'Written to meanwhile')
  let deleting: Promise<unknown> = Promise.resolve()
  await at.inside(async (tx) => {
    await insert(tx, { contact_id: contactId })
    deleting = refusal(at.inside((other) => sql`delete from contact where id = ${contactId}`.execute(other)))
    await somebodyWaits(db.adminUrl)
  })
  expect(await deleting).toBe(foreignKey)
})

test('a mail for an influencer who is being deleted waits, and is refused', async () => {
  const contactId = await groundContact(at, 'Deleted meanwhile')
  let writing: Promise<unknown> = Promise.resolve()
  await at.inside(async (tx) => {
    await sql`delete from contact where id = ${contactId}`.execute(tx)
    writing = refusal(at.inside((other) => insert(other, { contact_id: contactId })))
    await somebodyWaits(db.adminUrl)
  })
  expect(await writing).toBe(foreignKey)
})
