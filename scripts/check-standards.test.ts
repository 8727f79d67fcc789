import { expect, test } from 'vitest'
import { citations, differences, readIndex } from './check-standards.ts'

const files = new Map([
  ['server/src/mail/a.ts', '// RFC 5322 §3.6 and RFC 3464'],
  ['server/src/mail/b.ts', '// RFC 5322'],
  ['api/src/c.ts', '// RFC 5322, not rfc 1 and not RFC 12'],
])
const page =
  '| RFC | title | cited in |\n|---|---|---|\n| [3464](https://x) | DSN | `server/src/mail` |\n| [5322](https://x) | IMF | `api/src` `server/src/mail` |\n'

test('citations are collected by folder', () => {
  expect(citations(files)).toEqual(
    new Map([
      ['3464', ['server/src/mail']],
      ['5322', ['api/src', 'server/src/mail']],
    ]),
  )
})

test('a page that lists exactly what is cited has no differences', () => {
  expect(differences(citations(files), readIndex(page))).toEqual([])
})

test.each([
  [page.replace(/.*3464.*\n/, ''), 'RFC 3464 is cited but not listed'],
  [`${page}| [8058](https://x) | One click | \`web\` |\n`, 'RFC 8058 is listed but not cited'],
  [page.replace('DSN', '?'), 'RFC 3464 has no title'],
  [page.replace('`api/src` ', ''), 'RFC 5322 is cited in api/src, server/src/mail, not in server/src/mail'],
])('a page that differs is told how (%#)', (markdown, sentence) => {
  expect(differences(citations(files), readIndex(markdown))).toEqual([sentence])
})
