/** Facts about the letters of a paper. */
import { describe, expect, test } from 'vitest'
import { readFont, runsOf } from './fonts.ts'

describe('fonts', () => {
  test('take German from one file', () => {
    expect(runsOf('serif', 'Größe „ß“ – 5 €')).toEqual([{ font: 'serif latin', text: 'Größe „ß“ – 5 €' }])
  })
  test('take a Polish, a Greek and a Russian letter from their own files', () => {
    expect(runsOf('sans-strong', 'Łu Ωя')).toEqual([
      { font: 'sans-strong latin-ext', text: 'Ł' },
      { font: 'sans-strong latin', text: 'u ' },
      { font: 'sans-strong greek', text: 'Ω' },
      { font: 'sans-strong cyrillic', text: 'я' },
    ])
  })
  test('show a letter that no file has as a replacement, once for each', () => {
    expect(runsOf('sans', '漢🎈')).toEqual([{ font: 'sans latin', text: '\uFFFD\uFFFD' }])
  })
  test('are there for every face and script', async () => {
    for (const face of ['sans', 'sans-strong', 'serif', 'serif-strong'] as const) {
      for (const script of ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'] as const) {
        const bytes = await readFont(`${face} ${script}`)
        expect(Buffer.from(bytes.subarray(0, 4)).toString('hex')).toBe('00010000')
      }
    }
  })
})
