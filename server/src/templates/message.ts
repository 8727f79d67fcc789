/**
 * A message written once for many: its text in one language or both. Taken from a template it is that template's mail,
 * whatever its version; written for the occasion, the same words again are the same message. Either way nobody gets it
 * twice by mistake, and words that were changed are another one.
 */
import { createHash } from 'node:crypto'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { LetterText } from './letter.ts'
import type { MergeProblem } from './merge.ts'
import { mergeProblems } from './merge.ts'
import type { FrozenVersions } from './store-set.ts'
import { lockSet, lockSetOfText, setOfText, templateOfSet, textsOfSet } from './store-set.ts'
import { insertVersion } from './store.ts'
import { knownVariables } from './variables.ts'

export type MessageTexts = Readonly<Partial<Record<'en' | 'de', LetterText>>>

export interface Message {
  readonly texts: MessageTexts
  /** The template that the texts were taken from, unchanged or not. */
  readonly setId?: string | undefined
}

export interface FrozenMessage {
  readonly setId: string
  readonly versions: FrozenVersions
}

export const languages = ['en', 'de'] as const

/** The first thing that is wrong with the texts, and where. */
export function messageProblem(
  texts: MessageTexts,
  known: readonly string[],
): { readonly field: string; readonly problem: MergeProblem } | undefined {
  for (const language of languages) {
    for (const part of ['subject', 'body'] as const) {
      const problem = mergeProblems(texts[language]?.[part] ?? '', knownVariables(known))[0]
      if (problem !== undefined) return { field: `${language}.${part}`, problem }
    }
  }
  return undefined
}

/** The set of this message when it was sent before, or when it is a template's. */
export async function knownMessage(tx: Tx, { texts, setId }: Message): Promise<string | undefined> {
  if (setId !== undefined && (await unchanged(tx, setId, texts))) return setId
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
  { texts, setId }: Message,
): Promise<FrozenMessage> {
  if (setId !== undefined && (await lockSet(tx, setId)) && (await unchanged(tx, setId, texts))) {
    const current = await textsOfSet(tx, setId)
    return {
      setId,
      versions: Object.fromEntries(
        current.map(({ language, templateId, version }) => [language, { templateId, version }]),
      ),
    }
  }
  const unnamed = await lockSetOfText(tx, workspaceId, {
    id: ids.uuid(),
    textKey: keyOf(texts),
    createdBy: authorId,
  })
  const versions: Partial<Record<'en' | 'de', { templateId: string; version: number }>> = {}
  for (const language of languages) {
    const text = texts[language]
    if (text === undefined) continue
    const place = { newId: ids.uuid(), setId: unnamed, language }
    const { id, version } = await templateOfSet(tx, workspaceId, place)
    versions[language] = {
      templateId: id,
      version: version > 0 ? version : await insertVersion(tx, workspaceId, id, { ...text, authorId }),
    }
  }
  return { setId: unnamed, versions }
}

async function unchanged(tx: Tx, setId: string, texts: MessageTexts): Promise<boolean> {
  const current = await textsOfSet(tx, setId)
  if (current.length === 0) return false
  const stored = Object.fromEntries(
    current.map(({ language, subject, body }) => [language, { subject, body }]),
  )
  return keyOf(stored).equals(keyOf(texts))
}

function keyOf(texts: MessageTexts): Buffer {
  const words = languages.map((language) => {
    const text = texts[language]
    return text === undefined ? null : [text.subject.trim(), text.body.replaceAll(/\r\n?/g, '\n').trim()]
  })
  return createHash('sha256').update(JSON.stringify(words)).digest()
}
