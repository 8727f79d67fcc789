/**
 * The letter that one person gets, in a campaign or outside any. Pure: the same facts give the same letter in the plan's
 * preview and at the second of sending.
 */
import type { LetterDress, LetterOutcome, LetterText, Values } from '../templates/index.ts'
import { firstNameOf, lastNameOf, missingIn, writeLetter } from '../templates/index.ts'
import type { Campaign } from './campaign.ts'
import type { MailKind } from '../sending/index.ts'
import { briefLink, unsubscribeLink } from './public-url.ts'

export interface LetterSetting {
  /** Absent outside any campaign. */
  readonly campaign: Pick<Campaign, 'name' | 'brandName' | 'brandColour' | 'formality'> | undefined
  /** Stands for the brand while none is named. */
  readonly workspaceName: string
  readonly sender: { readonly name: string; readonly address: string }
  readonly publicUrl: string
}

export interface Addressee {
  readonly name: string
  readonly handle: string
  readonly country: string
  readonly language: 'en' | 'de'
  readonly token: string
  readonly agent?: { readonly name: string } | undefined
  readonly custom: Readonly<Record<string, string>>
}

/** Writes the letter, or names the variables that have no value for this person. `below`: links to its files. */
export function campaignLetter(
  kind: MailKind,
  text: LetterText,
  setting: LetterSetting,
  person: Addressee,
  below?: LetterDress['below'],
): LetterOutcome {
  const dress = dressFor(kind, setting, person)
  return writeLetter(text, valuesFor(setting, person), below === undefined ? dress : { ...dress, below })
}

/** The variables of a text that have no value for this person. */
export function missingFor(text: LetterText, setting: LetterSetting, person: Addressee): readonly string[] {
  const values = valuesFor(setting, person)
  return [...new Set([...missingIn(text.subject, values), ...missingIn(text.body, values)])]
}

/** Ours come last: no variable of the team's own can take the place of the personal link. */
function valuesFor({ campaign, workspaceName, sender, publicUrl }: LetterSetting, person: Addressee): Values {
  const brandName = campaign?.brandName ?? ''
  return {
    ...person.custom,
    name: person.name,
    first_name: firstNameOf(person.name),
    last_name: lastNameOf(person.name),
    handle: person.handle,
    country: person.country,
    language: person.language,
    manager: { name: person.agent?.name },
    campaign: { name: campaign?.name },
    brand: { name: brandName === '' ? workspaceName : brandName },
    sender,
    brief_link: campaign === undefined ? undefined : briefLink(publicUrl, person.token),
  }
}

const ourColour = '#2A3FC4'
const buttons = { en: 'View the brief', de: 'Briefing ansehen' } as const
const waysOut = {
  en: 'Would you rather not hear from us? Say so here:',
  du: 'Du möchtest keine E-Mails von uns? Hier kannst du das sagen:',
  sie: 'Sie möchten keine E-Mails von uns? Hier können Sie das sagen:',
} as const

function dressFor(
  kind: MailKind,
  { campaign, publicUrl }: LetterSetting,
  { language, token }: Addressee,
): LetterDress {
  const colour = campaign?.brandColour ?? ourColour
  const button = buttons[language]
  if (kind === 'approval' || kind === 'rejection' || kind === 'direct') return { colour, button }
  const text = waysOut[language === 'en' ? 'en' : (campaign?.formality ?? 'du')]
  const footer = { text, url: unsubscribeLink(publicUrl, token) }
  return { colour, footer, button, needsBrief: kind === 'invitation' }
}
