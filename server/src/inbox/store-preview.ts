/**
 * Statements on what a conversation shows of its last message, after messages were erased: the newest one that still
 * has words, or none.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

/** Subject and text of the newest message of each conversation that was not erased. */
export async function lastWords(
  tx: Tx,
  of: { readonly contactId: string; readonly campaignId: string | undefined },
): Promise<{ subject: string; text: string } | undefined> {
  const { rows } = await sql<{
    subject: string
    text: string
  }>`select subject, left(text, 2000) as text from message
    where contact_id = ${of.contactId} and campaign_id is not distinct from ${of.campaignId ?? null}::uuid
      and erased_at is null order by occurred_at desc, id desc limit 1`.execute(tx)
  return rows[0]
}

/** Replaces what the list shows. Gives the conversation, if there is one. */
export async function setPreview(
  tx: Tx,
  of: { readonly contactId: string; readonly campaignId: string | undefined },
  preview: { readonly subject: string; readonly snippet: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`update conversation
    set subject = ${preview.subject}, snippet = ${preview.snippet}
    where contact_id = ${of.contactId} and campaign_id is not distinct from ${of.campaignId ?? null}::uuid
    returning id`.execute(tx)
  return rows[0]?.id
}
