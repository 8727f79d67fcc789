/** Taking back what was stored and permitted: how much there is, an export of it, erasing, certificates. */
import { z } from 'zod'
import { Id, Instant } from './common.ts'
import { Level, Provider } from './mailboxes.ts'

/** What is stored of a mailbox: sent and received. */
export const StoredMail = z.object({
  messages: z.number().int(),
  /** Of these, what was received or written by hand: what goes with the right to read. */
  received: z.number().int(),
  bytes: z.number(),
  /** When the first mail left from here. */
  firstSentAt: Instant.optional(),
})
export type StoredMail = z.infer<typeof StoredMail>

export const CertificateKind = z.enum(['disconnected', 'narrowed', 'erased'])
export type CertificateKind = z.infer<typeof CertificateKind>

/** How the permission at the provider ended. */
export const PermissionEnd = z.enum(['revoked', 'forgotten', 'shared', 'none'])

/** What a certificate says; the file that a person keeps has the same and `seal`. */
export const CertificateContent = z.object({
  document: z.literal('Kontor certificate'),
  version: z.literal(1),
  number: Id,
  kind: CertificateKind,
  issuedAt: Instant,
  workspace: z.string(),
  mailbox: z.object({ address: z.string(), provider: Provider, level: Level, connectedAt: Instant }),
  decided: z.object({ at: Instant, by: z.string() }),
  permission: z.object({ end: PermissionEnd, endsOthers: z.boolean(), at: Instant }).optional(),
  waiting: z
    .object({
      choice: z.enum(['hold', 'cancel', 'reassign']),
      count: z.number().int(),
      to: z.string().optional(),
    })
    .optional(),
  stored: z.discriminatedUnion('choice', [
    z.object({ choice: z.literal('keep'), messages: z.number().int(), bytes: z.number() }),
    z.object({
      choice: z.literal('erase'),
      messages: z.number().int(),
      attachments: z.number().int(),
      bytes: z.number(),
      recordsWithoutWords: z.number().int(),
      identifiers: z.number().int(),
      finishedAt: Instant,
    }),
  ]),
  stays: z.object({
    barredAddressesAsHashes: z.number().int(),
    accessLog: z.object({ entries: z.number().int(), seal: z.string() }),
  }),
})
export type CertificateContent = z.infer<typeof CertificateContent>

/** A certificate, or what it still waits for. */
export const Certificate = z.object({
  id: Id,
  kind: CertificateKind,
  at: Instant,
  /** Not known yet; empty once it is sealed. */
  open: z.array(z.enum(['waiting', 'permission', 'erasure'])),
  erasure: z.object({ done: z.number().int(), total: z.number().int() }).optional(),
  content: CertificateContent.optional(),
  /** SHA-256 of the content as JSON. */
  seal: z.string().optional(),
})
export type Certificate = z.infer<typeof Certificate>

export const ErasureBegun = z.object({ messages: z.number().int() })
