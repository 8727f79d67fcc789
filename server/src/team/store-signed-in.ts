/** Every statement on where a person is signed in, as that person sees it. The rows are better-auth's; times are real time. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { tellSessionEnded } from './store-people.ts'

export interface SignedInAt {
  readonly id: string
  /** What the browser called itself; empty when it did not. */
  readonly device: string
  readonly since: Temporal.Instant
  /** To a day: a session is renewed that often. */
  readonly seenAt: Temporal.Instant
}

export async function sessionsOf(
  tx: Tx,
  personId: string,
  now: Temporal.Instant,
): Promise<readonly SignedInAt[]> {
  const { rows } = await sql<SignedInAt>`
    select id, coalesce(user_agent, '') as device, created_at as since, updated_at as "seenAt" from session
    where person_id = ${personId} and expires_at > ${now} order by updated_at desc, id`.execute(tx)
  return rows
}

/** False when the person has no such session. */
export async function endSession(tx: Tx, personId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from session where person_id = ${personId} and id = ${id}`.execute(tx)
  await tellSessionEnded(tx, personId)
  return numAffectedRows === 1n
}

export async function endOtherSessions(tx: Tx, personId: string, kept: string): Promise<void> {
  await sql`delete from session where person_id = ${personId} and id <> ${kept}`.execute(tx)
  await tellSessionEnded(tx, personId)
}
