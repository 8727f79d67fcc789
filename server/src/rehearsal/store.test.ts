/** Facts about steps and who is at them, and about emptying. */
import { sql } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import { groundCampaign, groundMembers } from '../testing/campaign.ts'
import { somebodyWaits, testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import {
  beginRehearsal,
  claimStep,
  dueRehearsals,
  emptyPracticeWorkspace,
  finishStep,
  giveBack,
  rehearsalOf,
  stopRehearsal,
} from './store.ts'

const db = await testDatabase()
const lease = { leaseId: '01890000-0000-7000-8000-0000000000a1', seconds: 90 }
const other = { leaseId: '01890000-0000-7000-8000-0000000000a2', seconds: 90 }

async function begun(seed: string): Promise<Ground> {
  const at = await ground(db.database, { seed })
  const { workspaceId, personId: startedBy } = at
  await at.inside((tx) => beginRehearsal(tx, { workspaceId, startedBy, language: 'en' }))
  return at
}

test('a step is taken by one, and by another when the first is gone for too long', async () => {
  const at = await begun('one-at-a-time')
  expect(await dueRehearsals(db.database, 10)).toContain(at.workspaceId)
  const taken = await Promise.all([lease, other].map((claim) => at.inside((tx) => claimStep(tx, claim))))
  expect(taken.filter((row) => row !== undefined)).toHaveLength(1)
  expect(await dueRehearsals(db.database, 10)).not.toContain(at.workspaceId)
  await db.step({ seconds: 91 })
  expect(await at.inside((tx) => claimStep(tx, other))).toMatchObject({ step: 0, tries: 2 })
})

test('whoever lost the lease records nothing', async () => {
  const at = await begun('lost')
  await at.inside((tx) => claimStep(tx, lease))
  await db.step({ seconds: 91 })
  await at.inside((tx) => claimStep(tx, other))
  expect(await at.inside((tx) => finishStep(tx, lease.leaseId, { made: { a: '1' }, last: false }))).toBe(
    false,
  )
  expect(await at.inside((tx) => finishStep(tx, other.leaseId, { made: { a: '2' }, last: false }))).toBe(true)
  expect(await at.inside((tx) => rehearsalOf(tx))).toMatchObject({
    step: 1,
    made: { a: '2' },
    state: 'running',
  })
})

test('what earlier steps made is kept, and the last step makes the story ready', async () => {
  const at = await begun('kept')
  for (const [made, last] of [
    [{ first: 'x' }, false],
    [{ second: 'y' }, true],
  ] as const) {
    await at.inside((tx) => claimStep(tx, lease))
    await at.inside((tx) => finishStep(tx, lease.leaseId, { made, last }))
  }
  expect(await at.inside((tx) => rehearsalOf(tx))).toMatchObject({
    state: 'ready',
    step: 2,
    made: { first: 'x', second: 'y' },
  })
  expect(await at.inside((tx) => claimStep(tx, lease))).toBe(undefined)
})

test('a story that got stuck goes on at the same step when it is begun again', async () => {
  const at = await begun('stuck')
  await at.inside((tx) => claimStep(tx, lease))
  await at.inside((tx) => giveBack(tx, lease.leaseId, 'stuck'))
  expect(await at.inside((tx) => claimStep(tx, other))).toBe(undefined)
  const { workspaceId, personId: startedBy } = at
  await at.inside((tx) => beginRehearsal(tx, { workspaceId, startedBy, language: 'de' }))
  expect(await at.inside((tx) => claimStep(tx, other))).toMatchObject({ step: 0, tries: 1, language: 'en' })
})

test('a story that was stopped is told no further', async () => {
  const at = await begun('stopped')
  await at.inside((tx) => claimStep(tx, lease))
  await at.inside((tx) => stopRehearsal(tx))
  expect(await at.inside((tx) => finishStep(tx, lease.leaseId, { made: {}, last: false }))).toBe(false)
  expect(await dueRehearsals(db.database, 10)).not.toContain(at.workspaceId)
})

test('emptying takes every row of every walled table, but for who belongs to the workspace', async () => {
  const at = await begun('full')
  const neighbour = await ground(db.database, { seed: 'neighbour' })
  for (const each of [at, neighbour]) await groundMembers(await groundCampaign(each), ['Mia Ford', 'Ben Ode'])
  const before = await rowsOf(neighbour.workspaceId)
  expect((await rowsOf(at.workspaceId)).size).toBeGreaterThan(6)
  await at.inside((tx) => emptyPracticeWorkspace(tx))
  expect(await rowsOf(at.workspaceId)).toEqual(
    new Map([
      ['membership', 1],
      ['workspace', 1],
    ]),
  )
  expect(await rowsOf(neighbour.workspaceId)).toEqual(before)
  const { rows } = await at.inside((tx) => sql<{ mode: string }>`select mode from workspace`.execute(tx))
  expect(rows).toEqual([{ mode: 'undecided' }])
})

test('a row that is committed while a workspace is being emptied is emptied too', async () => {
  const at = await begun('beside')
  const [member] = await groundMembers(await groundCampaign(at), ['Mia Ford'])
  const [written, committed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const writing = at.inside(async (tx) => {
    await sql`insert into application (workspace_id, id, member_id, message)
      values (${at.workspaceId}, ${other.leaseId}, ${member?.id}, 'I would love to.')`.execute(tx)
    written.resolve()
    await committed.promise
  })
  await written.promise
  const emptying = at.inside((tx) => emptyPracticeWorkspace(tx))
  await somebodyWaits(db.adminUrl)
  committed.resolve()
  await Promise.all([writing, emptying])
  expect([...(await rowsOf(at.workspaceId)).keys()]).toEqual(['membership', 'workspace'])
})

test('a real workspace is refused by the database itself', async () => {
  const at = await ground(db.database, { seed: 'real', mode: 'real' })
  await groundMembers(await groundCampaign(at), ['Mia Ford'])
  const before = await rowsOf(at.workspaceId)
  await expect(at.inside((tx) => emptyPracticeWorkspace(tx))).rejects.toThrow('only a practice workspace')
  expect(await rowsOf(at.workspaceId)).toEqual(before)
})

test('outside any workspace nothing is emptied', async () => {
  await expect(db.database.inSystem((tx) => emptyPracticeWorkspace(tx))).rejects.toThrow(
    'only a practice workspace',
  )
})

/** How many rows of a workspace each table holds; tables without any are left out. */
async function rowsOf(workspaceId: string): Promise<ReadonlyMap<string, number>> {
  const admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  try {
    const { rows: tables } = await admin.query<{ name: string }>(`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity
      order by 1`)
    const counted = new Map<string, number>()
    for (const { name } of tables) {
      const { rows } = await admin.query<{ count: string }>(
        `select count(*) from ${name} where workspace_id = $1`,
        [workspaceId],
      )
      const count = Number(rows[0]?.count ?? 0)
      if (count > 0) counted.set(name, count)
    }
    return counted
  } finally {
    await admin.end()
  }
}
