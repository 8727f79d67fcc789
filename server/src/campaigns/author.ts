/**
 * Campaigns as the author of their mails: writes each from its frozen version at the second of sending, and says
 * whether it may still leave. Reads only.
 */
import { isSuppressed } from '../contacts/index.ts'
import { addressKey } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { MailAuthor, RenderOutcome, Submission, Truth } from '../sending/index.ts'
import { alreadyWritten } from '../sending/index.ts'
import { workspaceOf } from '../team/index.ts'
import { templateVersion } from '../templates/index.ts'
import type { Campaign } from './campaign.ts'
import { hasApplied } from './left-out.ts'
import { campaignLetter } from './letter.ts'
import type { CampaignMailKind, CampaignParts } from './parts.ts'
import { linkProblem, unsubscribeLink } from './public-url.ts'
import { senderOfMailbox } from './sender.ts'
import { campaignById } from './store-campaign.ts'
import type { Recipient } from './store-recipient.ts'
import { recipients } from './store-recipient.ts'

/** Campaigns write invitations, approvals, rejections and bulk messages; other kinds are not theirs. */
export function campaignAuthor(parts: Pick<CampaignParts, 'publicUrl'>): MailAuthor {
  return {
    async render(tx, submission) {
      return submission.kind === 'direct'
        ? undefined
        : await write(parts.publicUrl(), tx, submission, submission.kind)
    },
    async stillTrue(tx, submission) {
      return submission.kind === 'direct' ? undefined : await check(tx, submission, submission.kind)
    },
  }
}

async function write(
  publicUrl: string,
  tx: Tx,
  submission: Submission,
  kind: CampaignMailKind,
): Promise<RenderOutcome> {
  const { campaign, person } = await concerned(tx, submission)
  const sender = await senderOfMailbox(tx, submission.mailboxId)
  const { templateId, templateVersion: version } = submission
  const text =
    templateId === undefined || version === undefined
      ? undefined
      : await templateVersion(tx, templateId, version)
  if (campaign === undefined || person === undefined || sender === undefined || text === undefined) {
    return { ok: false, hold: { code: 'text_unknown' } }
  }
  const problem = linkProblem(publicUrl, sender)
  if (problem !== undefined) return { ok: false, hold: { code: problem } }
  const setting = {
    campaign,
    workspaceName: (await workspaceOf(tx)).name,
    senderName: sender.name,
    publicUrl,
  }
  const written = campaignLetter(kind, text, setting, { ...person, language: text.language })
  if (!written.ok)
    return { ok: false, hold: { code: 'missing_variable', values: { name: written.missing.join(', ') } } }
  const oneClick = kind === 'bulk' && publicUrl.startsWith('https:')
  return {
    ok: true,
    rendered: {
      ...written.letter,
      ...(oneClick ? { unsubscribeUrl: unsubscribeLink(`${publicUrl}/api/v1/public`, person.token) } : {}),
    },
  }
}

async function check(tx: Tx, submission: Submission, kind: CampaignMailKind): Promise<Truth> {
  const { campaign, person } = await concerned(tx, submission)
  if (campaign === undefined || person === undefined) return suppress('member_unknown')
  if (campaign.status === 'closed') return suppress('campaign_closed')
  if (campaign.status !== 'running') return { verdict: 'hold', reason: { code: 'campaign_paused' } }
  if (person.deleted) return suppress('contact_deleted')
  if (person.doNotContact) return suppress('do_not_contact')
  const otherwise = decidedOtherwise(person, kind)
  if (otherwise !== undefined) return suppress(otherwise)
  if (await isSuppressed(tx, addressKey(submission.toAddress))) return suppress('suppressed')
  if (person.addressKey !== addressKey(submission.toAddress)) {
    return { verdict: 'hold', reason: { code: 'address_changed', values: { address: person.address } } }
  }
  const { contactId } = person
  const about = { contactId, campaignId: campaign.id, kind, exceptId: submission.id }
  if (kind !== 'bulk' && (await alreadyWritten(tx, about)) === 'accepted') return suppress('already_sent')
  return { verdict: 'true' }
}

/** Why the person's own word or the team's decision speaks against this mail. Pure. */
export function decidedOtherwise(
  { state }: Pick<Recipient, 'state'>,
  kind: CampaignMailKind,
): 'declined' | 'withdrawn' | 'already_applied' | 'decided_otherwise' | undefined {
  if (state === 'declined' || state === 'withdrawn') return state
  switch (kind) {
    case 'invitation':
      return hasApplied(state) ? 'already_applied' : undefined
    case 'approval':
      return state === 'approved' ? undefined : 'decided_otherwise'
    case 'rejection':
      return state === 'rejected' ? undefined : 'decided_otherwise'
    case 'bulk':
      return undefined
  }
}

type WithheldCode =
  | 'member_unknown'
  | 'campaign_closed'
  | 'contact_deleted'
  | 'do_not_contact'
  | 'suppressed'
  | 'already_sent'
  | NonNullable<ReturnType<typeof decidedOtherwise>>

function suppress(code: WithheldCode): Truth {
  return { verdict: 'suppress', reason: { code } }
}

async function concerned(
  tx: Tx,
  { campaignId, memberId, kind }: Submission,
): Promise<{ campaign?: Campaign | undefined; person?: Recipient | undefined }> {
  if (campaignId === undefined || memberId === undefined || kind === 'direct') return {}
  const campaign = await campaignById(tx, campaignId)
  const [person] = await recipients(tx, { campaignId, memberIds: [memberId], kind })
  return { campaign, person }
}
