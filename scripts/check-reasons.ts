/**
 * Keeps every reason of the outbox readable: each code that the server can write has a sentence of its own in both
 * languages, and no sentence stands for a code that nobody writes. `…_at` is the same reason with a place in the queue.
 */
import { words as german } from '../web/src/locales/de/reasons.ts'
import { words as english } from '../web/src/locales/en/reasons.ts'
import { reasonCodes } from '../server/src/sending/reasons.ts'

/** Sentences of the page itself: for a bare detail, and for a code that it does not know yet. */
const ofThePage = new Set(['plain', 'unknown'])
const codes = new Set<string>(reasonCodes)
const failures: string[] = []
for (const [language, words] of [
  ['English', english],
  ['German', german],
] as const) {
  const sentences = new Map<string, string>(Object.entries(words))
  for (const code of codes) {
    const sentence = sentences.get(code)
    if (sentence === undefined) failures.push(`${code} has no sentence in ${language}`)
    else if (!/[.?]$|\}\}$/.test(sentence))
      failures.push(`${code} is no sentence in ${language}: ${sentence}`)
  }
  for (const key of sentences.keys()) {
    const code = key.replace(/_at$/, '')
    if (!codes.has(code) && !codes.has(key) && !ofThePage.has(key))
      failures.push(`${key} stands in ${language} for a reason that nobody writes`)
  }
}
for (const failure of failures) process.stdout.write(`${failure}\n`)
process.stdout.write(`${codes.size} reasons with a sentence in both languages\n`)
if (failures.length > 0 || codes.size === 0) process.exitCode = 1
