/** Owns the statements on rehearsals, and the one that empties a practice workspace. */
import { sql } from 'kysely'
import type { Database, Tx } from '../platform/db/index.ts'

export type RehearsalState = 'running' | 'ready' | 'stuck'
/** What was made, for later steps: names of the story → ids of the product. */
export type Made = Readonly<Record<string, string>>
export interface RehearsalRow {
  readonly startedBy: string
  readonly language: 'en' | 'de'
  readonly state: RehearsalState
  readonly step: number
  readonly made: Made
}

const columns = sql`started_by as "startedBy", language, state, step, made`

/** Begins; a story that got stuck goes on where it stood, and one that runs or is ready stays as it is. */
export async function beginRehearsal(
  tx: Tx,
  wish: { readonly workspaceId: string; readonly startedBy: string; readonly language: 'en' | 'de' },
): Promise<void> {
  await sql`
    insert into rehearsal (workspace_id, started_by, language)
    values (${wish.workspaceId}, ${wish.startedBy}, ${wish.language})
    on conflict (workspace_id) do update set state = 'running', tries = 0, started_by = excluded.started_by
    where rehearsal.state = 'stuck'`.execute(tx)
  await sql`select pg_notify('kontor_rehearsal', '')`.execute(tx)
}

export async function rehearsalOf(tx: Tx): Promise<RehearsalRow | undefined> {
  const { rows } = await sql<RehearsalRow>`select ${columns} from rehearsal`.execute(tx)
  return rows[0]
}

export async function dueRehearsals(database: Database, limit: number): Promise<readonly string[]> {
  return database.inSystem(async (tx) => {
    const { rows } = await sql<{ id: string }>`select due_rehearsals(${limit}) as id`.execute(tx)
    return rows.map((row) => row.id)
  })
}

/** Takes the next step for a while; undefined when somebody else is at it. */
export async function claimStep(
  tx: Tx,
  claim: { readonly leaseId: string; readonly seconds: number },
): Promise<(RehearsalRow & { readonly tries: number }) | undefined> {
  const { rows } = await sql<RehearsalRow & { tries: number }>`
    update rehearsal set lease_id = ${claim.leaseId}, tries = tries + 1,
      leased_until = kontor_now() + make_interval(secs => ${claim.seconds})
    where state = 'running' and (leased_until is null or leased_until <= kontor_now())
    returning ${columns}, tries`.execute(tx)
  return rows[0]
}

/** Records a step as done, with what it made. False when the lease was lost meanwhile. */
export async function finishStep(
  tx: Tx,
  leaseId: string,
  outcome: { readonly made: Made; readonly last: boolean },
): Promise<boolean> {
  const { rows } = await sql`
    update rehearsal set step = step + 1, tries = 0, lease_id = null, leased_until = null,
      made = made || ${JSON.stringify(outcome.made)}::jsonb,
      state = case when ${outcome.last} then 'ready' else 'running' end
    where state = 'running' and lease_id = ${leaseId} returning step`.execute(tx)
  return rows.length > 0
}

/** Whether the step is still this one's to do. */
export async function holds(tx: Tx, leaseId: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from rehearsal where state = 'running' and lease_id = ${leaseId}`.execute(tx)
  return rows.length > 0
}

/** Gives a step back that failed; after the last try the story is stuck. */
export async function giveBack(tx: Tx, leaseId: string, outcome: 'again' | 'stuck'): Promise<void> {
  await sql`
    update rehearsal set lease_id = null, leased_until = null,
      state = case when ${outcome === 'stuck'} then 'stuck' else 'running' end
    where state = 'running' and lease_id = ${leaseId}`.execute(tx)
}

/** Nobody goes on with it from here. */
export async function stopRehearsal(tx: Tx): Promise<void> {
  await sql`
    update rehearsal set state = 'stuck', lease_id = null, leased_until = null where state = 'running'`.execute(
    tx,
  )
}

/** Empties the practice workspace of the transaction; the database refuses any other. */
export async function emptyPracticeWorkspace(tx: Tx): Promise<void> {
  await sql`select practice_workspace_empty()`.execute(tx)
}
