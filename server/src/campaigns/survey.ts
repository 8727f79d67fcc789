/**
 * What a plan has seen so far, chunk by chunk: how many get a mail, the first letters in full, and who is left out, the
 * first by name and all by reason. Pure but for the survey itself, which grows.
 */
import type { TextFile } from '../templates/index.ts'
import type { Packed } from './files.ts'
import { packed } from './files.ts'
import type { LeftOutReason } from './left-out.ts'
import type { LetterSetting } from './letter.ts'
import { campaignLetter } from './letter.ts'
import type { LeftOut, Mailing } from './mailing.ts'
import type { CampaignMailKind, CampaignParts } from './parts.ts'
import type { Sender } from './sender.ts'

export interface Preview {
  readonly memberId?: string
  readonly contactId: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly files: readonly { readonly filename: string; readonly size: number; readonly asLink: boolean }[]
}

export interface Survey {
  total: number
  readonly counts: Map<CampaignMailKind, number>
  readonly preview: Preview[]
  readonly leftOut: LeftOut[]
  readonly leftOutBy: Partial<Record<LeftOutReason, number>>
  leftOutTotal: number
}

/** Letters shown in full, and people left out shown by name; more would only make the answer heavy. */
const mostPreviews = 50
const mostNamed = 500

export function emptySurvey(): Survey {
  return { total: 0, counts: new Map(), preview: [], leftOut: [], leftOutBy: {}, leftOutTotal: 0 }
}

export function noteMailing(
  parts: Pick<CampaignParts, 'traits'>,
  survey: Survey,
  {
    kind,
    setting,
    sender,
  }: { readonly kind: CampaignMailKind; readonly setting: LetterSetting; readonly sender: Sender },
  { ready, leftOut }: Mailing,
): void {
  survey.total += ready.length
  survey.counts.set(kind, (survey.counts.get(kind) ?? 0) + ready.length)
  for (const { recipient, text } of ready.slice(0, mostPreviews - survey.preview.length)) {
    const written = campaignLetter(kind, text, setting, { ...recipient, language: text.language })
    if (!written.ok) continue
    const { contactId, memberId, address } = recipient
    survey.preview.push({
      ...(memberId === undefined ? {} : { memberId }),
      contactId,
      to: address,
      ...written.letter,
      files: filesIn(packed(parts, sender, text.files), text.files),
    })
  }
  for (const person of leftOut) noteLeftOut(survey, person)
}

function filesIn({ linked }: Packed, files: readonly TextFile[] = []): Preview['files'] {
  return files.map((file) => ({
    filename: file.filename,
    size: file.size,
    asLink: linked.includes(file),
  }))
}

/** Somebody who was asked for by an id that nobody here has. */
export function noteAbsent(survey: Survey, id: string): void {
  noteLeftOut(survey, { memberId: id, name: '', reason: 'member_unknown' })
}

function noteLeftOut(survey: Survey, person: LeftOut): void {
  survey.leftOutTotal += 1
  survey.leftOutBy[person.reason] = (survey.leftOutBy[person.reason] ?? 0) + 1
  if (survey.leftOut.length < mostNamed) survey.leftOut.push(person)
}
