/**
 * Statements on campaigns. The figures count members whose contact is still in use; what waits and what was answered
 * is read from the tables of sending and correspondence.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Formality } from '../templates/index.ts'
import { plainBrand } from './brand.ts'
import { holdBrand } from './store-brand.ts'
import type { Brief, Campaign, CampaignOverview, CampaignPatch, CampaignStatus } from './campaign.ts'
import { emptyBrief, statusesBefore } from './campaign.ts'
import type { MemberState } from './member.ts'
import { memberStates } from './member.ts'
import type { Picture } from './picture.ts'

interface CampaignRow {
  id: string
  name: string
  status: CampaignStatus
  brief: Partial<Brief>
  mailbox_id: string | null
  brand_name: string
  brand_colour: string
  formality: Formality
  logo: Picture | null
  images: Picture[] | null
  created_at: Temporal.Instant
}

const picture = sql`jsonb_build_object('id', p.id, 'token', p.token, 'width', p.width, 'height', p.height)`
const columns = sql`c.id, c.name, c.status, c.brief, c.mailbox_id, c.brand_name, c.brand_colour, c.formality, c.created_at,
  (select ${picture} from picture p where p.workspace_id = c.workspace_id and p.id = c.logo_id) as logo,
  (select jsonb_agg(${picture} order by p.created_at, p.id)
   from brief_image i join picture p on p.workspace_id = i.workspace_id and p.id = i.picture_id
   where i.workspace_id = c.workspace_id and i.campaign_id = c.id) as images`

function campaignOf(row: CampaignRow): Campaign {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    brief: { ...emptyBrief, ...row.brief },
    ...(row.mailbox_id === null ? {} : { mailboxId: row.mailbox_id }),
    brandName: row.brand_name,
    brandColour: row.brand_colour,
    formality: row.formality,
    ...(row.logo === null ? {} : { logo: row.logo }),
    images: row.images ?? [],
    createdAt: row.created_at,
  }
}

export async function campaignById(tx: Tx, id: string): Promise<Campaign | undefined> {
  const { rows } = await sql<CampaignRow>`select ${columns} from campaign c where c.id = ${id}`.execute(tx)
  return rows[0] === undefined ? undefined : campaignOf(rows[0])
}

interface OverviewRow extends CampaignRow {
  stages: Partial<Record<MemberState, number>> | null
  replied: number
  open: { waiting: number; pausable: number }
}

/** Every campaign of the workspace, or one, newest first, with its figures. */
export async function campaignOverviews(tx: Tx, id?: string): Promise<readonly CampaignOverview[]> {
  const { rows } = await sql<OverviewRow>`
    select ${columns},
      (select jsonb_object_agg(s.state, s.members) from (
         select m.state, count(*)::int as members
         from member m join contact k on k.workspace_id = m.workspace_id and k.id = m.contact_id and k.deleted_at is null
         where m.workspace_id = c.workspace_id and m.campaign_id = c.id group by m.state) s) as stages,
      (select count(*)::int from member m
       where m.workspace_id = c.workspace_id and m.campaign_id = c.id and exists (
         select from message x where x.workspace_id = m.workspace_id and x.contact_id = m.contact_id
           and x.campaign_id = m.campaign_id and x.direction = 'in' and x.kind = 'reply')) as replied,
      (select jsonb_build_object('waiting', count(*), 'pausable', count(*) filter (where s.state = 'queued' and s.kind <> 'direct'))
       from submission s
       where s.workspace_id = c.workspace_id and s.campaign_id = c.id and s.state in ('queued', 'held', 'leased')) as open
    from campaign c
    ${id === undefined ? sql`` : sql`where c.id = ${id}`}
    order by c.created_at desc, c.id desc`.execute(tx)
  return rows.map((row) => ({
    ...campaignOf(row),
    counts: countsOf(row.stages ?? {}),
    replied: row.replied,
    ...row.open,
  }))
}

function countsOf(stages: Partial<Record<MemberState, number>>): Record<MemberState, number> {
  const counts: Record<MemberState, number> = {
    added: 0,
    invited: 0,
    viewed: 0,
    applied: 0,
    approved: 0,
    rejected: 0,
    withdrawn: 0,
    declined: 0,
  }
  for (const state of memberStates) counts[state] = stages[state] ?? 0
  return counts
}

/** A new campaign begins with the brand of its workspace. */
export async function insertCampaign(
  tx: Tx,
  workspaceId: string,
  campaign: Pick<Campaign, 'id' | 'name' | 'brief'> & {
    readonly mailboxId?: string | undefined
    readonly createdBy: string
  },
): Promise<void> {
  await holdBrand(tx)
  await sql`insert into campaign (workspace_id, id, name, brief, mailbox_id, created_by, brand_name, brand_colour, formality, logo_id)
    select ${workspaceId}, ${campaign.id}, ${campaign.name}, ${JSON.stringify(campaign.brief)}::jsonb,
      ${campaign.mailboxId ?? null}::uuid, ${campaign.createdBy}::uuid,
      coalesce(b.name, ''), coalesce(b.colour, ${plainBrand.colour}), coalesce(b.formality, ${plainBrand.formality}), b.logo_id
    from (select 1) one left join brand b on b.workspace_id = ${workspaceId}`.execute(tx)
}

/** False when the campaign is unknown. */
export async function updateCampaign(tx: Tx, id: string, patch: CampaignPatch): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update campaign set
      name = coalesce(${patch.name ?? null}, name),
      mailbox_id = coalesce(${patch.mailboxId ?? null}::uuid, mailbox_id),
      brief = coalesce(${patch.brief === undefined ? null : JSON.stringify(patch.brief)}::jsonb, brief),
      brand_name = coalesce(${patch.brandName ?? null}, brand_name),
      brand_colour = coalesce(${patch.brandColour ?? null}, brand_colour),
      formality = coalesce(${patch.formality ?? null}, formality)
    where id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

/** Moves the status if the campaign stands where it may move from. */
export async function moveCampaign(tx: Tx, id: string, to: CampaignStatus): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update campaign set status = ${to}, closed_at = case when ${to} = 'closed' then kontor_now() end
    where id = ${id} and status = any(${[...statusesBefore(to)]}::text[]) returning id`.execute(tx)
  return rows.length > 0
}

/** Locks a campaign until the transaction ends. False when it is unknown. */
export async function lockCampaign(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`select id from campaign where id = ${id} for update`.execute(tx)
  return rows.length > 0
}
