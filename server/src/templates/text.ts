/**
 * The texts of a campaign: what a person sees and edits, and the version that a mail is frozen to. Our own text is
 * written down as a version only when a mail needs one, and follows the campaign's du or Sie until a person edits it.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Formality } from './default-texts.ts'
import { defaultText } from './default-texts.ts'
import type { LetterText, TextFile } from './letter.ts'
import { namesAndBytes } from './letter.ts'
import type { MergeProblem } from './merge.ts'
import { mergeProblems } from './merge.ts'
import type { TemplatePlace, TemplateVersion } from './store.ts'
import { knownVariables } from './variables.ts'
import { currentVersions, insertVersion, lockTemplate } from './store.ts'

const kindsWithDefault = ['invitation', 'approval', 'rejection'] as const
const languages = ['en', 'de'] as const

export interface CampaignText extends LetterText {
  readonly kind: TemplatePlace['kind']
  readonly language: TemplatePlace['language']
}

/** Every text of the campaign as it would be sent now: a person's version, or ours. */
export async function campaignTexts(
  tx: Tx,
  campaignId: string,
  formality: Formality,
): Promise<readonly CampaignText[]> {
  const versions = await currentVersions(tx, campaignId)
  const own = versions.filter((version) => version.authorId !== undefined)
  const ours = kindsWithDefault.flatMap((kind) =>
    languages
      .filter((language) => !own.some((text) => text.kind === kind && text.language === language))
      .map((language) => ({ kind, language, ...defaultText(kind, language, formality) })),
  )
  const edited = own.map(({ kind, language, subject, body }) => ({ kind, language, subject, body }))
  return [...edited, ...ours].toSorted((a, b) =>
    `${a.kind}${a.language}` < `${b.kind}${b.language}` ? -1 : 1,
  )
}

export type SaveOutcome =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly field: 'subject' | 'body'; readonly problem: MergeProblem }

/**
 * Saves a person's text as the next version; an equal text makes none. Unknown variables are refused by name; `known`
 * are those that this campaign and this team have beside ours.
 */
export async function saveText(
  tx: Tx,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: Ids },
  text: TemplatePlace & LetterText & { readonly authorId: string },
  known: readonly string[],
): Promise<SaveOutcome> {
  for (const field of ['subject', 'body'] as const) {
    const problem = mergeProblems(text[field], knownVariables(known))[0]
    if (problem !== undefined) return { ok: false, field, problem }
  }
  const { id, current } = await lockTemplate(tx, workspaceId, ids.uuid(), text)
  if (current?.authorId !== undefined && current.subject === text.subject && current.body === text.body) {
    return { ok: true, version: current.version }
  }
  return { ok: true, version: await insertVersion(tx, workspaceId, id, text) }
}

/** The version that mails queued now are written from, with these files; undefined when the kind has neither a text nor a default. */
export async function freezeText(
  tx: Tx,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: Ids },
  place: TemplatePlace,
  { formality, files }: { readonly formality: Formality; readonly files: readonly TextFile[] },
): Promise<TemplateVersion | undefined> {
  const { id, current } = await lockTemplate(tx, workspaceId, ids.uuid(), place)
  const text = wordsNow(place, current, formality)
  if (text === undefined) return undefined
  if (current !== undefined && isFrozen(current, { ...text, files })) return current
  const { kind, language } = place
  const version = await insertVersion(tx, workspaceId, id, { ...text, files })
  return { kind, language, ...text, files, templateId: id, version }
}

/** A person's words, or ours while there are none. */
function wordsNow(
  { kind, language }: TemplatePlace,
  current: TemplateVersion | undefined,
  formality: Formality,
): (LetterText & { readonly authorId?: string }) | undefined {
  if (current?.authorId === undefined && kind !== 'bulk') return defaultText(kind, language, formality)
  if (current === undefined) return undefined
  const { subject, body, authorId } = current
  return { subject, body, ...(authorId === undefined ? {} : { authorId }) }
}

function isFrozen(version: TemplateVersion, { subject, body, files }: LetterText): boolean {
  return (
    version.subject === subject &&
    version.body === body &&
    namesAndBytes(version.files) === namesAndBytes(files)
  )
}
