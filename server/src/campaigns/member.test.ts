import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { groundCampaign, groundMembers } from '../testing/campaign.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { memberMoves, memberStates, statesBefore } from './member.ts'

const { database } = await testDatabase()

test('the database allows exactly the moves of the table', async () => {
  const at = await ground(database, { seed: 'moves' })
  const [member] = await groundMembers(await groundCampaign(at), ['Mia Ford'])
  const allowed: Record<string, string[]> = {}
  for (const from of memberStates) {
    allowed[from] = []
    for (const to of memberStates.filter((state) => state !== from)) {
      const done = await at
        .inside(async (tx) => {
          await sql`delete from member where id = ${member?.id}`.execute(tx)
          await sql`insert into member (workspace_id, id, campaign_id, contact_id, state, token, token_hash)
            select ${at.workspaceId}, ${member?.id}, c.id, ${member?.contactId}, ${from}, 't', '\\x00' from campaign c`.execute(
            tx,
          )
          await sql`update member set state = ${to} where id = ${member?.id}`.execute(tx)
          return true
        })
        .catch(() => false)
      if (done) allowed[from].push(to)
    }
  }
  expect(allowed).toEqual(memberMoves)
})

test('the way into a state is read from the same table', () => {
  expect(statesBefore('applied')).toEqual(['added', 'invited', 'viewed', 'withdrawn', 'declined'])
  expect(statesBefore('added')).toEqual([])
})
