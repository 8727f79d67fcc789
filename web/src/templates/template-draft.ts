/** A template as it is typed, in both languages at once. */
import type { TemplateKind } from '@kontor/api/templates'
import type { BulkDraft } from '../parts/bulk-text.ts'
import { emptyDraft } from '../parts/bulk-text.ts'

export interface TemplateDraft extends BulkDraft {
  readonly name: string
  readonly kind: TemplateKind
}

export const blankTemplate: TemplateDraft = { name: '', kind: 'direct', ...emptyDraft }
