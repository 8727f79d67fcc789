/** Statements on the files of a version: frozen with its words, and stored once for all mails that are written from it. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { TextFile } from './letter.ts'

/** Of the version `v`, in their order. */
export const filesOfVersion = sql`coalesce((
  select jsonb_agg(jsonb_build_object('filename', f.filename, 'contentType', f.content_type, 'size', f.size,
    'sha256', encode(f.sha256, 'hex')) order by f.n)
  from template_version_file f
  where f.workspace_id = v.workspace_id and f.template_id = v.template_id and f.version = v.version), '[]')`

export async function insertVersionFiles(
  tx: Tx,
  { templateId, version }: { readonly templateId: string; readonly version: number },
  files: readonly TextFile[],
): Promise<void> {
  if (files.length === 0) return
  await sql`
    insert into template_version_file (workspace_id, template_id, version, n, filename, content_type, size, sha256)
    select kontor_workspace(), ${templateId}, ${version}, f.n, f.file->>'filename', f.file->>'contentType',
      (f.file->>'size')::bigint, decode(f.file->>'sha256', 'hex')
    from jsonb_array_elements(${JSON.stringify(files)}::jsonb) with ordinality as f(file, n)`.execute(tx)
}
