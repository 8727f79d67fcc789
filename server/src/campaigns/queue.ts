/** Handing the mails of a mailing to the outbox: one per person, keyed by launch and person. */
import type { Tx } from '../platform/db/index.ts'
import type { TemplateVersion } from '../templates/index.ts'
import type { Ready } from './mailing.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'

/** Mails that the outbox takes at once. */
const chunk = 1000

export interface Under {
  readonly launchId: string
  readonly mailboxId: string
  readonly campaignId?: string
  readonly createdBy: string
  /** The answer is promised for this day. */
  readonly promisedFor?: Temporal.PlainDate | undefined
}

/** Contact → submission, or the refusal of the outbox. */
export async function queueReady(
  parts: Pick<CampaignParts, 'enqueue'>,
  tx: Tx,
  { launchId, mailboxId, campaignId, createdBy, promisedFor }: Under,
  ready: readonly Ready<TemplateVersion>[],
): Promise<{ readonly ok: true; readonly mails: ReadonlyMap<string, string> } | Refusal> {
  const mails = new Map<string, string>()
  for (let at = 0; at < ready.length; at += chunk) {
    const part = ready.slice(at, at + chunk)
    const outcome = await parts.enqueue(
      tx,
      part.map(({ kind, recipient: { contactId, memberId, address, name }, text }) => ({
        key: `launch:${launchId}:${memberId ?? contactId}`,
        mailboxId,
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
    for (const [n, { submissionId }] of outcome.enqueued.entries()) {
      const contactId = part[n]?.recipient.contactId
      if (contactId !== undefined) mails.set(contactId, submissionId)
    }
  }
  return { ok: true, mails }
}

function refusalOf(code: string): Refusal['code'] {
  return code === 'mailbox_disconnected' || code === 'practice_and_real' ? code : 'mailbox_unknown'
}
