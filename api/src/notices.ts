/** What a person is told inside the product, and which kinds of it are wanted where. */
import { z } from 'zod'
import { Id, Instant } from './common.ts'

export const NoticeKind = z.enum([
  'mailbox_broken',
  'in_doubt',
  'mention',
  'queue_long',
  'reply',
  'follow_up_due',
  'follow_up_by_hand',
  'returned',
])
export type NoticeKind = z.infer<typeof NoticeKind>

export const Notice = z.object({
  id: Id,
  kind: NoticeKind,
  /** The mailbox or conversation that it is about. */
  subject: Id,
  /** What its sentence names: address, by, contact, count, days, waiting, reason. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  at: Instant,
  read: z.boolean(),
  /** No longer true. */
  settled: z.boolean(),
})
export type Notice = z.infer<typeof Notice>
export const Unread = z.object({ unread: z.number().int() })
/** Without an id all of them. */
export const NoticesRead = z.object({ id: Id.optional() })

export const NoticeChoice = z.object({ kind: NoticeKind, shown: z.boolean(), digested: z.boolean() })
export type NoticeChoice = z.infer<typeof NoticeChoice>
export const NoticeChoices = z.object({
  /** Whether a mail server is set, without which no digest leaves. */
  digests: z.boolean(),
  rows: z.array(NoticeChoice),
})
export type NoticeChoices = z.infer<typeof NoticeChoices>
