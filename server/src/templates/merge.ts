/**
 * Merging: `{{ name }}` in a text is replaced by a value. Pure. A value is never merged again, so a person called
 * "{{ brief_link }}" is just that, and it stays on one line. What is not understood is a problem and not left standing in
 * a mail; a value that is missing is named, unless the text says what to write instead (`| default: "there"`).
 */
import type { Template } from 'liquidjs'
import type { Scope } from './liquid.ts'
import { closing, decidingIn, opening, parse, render, variablesIn } from './liquid.ts'

export type MergeProblem =
  | { readonly code: 'unknown_variable'; readonly name: string }
  | { readonly code: 'unknown_filter'; readonly name: string }
  | { readonly code: 'not_a_variable'; readonly text: string }

/** A value is a text, or a thing with a name and further parts. An empty one is none. */
export type Values = Readonly<
  Record<string, string | Readonly<Record<string, string | undefined>> | undefined>
>

export type Merged =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false
      readonly missing: readonly string[]
      /** The text with what is missing still standing in its braces. */
      readonly gapped: string
      /** It cannot be written whatever the values; `missing` then ends with the piece that stops it. */
      readonly unwritable?: boolean
    }

/** What is wrong with a text when only these variables exist; each unknown one is named once. */
export function mergeProblems(text: string, known: readonly string[]): readonly MergeProblem[] {
  const parsed = parse(text)
  if (!parsed.ok) {
    return parsed.filter === undefined
      ? [{ code: 'not_a_variable', text: parsed.text }]
      : [{ code: 'unknown_filter', name: parsed.filter }]
  }
  return variablesIn(parsed.template)
    .filter((name) => !known.includes(name))
    .map((name) => ({ code: 'unknown_variable', name }))
}

/** The variables that a text needs and that have no value, each once. */
export function missingIn(text: string, values: Values): readonly string[] {
  const parsed = parse(withoutMarks(text))
  if (parsed.ok && isFilled(parsed.template, values)) return []
  const merged = marked(text, values)
  return merged.ok ? [] : merged.missing
}

/** Whether a text that only puts values in has all of them: then nobody has to write it to know. */
function isFilled(template: readonly Template[], values: Values): boolean {
  const paths = pathsBefore.get(template) ?? { all: variablesIn(template), deciding: decidingIn(template) }
  pathsBefore.set(template, paths)
  if (paths.deciding.length > 0) return false
  const names = new Set(paths.all.map((path) => path.split('.', 1)[0]))
  const scope = scopeOf(Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name))))
  return paths.all.every((path) => isKnown(scope, path))
}

const pathsBefore = new WeakMap<
  readonly Template[],
  { readonly all: readonly string[]; readonly deciding: readonly string[] }
>()

/** The text with its values, each on one line; or the variables that have none. */
export function merge(text: string, values: Values): Merged {
  const merged = marked(text, values)
  return merged.ok
    ? { ok: true, text: unmarked(merged.text) }
    : { ...merged, gapped: unmarked(merged.gapped) }
}

/** The text with every value between two marks, which neither the text nor a value can hold. */
export function marked(text: string, values: Values): Merged {
  const parsed = parse(withoutMarks(text))
  if (!parsed.ok) return unwritable(text, [parsed.text])
  const rendered = render(parsed.template, scopeOf(values))
  if (rendered.ok) return { ok: true, text: rendered.marked }
  const { missing, gapped, fault } = rendered
  return fault === undefined ? { ok: false, missing, gapped } : unwritable(text, [...missing, fault])
}

function unwritable(text: string, missing: readonly string[]): Merged {
  return { ok: false, missing, gapped: withoutMarks(text), unwritable: true }
}

export function unmarked(text: string): string {
  return withoutMarks(text)
}

function withoutMarks(text: string): string {
  return text.replaceAll(opening, '').replaceAll(closing, '')
}

const hasParts = new Set(['campaign', 'brand', 'sender', 'manager'])

function scopeOf(values: Values): Scope {
  const scope: Record<string, string | Record<string, string>> = {}
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') {
      const text = oneLine(value)
      if (text !== '') scope[name] = hasParts.has(name) ? { name: text } : text
    } else if (value !== undefined) {
      const parts = Object.entries(value).map(([part, text]) => [part, oneLine(text ?? '')] as const)
      const filled = Object.fromEntries(parts.filter(([, text]) => text !== ''))
      if (filled['name'] !== undefined) scope[name] = filled
    }
  }
  return scope
}

/**
 * For a list: the text with the values that are known already; the others stay as they were written. Where one that is not
 * known decides what is written, the whole text stays: it would be a guess.
 */
export function mergeKnown(text: string, values: Values): string {
  const parsed = parse(withoutMarks(text))
  const scope = scopeOf(values)
  if (!parsed.ok || decidingIn(parsed.template).some((path) => !isKnown(scope, path)))
    return withoutMarks(text)
  const merged = merge(text, values)
  return merged.ok ? merged.text : merged.gapped
}

function isKnown(scope: Scope, path: string): boolean {
  const [name = '', ...parts] = path.split('.')
  const value = Object.hasOwn(scope, name) ? scope[name] : undefined
  if (value === undefined || typeof value === 'string') return value !== undefined && parts.length === 0
  return parts.length === 1 && Object.hasOwn(value, parts[0] ?? '')
}

// a value is data: a line break in it would begin a paragraph, or in a subject another header (RFC 5322 §2.2)
function oneLine(value: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are the subject
  return withoutMarks(value.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/gu, ' ')).trim()
}
