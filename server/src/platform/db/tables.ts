// Printed by server/src/tools/print-schema.ts from the migrated database. Change a migration, not this file.
import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<Temporal.Instant, Temporal.Instant | string, Temporal.Instant | string>

export interface Tables {
  event: {
    workspace_id: string
    id: string
    seq: Generated<number>
    xid: Generated<string>
    type: string
    subject: string | null
    payload: unknown
    at: Generated<Instant>
  }
  event_delivery: { workspace_id: string; event_id: string; handler: string; at: Generated<Instant> }
  blob: { workspace_id: string; sha256: Buffer; size: number; created_at: Generated<Instant> }
  blob_chunk: { workspace_id: string; sha256: Buffer; n: number; content: Buffer }
  migration: { name: string; sha256: string; applied_at: Generated<Instant> }
}
