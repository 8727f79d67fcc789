/** Statements on template sets: one text in both languages, found again by its words when it has no name. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

/** The unnamed set with these words; undefined when they were never sent. */
export async function setOfText(tx: Tx, textKey: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from template_set where text_key = ${textKey}`.execute(tx)
  return rows[0]?.id
}

/** The unnamed set with these words, made when missing; locked, so that two launches of one text wait for each other. */
export async function lockSetOfText(
  tx: Tx,
  workspaceId: string,
  set: { readonly id: string; readonly textKey: Buffer; readonly createdBy: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into template_set as s (workspace_id, id, text_key, created_by)
    values (${workspaceId}, ${set.id}, ${set.textKey}, ${set.createdBy})
    on conflict (workspace_id, text_key) where text_key is not null do update set text_key = s.text_key
    returning s.id`.execute(tx)
  return rows[0]?.id ?? set.id
}

/** Locks a set until the transaction ends. False when it is unknown. */
export async function lockSet(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`select id from template_set where id = ${id} for update`.execute(
    tx,
  )
  return rows.length > 0
}

/** The template of a locked set in a language, made when missing. `version` is 0 as long as it has no text. */
export async function templateOfSet(
  tx: Tx,
  workspaceId: string,
  place: { readonly newId: string; readonly setId: string; readonly language: 'en' | 'de' },
): Promise<{ readonly id: string; readonly version: number }> {
  const { rows } = await sql<{ id: string; version: number }>`
    insert into template as t (workspace_id, id, set_id, kind, language, version)
    select ${workspaceId}, ${place.newId}, s.id, s.kind, ${place.language}, 0 from template_set s where s.id = ${place.setId}
    on conflict (workspace_id, set_id, language) where set_id is not null do update set version = t.version
    returning t.id, t.version`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw new Error(`no template set ${place.setId}`)
  return row
}
