import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { declineSuggested } from '../campaigns/index.ts'
import { insertSuggestion } from '../correspondence/index.ts'
import { testDatabase } from '../testing/database.ts'
import { acceptWaiting, groundCampaign, groundMembers, stateOf } from '../testing/campaign.ts'
import { ground } from '../testing/ground.ts'
import { conversationWith, inboxGround } from '../testing/inbox.ts'

const { database } = await testDatabase()

async function declined(seed: string) {
  const at = await inboxGround(database, seed)
  const contactId = await at.contact('Mia Ford')
  await at.sent({ contactId, text: 'Join us' })
  const messageId = await at.heard({ contactId, text: 'No, thanks.' })
  const suggestionId = at.ids.uuid()
  await at.inside((tx) =>
    insertSuggestion(tx, { id: suggestionId, messageId, kind: 'declined', evidence: 'No, thanks.' }),
  )
  const id = await conversationWith(at, contactId)
  const look = async () => (await at.call(at.anna, 'GET', `/conversations/${id}`)).body['suggestions']
  const decide = (verdict: string, actor = at.anna) =>
    at.call(actor, 'PUT', `/conversations/${id}/suggestions/${suggestionId}`, { verdict })
  return { at, contactId, messageId, suggestionId, look, decide }
}

test('what an answer seems to say stands in its conversation until somebody decides, once', async () => {
  const { at, messageId, suggestionId, look, decide } = await declined('suggest')
  expect(await look()).toEqual([{ id: suggestionId, messageId, kind: 'declined', evidence: 'No, thanks.' }])
  at.emitted.length = 0
  expect((await decide('accepted')).status).toBe(200)
  expect(await look()).toEqual([])
  expect((await decide('dismissed', at.ben)).status).toBe(404)
  expect(at.emitted.map((event) => event.type)).toEqual(['suggestion.accepted', 'conversation.changed'])
})

test('a viewer decides nothing', async () => {
  const { at, decide } = await declined('suggest-viewer')
  expect((await decide('accepted', at.vera)).status).toBe(403)
})

test('a suggestion of another conversation is not found here', async () => {
  const { at, suggestionId, look } = await declined('suggest-other')
  const other = await at.contact('Ada Vogt')
  await at.heard({ contactId: other, text: 'Hello' })
  const elsewhere = await conversationWith(at, other)
  const path = `/conversations/${elsewhere}/suggestions/${suggestionId}`
  expect((await at.call(at.anna, 'PUT', path, { verdict: 'accepted' })).status).toBe(404)
  expect(await look()).toHaveLength(1)
})

test.each([
  ['invited', 'declined'],
  ['applied', 'withdrawn'],
  ['approved', 'approved'],
] as const)('somebody who is %s is then %s, and what waits for them is stopped', async (before, after) => {
  const at = await ground(database, { seed: `suggest-${before}` })
  const campaign = await groundCampaign(at)
  const [member] = await groundMembers(campaign, ['Mia Ford'])
  if (member === undefined) throw new Error('no member')
  await acceptWaiting(at, member.id)
  for (const state of before === 'approved' ? (['applied', 'approved'] as const) : [before])
    await at.inside((tx) => sql`update member set state = ${state} where id = ${member.id}`.execute(tx))
  await at.inside((tx) =>
    declineSuggested(at)(tx, {
      id: at.ids.uuid(),
      at: Temporal.Instant.fromEpochMilliseconds(0),
      workspaceId: at.workspaceId,
      type: 'suggestion.accepted',
      payload: { kind: 'declined', contactId: member.contactId, campaignId: campaign.campaignId },
    }),
  )
  expect(await stateOf(at, member.id)).toBe(after)
})
