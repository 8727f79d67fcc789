/**
 * Writes separated values that a spreadsheet opens as they are (RFC 4180, with a byte order mark for Excel). Pure. A cell
 * that a spreadsheet would run as a formula gets an apostrophe in front, which it shows as text.
 */
import type { Separator } from './csv.ts'

const mark = '\ufeff'

export function csvHead(headings: readonly string[], separator: Separator): string {
  return mark + csvRow(headings, separator)
}

export function csvRow(cells: readonly string[], separator: Separator): string {
  return `${cells.map((cell) => quoted(harmless(cell), separator)).join(separator)}\r\n`
}

/** The row as it came, quoted where it has to be and not changed otherwise. */
export function csvRowAsRead(cells: readonly string[], separator: Separator): string {
  return `${cells.map((cell) => quoted(cell, separator)).join(separator)}\r\n`
}

function quoted(cell: string, separator: Separator): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

// `@lena` is a handle and runs nothing but in Lotus; the others begin formulas (OWASP, CSV injection)
function harmless(cell: string): string {
  return /^[=+\-\t\r]/.test(cell) || /^@\w+\(/.test(cell) ? `'${cell}` : cell
}
