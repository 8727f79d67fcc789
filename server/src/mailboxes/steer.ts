/** What people change about a connected mailbox: its settings, a pause, the default. */
import type { Tx } from '../platform/db/index.ts'
import type { Actor, Mailbox, SettingsProblem } from './mailbox.ts'
import { maySend, settingsProblems } from './mailbox.ts'
import { auditMailbox, memberNames } from './members.ts'
import type { MailboxParts } from './parts.ts'
import type { Signature } from './signature.ts'
import { signatureOf } from './signature.ts'
import type { MailboxSettings } from './store.ts'
import { dropLostDefaults, setDefault, setNamedMembers, setPaused, setSettings } from './store.ts'

type Steering = Pick<MailboxParts, 'emit' | 'schedule'>

/** Replaces settings and named members; the outbox hears of it in the same transaction. */
export async function changeSettings(
  parts: Steering,
  tx: Tx,
  { actor, mailbox }: { readonly actor: Actor; readonly mailbox: Mailbox },
  change: Partial<MailboxSettings> & { readonly namedMembers?: readonly string[] },
): Promise<readonly (SettingsProblem | 'named_unknown')[]> {
  const settings = { ...mailbox, ...change, ...bothForms(change) }
  const problems = settingsProblems(settings)
  if (problems.length > 0) return problems
  const known = await memberNames(tx, settings.namedMembers)
  if (change.namedMembers?.some((personId) => !known.has(personId)) === true) return ['named_unknown']
  await setSettings(tx, mailbox.id, settings)
  if (change.namedMembers !== undefined) await setNamedMembers(tx, mailbox.id, change.namedMembers)
  await dropLostDefaults(tx, settings)
  await auditMailbox(tx, {
    personId: actor.personId,
    action: 'mailbox.changed',
    address: mailbox.address,
    detail: { changed: Object.keys(change) },
  })
  await tell(parts, tx, mailbox, 'mailbox.changed')
  return []
}

// a signature with layout brings its plain twin; a plain one leaves no layout behind
function bothForms({ signature, signatureHtml }: Partial<MailboxSettings>): Partial<Signature> {
  if (signatureHtml !== undefined) return signatureOf(signatureHtml)
  return signature === undefined ? {} : { signature, signatureHtml: '' }
}

/** Pauses or goes on. */
export async function pause(
  parts: Steering,
  tx: Tx,
  { actor, mailbox }: { readonly actor: Actor; readonly mailbox: Mailbox },
  wish: 'pause' | 'resume',
): Promise<void> {
  if (mailbox.paused === (wish === 'pause')) return
  const type = wish === 'pause' ? 'mailbox.paused' : 'mailbox.resumed'
  await setPaused(tx, mailbox.id, wish)
  await auditMailbox(tx, { personId: actor.personId, action: type, address: mailbox.address })
  await tell(parts, tx, mailbox, type)
}

/** Makes the mailbox the person's default; refused where the person may not send. */
export async function chooseDefault(
  tx: Tx,
  actor: Actor,
  mailbox: Mailbox,
): Promise<'chosen' | 'may_not_send'> {
  if (!maySend(actor, mailbox)) return 'may_not_send'
  await setDefault(tx, actor.personId, mailbox.id, 'always')
  return 'chosen'
}

async function tell(parts: Steering, tx: Tx, mailbox: Mailbox, type: string): Promise<void> {
  const { id, workspaceId, address, ownerId } = mailbox
  await parts.emit(tx, { workspaceId, type, subject: id, payload: { mailboxId: id, address, ownerId } })
  await parts.schedule.sync(tx, id)
}
