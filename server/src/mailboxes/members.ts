/** Names of people in the workspace, for owners and named members of mailboxes. */
import type { Tx } from '../platform/db/index.ts'
import type { AuditAction } from '../team/index.ts'
import { audit, readMember } from '../team/index.ts'

/** Names of the persons who are members of the workspace; others are left out. */
export async function memberNames(
  tx: Tx,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const personId of new Set(personIds)) {
    const member = await readMember(tx, personId)
    if (member !== undefined) names.set(personId, member.name)
  }
  return names
}

/** A line in the audit trail about a mailbox, for an actor of whom only the id is at hand. */
export async function auditMailbox(
  tx: Tx,
  deed: {
    readonly personId: string
    readonly action: AuditAction
    readonly address: string
    readonly detail?: object
  },
): Promise<void> {
  const { personId, action, address, detail } = deed
  const name = (await readMember(tx, personId))?.name ?? ''
  await audit(tx, { actor: { personId, name }, action, subject: address, detail: { ...detail } })
}
