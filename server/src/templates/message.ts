/**
 * A message written once for many: its text in one language or both. The same words again are the same message, so that
 * nobody gets them twice by mistake; words that were changed are another one.
 */
import { createHash } from 'node:crypto'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { LetterText } from './letter.ts'
import type { MergeProblem } from './merge.ts'
import { mergeProblems } from './merge.ts'
import { lockSetOfText, setOfText, templateOfSet } from './store-set.ts'
import { insertVersion } from './store.ts'
import { variables } from './text.ts'

export type MessageTexts = Readonly<Partial<Record<'en' | 'de', LetterText>>>

export interface FrozenMessage {
  readonly setId: string
  readonly versions: Readonly<
    Partial<Record<'en' | 'de', { readonly templateId: string; readonly version: number }>>
  >
}

const languages = ['en', 'de'] as const

/** The first thing that is wrong with the texts, and where. */
export function messageProblem(
  texts: MessageTexts,
): { readonly field: string; readonly problem: MergeProblem } | undefined {
  for (const language of languages) {
    for (const part of ['subject', 'body'] as const) {
      const problem = mergeProblems(texts[language]?.[part] ?? '', variables)[0]
      if (problem !== undefined) return { field: `${language}.${part}`, problem }
    }
  }
  return undefined
}

/** The set of this message when it was sent before. */
export async function knownMessage(tx: Tx, texts: MessageTexts): Promise<string | undefined> {
  return await setOfText(tx, keyOf(texts))
}

/** Freezes the message to versions that no later edit touches; locked until the transaction ends. */
export async function freezeMessage(
  tx: Tx,
  {
    workspaceId,
    ids,
    authorId,
  }: { readonly workspaceId: string; readonly ids: Ids; readonly authorId: string },
  texts: MessageTexts,
): Promise<FrozenMessage> {
  const setId = await lockSetOfText(tx, workspaceId, {
    id: ids.uuid(),
    textKey: keyOf(texts),
    createdBy: authorId,
  })
  const versions: Partial<Record<'en' | 'de', { templateId: string; version: number }>> = {}
  for (const language of languages) {
    const text = texts[language]
    if (text === undefined) continue
    const { id, version } = await templateOfSet(tx, workspaceId, { newId: ids.uuid(), setId, language })
    versions[language] = {
      templateId: id,
      version: version > 0 ? version : await insertVersion(tx, workspaceId, id, { ...text, authorId }),
    }
  }
  return { setId, versions }
}

function keyOf(texts: MessageTexts): Buffer {
  const words = languages.map((language) => {
    const text = texts[language]
    return text === undefined ? null : [text.subject.trim(), text.body.replaceAll(/\r\n?/g, '\n').trim()]
  })
  return createHash('sha256').update(JSON.stringify(words)).digest()
}
