/**
 * Style attributes of received mail: an allow-list of properties, each with the values it may have. What is left can neither
 * load (`url()`) nor leave its place (`position`).
 *
 * A mail repeats a few styles in thousands of cells, and reading them is a quarter of what its HTML costs; so what came of
 * the last ones is kept.
 */
import { type ChildNode, parse } from 'postcss'

const length =
  /^(?:-?\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|ch|cm|mm|in|pc|%)?\s*){1,4}$|^(?:auto|normal|0)$/i
const colour = /^(?:#[0-9a-f]{3,8}|[a-z]{3,25}|(?:rgb|hsl)a?\([\d\s.,%/]{1,40}\))$/i
const word = /^[a-z-]{2,25}$/i
const border =
  /^(?:(?:\d{1,2}(?:\.\d{1,2})?(?:px|pt|em)|thin|medium|thick|none|hidden|dotted|dashed|solid|double|groove|ridge|inset|outset|initial|0|#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s.,%]{1,30}\))\s*){1,4}$/i
const size =
  /^(?:\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%)|(?:x{1,2}-)?(?:small|large)|medium|smaller|larger|auto|inherit)$/i

const allowed: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ...properties([colour], 'color', 'background-color', 'border-color', 'text-decoration-color'),
  ...properties(
    [word],
    'font-style',
    'text-align',
    'text-decoration',
    'text-decoration-line',
    'text-transform',
    'vertical-align',
    'white-space',
    'word-break',
    'overflow-wrap',
    'word-wrap',
    'border-collapse',
    'list-style-type',
    'direction',
    'border-style',
  ),
  ...properties([/^(?:block|inline|inline-block|none|list-item|table|table-row|table-cell)$/i], 'display'),
  ...properties([/^(?:[1-9]00|normal|bold|bolder|lighter)$/i], 'font-weight'),
  ...properties([/^[\w\s"',-]{1,200}$/], 'font-family'),
  ...properties([size], 'font-size', 'width', 'max-width', 'height', 'max-height'),
  ...properties([/^(?:\d{1,3}(?:\.\d{1,3})?(?:px|pt|em|%)?|normal)$/i], 'line-height', 'letter-spacing'),
  ...properties(
    [length],
    'margin',
    'margin-top',
    'margin-right',
    'margin-bottom',
    'margin-left',
    'padding',
    'padding-top',
    'padding-right',
    'padding-bottom',
    'padding-left',
    'text-indent',
    'border-spacing',
    'border-radius',
    'border-width',
  ),
  ...properties([border], 'border', 'border-top', 'border-right', 'border-bottom', 'border-left'),
])

const most = { known: 500, length: 500 }
const known = new Map<string, string>()

/** The declarations of a style attribute that may stay, as its new value; empty when none may or nobody can read it. */
export function safeStyle(style: string): string {
  const before = known.get(style)
  if (before !== undefined) return before
  const safe = declarationsIn(style).filter(mayStay).map(text).join(';')
  if (style.length > most.length) return safe
  if (known.size === most.known) known.clear()
  known.set(style, safe)
  return safe
}

interface Declaration {
  readonly prop: string
  readonly value: string
  readonly important?: boolean | undefined
}

// the attribute stands in a rule; whatever would close that rule comes after it and is not looked at
function declarationsIn(style: string): readonly Declaration[] {
  try {
    const [rule] = parse(`x {${style}}`, { map: false }).nodes
    return rule?.type === 'rule' ? rule.nodes.filter((node: ChildNode) => node.type === 'decl') : []
  } catch {
    return []
  }
}

function mayStay({ prop, value }: Declaration): boolean {
  return allowed.get(prop)?.some((values) => values.test(value)) === true
}

function text({ prop, value, important }: Declaration): string {
  return `${prop}:${value}${important === true ? ' !important' : ''}`
}

function properties(
  values: readonly RegExp[],
  ...names: readonly string[]
): (readonly [string, readonly RegExp[]])[] {
  return names.map((name) => [name, values])
}
