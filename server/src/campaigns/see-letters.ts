/**
 * What a text would become for real people while it is still being written: the letters, and for each person the variables
 * that have no value. Looking writes nothing; a test sends one of them to whoever is writing.
 */
import { customNames } from '../contacts/index.ts'
import { mailboxById } from '../mailboxes/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { MailKind } from '../sending/index.ts'
import type { Actor } from '../team/index.ts'
import { textProblems } from '../templates/index.ts'
import type { LetterOutcome, LetterText, MergeProblem } from '../templates/index.ts'
import { campaignLetter } from './letter.ts'
import type { LetterSetting } from './letter.ts'
import { settingOf } from './mailing.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import { chooseSender } from './sender.ts'
import type { Sender } from './sender.ts'
import { campaignById } from './store-campaign.ts'
import type { Recipient } from './store-recipient.ts'
import { contactRecipients, firstPeople, noMail, recipients } from './store-recipient.ts'

export interface TextSeen extends LetterText {
  readonly kind: MailKind
  readonly language: 'en' | 'de'
  readonly campaignId?: string | undefined
  /** Whose letter it is, with this person's own links; absent: a few people's, with links that lead nowhere. */
  readonly contactId?: string | undefined
  readonly mailboxId?: string | undefined
}

export interface SeenLetter {
  readonly contactId: string
  readonly name: string
  readonly to: string
  readonly missing: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface Seen {
  readonly ok: true
  readonly problem?: { readonly field: 'subject' | 'body'; readonly problem: MergeProblem }
  readonly unknown: readonly string[]
  readonly variables: readonly string[]
  readonly letters: readonly SeenLetter[]
}

type Parts = Pick<CampaignParts, 'publicUrl'>

const lookedThrough = 200
const shown = 5
/** In place of a person's own: whoever looks at a letter must not open the brief in their name. */
const noToken = 'preview'
const noSender = { address: '', name: '' }

export async function seeLetters(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  wish: TextSeen,
): Promise<Seen | Refusal> {
  const variables = await customNames(tx)
  const { problem, unknown } = textProblems(wish, variables)
  if (problem !== undefined) return { ok: true, problem, unknown, variables, letters: [] }
  // whoever has no mailbox yet may write a text all the same
  const chosen = await senderFor(tx, actor, wish)
  const setting = await settingFor(
    parts,
    tx,
    wish,
    chosen.ok ? chosen.sender : { ...noSender, name: actor.name },
  )
  if (setting === undefined) return refuse('campaign_unknown')
  const people = await peopleFor(tx, wish, lookedThrough)
  const shownTo = (person: Recipient): Recipient =>
    wish.contactId === undefined || actor.role === 'viewer' ? { ...person, token: noToken } : person
  const letters = people.map((person) =>
    seen(person, campaignLetter(wish.kind, wish, setting, shownTo(person))),
  )
  return { ok: true, unknown, variables, letters: mixed(letters) }
}

/** A letter to be tested, with the mailbox from which and to which it goes. Its personal links lead nowhere. */
export async function testLetter(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  wish: TextSeen,
): Promise<{ readonly ok: true; readonly sender: Sender; readonly letter: SeenLetter } | Refusal> {
  const campaign = wish.campaignId === undefined ? undefined : await campaignById(tx, wish.campaignId)
  const mailbox = campaign?.mailboxId === undefined ? undefined : await mailboxById(tx, campaign.mailboxId)
  // a colleague's mailbox would send the test to the colleague
  const campaignMailboxId = mailbox?.ownerId === actor.personId ? mailbox.id : undefined
  const chosen = await chooseSender(tx, actor, { mailboxId: wish.mailboxId, campaignMailboxId })
  if (!chosen.ok) return chosen
  const setting = await settingFor(parts, tx, wish, chosen.sender)
  if (setting === undefined) return refuse('campaign_unknown')
  const [person] = await peopleFor(tx, wish, 1)
  if (person === undefined) return refuse('nobody_to_show')
  const written = campaignLetter(wish.kind, wish, setting, { ...person, token: noToken })
  return { ok: true, sender: chosen.sender, letter: seen(person, written) }
}

async function senderFor(tx: Tx, actor: Actor, wish: TextSeen): ReturnType<typeof chooseSender> {
  const { campaignId, mailboxId } = wish
  const campaign = campaignId === undefined ? undefined : await campaignById(tx, campaignId)
  return await chooseSender(tx, actor, { mailboxId, campaignMailboxId: campaign?.mailboxId })
}

async function settingFor(
  parts: Parts,
  tx: Tx,
  { campaignId }: TextSeen,
  sender: Pick<Sender, 'address' | 'name'>,
): Promise<LetterSetting | undefined> {
  const campaign = campaignId === undefined ? undefined : await campaignById(tx, campaignId)
  if (campaignId !== undefined && campaign === undefined) return undefined
  return await settingOf(tx, { campaign, sender, publicUrl: parts.publicUrl() })
}

function seen({ contactId, name, address: to }: Recipient, written: LetterOutcome): SeenLetter {
  return written.ok
    ? { contactId, name, to, missing: [], ...written.letter }
    : { contactId, name, to, missing: written.missing, ...written.gapped }
}

/** The first few; when whole letters and letters with a gap are both to be found, one of each at least. */
function mixed(letters: readonly SeenLetter[]): readonly SeenLetter[] {
  const isWhole = ({ missing }: SeenLetter): boolean => missing.length === 0
  const first = letters.slice(0, shown)
  const other = letters.slice(shown).find((letter) => first.every((one) => isWhole(one) !== isWhole(letter)))
  return other === undefined ? first : [...first.slice(0, -1), other]
}

async function peopleFor(tx: Tx, wish: TextSeen, limit: number): Promise<readonly Recipient[]> {
  const { campaignId, contactId, language } = wish
  const found = await firstPeople(tx, { campaignId, contactId, language, limit })
  const memberIds = found.flatMap(({ memberId }) => memberId ?? [])
  // what somebody got before changes nothing about the words
  const same = noMail
  if (campaignId !== undefined && memberIds.length > 0) {
    return await recipients(tx, { campaignId, memberIds, same })
  }
  return await contactRecipients(tx, { contactIds: found.map((person) => person.contactId), same })
}
