/**
 * Keeps both languages whole: the same keys in English and German, no empty text, the same placeholders, and no text
 * that is the same in both unless it is a word that is (a name, a loan word) and listed here.
 */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../web/src/locales/', import.meta.url))
const sameInBoth = new Set(
  `
  Team Name Status Kontor Gmail Outlook Microsoft Google IMAP Link Browser E-Mail Text Tag Tags Partner Test Version
  Server Community System Plan Du Sie English Deutsch OAuth API Details Start Administrator Admin Designer Newsletter Influencer Format Person Workspace SMTP References In-Reply-To Lena Reist TikTok YouTube Twitch Variable Logo
`
    .trim()
    .split(/\s+/),
)

const files = (language: string): string[] =>
  readdirSync(`${folder}${language}`)
    .filter((name) => name.endsWith('.ts'))
    .toSorted()
const failures: string[] = []
let texts = 0
for (const name of new Set([...files('en'), ...files('de')])) {
  const [english, german] = await Promise.all([textsOf('en', name), textsOf('de', name)])
  for (const key of new Set([...english.keys(), ...german.keys()]))
    compare(`${name} ${key}`, english.get(key), german.get(key))
}
for (const failure of failures) process.stdout.write(`${failure}\n`)
process.stdout.write(`${texts} texts in both languages\n`)
if (failures.length > 0 || texts === 0) process.exitCode = 1

function compare(where: string, english: string | undefined, german: string | undefined): void {
  texts += 1
  if (english === undefined || german === undefined)
    failures.push(`${where} is missing in ${english === undefined ? 'English' : 'German'}`)
  else if (english.trim() === '' || german.trim() === '') failures.push(`${where} is empty`)
  else if (placeholders(english) !== placeholders(german))
    failures.push(`${where} has other placeholders in German`)
  else if (english === german && isWords(english)) failures.push(`${where} is "${english}" in both languages`)
}

/** Is there something to translate beyond placeholders, signs and the words that both languages share? */
function isWords(text: string): boolean {
  const words = text.replaceAll(/\{\{.*?\}\}/g, ' ').match(/[\p{L}][\p{L}-]*/gu) ?? []
  return words.some((word) => !sameInBoth.has(word) && word.length > 1)
}

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\{.*?\}\}/g) ?? [])].toSorted().join(' ')
}

async function textsOf(language: string, name: string): Promise<ReadonlyMap<string, string>> {
  const module = (await import(`${folder}${language}/${name}`).catch(() => ({}))) as { words?: unknown }
  return new Map(flatten(module.words, ''))
}

function flatten(value: unknown, key: string): [string, string][] {
  if (typeof value === 'string') return [[key, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    flatten(inner, key === '' ? name : `${key}.${name}`),
  )
}
