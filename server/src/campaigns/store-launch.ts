/**
 * Statements on launches: one press of "send" each, and the people it is for. Whoever comes second with a key waits for
 * the first and then reads what it did. Whoever goes on with a launch holds its row, so that no chunk is done twice.
 */
import { sql } from 'kysely'
import { records } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { isSameText } from '../templates/index.ts'
import type { TemplateVersion } from '../templates/index.ts'

export type LaunchKind = 'invitation' | 'bulk'
export type LaunchState = 'running' | 'done' | 'stopped'
/** Language → the version that its mails are written from. */
export type FrozenVersions = Readonly<
  Partial<Record<'en' | 'de', { readonly templateId: string; readonly version: number }>>
>

export interface NewLaunch {
  readonly id: string
  readonly campaignId?: string | undefined
  readonly key: string
  /** Hash of what was asked for. */
  readonly wish: Buffer
  /** Absent for decisions. */
  readonly kind?: LaunchKind
  readonly createdBy: string
}

export interface LaunchFigures {
  readonly launchId: string
  readonly state: LaunchState
  readonly total: number
  readonly queued: number
  readonly leftOut: number
}

export type LaunchBegun =
  | { readonly begun: true }
  | ({ readonly begun: false; readonly sameWish: boolean } & LaunchFigures)

interface FiguresRow {
  id: string
  state: LaunchState
  total: number
  queued: number
  left_out: number
}

function figuresOf(row: FiguresRow): LaunchFigures {
  return { launchId: row.id, state: row.state, total: row.total, queued: row.queued, leftOut: row.left_out }
}

/** Begins a launch, or tells what the one with this key did. */
export async function beginLaunch(tx: Tx, workspaceId: string, launch: NewLaunch): Promise<LaunchBegun> {
  const { id, campaignId = null, key, wish, kind = null, createdBy } = launch
  const inserted = await sql<{ id: string }>`
    insert into launch (workspace_id, id, campaign_id, key, wish, kind, created_by)
    values (${workspaceId}, ${id}, ${campaignId}, ${key}, ${wish}, ${kind}, ${createdBy})
    on conflict (workspace_id, campaign_id, key) do nothing returning id`.execute(tx)
  if (inserted.rows.length > 0) return { begun: true }
  const { rows } = await sql<FiguresRow & { wish: Buffer }>`
    select id, wish, state, total, queued, left_out from launch
    where campaign_id is not distinct from ${campaignId}::uuid and key = ${key}`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw new Error('a launch vanished')
  return { begun: false, sameWish: row.wish.equals(wish), ...figuresOf(row) }
}

/** What is needed to go on with a launch. */
export interface OpenLaunch extends LaunchFigures {
  readonly workspaceId: string
  readonly campaignId?: string
  readonly kind: LaunchKind
  readonly mailboxId: string
  readonly setId?: string
  readonly again: boolean
  readonly versions: FrozenVersions
  readonly createdBy: string
}

/** Notes what was frozen when the button was pressed; from here on the launch can be gone on with. */
export async function openLaunch(
  tx: Tx,
  id: string,
  frozen: {
    readonly mailboxId: string
    readonly setId?: string | undefined
    readonly again: boolean
    readonly versions: FrozenVersions
    readonly total: number
    readonly leftOut: number
  },
): Promise<void> {
  await sql`update launch set state = 'running', mailbox_id = ${frozen.mailboxId}, set_id = ${frozen.setId ?? null}::uuid,
      again = ${frozen.again}, versions = ${JSON.stringify(frozen.versions)}::jsonb, total = ${frozen.total},
      left_out = ${frozen.leftOut}
    where id = ${id}`.execute(tx)
}

interface OpenRow extends FiguresRow {
  workspace_id: string
  campaign_id: string | null
  kind: LaunchKind
  mailbox_id: string
  set_id: string | null
  again: boolean
  versions: FrozenVersions
  created_by: string
}

/** A launch that runs, locked; undefined when it is done, stopped or unknown. */
export async function lockRunningLaunch(tx: Tx, id: string): Promise<OpenLaunch | undefined> {
  const { rows } = await sql<OpenRow>`
    select id, workspace_id, campaign_id, kind, state, mailbox_id, set_id, again, versions, created_by, total, queued, left_out
    from launch where id = ${id} and state = 'running' and kind is not null for update`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    ...figuresOf(row),
    workspaceId: row.workspace_id,
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    kind: row.kind,
    mailboxId: row.mailbox_id,
    ...(row.set_id === null ? {} : { setId: row.set_id }),
    again: row.again,
    versions: row.versions,
    createdBy: row.created_by,
  }
}

/** The next people of a launch whom nobody has looked at yet. */
export async function nextPeople(
  tx: Tx,
  launchId: string,
  limit: number,
): Promise<readonly { readonly contactId: string; readonly memberId?: string }[]> {
  const { rows } = await sql<{ contact_id: string; member_id: string | null }>`
    select contact_id, member_id from launch_person
    where launch_id = ${launchId} and outcome is null order by n limit ${limit}`.execute(tx)
  return rows.map((row) => ({
    contactId: row.contact_id,
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
  }))
}

export interface PersonOutcome {
  readonly contactId: string
  /** `queued`, or why left out. */
  readonly outcome: string
  readonly submissionId?: string
}

