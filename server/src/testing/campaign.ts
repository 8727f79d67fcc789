/**
 * Builders for tests of campaigns: a running campaign with a sender and members, and mails that the provider took.
 */
import { sql } from 'kysely'
import type { CampaignParts } from '../campaigns/parts.ts'
import { insertCampaign, moveCampaign } from '../campaigns/store-campaign.ts'
import { insertMembers } from '../campaigns/store-member.ts'
import { insertUpload } from '../correspondence/index.ts'
import { blobs } from '../platform/blob/index.ts'
import { createEnqueue } from '../sending/index.ts'
import type { Actor } from '../team/index.ts'
import type { Ground } from './ground.ts'
import { groundContact, groundSender } from './outbox.ts'

export interface CampaignGround {
  readonly at: Ground
  readonly parts: CampaignParts
  readonly actor: Actor
  readonly campaignId: string
  readonly mailboxId: string
}

export interface MemberGround {
  readonly id: string
  readonly contactId: string
  readonly token: string
}

/** The running campaign "Spring Breads" of Anna Keller, sent from a practice mailbox. */
export async function groundCampaign(at: Ground): Promise<CampaignGround> {
  const { workspaceId, personId, ids, emit } = at
  const mailboxId = await groundSender(at, { address: `anna.${workspaceId}@brand.practice.example` })
  const campaignId = ids.uuid()
  await at.inside(async (tx) => {
    const brief = {
      headline: 'Bread for spring',
      body: 'Bake with us.',
      deliverables: ['1 reel'],
      dates: 'May',
      compensation: '400 EUR',
      images: [],
    }
    const campaign = { id: campaignId, name: 'Spring Breads', brief, mailboxId, createdBy: personId }
    await insertCampaign(tx, workspaceId, campaign)
    await moveCampaign(tx, campaignId, 'running')
  })
  return {
    at,
    parts: {
      ids,
      emit,
      enqueue: createEnqueue(at),
      publicUrl: () => 'http://127.0.0.1:3210',
      traits: () => ({ maxRawBytes: 3_145_728 }),
    },
    actor: { personId, name: 'Anna Keller', role: 'owner', workspaceId, language: 'en' },
    campaignId,
    mailboxId,
  }
}

/** People of the practice world, in the campaign. */
export async function groundMembers(
  { at, campaignId }: CampaignGround,
  names: readonly string[],
): Promise<readonly MemberGround[]> {
  const members: MemberGround[] = []
  for (const name of names) {
    const contactId = await groundContact(at, name)
    const rows = await at.inside(async (tx) => {
      await insertMembers(tx, at, campaignId, [contactId])
      const found = await sql<{ id: string; token: string }>`
        select id, token from member where campaign_id = ${campaignId} and contact_id = ${contactId}`.execute(
        tx,
      )
      return found.rows
    })
    members.push(...rows.map((row) => ({ ...row, contactId })))
  }
  return members
}

/** The provider took what waited for this member. Returns how many mails that were. */
export async function acceptWaiting(at: Ground, memberId: string): Promise<number> {
  return await at.inside(async (tx) => {
    await sql`update submission set state = 'leased', lease_id = uuidv7(), lease_until = kontor_now()
      where member_id = ${memberId} and state = 'queued'`.execute(tx)
    const { rows } =
      await sql`update submission set state = 'accepted', accepted_at = kontor_now(), settled_at = kontor_now()
      where member_id = ${memberId} and state = 'leased' returning id`.execute(tx)
    return rows.length
  })
}

/** State and reason of every mail to this member, oldest first: `queued`, `cancelled declined`. */
export async function mailsTo(at: Ground, memberId: string): Promise<readonly string[]> {
  const { rows } = await at.inside((tx) =>
    sql<{ mail: string }>`
      select concat_ws(' ', kind, state, reason->>'code') as mail from submission
      where member_id = ${memberId} order by enqueued_at, id`.execute(tx),
  )
  return rows.map((row) => row.mail)
}

/** The state a member stands in. */
export async function stateOf(at: Ground, memberId: string): Promise<string | undefined> {
  const { rows } = await at.inside((tx) =>
    sql<{ state: string }>`select state from member where id = ${memberId}`.execute(tx),
  )
  return rows[0]?.state
}

/** A file that the team has brought up whole; its upload's id. */
export async function groundUpload(at: Ground, filename: string, content: Uint8Array): Promise<string> {
  const id = at.ids.uuid()
  await at.inside(async (tx) => {
    const { sha256, size } = await blobs.put(tx, at.workspaceId, content)
    const file = { filename, contentType: 'application/pdf', size, sha256 }
    await insertUpload(tx, { ...file, id, by: at.personId })
  })
  return id
}
