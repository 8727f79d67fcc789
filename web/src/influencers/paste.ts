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

/** Only the lines that could not be read, in their order, as they were typed; column names are done with. */
export function remaining(result: PasteResult): string {
  return unread(result)
    .toSorted((a, b) => a.line - b.line)
    .map((problem) => problem.text)
    .join('\n')
}

/** Lines that still have to be mended: a line of column names is a remark, not a person who got lost. */
export function unread(result: PasteResult): PasteResult['problems'] {
  return result.problems.filter((problem) => problem.code !== 'heading')
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
