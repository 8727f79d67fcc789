/** Facts about the widths of columns; every letter is one unit wide. */
import { expect, test } from 'vitest'
import { columnWidths } from './table.ts'

const measure = (text: string): number => text.length
const between = 14
const rounded = (widths: readonly number[]): readonly number[] => widths.map((width) => Math.round(width))

test('columns fill the width with the gaps between them', () => {
  const widths = columnWidths([['one', 'a long sentence with many words', 'three']], 200, measure)
  expect(widths.reduce((sum, width) => sum + width, between * 2)).toBeCloseTo(200)
})
test('a column is never narrower than its widest word', () => {
  const [narrow = 0] = columnWidths([['Massenversand', 'x '.repeat(400)]], 100, measure)
  expect(narrow).toBeGreaterThanOrEqual('Massenversand'.length)
})
test('a word that cannot be parted takes two fifths at most', () => {
  const [long = 0, short = 0] = columnWidths([['x'.repeat(500), 'y z']], 114, measure)
  expect(long).toBeGreaterThan(short)
  expect(short).toBeGreaterThan(0)
})
test('columns of single equal words share nothing out and stay as wide as their words', () => {
  expect(rounded(columnWidths([['ab', 'ab']], 114, measure))).toEqual([2, 2])
})
