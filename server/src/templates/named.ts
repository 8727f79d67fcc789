/** Templates with a name, as the team keeps them: made, changed, taken out of use. Each change of a text is a version. */
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { LetterText } from './letter.ts'
import type { MergeProblem } from './merge.ts'
import { mergeProblems } from './merge.ts'
import type { MessageTexts } from './message.ts'
import { languages } from './message.ts'
import type { NamedSet } from './store-set.ts'
import { insertSet, lockSet, namedSets, renameSet, templateOfSet, textsOfSet } from './store-set.ts'
import type { TemplateKind } from './store.ts'
import { insertVersion } from './store.ts'
import { knownVariables } from './variables.ts'

export interface TemplateWish {
  readonly name: string
  readonly kind: TemplateKind
  readonly texts: MessageTexts
}

export type TemplateOutcome =
  | {
      readonly ok: true
      readonly template: NamedSet
      /** Variables that nobody has yet: not wrong, since an import or a campaign may bring them. */
      readonly unknown: readonly string[]
    }
  | { readonly ok: false; readonly code: 'template_unknown' | 'message_empty' }
  | {
      readonly ok: false
      readonly code: 'text_broken'
      readonly field: string
      readonly problem: MergeProblem
    }

interface Writer {
  readonly workspaceId: string
  readonly ids: Ids
  readonly authorId: string
}

export async function createTemplate(
  tx: Tx,
  writer: Writer,
  wish: TemplateWish,
  known: readonly string[],
): Promise<TemplateOutcome> {
  const broken = brokenIn(wish)
  if (broken !== undefined) return broken
  const id = writer.ids.uuid()
  const { name, kind } = wish
  await insertSet(tx, writer.workspaceId, { id, name, kind, createdBy: writer.authorId })
  return await written(tx, writer, id, wish, known)
}

export async function changeTemplate(
  tx: Tx,
  writer: Writer,
  { id, ...wish }: TemplateWish & { readonly id: string },
  known: readonly string[],
): Promise<TemplateOutcome> {
  const broken = brokenIn(wish)
  if (broken !== undefined) return broken
  if (!(await lockSet(tx, id)) || !(await renameSet(tx, id, wish)))
    return { ok: false, code: 'template_unknown' }
  return await written(tx, writer, id, wish, known)
}

function brokenIn({ texts }: TemplateWish): Exclude<TemplateOutcome, { readonly ok: true }> | undefined {
  if (texts.en === undefined && texts.de === undefined) return { ok: false, code: 'message_empty' }
  for (const language of languages) {
    for (const part of ['subject', 'body'] as const) {
      const problem = mergeProblems(texts[language]?.[part] ?? '', []).find(
        ({ code }) => code !== 'unknown_variable',
      )
      if (problem !== undefined)
        return { ok: false, code: 'text_broken', field: `${language}.${part}`, problem }
    }
  }
  return undefined
}

/** Writes a version for every language that changed; one that was emptied gets an empty version. */
async function written(
  tx: Tx,
  { workspaceId, ids, authorId }: Writer,
  setId: string,
  { texts }: TemplateWish,
  known: readonly string[],
): Promise<TemplateOutcome> {
  const before = new Map((await textsOfSet(tx, setId)).map((text) => [text.language, text]))
  for (const language of languages) {
    const was = before.get(language)
    const is = texts[language] ?? (was === undefined ? undefined : { subject: '', body: '' })
    if (is === undefined || (was?.subject === is.subject && was.body === is.body)) continue
    const { id } = await templateOfSet(tx, workspaceId, { newId: ids.uuid(), setId, language })
    await insertVersion(tx, workspaceId, id, { ...is, authorId })
  }
  const [template] = await namedSets(tx, setId)
  if (template === undefined) return { ok: false, code: 'template_unknown' }
  return { ok: true, template, unknown: unknownIn(texts, known) }
}

/** What is wrong with one text: what stops it from being read, and the variables that nobody has. */
export function textProblems(
  text: LetterText,
  known: readonly string[],
): {
  readonly problem?: { readonly field: 'subject' | 'body'; readonly problem: MergeProblem }
  readonly unknown: readonly string[]
} {
  for (const field of ['subject', 'body'] as const) {
    const problem = mergeProblems(text[field], []).find(({ code }) => code !== 'unknown_variable')
    if (problem !== undefined) return { problem: { field, problem }, unknown: [] }
  }
  return { unknown: unknownIn({ en: text }, known) }
}

function unknownIn(texts: MessageTexts, known: readonly string[]): readonly string[] {
  const all = languages.flatMap((language) => [texts[language]?.subject ?? '', texts[language]?.body ?? ''])
  const names = all
    .flatMap((text) => mergeProblems(text, knownVariables(known)))
    .flatMap((problem) => (problem.code === 'unknown_variable' ? [problem.name] : []))
  return [...new Set(names)]
}
