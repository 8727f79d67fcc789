import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { asActor } from '../http-kit/index.ts'
import { createEnqueue } from '../sending/index.ts'
import type { CampaignGround, MemberGround } from '../testing/campaign.ts'
import { acceptWaiting, groundCampaign, groundMembers } from '../testing/campaign.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { groundSender } from '../testing/outbox.ts'
import { resultRoutes } from './routes.ts'

const { database } = await testDatabase()
let on: CampaignGround
let members: readonly MemberGround[]

/** Three people were written to on Monday, 08:00 UTC; two replied after 30 and 90 minutes, one bounced for good. */
beforeAll(async () => {
  on = await groundCampaign(await ground(database, { seed: 'results' }))
  members = await groundMembers(on, ['Ada Sum', 'Bo Sum', 'Cy Sum'])
  const enqueue = createEnqueue(on.at)
  for (const [i, member] of members.entries()) {
    await on.at.inside((tx) =>
      enqueue(tx, [
        {
          mailboxId: on.mailboxId,
          key: `results-${i}`,
          kind: 'invitation',
          contactId: member.contactId,
          toName: 'Sum',
          toAddress: `${i}@people.practice.example`,
          campaignId: on.campaignId,
          memberId: member.id,
        },
      ]),
    )
    await acceptWaiting(on.at, member.id)
  }
  await arrived(0, 'reply', '2026-01-05T08:30:00Z')
  await arrived(1, 'reply', '2026-01-05T09:30:00Z')
  await arrived(1, 'auto_reply', '2026-01-05T08:01:00Z')
  await arrived(2, 'bounce', '2026-01-05T08:02:00Z', { recipients: [{ address: 'x', permanent: true }] })
})

async function arrived(who: number, kind: string, at: string, bounce?: unknown): Promise<void> {
  const { workspaceId, ids } = on.at
  const contactId = members[who]?.contactId
  const threadId = ids.uuid()
  await on.at.inside(async (tx) => {
    await sql`insert into thread (workspace_id, id, mailbox_id, contact_id, campaign_id, token, subject)
      values (${workspaceId}, ${threadId}, ${on.mailboxId}, ${contactId}, ${on.campaignId}, ${threadId}, 'Bread')`.execute(
      tx,
    )
    await sql`insert into message (workspace_id, id, thread_id, mailbox_id, contact_id, campaign_id, direction, kind, from_address, bounce, occurred_at)
      values (${workspaceId}, ${ids.uuid()}, ${threadId}, ${on.mailboxId}, ${contactId}, ${on.campaignId}, 'in', ${kind}, 'a@b.example',
        ${bounce === undefined ? null : JSON.stringify(bounce)}::jsonb, ${at})`.execute(tx)
  })
}

async function read(query = ''): Promise<{ status: number; body: unknown }> {
  const app = asActor({ ...on.actor, role: 'viewer' }, resultRoutes({ database }))
  const response = await app.request(`/workspaces/${on.at.workspaceId}/results${query}`)
  return { status: response.status, body: await response.json() }
}

const counts = {
  added: 3,
  invited: 0,
  viewed: 0,
  applied: 0,
  approved: 0,
  rejected: 0,
  withdrawn: 0,
  declined: 0,
}

test('an automatic reply is no reply, and the time to reply is the median', async () => {
  expect(await read('?days=1')).toEqual({
    status: 200,
    body: {
      campaigns: [
        {
          id: on.campaignId,
          name: 'Spring Breads',
          status: 'running',
          counts,
          replied: 2,
          bounced: 1,
          minutesToReply: 60,
        },
      ],
      mailboxes: [
        {
          id: on.mailboxId,
          address: `anna.${on.at.workspaceId}@brand.practice.example`,
          level: 'full',
          connected: true,
          days: [{ date: '2026-01-05', sent: 3, replies: 2, bounces: 1 }],
        },
      ],
    },
  })
})

test('a Send Only mailbox shows what it sent and nothing else', async () => {
  const other = await ground(database, { seed: 'results-blind' })
  const mailboxId = await groundSender(other, {
    address: 'cleo@brand.practice.example',
    level: 'send_only',
  })
  const app = asActor(
    { ...on.actor, workspaceId: other.workspaceId, role: 'viewer' },
    resultRoutes({ database }),
  )
  const response = await app.request(`/workspaces/${other.workspaceId}/results?days=2`)
  expect(await response.json()).toEqual({
    campaigns: [],
    mailboxes: [
      {
        id: mailboxId,
        address: 'cleo@brand.practice.example',
        level: 'send_only',
        connected: true,
        days: [
          { date: '2026-01-04', sent: 0 },
          { date: '2026-01-05', sent: 0 },
        ],
      },
    ],
  })
})

test('a span of no days, or of years, is refused', async () => {
  expect((await read('?days=0')).status).toBe(400)
  expect((await read('?days=400')).status).toBe(400)
})
