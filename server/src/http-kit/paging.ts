/**
 * Owns keyset paging: an opaque cursor holds the sort key of the last row shown, and the next page begins after it.
 * A cursor is not a secret and not trusted: what it holds is checked against a schema each time.
 */
import type { z } from 'zod'
import { brokenField } from './problem.ts'

const defaultLimit = 50

/** Rows of a page when the caller named no number. */
export function pageLimit(limit: number | undefined): number {
  return limit ?? defaultLimit
}

/** The cursor that stands for a row: JSON in base64url. */
export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The key in a cursor, or undefined for the first page. @throws ProblemError 400 when it is not one of ours. */
export function decodeCursor<S extends z.ZodType>(
  cursor: string | undefined,
  key: S,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw brokenField('cursor', 'invalid_format')
  }
  const parsed = key.safeParse(value)
  if (!parsed.success) throw brokenField('cursor', 'invalid_format')
  return parsed.data
}

/** A page out of up to `limit + 1` rows: the extra row only proves that there is a next page. */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => unknown,
): { readonly rows: readonly T[]; readonly next?: string } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return rows.length > limit && last !== undefined
    ? { rows: shown, next: encodeCursor(keyOf(last)) }
    : { rows: shown }
}
