/**
 * A message written once for many: its text in one language or both. Taken from a template it is that template's mail,
 * whatever its version; and the same words with the same files in the same language are the same message, wherever they
 * were kept. Either way nobody gets it twice by mistake, and words or files that were changed are another one.
 */
import { createHash } from 'node:crypto'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { LetterText, TextFile } from './letter.ts'
import { namesAndBytes } from './letter.ts'
import type { MergeProblem } from './merge.ts'
import { mergeProblems } from './merge.ts'
import type { FrozenVersions } from './store-set.ts'
import { lockSet, lockSetOfText, lockWords, templateOfSet, versionsAround } from './store-set.ts'
import { insertVersion, templateVersion } from './store.ts'
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

/** Which mails are the same message: those of the set, and those written from these versions. */
export interface SameMessage {
  readonly setId?: string | undefined
  readonly versions: readonly { readonly templateId: string; readonly version: number }[]
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

/** Which mails were this message already. */
export async function knownMessage(tx: Tx, { texts, setId }: Message): Promise<SameMessage> {
  const versions = await versionsInWords(tx, texts)
  return {
    versions,
    setId: versionsOf(setId, texts, versions) === undefined ? undefined : setId,
  }
}

/** The same of a message that is frozen; whoever sends its words by another way waits until the transaction ends. */
export async function lockMessage(
  tx: Tx,
  workspaceId: string,
  { setId, versions }: { readonly setId?: string | undefined; readonly versions: FrozenVersions },
): Promise<SameMessage> {
  const texts: Partial<Record<'en' | 'de', LetterText>> = {}
  for (const language of languages) {
    const frozen = versions[language]
    const text = frozen && (await templateVersion(tx, frozen.templateId, frozen.version))
    if (text !== undefined) texts[language] = text
  }
  await lockEachWords(tx, workspaceId, texts)
  if (setId !== undefined) await lockSet(tx, setId)
  return { setId, versions: await versionsInWords(tx, texts) }
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
  await lockEachWords(tx, workspaceId, texts)
  if (setId !== undefined && (await lockSet(tx, setId))) {
    const versions = versionsOf(setId, texts, await versionsInWords(tx, texts))
    if (versions !== undefined) return { setId, versions }
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
    const known = version > 0 ? await templateVersion(tx, id, version) : undefined
    // the same bytes under another name are the same message, and arrive under the name they have now
    const arrivesAlike = known !== undefined && namesAndBytes(known.files) === namesAndBytes(text.files)
    versions[language] = {
      templateId: id,
      version: arrivesAlike ? version : await insertVersion(tx, workspaceId, id, { ...text, authorId }),
    }
  }
  return { setId: unnamed, versions }
}

interface Worded {
  readonly setId: string
  readonly language: 'en' | 'de'
  readonly templateId: string
  readonly version: number
}

/** Every version of a set with the very words and files of one of the texts, newest first. */
async function versionsInWords(tx: Tx, texts: MessageTexts): Promise<readonly Worded[]> {
  const found: Worded[] = []
  for (const language of languages) {
    const text = texts[language]
    if (text === undefined) continue
    for (const { subject, body, files, ...version } of await versionsAround(tx, language, wordsOf(text)))
      if (isSameText({ subject, body, files }, text)) found.push({ ...version, language })
  }
  return found
}

/** The versions of the set that say this, in each language; undefined when the words were changed. */
function versionsOf(
  setId: string | undefined,
  texts: MessageTexts,
  worded: readonly Worded[],
): FrozenVersions | undefined {
  const versions: Partial<Record<'en' | 'de', { templateId: string; version: number }>> = {}
  for (const language of languages) {
    if (texts[language] === undefined) continue
    const found = worded.find((version) => version.setId === setId && version.language === language)
    if (found === undefined) return undefined
    versions[language] = { templateId: found.templateId, version: found.version }
  }
  return versions
}

async function lockEachWords(tx: Tx, workspaceId: string, texts: MessageTexts): Promise<void> {
  for (const language of languages) {
    const text = texts[language]
    if (text !== undefined) await lockWords(tx, workspaceId, keyOf({ [language]: wordsOf(text) }))
  }
}

/** The same words and the same files, whatever these are called and in which order they come. */
export function isSameText(one: SaidText, other: SaidText): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  return a.subject === b.subject && a.body === b.body && contents(one).join() === contents(other).join()
}

type SaidText = Pick<LetterText, 'subject' | 'body'> & {
  readonly files?: readonly Pick<TextFile, 'sha256'>[]
}

function contents({ files = [] }: Pick<SaidText, 'files'>): readonly string[] {
  return files.map(({ sha256 }) => sha256).toSorted()
}

function wordsOf({ subject, body }: Pick<LetterText, 'subject' | 'body'>): LetterText {
  return { subject: subject.trim(), body: body.replaceAll(/\r\n?/g, '\n').trim() }
}

function keyOf(texts: MessageTexts): Buffer {
  const words = languages.map((language) => {
    const text = texts[language]
    if (text === undefined) return null
    const { subject, body } = wordsOf(text)
    const files = contents(text)
    return files.length === 0 ? [subject, body] : [subject, body, files]
  })
  return createHash('sha256').update(JSON.stringify(words)).digest()
}
