/**
 * Campaigns as the author of their mails: writes each from its frozen version at the second of sending, and says
 * whether it may still leave. Reads only.
 */
import { isSuppressed } from '../contacts/index.ts'
import type { FileLink } from '../correspondence/index.ts'
import { fileAddress, linkLife, linksAsHtml, linksAsText, linksOf } from '../correspondence/index.ts'
import { addressKey } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { MailAuthor, OutgoingFile, Reason, RenderOutcome, Submission, Truth } from '../sending/index.ts'
import { alreadyWritten, isPracticeAddress } from '../sending/index.ts'
import type { LetterDress, TemplateVersion, TextFile } from '../templates/index.ts'
import { templateVersion } from '../templates/index.ts'
import type { Campaign } from './campaign.ts'
import { packed } from './files.ts'
import { followUpMail } from './follow-up/store-follow-up.ts'
import { againstFollowUp } from './follow-up/truth.ts'
import { hasApplied, isUninvited } from './left-out.ts'
import { campaignLetter } from './letter.ts'
import { settingOf } from './mailing.ts'
import type { CampaignMailKind, CampaignParts } from './parts.ts'
import { isDecision } from './parts.ts'
import { linkProblem, oneClickLink } from './public-url.ts'
import type { Sender } from './sender.ts'
import { senderOfMailbox } from './sender.ts'
import { appliedSince } from './store-application.ts'
import { campaignById } from './store-campaign.ts'
import { sentAgain, textAccepted } from './store-launch.ts'
import type { Recipient } from './store-recipient.ts'
import { contactRecipients, noMail, recipients } from './store-recipient.ts'

/** Campaigns write invitations, approvals, rejections and bulk messages; other kinds are not theirs. */
type AuthorParts = Pick<CampaignParts, 'publicUrl' | 'traits'>

export function campaignAuthor(parts: AuthorParts): MailAuthor {
  return {
    async render(tx, submission) {
      return submission.kind === 'direct' ? undefined : await write(parts, tx, submission, submission.kind)
    },
    async stillTrue(tx, submission) {
      return submission.kind === 'direct' ? undefined : await check(tx, submission, submission.kind)
    },
  }
}

async function write(
  parts: AuthorParts,
  tx: Tx,
  submission: Submission,
  kind: CampaignMailKind,
): Promise<RenderOutcome> {
  const { text, campaign, person } = await concerned(tx, submission, kind)
  const sender = await senderOfMailbox(tx, submission.mailboxId)
  if (person === undefined || sender === undefined || text === undefined) {
    return { ok: false, hold: { code: 'text_unknown' } }
  }
  const publicUrl = parts.publicUrl()
  const problem = linkProblem(publicUrl, sender)
  if (problem !== undefined) return { ok: false, hold: { code: problem } }
  const carried = await carriedBy(parts, tx, submission, { text, sender })
  if ('code' in carried) return { ok: false, hold: carried }
  const setting = await settingOf(tx, { campaign, sender, publicUrl })
  const below = await linksBelow(tx, carried.links, { publicUrl, language: text.language })
  const followed = await followedBy(tx, submission)
  const written = campaignLetter(
    followed?.follows ?? kind,
    text,
    setting,
    { ...person, language: text.language },
    below,
  )
  if (!written.ok) {
    const name = written.missing.join(', ')
    return {
      ok: false,
      hold: written.unwritable
        ? { code: 'cannot_be_written' }
        : { code: 'missing_variable', values: { name } },
    }
  }
  const oneClick = kind === 'bulk' && publicUrl.startsWith('https:')
  return {
    ok: true,
    rendered: {
      ...written.letter,
      ...(followed === undefined ? {} : { subject: submission.subject ?? '' }),
      files: carried.files,
      ...(await copyOf(tx, person, sender)),
      ...(oneClick ? { unsubscribeUrl: oneClickLink(publicUrl, person.token) } : {}),
    },
  }
}

/** The files of the text as they were frozen: in the mail, or behind the links that it got when it was queued. */
async function carriedBy(
  parts: AuthorParts,
  tx: Tx,
  { id, workspaceId }: Submission,
  { text, sender }: { readonly text: TemplateVersion; readonly sender: Sender },
): Promise<{ readonly files: readonly OutgoingFile[]; readonly links: readonly FileLink[] } | Reason> {
  const { files: frozen = [] } = text
  if (frozen.length === 0) return { files: [], links: [] }
  const links = (await linksOf(tx, [id])).get(id) ?? []
  const isLinked = ({ sha256, filename }: TextFile): boolean =>
    links.some((link) => link.sha256 === sha256 && link.filename === filename)
  // it waited in a mailbox that carries more
  if (
    packed(
      parts,
      sender,
      frozen.filter((file) => !isLinked(file)),
    ).linked.length > 0
  )
    return { code: 'files_too_large', values: { address: sender.address } }
  const stored = await blobs.sizes(
    tx,
    workspaceId,
    frozen.map(({ sha256 }) => sha256),
  )
  const gone = frozen.find(({ sha256 }) => !stored.has(sha256))
  if (gone !== undefined) return { code: 'file_gone', values: { name: gone.filename } }
  return { files: frozen.filter((file) => !isLinked(file)), links }
}

async function linksBelow(
  tx: Tx,
  links: readonly FileLink[],
  { publicUrl, language }: { readonly publicUrl: string; readonly language: 'en' | 'de' },
): Promise<LetterDress['below']> {
  const shown = links.flatMap(({ filename, size, token }) =>
    token === undefined ? [] : [{ filename, size, url: fileAddress(publicUrl, token) }],
  )
  if (shown.length === 0) return undefined
  const until = (await databaseNow(tx)).add(linkLife)
  return { text: linksAsText(shown, until, language), html: linksAsHtml(shown, until, language) }
}

