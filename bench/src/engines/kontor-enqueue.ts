/** Kontor's two ways into the outbox: its own door, and the launch of a campaign behind a person's button. */
import { continueLaunch } from '../../../server/src/campaigns/advance.ts'
import { sendInvitations } from '../../../server/src/campaigns/launch.ts'
import { addMembers } from '../../../server/src/campaigns/manage.ts'
import type { CampaignParts } from '../../../server/src/campaigns/parts.ts'
import { defineEvents } from '../../../server/src/platform/events/index.ts'
import { systemIds as ids } from '../../../server/src/platform/ids/index.ts'
import { createEnqueue, syncSchedule } from '../../../server/src/sending/index.ts'
import { lease } from '../../../server/src/sending/lease.ts'
import { groundCampaign } from '../../../server/src/testing/campaign.ts'
import { ground } from '../../../server/src/testing/ground.ts'
import { wiring } from '../../../server/src/wiring.ts'
import type { Enqueuer } from '../b10-enqueue.ts'
import { recipientOf } from '../b10-enqueue.ts'
import type { BenchDatabase } from '../database.ts'
import { analyzeFilled } from '../database.ts'
import { benchBox as box, benchDatabase } from '../programs/parts.ts'
import { fillMailboxes, workspace } from './kontor-ground.ts'

const mailboxes = 50
const chunk = 1000

function wiredEmit() {
  const events = defineEvents({ ids })
  events.wire(wiring({ ids, emit: events.emit, box, authors: [], campaigns: {} as never }))
  return events.emit
}

export async function kontorEnqueue(database: BenchDatabase, recipients: number): Promise<Enqueuer> {
  await fillMailboxes(database.admin, { mailboxes, cap: 300 })
  const contacts = await fillContacts(database, workspace, recipients)
  const { rows } = await database.admin.query<{ id: string }>('select id from mailbox order by id')
  const product = benchDatabase(database.appUrl)
  const enqueue = createEnqueue({ ids, emit: wiredEmit() })
  const each = Math.ceil(recipients / mailboxes)
  return {
    async press() {
      for (let from = 0; from < recipients; from += chunk) {
        const requests = contacts.slice(from, from + chunk).map((contactId, i) => {
          const { address, name, subject, text } = recipientOf(from + i)
          const mailboxId = rows[Math.floor((from + i) / each)]?.id ?? ''
          const whom = { contactId, toAddress: address, toName: name }
          return { key: `press ${from + i}`, mailboxId, kind: 'bulk' as const, ...whom, subject, text }
        })
        const outcome = await product.inWorkspace(workspace, (tx) => enqueue(tx, requests))
        if (!outcome.ok) throw new Error(outcome.reason.code)
      }
    },
    ...shared(database, product),
  }
}

export async function kontorLaunch(database: BenchDatabase, recipients: number): Promise<Enqueuer> {
  const product = benchDatabase(database.appUrl)
  const at = await ground(product, { seed: 'bench' })
  const campaign = await groundCampaign(at)
  const emit = wiredEmit()
  const parts: CampaignParts = { ...campaign.parts, ids, emit, enqueue: createEnqueue({ ids, emit }) }
  await database.admin.query(`update mailbox set window_from = '00:00', window_to = '23:59'`)
  await at.inside((tx) => syncSchedule(tx, campaign.mailboxId))
  const contacts = await fillContacts(database, at.workspaceId, recipients)
  for (let from = 0; from < recipients; from += chunk) {
    const contactIds = contacts.slice(from, from + chunk)
    await at.inside((tx) =>
      addMembers(parts, tx, campaign.actor, { campaignId: campaign.campaignId, contactIds }),
    )
  }
  const { rows } = await database.admin.query<{ id: string }>('select id from member order by id')
  await analyzeFilled(database.admin)
  const wish = {
    actor: campaign.actor,
    campaignId: campaign.campaignId,
    key: 'one press of the button',
    memberIds: rows.map(({ id }) => id),
  }
  const goOn = continueLaunch(parts)
  return {
    async press() {
      let { state, launchId } = await at.inside(async (tx) => {
        const launched = await sendInvitations(parts, tx, wish)
        if (!launched.ok) throw new Error(launched.code)
        return launched
      })
      const event = {
        id: ids.uuid(),
        workspaceId: at.workspaceId,
        type: 'launch.advanced',
        subject: launchId,
      }
      while (state === 'running') {
        await at.inside((tx) => goOn(tx, { ...event, payload: { state }, at: Temporal.Now.instant() }))
        const found = await database.admin.query<{ state: typeof state }>(
          'select state from launch where id = $1',
          [launchId],
        )
        state = found.rows[0]?.state ?? 'done'
      }
      if (state !== 'done') throw new Error(`the launch is ${state}`)
    },
    ...shared(database, product),
  }
}

function shared(database: BenchDatabase, product: ReturnType<typeof benchDatabase>): Omit<Enqueuer, 'press'> {
  return {
    async first() {
      const leases = await lease(product, { mailboxes: 1, ttlSeconds: 120, worker: 'bench' })
      if (leases.length !== 1) throw new Error('nothing may leave')
    },
    async count() {
      const { rows } = await database.admin.query<{ n: number }>('select count(*)::int as n from submission')
      return rows[0]?.n ?? 0
    },
    [Symbol.asyncDispose]: async () => await product[Symbol.asyncDispose](),
  }
}

async function fillContacts(
  { admin }: BenchDatabase,
  workspaceId: string,
  count: number,
): Promise<readonly string[]> {
  const contacts = Array.from({ length: count }, () => ids.uuid())
  await admin.query(
    `insert into contact (workspace_id, id, name)
     select $1, i.id, 'Person ' || n from unnest($2::uuid[]) with ordinality as i(id, n)`,
    [workspaceId, contacts],
  )
  await admin.query(
    `insert into contact_address (workspace_id, contact_id, address, address_key, preferred)
     select $1, i.id, 'p' || n || '@people.practice.example', 'p' || n || '@people.practice.example', true
     from unnest($2::uuid[]) with ordinality as i(id, n)`,
    [workspaceId, contacts],
  )
  await analyzeFilled(admin)
  return contacts
}
