/** Statements on the files that go with a campaign's own messages: what is chosen now, for mails that are queued from now on. */
import { sql } from 'kysely'
import { releaseFiles } from '../correspondence/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { ChosenFile } from './files.ts'

export type FilesKind = 'invitation' | 'approval' | 'rejection'

export interface CampaignFile extends ChosenFile {
  readonly kind: FilesKind
}

export async function campaignFiles(tx: Tx, campaignId: string): Promise<readonly CampaignFile[]> {
  const { rows } = await sql<CampaignFile>`
    select kind, upload_id as "uploadId", filename, content_type as "contentType", size, encode(sha256, 'hex') as sha256
    from campaign_file where campaign_id = ${campaignId} order by kind, n`.execute(tx)
  return rows
}

/** Chooses these and no others; a file that nothing needs any more is forgotten. */
export async function replaceCampaignFiles(
  tx: Tx,
  { campaignId, kind }: { readonly campaignId: string; readonly kind: FilesKind },
  files: readonly ChosenFile[],
): Promise<void> {
  const gone = await sql<{ sha256: Buffer }>`
    delete from campaign_file where campaign_id = ${campaignId} and kind = ${kind} returning sha256`.execute(
    tx,
  )
  await sql`
    insert into campaign_file (workspace_id, campaign_id, kind, n, upload_id, filename, content_type, size, sha256)
    select kontor_workspace(), ${campaignId}, ${kind}, f.n, (f.file->>'uploadId')::uuid, f.file->>'filename',
      f.file->>'contentType', (f.file->>'size')::bigint, decode(f.file->>'sha256', 'hex')
    from jsonb_array_elements(${JSON.stringify(files)}::jsonb) with ordinality as f(file, n)`.execute(tx)
  await releaseFiles(
    tx,
    gone.rows.map((row) => row.sha256),
  )
}
