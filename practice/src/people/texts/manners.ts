/** How people greet and close: warm, brisk, formal or lively, each the same in every letter. */

export const MANNERS = ['warm', 'brisk', 'formal', 'lively'] as const
export type Manner = (typeof MANNERS)[number]

const ENGLISH: Readonly<Record<Manner, readonly [string, string]>> = {
  warm: ['Hi {brand},', 'Warm wishes from {city}\n{name}'],
  brisk: ['Hello {brand},', '{name}'],
  formal: ['Dear {brandFull},', 'Kind regards\n{fullName}'],
  lively: ['Hey {brand}!', 'See you on the internet\n{name} ({handle})'],
}

const GERMAN: Readonly<Record<Manner, readonly [string, string]>> = {
  warm: ['Hi {brand},', 'Herzliche Grüße aus {city}\n{name}'],
  brisk: ['Hallo {brand},', 'Gruß\n{name}'],
  formal: ['Guten Tag {brandFull},', 'Mit freundlichen Grüßen\n{fullName}'],
  lively: ['Hey {brand}!', 'Bis bald im Internet\n{name} ({handle})'],
}

export function greetingOf(manner: Manner, language: string, brand: string): string {
  if (brand !== '') return (language === 'de' ? GERMAN : ENGLISH)[manner][0]
  return language === 'de' ? (manner === 'formal' ? 'Guten Tag,' : 'Hallo,') : 'Hello,'
}

export function closingOf(manner: Manner, language: string): string {
  return (language === 'de' ? GERMAN : ENGLISH)[manner][1]
}
