/** Statements on what a person is reminded of: follow-ups that do not leave by themselves. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'

/** People whose follow-ups of this mailbox a person decides on from now on, by whoever set them up. */
export async function openIn(
  tx: Tx,
  mailboxId: string,
): Promise<readonly { readonly personId: string; readonly count: number }[]> {
  const { rows } = await sql<{ personId: string; count: number }>`
    select l.created_by as "personId", count(*)::int as count from follow_up_course c
      join submission a on a.workspace_id = c.workspace_id and a.id = c.after_id
      join launch l on l.workspace_id = c.workspace_id and l.id = c.launch_id
    where a.mailbox_id = ${mailboxId} and c.state in ('waiting', 'reminder')
      and exists (select from follow_up f where f.workspace_id = c.workspace_id and f.launch_id = c.launch_id and f.n >= c.n)
    group by l.created_by order by l.created_by`.execute(tx)
  return rows
}

export interface Reminders {
  readonly count: number
  readonly personId: string
  readonly campaignId?: string
  /** Of the campaign. */
  readonly name: string
}

/** Whom a launch reminds of how many people; undefined when there are none. */
export async function remindersOf(tx: Tx, launchId: string): Promise<Reminders | undefined> {
  const { rows } = await sql<{ count: number; personId: string; campaign_id: string | null; name: string }>`
    select count(c.submission_id)::int as count, l.created_by as "personId", l.campaign_id, coalesce(k.name, '') as name
    from launch l join follow_up_course c on c.workspace_id = l.workspace_id and c.launch_id = l.id and c.state = 'reminder'
      left join campaign k on k.workspace_id = l.workspace_id and k.id = l.campaign_id
    where l.id = ${launchId} group by l.created_by, l.campaign_id, k.name`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  const { campaign_id: campaignId, ...reminders } = row
  return campaignId === null ? reminders : { ...reminders, campaignId }
}
