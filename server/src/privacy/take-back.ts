/**
 * Writes down what is taken back, from the decision to the sealed certificate.
 *
 * 1. The decision, in the transaction of the disconnecting: who, what, and if something is to be erased, the erasure.
 * 2. What becomes known later: what happened to waiting mails, what the provider said, what was erased. 3. Once nothing
 * is open the certificate is sealed with the end of the access log, by whoever brought the last piece.
 */
import { storedMessages } from '../correspondence/index.ts'
import { closePolls, ledgerEnd, mailboxById } from '../mailboxes/index.ts'
import type { Mailbox } from '../mailboxes/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Emit, EventHandler } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { audit, personName, workspaceOf } from '../team/index.ts'
import type { CertificateKind, Decision, ErasureFacts, PermissionFacts } from './certificate.ts'
import { certificateContent, openParts, sealOf } from './certificate.ts'
import type { CertificateRow } from './store-certificate.ts'
import {
  insertCertificate,
  lockOpen,
  notePermission,
  noteWaiting,
  sealCertificate,
} from './store-certificate.ts'
import { beginErasure, erasureById } from './store-erasure.ts'

interface Parts {
  readonly ids: Ids
  readonly emit: Emit
}

export interface TakeBackWish {
  readonly kind: CertificateKind
  readonly mailboxId: string
  readonly personId: string
  readonly stored: 'keep' | 'erase'
  readonly queue?: 'hold' | 'cancel' | 'reassign'
  readonly reassignTo?: string
}

/** Writes the decision down and begins the erasure if one was wished. Gives how many messages are being erased. */
export async function beginTakingBack(parts: Parts, tx: Tx, wish: TakeBackWish): Promise<number> {
  const { kind, mailboxId, personId, stored } = wish
  const mailbox = await mailboxById(tx, mailboxId)
  if (mailbox === undefined) return 0
  const reach = kind === 'narrowed' ? 'received' : 'everything'
  const until = await databaseNow(tx)
  const held = await storedMessages(tx, { mailboxId, reach, until })
  const erase = { id: parts.ids.uuid(), mailboxId, reach, askedBy: personId, total: held.messages } as const
  const erasureId = stored === 'erase' ? await beginErasure(tx, erase) : undefined
  const decision = await decisionOf(tx, mailbox, wish, held)
  await insertCertificate(tx, { id: parts.ids.uuid(), mailboxId, kind, decision, erasureId })
  return stored === 'erase' ? held.messages : 0
}

/** Erases what was kept when a mailbox was disconnected or narrowed. */
export async function eraseLater(parts: Parts, tx: Tx, mailbox: Mailbox, personId: string): Promise<number> {
  const name = (await personName(tx, personId)) ?? ''
  await audit(tx, { actor: { personId, name }, action: 'mailbox.erasing', subject: mailbox.address })
  return await beginTakingBack(parts, tx, {
    kind: 'erased',
    mailboxId: mailbox.id,
    personId,
    stored: 'erase',
  })
}

async function decisionOf(
  tx: Tx,
  mailbox: Mailbox,
  { personId, stored, queue, reassignTo }: TakeBackWish,
  held: { readonly messages: number; readonly bytes: number },
): Promise<Decision> {
  const target = reassignTo === undefined ? undefined : await mailboxById(tx, reassignTo)
  return {
    workspace: (await workspaceOf(tx)).name,
    address: mailbox.address,
    provider: mailbox.provider,
    level: mailbox.level,
    connectedAt: mailbox.connectedAt.toString(),
    decidedBy: (await personName(tx, personId)) ?? '',
    stored,
    ...held,
    ...(queue === undefined ? {} : { queue }),
    ...(target === undefined ? {} : { reassignTo: target.address }),
  }
}

/** What became of the mails that waited in a mailbox that was disconnected; of more since, while nothing is sealed. */
export async function noteQueueDecided(
  parts: Parts,
  tx: Tx,
  { mailboxId, count }: { readonly mailboxId: string; readonly count: number },
): Promise<void> {
  const open = (await lockOpen(tx, mailboxId)).find((one) => one.kind === 'disconnected')
  if (open !== undefined) await noteWaiting(tx, open.id, { count })
  await sealComplete(parts, tx, mailboxId)
}

/** Handler of `mailbox.permission_ended`. */
export function onPermissionEnded(parts: Parts): EventHandler {
  return async (tx, { subject: mailboxId, payload, at }) => {
    const { end, endsOthers } = payload
    if (mailboxId === undefined) return
    const open = (await lockOpen(tx, mailboxId)).find(
      (one) => one.kind !== 'erased' && one.permission === undefined,
    )
    if (open === undefined) return
    await notePermission(tx, open.id, {
      end: endOf(end),
      endsOthers: endsOthers === true,
      at: at.toString(),
    })
    await sealComplete(parts, tx, mailboxId)
  }
}

function endOf(value: unknown): PermissionFacts['end'] {
  return value === 'revoked' || value === 'shared' || value === 'none' ? value : 'forgotten'
}

/** Seals what is complete. */
export async function sealComplete(parts: Parts, tx: Tx, mailboxId: string): Promise<void> {
  for (const open of await lockOpen(tx, mailboxId)) {
    const erasure = await erasureOf(tx, open)
    if (openParts(open, erasure !== 'running').length > 0) continue
    await closePolls(tx, parts.ids, mailboxId)
    const { entries, seal } = await ledgerEnd(tx, mailboxId)
    const content = certificateContent({
      id: open.id,
      kind: open.kind,
      at: open.at.toString(),
      decision: open.decision,
      ...(open.waiting === undefined ? {} : { waiting: open.waiting }),
      ...(open.permission === undefined ? {} : { permission: open.permission }),
      ...(typeof erasure === 'object' ? { erasure } : {}),
      accessLog: { entries, seal },
      issuedAt: (await databaseNow(tx)).toString(),
    })
    await sealCertificate(tx, open.id, { content, seal: sealOf(content) })
    const { id: workspaceId } = await workspaceOf(tx)
    const payload = { mailboxId, certificateId: open.id }
    await parts.emit(tx, { workspaceId, type: 'mailbox.certified', subject: mailboxId, payload })
  }
}

/** What was erased for a certificate: facts once it is finished, `none` when nothing was to be. */
async function erasureOf(
  tx: Tx,
  { erasureId }: Pick<CertificateRow, 'erasureId'>,
): Promise<ErasureFacts | 'running' | 'none'> {
  if (erasureId === undefined) return 'none'
  const erasure = await erasureById(tx, erasureId)
  if (erasure?.finishedAt === undefined) return 'running'
  const { messages, attachments, bytes, words, identifiers, suppressions, finishedAt } = erasure
  const finished = finishedAt.toString()
  return { messages, attachments, bytes, words, identifiers, suppressions, finishedAt: finished }
}
