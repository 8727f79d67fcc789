/**
 * Owns the letters: Source Sans 3 and Source Serif 4 in two weights, cut by script as they come. A text is split into
 * runs so that every letter is taken from a file that has it: names of people are not all Latin.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import published from '@fontsource/source-sans-3/unicode.json' with { type: 'json' }
import { unwrapFont } from './unwrap.ts'

export type Face = 'sans' | 'sans-strong' | 'serif' | 'serif-strong'
/** The name under which a font file is registered. */
export type FontName = `${Face} ${Script}`
type Script = (typeof scripts)[number]

const scripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'] as const
const packages = { sans: 'source-sans-3', serif: 'source-serif-4' } as const

/** What each file holds, as published with it; both families are cut alike. */
const ranges = new Map(scripts.map((script) => [script, parseRanges(published[script])]))

export async function readFont(name: FontName): Promise<Uint8Array> {
  const [face, script] = name.split(' ') as [Face, Script]
  const family = packages[face.startsWith('sans') ? 'sans' : 'serif']
  const weight = face.endsWith('strong') ? 600 : 400
  const file = `@fontsource/${family}/files/${family}-${script}-${weight}-normal.woff`
  return unwrapFont(await readFile(fileURLToPath(import.meta.resolve(file))))
}

/** Splits a text into runs of one file each. What no file has is shown as U+FFFD rather than left out. */
export function runsOf(
  face: Face,
  text: string,
): readonly { readonly font: FontName; readonly text: string }[] {
  const runs: { font: FontName; text: string }[] = []
  for (const letter of text) {
    const script = scripts.find((each) => holds(each, letter.codePointAt(0) ?? 0))
    const font: FontName = `${face} ${script ?? 'latin'}`
    const shown = script === undefined ? '\uFFFD' : letter
    const last = runs.at(-1)
    if (last?.font === font) last.text += shown
    else runs.push({ font, text: shown })
  }
  return runs
}

function holds(script: Script, code: number): boolean {
  return (ranges.get(script) ?? []).some(([from, to]) => from <= code && code <= to)
}

function parseRanges(list: string): readonly (readonly [number, number])[] {
  return list.split(',').map((range) => {
    const [from = '', to = from] = range.replace('U+', '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })
}
