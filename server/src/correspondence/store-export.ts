/** Statements that read what is stored of a mailbox, oldest first, for an export of all of it. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

export interface ExportedMessage {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly kind: string
  readonly at: Temporal.Instant
  readonly contactName: string
  readonly campaignId?: string
  readonly fromName: string
  readonly fromAddress: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly quoted: string
  readonly messageId?: string
  readonly evidence: readonly string[]
  /** Key of the message as it was sent or received. */
  readonly rawSha256?: string
  readonly attachments: readonly { readonly filename: string; readonly size: number }[]
}

interface Row {
  id: string
  direction: 'in' | 'out'
  kind: string
  occurred_at: Temporal.Instant
  contact_name: string
  campaign_id: string | null
  from_name: string
  from_address: string
  to_addresses: string[]
  subject: string
  text: string
  quoted: string
  message_id: string | null
  evidence: string[]
  raw: string | null
  attachments: { filename: string; size: number }[]
}

export interface ExportPlace {
  readonly at: Temporal.Instant
  readonly id: string
}

/** One page after a place. Erased messages have nothing to give. */
export async function messagesForExport(
  tx: Tx,
  mailboxId: string,
  { after, limit }: { readonly after: ExportPlace | undefined; readonly limit: number },
): Promise<ExportedMessage[]> {
  const place =
    after === undefined
      ? sql``
      : sql`and (m.occurred_at, m.id) > (${after.at}::timestamptz, ${after.id}::uuid)`
  const { rows } = await sql<Row>`
    select m.id, m.direction, m.kind, m.occurred_at, k.name as contact_name, m.campaign_id, m.from_name, m.from_address,
      m.to_addresses, m.subject, m.text, m.quoted, m.message_id, m.evidence, encode(m.raw_sha256, 'hex') as raw,
      coalesce((select jsonb_agg(jsonb_build_object('filename', a.filename, 'size', a.size) order by a.id) from attachment a
        where a.workspace_id = m.workspace_id and a.message_id = m.id), '[]') as attachments
    from message m join contact k on k.workspace_id = m.workspace_id and k.id = m.contact_id
    where m.mailbox_id = ${mailboxId} and m.erased_at is null ${place}
    order by m.occurred_at, m.id limit ${limit}`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    direction: row.direction,
    kind: row.kind,
    at: row.occurred_at,
    contactName: row.contact_name,
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    fromName: row.from_name,
    fromAddress: row.from_address,
    to: row.to_addresses,
    subject: row.subject,
    text: row.text,
    quoted: row.quoted,
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    evidence: row.evidence,
    ...(row.raw === null ? {} : { rawSha256: row.raw }),
    attachments: row.attachments,
  }))
}
