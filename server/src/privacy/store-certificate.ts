/** Statements on certificates: filled while something is open, unchanged once sealed. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { json } from '../platform/db/index.ts'
import type { CertificateContent, CertificateKind, Decision, PermissionFacts } from './certificate.ts'

export interface CertificateRow {
  readonly id: string
  readonly mailboxId: string
  readonly kind: CertificateKind
  readonly at: Temporal.Instant
  readonly decision: Decision
  readonly waiting?: { readonly count: number }
  readonly permission?: PermissionFacts
  readonly erasureId?: string
  readonly content?: CertificateContent
  readonly seal?: string
}

interface Row {
  id: string
  mailbox_id: string
  kind: CertificateKind
  at: Temporal.Instant
  facts: Decision
  queue: { count: number } | null
  permission: PermissionFacts | null
  erasure_id: string | null
  content: CertificateContent | null
  seal: string | null
}

const columns = sql`id, mailbox_id, kind, at, facts, queue, permission, erasure_id, content, seal`

function certificateOf(row: Row): CertificateRow {
  return {
    id: row.id,
    mailboxId: row.mailbox_id,
    kind: row.kind,
    at: row.at,
    decision: row.facts,
    ...(row.queue === null ? {} : { waiting: row.queue }),
    ...(row.permission === null ? {} : { permission: row.permission }),
    ...(row.erasure_id === null ? {} : { erasureId: row.erasure_id }),
    ...(row.content === null ? {} : { content: row.content }),
    ...(row.seal === null ? {} : { seal: row.seal }),
  }
}

export async function insertCertificate(
  tx: Tx,
  certificate: Pick<CertificateRow, 'id' | 'mailboxId' | 'kind' | 'decision'> & {
    readonly erasureId: string | undefined
  },
): Promise<void> {
  await sql`insert into certificate (workspace_id, id, mailbox_id, kind, at, facts, erasure_id)
    values (kontor_workspace(), ${certificate.id}, ${certificate.mailboxId}, ${certificate.kind}, kontor_now(),
      ${json(certificate.decision)}, ${certificate.erasureId ?? null})`.execute(tx)
}

/** Every certificate of a mailbox, latest first. */
export async function certificatesOf(tx: Tx, mailboxId: string): Promise<CertificateRow[]> {
  const { rows } = await sql<Row>`select ${columns} from certificate
    where mailbox_id = ${mailboxId} order by at desc, id desc`.execute(tx)
  return rows.map(certificateOf)
}

export async function certificateById(tx: Tx, id: string): Promise<CertificateRow | undefined> {
  const { rows } = await sql<Row>`select ${columns} from certificate where id = ${id}`.execute(tx)
  return rows.map(certificateOf)[0]
}

/** The certificates of a mailbox that are not sealed, locked, oldest first. */
export async function lockOpen(tx: Tx, mailboxId: string): Promise<CertificateRow[]> {
  const { rows } = await sql<Row>`select ${columns} from certificate
    where mailbox_id = ${mailboxId} and sealed_at is null order by at, id for update`.execute(tx)
  return rows.map(certificateOf)
}

export async function noteWaiting(tx: Tx, id: string, waiting: { count: number }): Promise<void> {
  await sql`update certificate set queue = ${json(waiting)}
    where id = ${id} and sealed_at is null and queue is null`.execute(tx)
}

export async function notePermission(tx: Tx, id: string, permission: PermissionFacts): Promise<void> {
  await sql`update certificate set permission = ${json(permission)}
    where id = ${id} and sealed_at is null and permission is null`.execute(tx)
}

/** Seals it: from now on nothing changes it. */
export async function sealCertificate(
  tx: Tx,
  id: string,
  { content, seal }: { readonly content: CertificateContent; readonly seal: string },
): Promise<void> {
  await sql`update certificate set content = ${JSON.stringify(content)}::json, seal = ${seal}, sealed_at = kontor_now()
    where id = ${id} and sealed_at is null`.execute(tx)
}
