/**
 * A mailing: who of the people asked for gets which text from which mailbox, and who is left out. The plan and the
 * launch prepare it in the same way, so that what was shown is what happens.
 */
import type { Tx } from '../platform/db/index.ts'
import { workspaceOf } from '../team/index.ts'
import type { LetterText } from '../templates/index.ts'
import type { Campaign } from './campaign.ts'
import type { LeftOutReason } from './left-out.ts'
import { whyLeftOut } from './left-out.ts'
import type { LetterSetting } from './letter.ts'
import { missingFor } from './letter.ts'
import type { CampaignMailKind } from './parts.ts'
import type { Sender } from './sender.ts'
import type { Recipient } from './store-recipient.ts'
import { recipients } from './store-recipient.ts'

export interface Wanted {
  readonly kind: CampaignMailKind
  readonly memberIds: readonly string[]
}

export interface Ready<Text extends LetterText = LetterText> {
  readonly kind: CampaignMailKind
  readonly recipient: Recipient
  readonly text: Text
}

export interface LeftOut {
  readonly memberId: string
  readonly name: string
  readonly reason: LeftOutReason
}

export interface Mailing<Text extends LetterText = LetterText> {
  readonly setting: LetterSetting
  readonly ready: readonly Ready<Text>[]
  readonly leftOut: readonly LeftOut[]
}

/** The text of a kind in a language; undefined when there is none. */
export type TextFor<Text extends LetterText> = (
  kind: CampaignMailKind,
  language: 'en' | 'de',
) => Promise<Text | undefined>

export async function prepareMailing<Text extends LetterText>(
  tx: Tx,
  { campaign, sender, publicUrl }: { campaign: Campaign; sender: Sender; publicUrl: string },
  wanted: readonly Wanted[],
  textFor: TextFor<Text>,
): Promise<Mailing<Text>> {
  const setting = {
    campaign,
    workspaceName: (await workspaceOf(tx)).name,
    senderName: sender.name,
    publicUrl,
  }
  const ready: Ready<Text>[] = []
  const leftOut: LeftOut[] = []
  for (const { kind, memberIds } of wanted) {
    const people = await recipients(tx, { campaignId: campaign.id, memberIds, kind })
    const known = new Set(people.map((person) => person.memberId))
    for (const recipient of people) {
      const { memberId, name, language } = recipient
      const text = await textFor(kind, language)
      const missing = text === undefined ? ['text'] : missingFor(text, setting, recipient)
      const reason = whyLeftOut(recipient, { kind, practice: sender.practice, missing })
      if (text === undefined || reason !== undefined) {
        leftOut.push({ memberId, name, reason: reason ?? 'missing_variable' })
      } else {
        ready.push({ kind, recipient, text })
      }
    }
    for (const memberId of memberIds) {
      if (!known.has(memberId)) leftOut.push({ memberId, name: '', reason: 'member_unknown' })
    }
  }
  return { setting, ready, leftOut }
}

/** Asks for each text once. */
export function remembering<Text extends LetterText>(textFor: TextFor<Text>): TextFor<Text> {
  const known = new Map<string, Promise<Text | undefined>>()
  return (kind, language) => {
    const key = `${kind}.${language}`
    const found = known.get(key) ?? textFor(kind, language)
    known.set(key, found)
    return found
  }
}
