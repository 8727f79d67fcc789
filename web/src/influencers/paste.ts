/**
 * What happened to each pasted line, and what stays in the field. Nothing that was typed is lost:
 * lines that could not be read remain, lines that were added or known leave.
 */
import type { PasteResult } from '@kontor/api/contacts'

export interface LineOutcome {
  readonly line: number
  readonly text: string
  readonly status: 'known' | 'problem'
  readonly code?: string
  readonly contactId?: string
}

/** Lines with something on them; blank ones are not counted and not sent in vain. */
export function filledLines(text: string): number {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '').length
}

/** Only the lines that could not be read, in their order, as they were typed. */
export function remaining(result: PasteResult): string {
  return result.problems
    .toSorted((a, b) => a.line - b.line)
    .map((problem) => problem.text)
    .join('\n')
}

/** Lines that need a look, by line number; those that were added need none. */
export function outcomes(result: PasteResult): LineOutcome[] {
  const known = result.known.map(
    (line): LineOutcome => ({ line: line.line, text: line.text, status: 'known', contactId: line.contactId }),
  )
  const problems = result.problems.map(
    (line): LineOutcome => ({ line: line.line, text: line.text, status: 'problem', code: line.code }),
  )
  return [...known, ...problems].toSorted((a, b) => a.line - b.line)
}
