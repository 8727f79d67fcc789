/** Statements on suggestions: what a message seems to say, with the sentence, until a person has decided. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

export interface Suggestion {
  readonly id: string
  readonly messageId: string
  readonly contactId: string
  readonly campaignId?: string
  readonly kind: 'declined'
  /** The sentence that says so. */
  readonly evidence: string
}

/** Suggested once for a message. */
export async function insertSuggestion(
  tx: Tx,
  suggestion: Pick<Suggestion, 'id' | 'messageId' | 'kind' | 'evidence'>,
): Promise<void> {
  await sql`insert into suggestion (workspace_id, id, message_id, contact_id, campaign_id, kind, evidence)
    select workspace_id, ${suggestion.id}, id, contact_id, campaign_id, ${suggestion.kind}, ${suggestion.evidence}
    from message where id = ${suggestion.messageId} on conflict do nothing`.execute(tx)
}

interface Row {
  id: string
  message_id: string
  contact_id: string
  campaign_id: string | null
  kind: 'declined'
  evidence: string
}

function suggestionOf(row: Row): Suggestion {
  return {
    id: row.id,
    messageId: row.message_id,
    contactId: row.contact_id,
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    kind: row.kind,
    evidence: row.evidence,
  }
}

/** What waits for a decision in a conversation, newest first. */
export async function openSuggestions(
  tx: Tx,
  of: { readonly contactId: string; readonly campaignId: string | undefined },
): Promise<Suggestion[]> {
  const { rows } =
    await sql<Row>`select id, message_id, contact_id, campaign_id, kind, evidence from suggestion
    where contact_id = ${of.contactId} and campaign_id is not distinct from ${of.campaignId ?? null}::uuid and state = 'open'
    order by created_at desc, id desc`.execute(tx)
  return rows.map(suggestionOf)
}

/** Decided by a person, once; undefined when somebody was faster or there is none. */
export async function decideSuggestion(
  tx: Tx,
  id: string,
  { verdict, personId }: { readonly verdict: 'accepted' | 'dismissed'; readonly personId: string },
): Promise<Suggestion | undefined> {
  const { rows } = await sql<Row>`update suggestion
    set state = ${verdict}, decided_by = ${personId}, decided_at = kontor_now()
    where id = ${id} and state = 'open'
    returning id, message_id, contact_id, campaign_id, kind, evidence`.execute(tx)
  return rows.map(suggestionOf)[0]
}
