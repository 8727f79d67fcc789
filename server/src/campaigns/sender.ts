/**
 * Which mailbox a mailing leaves from: the one that was asked for, else the campaign's, else the person's default.
 * There is no silent fallback to another one, and nobody sends from a mailbox that is not shared with them.
 */
import type { Mailbox } from '../mailboxes/index.ts'
import { defaultOf, mailboxById, maySend } from '../mailboxes/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { personName } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { Refusal } from './parts.ts'
import { refuse } from './parts.ts'

export interface Sender {
  readonly mailboxId: string
  readonly provider: Mailbox['provider']
  readonly practice: boolean
  readonly address: string
  /** As it stands in From, and in the text as {{ sender }}. */
  readonly name: string
}

export async function chooseSender(
  tx: Tx,
  actor: Pick<Actor, 'personId' | 'role'>,
  wanted: { readonly mailboxId?: string | undefined; readonly campaignMailboxId?: string | undefined },
): Promise<{ readonly ok: true; readonly sender: Sender } | Refusal> {
  const mailboxId = wanted.mailboxId ?? wanted.campaignMailboxId ?? (await defaultOf(tx, actor.personId))
  if (mailboxId === undefined) return refuse('no_mailbox')
  const mailbox = await mailboxById(tx, mailboxId)
  if (mailbox === undefined) return refuse('mailbox_unknown')
  if (mailbox.health === 'disconnected') return refuse('mailbox_disconnected', { address: mailbox.address })
  if (!maySend(actor, mailbox)) return refuse('may_not_send', { address: mailbox.address })
  return { ok: true, sender: await senderOf(tx, mailbox) }
}

/** The sender behind a mailbox; undefined for an unknown one. */
export async function senderOfMailbox(tx: Tx, mailboxId: string): Promise<Sender | undefined> {
  const mailbox = await mailboxById(tx, mailboxId)
  return mailbox === undefined ? undefined : await senderOf(tx, mailbox)
}

async function senderOf(
  tx: Tx,
  mailbox: Pick<Mailbox, 'id' | 'provider' | 'practice' | 'address' | 'displayName' | 'ownerId'>,
): Promise<Sender> {
  const { id: mailboxId, provider, practice, address, displayName, ownerId } = mailbox
  return {
    mailboxId,
    provider,
    practice,
    address,
    name: displayName === '' ? ((await personName(tx, ownerId)) ?? '') : displayName,
  }
}
