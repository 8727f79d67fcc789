/**
 * The small part of Liquid that texts may use: variables, a few filters, conditions. Pure: no files, no loops, no clock, and
 * limits on time and memory, because a text is written by anybody in the team and rendered for thousands.
 *
 * Whatever a variable puts in is marked, so that a letter can tell the words of the text from the values in it.
 */
import { Liquid, Output, Value } from 'liquidjs'
import type { Template } from 'liquidjs'

export const opening = '\ue000'
export const closing = '\ue001'

const tags = new Set(['if', 'unless', 'case', 'comment'])
const filters = new Set([
  'default',
  'upcase',
  'downcase',
  'capitalize',
  'strip',
  'append',
  'prepend',
  'replace',
  'remove',
  'truncate',
  'truncatewords',
])

const engine = new Liquid({
  strictVariables: true,
  strictFilters: true,
  lenientIf: true,
  ownPropertyOnly: true,
  // without it, a `size` that nobody has would be how many globals there are
  globals: { size: undefined },
  parseLimit: 100_000,
  renderLimit: 500,
  memoryLimit: 1_000_000,
  outputEscape: (value: unknown) => `${opening}${String(value)}${closing}`,
})
for (const name of Object.keys(engine.tags)) if (!tags.has(name)) delete engine.tags[name]
for (const name of Object.keys(engine.filters)) if (!filters.has(name)) delete engine.filters[name]

/** Things with a name: `{{ campaign }}` means `{{ campaign.name }}`. */
const named = /"[^"]*"|'[^']*'|(?<![\w.])(campaign|brand|sender|manager)(?![\w.])/g

export type Scope = Readonly<Record<string, string | Readonly<Record<string, string>>>>

export type Parsed =
  | { readonly ok: true; readonly template: readonly Template[] }
  | { readonly ok: false; readonly text: string; readonly filter?: string }

const parsedBefore = new Map<string, Parsed>()
const mostParsed = 500

/** Parses a text, or says which piece of it is not understood. */
export function parse(text: string): Parsed {
  const known = parsedBefore.get(text)
  if (known !== undefined) return known
  const parsed = parseAnew(text)
  if (parsedBefore.size >= mostParsed) parsedBefore.clear()
  parsedBefore.set(text, parsed)
  return parsed
}

function parseAnew(text: string): Parsed {
  // Liquid takes these for words of the text; whoever wrote them meant a variable
  const pieces = /\{\{-?([\s\S]*?)-?\}\}|\{%[\s\S]*?%\}|\}\}|%\}/g
  for (const piece of text.matchAll(pieces)) {
    const [whole, inner] = piece
    if (whole === '}}' || whole === '%}') return { ok: false, text: whole }
    if (inner !== undefined && !/^\s*(?:[a-z_][\w.]*|"[^"]*"|'[^']*')\s*(?:\|[\s\S]*)?$/.test(inner))
      return { ok: false, text: whole.slice(0, 40) }
  }
  try {
    const whole = text.replaceAll(pieces, (piece) =>
      piece.replaceAll(named, (found, name?: string) => (name === undefined ? found : `${name}.name`)),
    )
    const template = engine.parse(whole)
    const incomplete = incompleteIn(template)
    if (incomplete !== undefined) return { ok: false, text: pieceOf(incomplete.token) }
    return { ok: true, template }
  } catch (error) {
    return { ok: false, ...faultOf(error) }
  }
}

/** The first `| append` or `| prepend` with nothing to put there: Liquid reads it and fails only when it writes. */
function incompleteIn(templates: readonly Template[]): Template | undefined {
  for (const template of templates) {
    const children = template.children?.(false, true).next().value
    const inside = Array.isArray(children) ? incompleteIn(children) : undefined
    if (inside !== undefined) return inside
    for (const value of template.arguments?.() ?? [])
      if (value instanceof Value && value.filters.some(isIncomplete)) return template
  }
  return undefined
}

function isIncomplete({ name, args }: Value['filters'][number]): boolean {
  return (name === 'append' || name === 'prepend') && args.length !== 1
}

interface Piece {
  readonly input: string
  readonly begin: number
  readonly end: number
}

function pieceOf({ input, begin, end }: Piece): string {
  return input.slice(begin, end).slice(0, 40)
}

function faultOf(error: unknown): { readonly text: string; readonly filter?: string } {
  const { message = '', token } = error as {
    readonly message?: string
    readonly token?: Piece
  }
  const filter = /undefined filter: (\w+)/.exec(message)?.[1]
  const text = token === undefined ? '' : pieceOf(token)
  return filter === undefined ? { text } : { text, filter }
}

/** Every variable that a text may look at, each once, with its parts: `campaign.name`. */
export function variablesIn(template: readonly Template[]): readonly string[] {
  const paths = engine
    .globalVariableSegmentsSync([...template])
    .map((segments) => segments.map(String).join('.'))
  return [...new Set(paths)]
}

/** The variables that decide what is written, and not only stand in it: in a condition, or under a filter. */
export function decidingIn(template: readonly Template[]): readonly string[] {
  // the marks are a filter of their own
  return variablesIn(template.filter((piece) => !(piece instanceof Output) || piece.value.filters.length > 1))
}

const mostMissing = 60

export type Rendered =
  | { readonly ok: true; readonly marked: string }
  | {
      readonly ok: false
      readonly missing: readonly string[]
      readonly gapped: string
      /** The piece that cannot be written whatever the values, or not in time. */
      readonly fault?: string
    }

/**
 * The text with its values marked, or the variables that it needed and that have none, with the text as it stands until
 * then: what is missing is seen where it is missing. It never throws: a text that a person wrote stops nothing but itself.
 */
export function render(template: readonly Template[], scope: Scope): Rendered {
  const missing = new Set<string>()
  const values: Record<string, unknown> = Object.assign(Object.create(null), scope)
  for (let n = 0; n < mostMissing; n++) {
    try {
      const marked: unknown = engine.renderSync([...template], values)
      return missing.size === 0
        ? { ok: true, marked: String(marked) }
        : { ok: false, missing: [...missing], gapped: String(marked) }
    } catch (error) {
      const name = /undefined variable: ([^\s,.]+)/.exec((error as Error).message)?.[1]
      if (name === undefined || missing.has(name))
        return { ok: false, missing: [...missing], gapped: '', fault: faultOf(error).text }
      missing.add(name)
      values[name] = standIn(template, name)
    }
  }
  return { ok: false, missing: [...missing], gapped: '' }
}

/** Something in the place of what is missing, so that the rest of the text can be looked through. */
function standIn(template: readonly Template[], name: string): unknown {
  const parts = variablesIn(template)
    .filter((path) => path.startsWith(`${name}.`))
    .map((path) => [path.slice(name.length + 1), `{{ ${asWritten(path)} }}`] as const)
  return parts.length === 0 ? `{{ ${name} }}` : Object.fromEntries(parts)
}

function asWritten(path: string): string {
  return path.replace(/^(campaign|brand|sender|manager)\.name$/, '$1')
}
