/**
 * The plan of a mailing before it is queued: who gets what, who is left out, and on which days it leaves. Writes
 * nothing. Tens of thousands of people are looked at in chunks; only the first letters and the first of those left out
 * are shown one by one, the rest is counted.
 */
import { customNames } from '../contacts/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { SendingPlan } from '../sending/index.ts'
import { planFor } from '../sending/index.ts'
import type { Actor } from '../team/index.ts'
import type { LetterText } from '../templates/index.ts'
import { campaignTexts, knownMessage } from '../templates/index.ts'
import type { Audience } from './audience.ts'
import type { Campaign } from './campaign.ts'
import type { FollowUpText } from './follow-up/follow-up.ts'
import type { PlannedFollowUps } from './follow-up/plan-follow-ups.ts'
import { plannedFollowUps } from './follow-up/plan-follow-ups.ts'
import { withFiles } from './files.ts'
import type { LaunchText } from './launch.ts'
import type { LetterSetting } from './letter.ts'
import type { SaidText, TextFor } from './mailing.ts'
import { prepareMailing, settingOf } from './mailing.ts'
import type { CampaignMailKind, CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import { linkProblem } from './public-url.ts'
import { decisionKinds, membersOf } from './send-decisions.ts'
import type { Sender } from './sender.ts'
import { chooseSender } from './sender.ts'
import { collectedDecisions } from './store-application.ts'
import type { Asked } from './store-audience.ts'
import { audienceRows } from './store-audience.ts'
import { campaignById } from './store-campaign.ts'
import { campaignFiles } from './store-campaign-file.ts'
import type { SameMail } from './store-recipient.ts'
import { contactRecipients, recipients } from './store-recipient.ts'
import type { Survey } from './survey.ts'
import { emptySurvey, noteAbsent, noteMailing } from './survey.ts'
import { textProblem } from './text-problem.ts'

export interface Plan extends SendingPlan, Omit<Survey, 'counts'> {
  readonly mailboxId: string
  readonly followUps?: PlannedFollowUps
}

export type PlanOutcome = { readonly ok: true; readonly plan: Plan } | Refusal

type PlanParts = Pick<CampaignParts, 'publicUrl' | 'traits'>
export interface PlanWish {
  readonly actor: Actor
  /** Absent: outside any campaign. */
  readonly campaignId?: string | undefined
  readonly mailboxId?: string | undefined
}

/** People looked at between two breaths. */
const chunk = 2000

export async function planInvitations(
  parts: PlanParts,
  tx: Tx,
  { memberIds, ...wish }: PlanWish & { readonly memberIds: readonly string[] },
): Promise<PlanOutcome> {
  return await planMailing(parts, tx, { ...wish, audience: { ids: memberIds } }, { kind: 'invitation' })
}

export async function planMailing(
  parts: PlanParts,
  tx: Tx,
  wish: PlanWish & {
    readonly audience: Audience
    readonly again?: boolean
    readonly followUps?: readonly FollowUpText[] | undefined
  },
  text: LaunchText,
): Promise<PlanOutcome> {
  const begun = await begin(parts, tx, wish)
  if (!begun.ok) return begun
  const meant = await readText(tx, begun, text)
  if (!meant.ok) return meant
  const { same, textFor } = meant
  const { campaignId, audience, again = false, followUps = [] } = wish
  const asked = await audienceRows(tx, campaignId, audience)
  const survey = emptySurvey()
  await look(parts, tx, { ...begun, kind: text.kind, again, same, campaignId }, asked, textFor, survey)
  if ('ids' in audience) {
    const known = new Set(asked.map((person) => person.memberId ?? person.contactId))
    for (const id of new Set(audience.ids)) if (!known.has(id)) noteAbsent(survey, id)
  }
  const outcome = await planned(tx, begun.sender, survey)
  if (!outcome.ok) return outcome
  const later = await plannedFollowUps(tx, outcome.plan, followUps)
  if (!later.ok) return later
  return { ok: true, plan: later.planned ? { ...outcome.plan, followUps: later.planned } : outcome.plan }
}

export async function planDecisions(
  parts: PlanParts,
  tx: Tx,
  wish: PlanWish & { readonly campaignId: string; readonly promisedFor?: Temporal.PlainDate | undefined },
): Promise<PlanOutcome> {
  const begun = await begin(parts, tx, wish)
  if (!begun.ok) return begun
  const { campaignId, promisedFor } = wish
  const collected = await collectedDecisions(tx, campaignId)
  const survey = emptySurvey()
  for (const { decision, kind } of decisionKinds) {
    const people = membersOf(collected, decision).map((memberId) => ({ memberId, contactId: '' }))
    const under = { ...begun, kind, again: false, same: { kind }, campaignId }
    await look(parts, tx, under, people, await campaignText(tx, begun, kind), survey)
  }
  return await planned(tx, begun.sender, survey, promisedFor)
}

/** What the mails are written from, and which mails are the same one. */
async function readText(
  tx: Tx,
  begun: Begun,
  text: LaunchText,
): Promise<{ readonly ok: true; readonly same: SameMail; readonly textFor: TextFor<SaidText> } | Refusal> {
  const { kind } = text
  if (kind === 'invitation') return { ok: true, same: { kind }, textFor: await campaignText(tx, begun, kind) }
  const broken = textProblem(text, await customNames(tx))
  if (broken !== undefined) return broken
  const whole = await withFiles(tx, text.texts, text.uploads)
  if (!whole.ok) return whole
  const { texts } = whole
  return { ok: true, same: await knownMessage(tx, { texts, setId: text.setId }), textFor: textOf(texts) }
}

interface Begun {
  readonly ok: true
  readonly campaign: Campaign | undefined
  readonly sender: Sender
  readonly setting: LetterSetting
}

async function begin(
  parts: PlanParts,
  tx: Tx,
  { actor, campaignId, mailboxId }: PlanWish,
): Promise<Begun | Refusal> {
  const campaign = campaignId === undefined ? undefined : await campaignById(tx, campaignId)
  if (campaignId !== undefined && campaign === undefined) return refuse('campaign_unknown')
  if (campaign?.status === 'closed') return refuse('campaign_closed')
  const chosen = await chooseSender(tx, actor, { mailboxId, campaignMailboxId: campaign?.mailboxId })
  if (!chosen.ok) return chosen
  const { sender } = chosen
  const publicUrl = parts.publicUrl()
  const problem = linkProblem(publicUrl, sender)
  if (problem !== undefined) return refuse(problem)
  return { ok: true, campaign, sender, setting: await settingOf(tx, { campaign, sender, publicUrl }) }
}

async function look(
  parts: PlanParts,
  tx: Tx,
  under: Omit<Begun, 'ok'> & {
    readonly kind: CampaignMailKind
    readonly again: boolean
    readonly same: SameMail
    readonly campaignId: string | undefined
  },
  asked: readonly Asked[],
  textFor: TextFor<SaidText>,
  survey: Survey,
): Promise<void> {
  const { campaignId, same } = under
  for (let at = 0; at < asked.length; at += chunk) {
    const part = asked.slice(at, at + chunk)
    const people =
      campaignId === undefined
        ? await contactRecipients(tx, { contactIds: part.map((person) => person.contactId), same })
        : await recipients(tx, {
            campaignId,
            memberIds: part.flatMap((person) => person.memberId ?? []),
            same,
          })
    noteMailing(parts, survey, under, await prepareMailing(under, people, textFor))
  }
}

async function planned(
  tx: Tx,
  sender: Sender,
  { counts, ...survey }: Survey,
  promisedFor?: Temporal.PlainDate,
): Promise<PlanOutcome> {
  const wanted = [...counts].map(([kind, count]) => ({ kind, count, promisedFor }))
  const sending = await planFor(tx, sender.mailboxId, wanted)
  if (sending === undefined) return refuse('mailbox_unknown')
  return { ok: true, plan: { ...sending, ...survey, mailboxId: sender.mailboxId } }
}

async function campaignText(tx: Tx, { campaign }: Begun, kind: CampaignMailKind): Promise<TextFor<SaidText>> {
  if (campaign === undefined) return () => Promise.resolve(undefined)
  const texts = await campaignTexts(tx, campaign.id, campaign.formality)
  const chosen = await campaignFiles(tx, campaign.id)
  const files = chosen.filter((file) => file.kind === kind)
  return (language) => {
    const text = texts.find((one) => one.kind === kind && one.language === language)
    return Promise.resolve(text && { ...text, files })
  }
}

function textOf(texts: Readonly<Partial<Record<'en' | 'de', LetterText>>>): TextFor<SaidText> {
  return (language) => {
    const found = [language, 'en' as const, 'de' as const].find((one) => texts[one] !== undefined)
    const text = found && texts[found]
    return Promise.resolve(text && { ...text, language: found })
  }
}
