/**
 * Shapes that every part of the HTTP contract shares: ids, times, pages and problems.
 * Times travel as ISO 8601 instants in UTC, sizes in bytes, durations in seconds.
 */
import { z } from 'zod'

export const Id = z.uuid()
export const Instant = z.iso.datetime({ offset: true })
export const Language = z.enum(['en', 'de'])
export type Language = z.infer<typeof Language>

/** RFC 9457 problem details. `code` is stable and translated by the page; `fields` names each broken field. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  fields: z
    .array(
      z.object({
        path: z.string(),
        code: z.string(),
        message: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      }),
    )
    .optional(),
})
export type Problem = z.infer<typeof Problem>

/** A key chosen by the caller: the same key twice makes one thing. */
export const IdempotencyKey = z.string().min(8).max(200)

export const PageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})

/** A keyset page: `next` is absent on the last one. */
export function pageOf<T extends z.ZodType>(
  row: T,
): z.ZodObject<{ rows: z.ZodArray<T>; next: z.ZodOptional<z.ZodString> }> {
  return z.object({ rows: z.array(row), next: z.string().optional() })
}

/** A keyset page that says with its first rows how many there are in all. */
export function countedPageOf<T extends z.ZodType>(
  row: T,
): z.ZodObject<{
  rows: z.ZodArray<T>
  next: z.ZodOptional<z.ZodString>
  total: z.ZodOptional<z.ZodNumber>
}> {
  return z.object({ rows: z.array(row), next: z.string().optional(), total: z.number().int().optional() })
}

export const Done = z.object({ ok: z.literal(true) })

/** Address of one person as typed: `local@domain`. The server parses it with its own grammar. */
export const AddressText = z.string().trim().min(3).max(320)
export const ZoneName = z.string().min(1).max(64)