/** Notes what became of people, and adds them to the figures of the launch. */
export async function noteOutcomes(
  tx: Tx,
  launchId: string,
  outcomes: readonly PersonOutcome[],
): Promise<void> {
  await sql`
    with noted as (
      update launch_person p set outcome = r.outcome, submission_id = r."submissionId"
      from json_to_recordset(${records(outcomes)}) as r("contactId" uuid, outcome text, "submissionId" uuid)
      where p.launch_id = ${launchId} and p.contact_id = r."contactId" and p.outcome is null
      returning p.outcome)
    update launch set queued = queued + (select count(*) from noted where outcome = 'queued'),
      left_out = left_out + (select count(*) from noted where outcome <> 'queued')
    where id = ${launchId}`.execute(tx)
}

/** Ends a launch: done when everybody was looked at, stopped with a reason otherwise. False when it had ended before. */
export async function endLaunch(
  tx: Tx,
  id: string,
  end: { readonly state: 'done' } | { readonly state: 'stopped'; readonly why: string },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update launch set state = ${end.state}, why = ${'why' in end ? end.why : null}
    where id = ${id} and state = 'running' returning id`.execute(tx)
  return rows.length > 0
}

/** A stopped launch runs again. False when it is not stopped. */
export async function reopenLaunch(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update launch set state = 'running', why = null where id = ${id} and state = 'stopped' returning id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Notes the figures of decisions, which are one transaction. */
export async function noteDecisions(
  tx: Tx,
  id: string,
  { queued, leftOut }: { readonly queued: number; readonly leftOut: number },
): Promise<void> {
  await sql`update launch set total = ${queued + leftOut}, queued = ${queued}, left_out = ${leftOut}
    where id = ${id}`.execute(tx)
}

export interface LaunchShown extends LaunchFigures {
  readonly campaignId?: string
  readonly kind?: LaunchKind
  readonly why?: string
  readonly mailboxId?: string
  readonly subject: string
  readonly by: string
  readonly createdAt: Temporal.Instant
}

/** Launches of a campaign, or those outside any, newest first; or one. */
export async function launchRows(
  tx: Tx,
  wanted: { readonly id: string } | { readonly campaignId: string | undefined; readonly limit: number },
): Promise<readonly LaunchShown[]> {
  const { rows } = await sql<
    FiguresRow & {
      campaign_id: string | null
      kind: LaunchKind | null
      why: string | null
      mailbox_id: string | null
      subject: string | null
      by: string
      created_at: Temporal.Instant
    }
  >`
    select l.id, l.campaign_id, l.kind, l.state, l.why, l.mailbox_id, l.total, l.queued, l.left_out, l.created_at, p.name as by,
      (select v.subject from template t
         join template_version v on v.workspace_id = t.workspace_id and v.template_id = t.id
         join jsonb_each(l.versions) j on (j.value->>'templateId')::uuid = t.id and (j.value->>'version')::int = v.version
       where t.workspace_id = l.workspace_id order by j.key desc limit 1) as subject
    from launch l join person p on p.id = l.created_by
    where ${'id' in wanted ? sql`l.id = ${wanted.id}` : sql`l.campaign_id is not distinct from ${wanted.campaignId ?? null}::uuid`}
    order by l.created_at desc, l.id desc limit ${'id' in wanted ? 1 : wanted.limit}`.execute(tx)
  return rows.map((row) => ({
    ...figuresOf(row),
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    ...(row.kind === null ? {} : { kind: row.kind }),
    ...(row.why === null ? {} : { why: row.why }),
    ...(row.mailbox_id === null ? {} : { mailboxId: row.mailbox_id }),
    subject: row.subject ?? '',
    by: row.by,
    createdAt: row.created_at,
  }))
}

/** Was this mail asked for although the person had the same one before? */
export async function sentAgain(tx: Tx, submissionId: string): Promise<boolean> {
  const { rows } = await sql<{ again: boolean }>`
    select l.again from launch_person p join launch l on l.workspace_id = p.workspace_id and l.id = p.launch_id
    where p.submission_id = ${submissionId}`.execute(tx)
  return rows[0]?.again ?? false
}

/** Did another mail of this template, or with these words and files, leave for this person? */
export async function textAccepted(
  tx: Tx,
  about: { readonly contactId: string; readonly text: TemplateVersion; readonly exceptId: string },
): Promise<boolean> {
  const { text } = about
  const { rows } = await sql<{
    set_id: string
    language: string
    subject: string
    body: string
    files: { sha256: string }[]
  }>`
    select distinct t.set_id, t.language, v.subject, v.body, coalesce((
        select jsonb_agg(jsonb_build_object('sha256', encode(f.sha256, 'hex')) order by f.n) from template_version_file f
        where f.workspace_id = v.workspace_id and f.template_id = v.template_id and f.version = v.version), '[]') as files
    from submission s
      join template t on t.workspace_id = s.workspace_id and t.id = s.template_id
      join template_version v on v.workspace_id = s.workspace_id and v.template_id = s.template_id and v.version = s.template_version
    where s.contact_id = ${about.contactId} and s.state = 'accepted' and s.id <> ${about.exceptId}
      and t.set_id is not null`.execute(tx)
  return rows.some(
    (row) => row.set_id === text.setId || (row.language === text.language && isSameText(row, text)),
  )
}
