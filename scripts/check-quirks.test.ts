import { expect, test } from 'vitest'
import { untrue } from './check-quirks.ts'

const files = new Map([
  ['server/src/a.test.ts', "test('a fact', () => {})"],
  ['practice/b.test.ts', "test('another', () => {})"],
])
const head = '| date | provider | fact | source | pinned by |\n|---|---|---|---|---|\n'
const row = '| 2026-11 | Gmail | It is so | a report | `a.test.ts` (a fact), `practice/b.test.ts` |\n'
const judge = (markdown: string) => untrue(head + markdown, (path) => files.get(path))

test('a quirk with date, source and a test that is there has nothing untrue', () => {
  expect(judge(row)).toEqual([])
})

test.each([
  [row.replace('2026-11', 'lately'), '“It is so” has no date'],
  [row.replace('a report', ''), '“It is so” has no source'],
  [row.replace('(a fact)', '(a fact; no fact)'), '“It is so”: nothing in a.test.ts says “no fact”'],
  [row.replace('practice/b', 'practice/c'), '“It is so”: there is no practice/c.test.ts'],
  [row.replaceAll('.ts`', '`'), '“It is so” names no test'],
])('a quirk that lacks something is told with what (%#)', (markdown, sentence) => {
  expect(judge(markdown)).toContain(sentence)
})
