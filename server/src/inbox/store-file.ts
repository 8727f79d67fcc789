/** Statements on files and layouts of messages, each behind what the person may see. */
import { sql } from 'kysely'
import { imageTypeOf } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Sight } from './store-sight.ts'
import { visible } from './store-sight.ts'

/** Inline images of one mail that are embedded in its layout, together. */
const mostInlineBytes = 12 * 1024 * 1024

// A message `m` in an open mailbox, in a conversation that nobody has withdrawn from this person.
function open(sight: Sight) {
  return sql<boolean>`m.mailbox_id <> all (${[...sight.hidden]}::uuid[]) and not exists (select 1 from conversation c
    where c.workspace_id = m.workspace_id and c.contact_id = m.contact_id and c.campaign_id is not distinct from m.campaign_id
      and not (${visible(sight)}))`
}

/** A file of a message that this person may see. */
export async function attachmentBlob(
  tx: Tx,
  sight: Sight,
  { messageId, attachmentId }: { messageId: string; attachmentId: string },
): Promise<{ filename: string; sha256: string } | undefined> {
  const { rows } = await sql<{ filename: string; sha256: string }>`
    select a.filename, encode(a.sha256, 'hex') as sha256
    from attachment a join message m on m.workspace_id = a.workspace_id and m.id = a.message_id
    where a.id = ${attachmentId} and a.message_id = ${messageId} and not a.blocked and a.sha256 is not null and ${open(sight)}`.execute(
    tx,
  )
  return rows[0]
}

export async function htmlOf(tx: Tx, sight: Sight, messageId: string): Promise<string | undefined> {
  const { rows } = await sql<{ html: string | null }>`select m.html from message m
    where m.id = ${messageId} and m.submission_id is null and ${open(sight)}`.execute(tx)
  return rows[0]?.html ?? undefined
}

/** Content-ID → data URI of the images that came with a message; what is no image by its bytes is left out. */
export async function inlineImages(
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ content_id: string; sha256: string; size: number }>`
    select content_id, encode(sha256, 'hex') as sha256, size from attachment
    where message_id = ${messageId} and content_id is not null and sha256 is not null and not blocked order by id`.execute(
    tx,
  )
  const found = new Map<string, string>()
  let left = mostInlineBytes
  for (const { content_id: contentId, sha256, size } of rows) {
    left -= size
    if (left < 0) break
    const bytes = await blobs.get(tx, workspaceId, sha256)
    const type = bytes === undefined ? undefined : imageTypeOf(bytes)
    if (bytes !== undefined && type !== undefined)
      found.set(contentId, `data:${type};base64,${Buffer.from(bytes).toString('base64')}`)
  }
  return found
}
