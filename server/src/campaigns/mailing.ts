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

/** A text in its language, which is not always the person's. */
export type SaidText = LetterText & { readonly language: 'en' | 'de' }

export interface Ready<Text extends SaidText = SaidText> {
  readonly kind: CampaignMailKind
  readonly recipient: Recipient
  readonly text: Text
}

export interface LeftOut {
  readonly contactId?: string
  readonly memberId?: string
  readonly name: string
  readonly reason: LeftOutReason
  /** The variables that have no value for this person. */
  readonly missing?: readonly string[]
}

export interface Mailing<Text extends SaidText = SaidText> {
  readonly ready: readonly Ready<Text>[]
  readonly leftOut: readonly LeftOut[]
}

/** The text in a language; undefined when there is none. */
export type TextFor<Text extends SaidText> = (language: 'en' | 'de') => Promise<Text | undefined>

export interface Terms {
  readonly kind: CampaignMailKind
  readonly setting: LetterSetting
  readonly sender: Pick<Sender, 'practice'>
  /** A bulk message also to those who got the same one before. */
  readonly again?: boolean
}

export async function settingOf(
  tx: Tx,
  {
    campaign,
    sender,
    publicUrl,
  }: {
    readonly campaign: Campaign | undefined
    readonly sender: Pick<Sender, 'address' | 'name'>
    readonly publicUrl: string
  },
): Promise<LetterSetting> {
  const workspaceName = (await workspaceOf(tx)).name
  return { campaign, workspaceName, sender: { name: sender.name, address: sender.address }, publicUrl }
}

export async function prepareMailing<Text extends SaidText>(
  { kind, setting, sender, again = false }: Terms,
  people: readonly Recipient[],
  textFor: TextFor<Text>,
): Promise<Mailing<Text>> {
  const ready: Ready<Text>[] = []
  const leftOut: LeftOut[] = []
  for (const recipient of people) {
    const text = await textFor(recipient.language)
    const missing =
      text === undefined ? ['text'] : missingFor(text, setting, { ...recipient, language: text.language })
    const reason = whyLeftOut(recipient, { kind, practice: sender.practice, missing, again })
    if (text !== undefined && reason === undefined) ready.push({ kind, recipient, text })
    else leftOut.push(leftOutOf(recipient, reason ?? 'missing_variable', missing))
  }
  return { ready, leftOut }
}

function leftOutOf(
  { contactId, memberId, name }: Recipient,
  reason: LeftOutReason,
  missing: readonly string[],
): LeftOut {
  return {
    contactId,
    ...(memberId === undefined ? {} : { memberId }),
    name,
    reason,
    ...(reason === 'missing_variable' ? { missing } : {}),
  }
}

/** Asks for each text once. */
export function remembering<Text extends SaidText>(textFor: TextFor<Text>): TextFor<Text> {
  const known = new Map<string, Promise<Text | undefined>>()
  return (language) => {
    const found = known.get(language) ?? textFor(language)
    known.set(language, found)
    return found
  }
}
