/** Answers as mail programs write them, in testdata/dialects/replies.txt: what is new, and nothing else. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { replyText } from './reply-text.ts'

const file = new URL('../../testdata/dialects/replies.txt', import.meta.url)
const cases = (await readFile(file, 'utf8'))
  .split(/^%% /m)
  .slice(1)
  .map((text) => {
    const title = text.slice(0, text.indexOf('\n'))
    const [body = '', visible = ''] = text.slice(title.length + 1).split('\n%=\n')
    return { title, body: body.startsWith('<') ? { html: body } : { text: body }, visible: visible.trimEnd() }
  })

test.each(cases)('$title', ({ body, visible }) => {
  expect(replyText(body).visible).toBe(visible)
})
