/**
 * Handing the mails of a mailing to the outbox: one per person, keyed by launch and person. Each gets a link of its own to
 * the files that do not travel in it.
 */
import type { NewLink } from '../correspondence/index.ts'
import { insertLinks } from '../correspondence/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { hashLinkToken, newLinkToken } from '../platform/link-token/index.ts'
import type { TemplateVersion } from '../templates/index.ts'
import { packed } from './files.ts'
import type { Ready } from './mailing.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import type { Sender } from './sender.ts'

/** Mails that the outbox takes at once. */
const chunk = 1000

export interface Under {
  readonly workspaceId: string
  readonly launchId: string
  readonly sender: Sender
  readonly campaignId?: string
  readonly createdBy: string
  /** The answer is promised for this day. */
  readonly promisedFor?: Temporal.PlainDate | undefined
}

type QueueParts = Pick<CampaignParts, 'enqueue' | 'ids' | 'traits'>

/** Contact → submission, or the refusal of the outbox. */
export async function queueReady(
  parts: QueueParts,
  tx: Tx,
  under: Under,
  ready: readonly Ready<TemplateVersion>[],
): Promise<{ readonly ok: true; readonly mails: ReadonlyMap<string, string> } | Refusal> {
  const { launchId, sender, campaignId, createdBy, promisedFor } = under
  const mails = new Map<string, string>()
  for (let at = 0; at < ready.length; at += chunk) {
    const part = ready.slice(at, at + chunk)
    const outcome = await parts.enqueue(
      tx,
      part.map(({ kind, recipient: { contactId, memberId, address, name }, text }) => ({
        key: `launch:${launchId}:${memberId ?? contactId}`,
        mailboxId: sender.mailboxId,
        kind,
        contactId,
        toAddress: address,
        toName: name,
        ...(campaignId === undefined ? {} : { campaignId }),
        ...(memberId === undefined ? {} : { memberId }),
        templateId: text.templateId,
        templateVersion: text.version,
        authorId: createdBy,
        ...(promisedFor === undefined ? {} : { promisedFor }),
      })),
    )
    if (!outcome.ok) return refuse(refusalOf(outcome.reason.code), outcome.reason.values)
    const links: NewLink[] = []
    for (const [n, { submissionId, replayed }] of outcome.enqueued.entries()) {
      const mail = part[n]
      if (mail === undefined) continue
      mails.set(mail.recipient.contactId, submissionId)
      if (!replayed) links.push(...linksFor(parts, under, { submissionId, files: mail.text.files }))
    }
    await insertLinks(tx, links)
  }
  return { ok: true, mails }
}

function linksFor(
  parts: QueueParts,
  { workspaceId, sender, createdBy }: Under,
  { submissionId, files }: { readonly submissionId: string; readonly files: TemplateVersion['files'] },
): readonly NewLink[] {
  return packed(parts, sender, files).linked.map((file) => {
    const token = newLinkToken(parts.ids, workspaceId)
    return {
      ...file,
      id: parts.ids.uuid(),
      token,
      tokenHash: hashLinkToken(token),
      submissionId,
      by: createdBy,
    }
  })
}

function refusalOf(code: string): Refusal['code'] {
  return code === 'mailbox_disconnected' || code === 'practice_and_real' ? code : 'mailbox_unknown'
}
