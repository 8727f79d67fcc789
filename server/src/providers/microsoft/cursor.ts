/**
 * Where reading stands in a Microsoft mailbox, as one opaque text.
 *
 * A position is the provider's time at which the last round began, the delta links of inbox and junk, and short hashes of
 * what that round listed: rounds overlap, because a message may be seen only some time after the moment it bears, and
 * what was listed before is not told again. In the middle of a round it also holds how far the round has come.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'

/** In this order: what lies in Sent is known as own before everything is listed. */
export const stages = ['sent', 'all', 'inbox', 'junk'] as const
export type Stage = (typeof stages)[number]

const Round = z.object({
  stage: z.enum(stages),
  /** The page to ask for next; without it the first one. */
  next: z.string().optional(),
  began: z.string(),
  listed: z.array(z.string()),
})
const Position = z.object({
  since: z.string(),
  seen: z.array(z.string()),
  inbox: z.string(),
  junk: z.string(),
  round: Round.optional(),
})
export type Round = z.infer<typeof Round>
export type Position = z.infer<typeof Position>

/** A page of a look by date. */
const Look = z.object({
  stage: z.enum(['sent', 'all']),
  next: z.string().optional(),
  own: z.array(z.string()),
})
export type Look = z.infer<typeof Look>

const mark = 'm1.'

export function cursorOf(position: Position): string {
  return mark + Buffer.from(JSON.stringify(position)).toString('base64url')
}

/** Undefined when the text is no cursor of ours. */
export function positionOf(cursor: string): Position | undefined {
  return read(cursor, Position)
}

export function pageOf(look: Look): string {
  return mark + Buffer.from(JSON.stringify(look)).toString('base64url')
}

/** Undefined when the text is no page of ours. */
export function lookOf(page: string): Look | undefined {
  return read(page, Look)
}

/** Enough of an id to know it again: 64 bits of its hash. */
export function hashOf(id: string): string {
  return createHash('sha256').update(id).digest().subarray(0, 8).toString('base64url')
}

function read<T>(text: string, shape: z.ZodType<T>): T | undefined {
  if (!text.startsWith(mark)) return undefined
  try {
    const parsed = shape.safeParse(JSON.parse(Buffer.from(text.slice(mark.length), 'base64url').toString()))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
