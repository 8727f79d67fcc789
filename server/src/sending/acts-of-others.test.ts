import { beforeEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { CampaignGround, MemberGround } from '../testing/campaign.ts'
import { groundCampaign, groundMembers } from '../testing/campaign.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { cancelCampaign, holdCampaign, releaseHeld } from './acts-of-others.ts'
import type { MailKind } from './submission.ts'

const db = await testDatabase()
let on: CampaignGround
let mia: MemberGround
let round = 0
beforeEach(async () => {
  on = await groundCampaign(await ground(db.database, { seed: `of-others-${round++}` }))
  const [member] = await groundMembers(on, ['Mia Ford'])
  if (member === undefined) throw new Error('nobody is a member')
  mia = member
  await queue('bulk', 3)
  await queue('direct', 1)
  on.at.emitted.length = 0
})

async function queue(kind: MailKind, count: number): Promise<void> {
  const { at, parts, mailboxId, campaignId } = on
  await at.inside((tx) =>
    parts.enqueue(
      tx,
      Array.from({ length: count }, (_, n) => ({
        key: `${kind}-${n}`,
        mailboxId,
        kind,
        campaignId,
        contactId: mia.contactId,
        toAddress: 'mia.ford@people.practice.example',
        toName: 'Mia Ford',
        subject: 'Spring',
        text: 'Hello',
      })),
    ),
  )
}

async function standing(): Promise<readonly unknown[]> {
  const { rows } = await on.at.inside((tx) =>
    sql<{
      fact: string
    }>`select kind || ' ' || state || ' ' || count(*) as fact from submission group by kind, state order by 1`.execute(
      tx,
    ),
  )
  return rows.map(({ fact }) => fact)
}

/** Events of mails since the mails were queued: type, how many they tell of, and which person a single one names. */
const told = () =>
  on.at.emitted
    .filter(({ type }) => type.startsWith('submission.'))
    .map(({ type, payload }) => [type, payload['count'] ?? payload['kind'], payload['contactId']])

const of = () => ({ workspaceId: on.at.workspaceId, campaignId: on.campaignId })

test('a campaign that is paused holds what waits but personal mails, and pages hear of it in one event', async () => {
  const { at } = on
  expect(await at.inside((tx) => holdCampaign(at, tx, of(), 'campaign_paused'))).toBe(3)
  expect([await standing(), told()]).toEqual([
    ['bulk held 3', 'direct queued 1'],
    [['submission.held', 3, undefined]],
  ])
})

test('when it goes on pages hear that those mails wait again, and of nothing when none was held', async () => {
  const { at } = on
  await at.inside((tx) => holdCampaign(at, tx, of(), 'campaign_paused'))
  at.emitted.length = 0
  const release = () => at.inside((tx) => releaseHeld(at, tx, of(), 'campaign_paused'))
  expect([await release(), await release()]).toEqual([3, 0])
  expect([await standing(), told()]).toEqual([
    ['bulk queued 3', 'direct queued 1'],
    [['submission.queued', 3, undefined]],
  ])
})

test('when it is closed a personal mail that waited is told of by itself, so that the question it answered is open again', async () => {
  const { at } = on
  const close = () => at.inside((tx) => cancelCampaign(at, tx, of(), { code: 'campaign_closed' }))
  expect([await close(), await close()]).toEqual([4, 0])
  expect([await standing(), told()]).toEqual([
    ['bulk cancelled 3', 'direct cancelled 1'],
    [
      ['submission.cancelled', 4, undefined],
      ['submission.cancelled', 'direct', mia.contactId],
    ],
  ])
})
