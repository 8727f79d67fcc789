/** The verdict on one file: a sentence, what is wrong entry by entry, and the facts of the log. */
import type { ExportVerdict } from '@kontor/api/ledger/export'
import { findingSentence } from '@kontor/api/ledger/sentences'
import type { Words } from './sheet.ts'
import { element, filled } from './sheet.ts'

export interface Judged {
  readonly name: string
  /** Undefined: the file could not be read. */
  readonly verdict: ExportVerdict | undefined
}

export interface Parts {
  readonly words: Words
  readonly language: 'de' | 'en'
}

const shownAtMost = 20

export function result(parts: Parts, { name, verdict }: Judged): HTMLElement {
  const { words } = parts
  const [state, title, about] = judgement(words, verdict)
  const section = element(
    'section',
    { class: 'result', 'data-verdict': state },
    element('p', { class: 'file' }, name),
    element('h2', { tabindex: '-1' }, title),
    element('p', {}, about),
  )
  if (verdict === undefined || verdict.foreign) return section
  if (verdict.findings.length > 0) section.append(faults(parts, verdict))
  section.append(facts(parts, verdict))
  return section
}

function judgement(words: Words, verdict: ExportVerdict | undefined): [string, string, string] {
  if (verdict === undefined) return ['broken', words.unreadable, '']
  if (verdict.foreign) return ['foreign', words.foreign, words.foreignAbout]
  return verdict.ok ? ['ok', words.ok, words.okAbout] : ['broken', words.broken, words.brokenAbout]
}

function faults({ words, language }: Parts, { findings }: ExportVerdict): HTMLElement {
  const list = element('ul', { class: 'faults' })
  for (const finding of findings.slice(0, shownAtMost))
    list.append(element('li', {}, findingSentence(language, finding)))
  const rest = findings.length - shownAtMost
  if (rest > 0) list.append(element('li', {}, filled(words.more, rest.toLocaleString(language))))
  return list
}

function facts({ words, language }: Parts, verdict: ExportVerdict): HTMLElement {
  const { facts: names } = words
  const { depths, end, first, last } = verdict
  const number = (value: number): string => value.toLocaleString(language)
  const when = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeStyle: 'medium',
  })
  const instant = (iso: string): string => {
    const ms = Date.parse(iso)
    return Number.isNaN(ms) ? iso : when.format(ms)
  }
  const list = element('dl')
  const fact = (name: string, value: string | HTMLElement): void =>
    list.append(element('dt', {}, name), element('dd', {}, value))
  fact(names.mailbox, end?.address ?? verdict.mailboxId)
  fact(names.entries, number(verdict.entries))
  if (first !== undefined && last !== undefined) fact(names.time, `${instant(first)} – ${instant(last)}`)
  if (end !== undefined) fact(names.made, instant(end.at))
  fact(names.identifiers, number(depths.identifiers))
  fact(names.threadHeaders, number(depths.threadHeaders))
  fact(names.opened, number(depths.opened))
  fact(names.sent, number(depths.sent))
  if (end !== undefined && end.looks > 0) fact(names.looks, number(end.looks))
  fact(names.seal, element('code', {}, verdict.seal))
  return list
}
