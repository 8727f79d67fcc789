/**
 * The variables in a text that goes to many, as the editor sees them while somebody types: which are used, which
 * Kontor does not know, and what a sample person would read. The server merges the real mails; this is a preview.
 */

export const variableNames = ['name', 'handle', 'campaign', 'brand', 'brief_link', 'sender'] as const
export type VariableName = (typeof variableNames)[number]
/** Outside any campaign there is neither its name nor its brief. */
export const namesOutside: readonly VariableName[] = ['name', 'handle', 'brand', 'sender']

export interface TextFindings {
  readonly used: readonly string[]
  readonly unknown: readonly string[]
  /** Braces that are no variable: one is not closed, or something else than a name stands between them. */
  readonly broken: boolean
}

const placeholder = /\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g

/** What the text asks to be filled in, in order of first use. */
export function findings(text: string, known: readonly string[] = variableNames): TextFindings {
  const used = [...new Set([...text.matchAll(placeholder)].map((match) => match[1] ?? ''))]
  return {
    used,
    unknown: used.filter((name) => !known.includes(name)),
    broken: /\{\{|\}\}|\{%/.test(text.replace(placeholder, '')),
  }
}

/** The text with sample values; a variable without one stays as written, so that it is seen. */
export function merged(text: string, sample: Readonly<Record<VariableName, string>>): string {
  const values = new Map<string, string>(Object.entries(sample))
  return text.replace(placeholder, (whole, name: string) => values.get(name) ?? whole)
}

/** Puts a variable where the cursor stands, replacing what was selected; says where the cursor goes. */
export function inserted(
  text: string,
  name: VariableName,
  selection: { readonly from: number; readonly to: number },
): { readonly text: string; readonly cursor: number } {
  const written = `{{ ${name} }}`
  return {
    text: text.slice(0, selection.from) + written + text.slice(selection.to),
    cursor: selection.from + written.length,
  }
}
