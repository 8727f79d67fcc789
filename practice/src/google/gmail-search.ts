/**
 * The subset of Gmail's search language that this world understands: `rfc822msgid: in: label: is: from: to: subject: after:
 * before: newer_than: older_than:`, words and quoted words; `-` before `in:` and `label:`. Dates are days of UTC.
 */
import { readTime } from '../clock.ts'
import { messageKey } from '../mime/headers.ts'

export interface Search {
  readonly labels: readonly string[]
  readonly withoutLabels: readonly string[]
  readonly words: readonly string[]
  readonly messageKey?: string
  readonly after?: number
  readonly before?: number
  readonly from?: string
  readonly to?: string
  readonly subject?: string
  /** True when the search itself says where to look, so that spam and bin are not left out. */
  readonly namesFolder: boolean
}

const EMPTY: Search = { labels: [], withoutLabels: [], words: [], namesFolder: false }
const DAY_MS = 86_400_000
const UNIT_MS = new Map([
  ['h', 3_600_000],
  ['d', DAY_MS],
  ['m', 30 * DAY_MS],
  ['y', 365 * DAY_MS],
])

export function parseSearch(text: string, now: number): Search {
  const terms = text.match(/-?\w+:"[^"]*"|-?\w+:\S+|"[^"]*"|\S+/g) ?? []
  return terms.reduce((search, term) => addTerm(search, term, now), EMPTY)
}

function addTerm(search: Search, term: string, now: number): Search {
  const [, minus = '', operator = '', value = ''] = /^(-?)(\w+):"?([^"]*)"?$/.exec(term) ?? []
  switch (operator.toLowerCase()) {
    case 'rfc822msgid':
      return { ...search, messageKey: messageKey(value) }
    case 'in':
    case 'label':
      return addFolder(search, value.toUpperCase(), minus === '-')
    case 'is':
      return value === 'read'
        ? { ...search, withoutLabels: [...search.withoutLabels, 'UNREAD'] }
        : { ...search, labels: [...search.labels, value.toUpperCase()] }
    case 'from':
      return { ...search, from: value.toLowerCase() }
    case 'to':
      return { ...search, to: value.toLowerCase() }
    case 'subject':
      return { ...search, subject: value.toLowerCase() }
    case 'after':
    case 'newer':
      return { ...search, after: pointInTime(value) }
    case 'before':
    case 'older':
      return { ...search, before: pointInTime(value) }
    case 'newer_than':
      return { ...search, after: now - span(value) }
    case 'older_than':
      return { ...search, before: now - span(value) }
    default:
      return { ...search, words: [...search.words, term.replaceAll('"', '').toLowerCase()] }
  }
}

function addFolder(search: Search, label: string, negated: boolean): Search {
  if (label === 'ANYWHERE') return { ...search, namesFolder: true }
  if (negated) return { ...search, withoutLabels: [...search.withoutLabels, label] }
  return {
    ...search,
    labels: [...search.labels, label],
    namesFolder: search.namesFolder || label === 'SPAM' || label === 'TRASH',
  }
}

/** `2026/11/24`, `2026-11-24`, or seconds since 1970. */
function pointInTime(value: string): number {
  if (/^\d{9,}$/.test(value)) return Number(value) * 1000
  const day = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(value)
  if (day === null) return 0
  const [, year = '', month = '', date = ''] = day
  return readTime(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}T00:00:00Z`) ?? 0
}

function span(value: string): number {
  const [, count = '0', unit = 'd'] = /^(\d+)([hdmy])$/.exec(value) ?? []
  return Number(count) * (UNIT_MS.get(unit) ?? DAY_MS)
}
