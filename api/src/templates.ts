/** Texts that the team keeps: in both languages, with versions, and what real people would read. */
import { z } from 'zod'
import { Id, Instant, Language } from './common.ts'
import { MessageTexts } from './launches.ts'

export const TemplateKind = z.enum(['direct', 'invitation', 'approval', 'bulk', 'rejection'])
export type TemplateKind = z.infer<typeof TemplateKind>

export const Template = z.object({
  id: Id,
  name: z.string(),
  kind: TemplateKind,
  languages: z.array(Language),
  subject: z.string(),
  changedAt: Instant,
})
export type Template = z.infer<typeof Template>

export const TemplateOpened = Template.extend({ texts: MessageTexts })
export type TemplateOpened = z.infer<typeof TemplateOpened>
export const TemplateWish = z.object({
  name: z.string().trim().min(1).max(120),
  kind: TemplateKind,
  texts: MessageTexts,
})
export type TemplateWish = z.infer<typeof TemplateWish>
/** `unknown`: variables that nobody has yet. */
export const TemplateSaved = TemplateOpened.extend({ unknown: z.array(z.string()) })
export type TemplateSaved = z.infer<typeof TemplateSaved>

export const TemplateVersions = z.object({
  rows: z.array(
    z.object({
      version: z.number().int(),
      subject: z.string(),
      body: z.string(),
      author: z.string().optional(),
      createdAt: Instant,
    }),
  ),
})
export type TemplateVersions = z.infer<typeof TemplateVersions>
export const TemplateVersionsQuery = z.object({ language: Language })

/** What a text would become for real people, before it is saved. */
export const LetterWish = z.object({
  kind: TemplateKind,
  language: Language,
  subject: z.string().max(300),
  body: z.string().max(50_000),
  campaignId: Id.optional(),
  /** For this person, with their own links; absent: for a few people, with links that lead nowhere. */
  contactId: Id.optional(),
  /** From this mailbox; absent: the campaign's, or one's own default. */
  mailboxId: Id.optional(),
})
export type LetterWish = z.infer<typeof LetterWish>
export const LettersSeen = z.object({
  /** What stops the text from being read at all. */
  problem: z.object({ field: z.enum(['subject', 'body']), code: z.string(), detail: z.string() }).optional(),
  unknown: z.array(z.string()),
  /** Variables that can be used here beside ours. */
  variables: z.array(z.string()),
  letters: z.array(
    z.object({
      contactId: Id,
      name: z.string(),
      to: z.string(),
      missing: z.array(z.string()),
      subject: z.string(),
      text: z.string(),
      html: z.string(),
    }),
  ),
})
export type LettersSeen = z.infer<typeof LettersSeen>
