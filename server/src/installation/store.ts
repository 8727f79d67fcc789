/**
 * Every statement on the server's settings, one row each, outside any workspace. Secrets pass through here sealed.
 * A write names the version it was typed over, so that of two people the second is told.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { json } from '../platform/db/index.ts'

export interface SettingRow {
  readonly name: string
  readonly value: unknown
  readonly version: number
}

/** Keys of these rows; others of the table belong to the set-up and the web process. */
const prefix = 'server.'

export async function readSettings(tx: Tx): Promise<readonly SettingRow[]> {
  const { rows } = await sql<SettingRow>`
    select substr(key, ${prefix.length + 1}) as name, value, version::int as version
    from server_setting where key like ${`${prefix}%`} order by key`.execute(tx)
  return rows
}

/** The channel that is told whenever a setting was stored. */
export const settingChannel = 'kontor_setting'

/** Stores a setting typed over `version` (0: over none); undefined as value clears it. False when it is newer by now. */
export async function writeSetting(
  tx: Tx,
  setting: {
    readonly name: string
    readonly value: object | string | undefined
    readonly version: number
  },
): Promise<boolean> {
  const key = `${prefix}${setting.name}`
  // a cleared setting keeps its row, so that its version goes on
  const stored = json(setting.value ?? null)
  const { numAffectedRows } = await sql`
    insert into server_setting as s (key, value, version) values (${key}, ${stored}, 1)
    on conflict (key) do update set value = excluded.value, version = s.version + 1, updated_at = kontor_now()
      where s.version = ${setting.version}`.execute(tx)
  await sql`select pg_notify(${settingChannel}, '')`.execute(tx)
  return numAffectedRows === 1n
}
