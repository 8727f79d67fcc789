import { expect, test } from 'vitest'
import { untrue } from './check-failure-modes.ts'

const files = new Map([['a.test.ts', "test('a fact', () => {})\ntest('another', () => {})"]])
const rows = Array.from(
  { length: 25 },
  (_, n) => `| ${n + 1} | what | \`a.test.ts\` “a fact” “another” · \`npm run x\` |`,
)
const page = `| # | a | b |\n|---|---|---|\n${rows.join('\n')}\n`
const judge = (markdown: string) => untrue(markdown, (path) => files.get(path))

test('a page whose facts are all names of tests has nothing untrue', () => {
  expect(judge(page)).toEqual([])
})

test.each([
  [page.replace('“another”', '“anything”'), '1: no test in a.test.ts is named “anything”'],
  [page.replace('`a.test.ts`', '`b.test.ts`'), '1: there is no b.test.ts'],
  [page.replace(/^\| 7 .*\n/m, ''), '7 stands nowhere'],
  [
    page.replace('| 25 | what | `a.test.ts` “a fact” “another” · `npm run x` |', '| 25 | what | later |'),
    '25 names no test',
  ],
])('a page that says what is not so is told how (%#)', (markdown, sentence) => {
  expect(judge(markdown)).toContain(sentence)
})
