/**
 * The mail programs that people of the practice world write with. Each puts the original under (or over) an answer in its
 * own way, because a product that reads answers has to fold all of them.
 */
import { appleMail, phoneMail } from './apple.ts'
import type { Dialect, Draft, Rendered } from './draft.ts'
import { gmailWeb } from './gmail-web.ts'
import { outlookDesktop, outlookNew } from './outlook.ts'
import { thunderbird } from './thunderbird.ts'

export const CLIENTS = ['web', 'apple', 'outlook', 'outlook-new', 'thunderbird', 'phone'] as const
export type Client = (typeof CLIENTS)[number]

const DIALECTS: Readonly<Record<Client, Dialect>> = {
  web: gmailWeb,
  apple: appleMail,
  outlook: outlookDesktop,
  'outlook-new': outlookNew,
  thunderbird,
  phone: phoneMail,
}

export function writtenWith(client: Client, draft: Draft): Rendered {
  return DIALECTS[client](draft)
}

/** What stands before the subject of an answer: only one program translates it. */
export function answerPrefix(client: Client, language: string): string {
  return language === 'de' && (client === 'outlook' || client === 'outlook-new') ? 'AW' : 'Re'
}
