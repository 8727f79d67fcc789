import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Tx } from '../platform/db/index.ts'
import type { CampaignGround, MemberGround } from '../testing/campaign.ts'
import { groundCampaign, groundMembers } from '../testing/campaign.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { contactRecipients, recipients } from './store-recipient.ts'

const db = await testDatabase()
const names = Array.from({ length: 40 }, (_, n) => `Person ${n}`)
let on: CampaignGround
let members: readonly MemberGround[]
beforeAll(async () => {
  on = await groundCampaign(await ground(db.database, { seed: 'recipients' }))
  members = await groundMembers(on, names)
})

/** Rows of people that this connection has read; no statistics tell the planner how many there are. */
async function rowsRead(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as count from pg_stat_xact_user_tables
    where relname in ('member', 'contact', 'contact_address')`.execute(tx)
  return rows[0]?.count ?? 0
}

test('of a long list nobody has analyzed yet, one member is read without reading the others', async () => {
  const memberIds = [members[17]?.id ?? '']
  await on.at.inside(async (tx) => {
    const same = { kind: 'invitation' } as const
    const before = await rowsRead(tx)
    const found = await recipients(tx, { campaignId: on.campaignId, memberIds, same })
    expect(found.map(({ name }) => name)).toEqual(['Person 17'])
    expect((await rowsRead(tx)) - before).toBeLessThanOrEqual(6)
  })
})

test('of a long list nobody has analyzed yet, one influencer is read without reading the others', async () => {
  const contactIds = [members[23]?.contactId ?? '']
  await on.at.inside(async (tx) => {
    const before = await rowsRead(tx)
    const found = await contactRecipients(tx, { contactIds, same: { versions: [] } })
    expect(found.map(({ name }) => name)).toEqual(['Person 23'])
    expect((await rowsRead(tx)) - before).toBeLessThanOrEqual(4)
  })
})

test('a member of another campaign is no recipient here', async () => {
  await on.at.inside(async (tx) => {
    const other = on.at.ids.uuid()
    const memberIds = members.map(({ id }) => id)
    expect(await recipients(tx, { campaignId: other, memberIds, same: { versions: [] } })).toEqual([])
  })
})
