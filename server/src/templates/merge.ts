/**
 * Merging: `{{ name }}` in a text is replaced by a value. Pure. Variables only: no filters, no conditions, no nesting;
 * a value is never merged again, so a person called "{{ brief_link }}" is just that. What is not understood is a
 * problem and not left standing in a mail.
 */

export type MergePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }

export type MergeProblem =
  | { readonly code: 'unknown_variable'; readonly name: string }
  | { readonly code: 'not_a_variable'; readonly text: string }

export type Values = Readonly<Record<string, string | undefined>>

export type Merged =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly missing: readonly string[] }

/** Splits a text at its variables. Anything else in double braces, and every `{%`, is a problem. */
export function partsOf(text: string): {
  readonly parts: readonly MergePart[]
  readonly problems: readonly MergeProblem[]
} {
  const parts: MergePart[] = []
  const problems: MergeProblem[] = []
  let at = 0
  for (const found of text.matchAll(/\{\{([^{}]*)\}\}|\{\{|\}\}|\{%/g)) {
    const name = /^\s*([a-z][a-z0-9_]*)\s*$/.exec(found[1] ?? '')?.[1]
    if (name === undefined) {
      problems.push({ code: 'not_a_variable', text: text.slice(found.index, found.index + 40) })
      continue
    }
    if (found.index > at) parts.push({ kind: 'text', text: text.slice(at, found.index) })
    parts.push({ kind: 'variable', name })
    at = found.index + found[0].length
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) })
  return { parts, problems }
}

/** What is wrong with a text when only these variables exist; each unknown one is named once. */
export function mergeProblems(text: string, known: readonly string[]): readonly MergeProblem[] {
  const { parts, problems } = partsOf(text)
  const names = parts.flatMap((part) => (part.kind === 'variable' ? [part.name] : []))
  const unknown = [...new Set(names)].filter((name) => !known.includes(name))
  return [...problems, ...unknown.map((name) => ({ code: 'unknown_variable' as const, name }))]
}

/** The variables of a text, each once, that have no value or an empty one. */
export function missingIn(text: string, values: Values): readonly string[] {
  const names = partsOf(text).parts.flatMap((part) => (part.kind === 'variable' ? [part.name] : []))
  return [...new Set(names)].filter((name) => valueOf(values, name) === '')
}

/** The text with its values, each on one line; or the variables that have none. `write` may dress a value up. */
export function merge(
  text: string,
  values: Values,
  write: (value: string, name: string) => string = (value) => value,
): Merged {
  const missing = missingIn(text, values)
  if (missing.length > 0) return { ok: false, missing }
  const { parts } = partsOf(text)
  const merged = parts.map((part) =>
    part.kind === 'text' ? part.text : write(valueOf(values, part.name), part.name),
  )
  return { ok: true, text: merged.join('') }
}

/** For a list: the text with the values that are known already; the others stay as they were written. */
export function mergeKnown(text: string, values: Values): string {
  const { parts } = partsOf(text)
  const known = parts.map((part) =>
    part.kind === 'text' ? part.text : valueOf(values, part.name) || `{{ ${part.name} }}`,
  )
  return known.join('')
}

// a value is data: a line break in it would begin a paragraph, or in a subject another header (RFC 5322 §2.2)
function valueOf(values: Values, name: string): string {
  const value = Object.hasOwn(values, name) ? (values[name] ?? '') : ''
  // oxlint-disable-next-line no-control-regex -- control characters are the subject
  return value.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/gu, ' ').trim()
}