/**
 * Whoever answers for the person gets a copy when that is wished, inside the world that the mailbox is of, and only at an
 * address that may be written to and is not the person's own.
 */
async function copyOf(
  tx: Tx,
  { agent, addressKey: own }: Recipient,
  { practice }: Sender,
): Promise<{ readonly cc?: readonly string[] }> {
  if (agent?.cc !== true || agent.address === '') return {}
  if (practice !== isPracticeAddress(agent.address)) return {}
  const key = addressKey(agent.address)
  return key === own || (await isSuppressed(tx, key)) ? {} : { cc: [agent.address] }
}

/** The follow-up that it is, sent for the first time or again: it has the subject of what it follows. */
async function followedBy(
  tx: Tx,
  { id, againOf, kind }: Submission,
): Promise<Awaited<ReturnType<typeof followUpMail>>> {
  return kind === 'bulk' ? await followUpMail(tx, againOf ?? id) : undefined
}

async function check(tx: Tx, submission: Submission, kind: CampaignMailKind): Promise<Truth> {
  const against = kind === 'bulk' ? await againstFollowUp(tx, submission) : undefined
  if (against !== undefined) return against
  const { text, campaign, person } = await concerned(tx, submission, kind)
  if (person === undefined) return suppress('member_unknown')
  if (campaign?.status === 'closed') return suppress('campaign_closed')
  if (campaign !== undefined && campaign.status !== 'running') {
    return { verdict: 'hold', reason: { code: 'campaign_paused' } }
  }
  if (person.deleted) return suppress('contact_deleted')
  if (person.doNotContact) return suppress('do_not_contact')
  if (person.pausedUntil !== undefined && isUninvited(kind)) return suppress('paused_by_person')
  const otherwise = decidedOtherwise(person, kind)
  if (otherwise !== undefined) return suppress(otherwise)
  if (await isSuppressed(tx, addressKey(submission.toAddress))) return suppress('suppressed')
  if (person.addressKey !== addressKey(submission.toAddress)) {
    return { verdict: 'hold', reason: { code: 'address_changed', values: { address: person.address } } }
  }
  // whoever sends it again by hand wants the person to have it twice
  if (submission.againOf !== undefined) return { verdict: 'true' }
  if ((await followedBy(tx, submission)) !== undefined) return { verdict: 'true' }
  const mail = { id: submission.id, campaignId: submission.campaignId, contactId: person.contactId }
  return (await gotItBefore(tx, mail, kind, text)) ? suppress('already_sent') : { verdict: 'true' }
}

/** The same mail left for this person by another way: this kind in this campaign, or this text anywhere. */
async function gotItBefore(
  tx: Tx,
  { id, contactId, campaignId }: { id: string; contactId: string; campaignId: string | undefined },
  kind: CampaignMailKind,
  text: TemplateVersion | undefined,
): Promise<boolean> {
  if (kind !== 'bulk') {
    if (campaignId === undefined) return false
    const since = isDecision(kind) ? await appliedSince(tx, { contactId, campaignId }) : undefined
    return (await alreadyWritten(tx, { contactId, campaignId, kind, exceptId: id, since })) === 'accepted'
  }
  if (text?.setId === undefined || (await sentAgain(tx, id))) return false
  return await textAccepted(tx, { contactId, text, exceptId: id })
}

/** Why the person's own word or the team's decision speaks against this mail. Pure. */
export function decidedOtherwise(
  { state }: Pick<Recipient, 'state'>,
  kind: CampaignMailKind,
): 'declined' | 'withdrawn' | 'already_applied' | 'decided_otherwise' | undefined {
  if (state === undefined) return undefined
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
  | 'paused_by_person'
  | 'suppressed'
  | 'already_sent'
  | NonNullable<ReturnType<typeof decidedOtherwise>>

function suppress(code: WithheldCode): Truth {
  return { verdict: 'suppress', reason: { code } }
}

interface Concerned {
  readonly text?: TemplateVersion | undefined
  readonly campaign?: Campaign | undefined
  readonly person?: Recipient | undefined
}

// the truth check and the writing of a mail follow each other in one transaction and ask the same
const lastAsked = new WeakMap<Submission, { readonly tx: Tx; readonly found: Concerned }>()

async function concerned(tx: Tx, submission: Submission, kind: CampaignMailKind): Promise<Concerned> {
  const before = lastAsked.get(submission)
  if (before?.tx === tx) return before.found
  const found = { text: await textOf(tx, submission), ...(await personOf(tx, submission, kind)) }
  lastAsked.set(submission, { tx, found })
  return found
}

async function textOf(
  tx: Tx,
  { templateId, templateVersion: version }: Submission,
): Promise<TemplateVersion | undefined> {
  if (templateId === undefined || version === undefined) return undefined
  return await templateVersion(tx, templateId, version)
}

async function personOf(
  tx: Tx,
  { campaignId, memberId, contactId }: Submission,
  kind: CampaignMailKind,
): Promise<Omit<Concerned, 'text'>> {
  if (campaignId === undefined) {
    if (kind !== 'bulk' || contactId === undefined) return {}
    const [person] = await contactRecipients(tx, { contactIds: [contactId], same: noMail })
    return { person }
  }
  if (memberId === undefined) return {}
  const campaign = await campaignById(tx, campaignId)
  if (campaign === undefined) return {}
  const [person] = await recipients(tx, { campaignId, memberIds: [memberId], same: noMail })
  return { campaign, person }
}
