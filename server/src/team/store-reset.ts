/** Every statement on links for a new password. They stand in better-auth's table of verifications; times are real time. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

const prefix = 'reset '

export async function insertReset(
  tx: Tx,
  reset: {
    readonly id: string
    readonly tokenHash: string
    readonly personId: string
    readonly expiresAt: Temporal.Instant
  },
): Promise<void> {
  await sql`
    insert into verification (id, identifier, value, expires_at)
    values (${reset.id}, ${prefix + reset.tokenHash}, ${reset.personId}, ${reset.expiresAt})`.execute(tx)
}

export async function unusedReset(tx: Tx, tokenHash: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`
    select from verification where identifier = ${prefix + tokenHash} and expires_at > ${now}`.execute(tx)
  return rows.length > 0
}

/** Uses a link up; of two at once one gets the person. */
export async function takeReset(
  tx: Tx,
  tokenHash: string,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const { rows } = await sql<{ value: string }>`
    delete from verification where identifier = ${prefix + tokenHash} and expires_at > ${now}
    returning value`.execute(tx)
  return rows[0]?.value
}

/** Closes every link of a person. */
export async function forgetResets(tx: Tx, personId: string): Promise<void> {
  await sql`delete from verification where identifier like ${`${prefix}%`} and value = ${personId}`.execute(
    tx,
  )
}
