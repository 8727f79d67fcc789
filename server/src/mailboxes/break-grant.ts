/**
 * A grant that does not work any more: found at the first failing call, remembered once, told to the outbox and to
 * people. Nothing is said about tokens that were replaced meanwhile.
 */
import type { MailboxParts } from './parts.ts'
import type { Outcome, ProviderFailure } from './provider.ts'
import { lockMailboxesOfGrant, setBroken } from './store.ts'
import { breakGrantRow, noteRefusal } from './store-grant.ts'
import type { GrantAddress } from './tokens.ts'
import { brokenReason } from './tokens.ts'

/** Marks the grant and every mailbox behind it, if `version` is still the version of its tokens. */
export async function breakGrant(
  { database, emit, schedule }: Pick<MailboxParts, 'database' | 'emit' | 'schedule'>,
  { workspaceId, grantId }: GrantAddress,
  version: number,
  failure: ProviderFailure,
): Promise<void> {
  const reason = brokenReason(failure)
  const health = failure.kind === 'admin_needed' ? 'waiting_for_admin' : 'reconnect_needed'
  await database.inWorkspace(workspaceId, async (tx) => {
    const mailboxes = await lockMailboxesOfGrant(tx, grantId)
    if (!(await breakGrantRow(tx, { id: grantId, tokenVersion: version }, reason))) return
    for (const mailbox of mailboxes) {
      await setBroken(tx, mailbox.id, { health, reason })
      await emit(tx, {
        workspaceId,
        type: 'mailbox.broken',
        subject: mailbox.id,
        payload: {
          mailboxId: mailbox.id,
          address: mailbox.address,
          ownerId: mailbox.ownerId,
          health,
          reason,
        },
      })
      await schedule.sync(tx, mailbox.id)
    }
  })
}

type Failed = Exclude<Outcome<never>, { readonly ok: true }>

/** A provider that refuses new tokens for so long means it. */
const refusalsLastSeconds = 600
const refusalsApartSeconds = 1800

/**
 * What a call's failure is to whoever asked. A token that was renewed a moment ago and is refused all the same
 * (providers.md A6, B7: renew once, repeat once) may be a clock or a bad minute: it passes, until it has gone on too long
 * with no call that succeeded in between.
 */
export async function endedOrPassing(
  parts: Pick<MailboxParts, 'database' | 'emit' | 'schedule'>,
  grant: GrantAddress,
  version: number,
  failure: ProviderFailure,
): Promise<Failed> {
  if (failure.kind === 'unauthorised' && failure.why === 'token_refused') {
    const seconds = await parts.database.inWorkspace(grant.workspaceId, (tx) =>
      noteRefusal(tx, grant.grantId, refusalsApartSeconds),
    )
    if (seconds < refusalsLastSeconds)
      return {
        ok: false,
        failure: { kind: 'transient', diagnostic: `a new token is refused: ${failure.diagnostic}` },
      }
  }
  await breakGrant(parts, grant, version, failure)
  return { ok: false, failure }
}
