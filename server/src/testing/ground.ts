/**
 * Builders for tests that touch data: a workspace with its owner, a mailbox in it. Nothing is random; every value that
 * an assertion depends on is given by the test or visible here.
 */
import { sql } from 'kysely'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Emit, NewEvent } from '../platform/events/index.ts'
import { seededIds } from '../platform/ids/index.ts'
import type { Ids } from '../platform/ids/index.ts'

export interface Ground {
  readonly workspaceId: string
  readonly personId: string
  readonly ids: Ids
  /** What was emitted, also by transactions that were rolled back. */
  readonly emitted: NewEvent[]
  readonly emit: Emit
  /** One transaction inside the workspace. */
  inside<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
}

/** A workspace named "Atelier Nord" and its owner Anna Keller. */
export async function ground(
  database: Database,
  { seed, mode = 'practice' }: { readonly seed: string; readonly mode?: 'practice' | 'real' },
): Promise<Ground> {
  const ids = seededIds(seed)
  const workspaceId = ids.uuid()
  const personId = ids.uuid()
  const emitted: NewEvent[] = []
  await database.inWorkspace(workspaceId, async (tx) => {
    const address = `anna.${seed}@atelier-nord.example`
    await sql`insert into person (id, name, address, address_key)
      values (${personId}, 'Anna Keller', ${address}, ${address})`.execute(tx)
    await sql`insert into workspace (workspace_id, name, mode, zone)
      values (${workspaceId}, 'Atelier Nord', ${mode}, 'Europe/Berlin')`.execute(tx)
    await sql`insert into membership (workspace_id, person_id, role)
      values (${workspaceId}, ${personId}, 'owner')`.execute(tx)
  })
  return {
    workspaceId,
    personId,
    ids,
    emitted,
    emit: (_tx, ...events) => {
      emitted.push(...events)
      return Promise.resolve()
    },
    inside: (fn) => database.inWorkspace(workspaceId, fn),
  }
}

/** A connected mailbox of the owner, without a schedule. Returns its id. */
export async function groundMailbox(at: Ground, address: string): Promise<string> {
  const id = at.ids.uuid()
  await at.inside((tx) =>
    sql`insert into mailbox (workspace_id, id, endpoint, provider, practice, level, address, address_key, owner_id,
          display_name, zone)
        values (${at.workspaceId}, ${id}, 'practice-google', 'gmail', true, 'full', ${address}, ${address},
          ${at.personId}, 'Anna Keller', 'Europe/Berlin')`.execute(tx),
  )
  return id
}
