/** What is wrong with an access log, in a sentence of either language: the page and the command say the same. */
import type { Language } from '../common.ts'
import type { Finding } from './export.ts'

type Sentences = { readonly [Kind in Finding['kind']]: (where: Where) => string }

interface Where {
  readonly at: string
  readonly before: string
  readonly until: string
  /** More than one entry. */
  readonly many: boolean
}

const english: Sentences = {
  changed: ({ at }) => `Entry ${at} was changed: its content does not match its seal.`,
  missing: ({ at, until, many }) =>
    many ? `Entries ${at} to ${until} are missing.` : `Entry ${at} is missing.`,
  repeated: ({ at }) => `Entry ${at} stands a second time, or out of its order.`,
  detached: ({ at, before }) =>
    `Entry ${at} is not sealed to entry ${before}: one of the two was replaced by another one.`,
  other_mailbox: ({ at }) => `Entry ${at} belongs to another mailbox.`,
  cut_off: ({ at, until, many }) =>
    many
      ? `The log was cut off: entries ${at} to ${until} are missing at its end.`
      : `The log was cut off: entry ${at} is missing at its end.`,
  added: ({ at }) => `From entry ${at} on, entries stand behind the end of the log.`,
  other_end: ({ at }) => `The last entry, ${at}, is another one than the log remembers.`,
  unreadable: ({ at }) => `Line ${at} of the file is no entry.`,
  no_end: ({ at }) =>
    `The file has no last line: it was cut off after entry ${at}, or it is not a whole download.`,
}

const german: Sentences = {
  changed: ({ at }) => `Eintrag ${at} wurde geändert: Sein Inhalt passt nicht zu seinem Siegel.`,
  missing: ({ at, until, many }) =>
    many ? `Die Einträge ${at} bis ${until} fehlen.` : `Eintrag ${at} fehlt.`,
  repeated: ({ at }) => `Eintrag ${at} steht ein zweites Mal da oder nicht in seiner Reihenfolge.`,
  detached: ({ at, before }) =>
    `Eintrag ${at} ist nicht an Eintrag ${before} gesiegelt: Einer der beiden wurde durch einen anderen ersetzt.`,
  other_mailbox: ({ at }) => `Eintrag ${at} gehört zu einem anderen Postfach.`,
  cut_off: ({ at, until, many }) =>
    many
      ? `Das Protokoll wurde abgeschnitten: Am Ende fehlen die Einträge ${at} bis ${until}.`
      : `Das Protokoll wurde abgeschnitten: Am Ende fehlt Eintrag ${at}.`,
  added: ({ at }) => `Ab Eintrag ${at} stehen Einträge hinter dem Ende des Protokolls.`,
  other_end: ({ at }) => `Der letzte Eintrag, ${at}, ist ein anderer, als das Protokoll festhält.`,
  unreadable: ({ at }) => `Zeile ${at} der Datei ist kein Eintrag.`,
  no_end: ({ at }) =>
    `Der Datei fehlt die letzte Zeile: Sie wurde nach Eintrag ${at} abgeschnitten oder ist kein vollständiger Download.`,
}

export function findingSentence(language: Language, finding: Finding): string {
  const number = new Intl.NumberFormat(language)
  const at = 'line' in finding ? finding.line : finding.at
  const until = 'until' in finding && finding.until !== undefined ? finding.until : at
  const sentences = language === 'de' ? german : english
  return sentences[finding.kind]({
    at: number.format(at),
    before: number.format(at - 1),
    until: number.format(until),
    many: until > at,
  })
}
