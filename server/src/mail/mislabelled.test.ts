import { expect, test } from 'vitest'
import { asWritten } from './mislabelled.ts'
import { parseMessage } from './parse.ts'

const written = 'Grüße aus Köln – 500 € “ok” 🙂'

test.each(['us-ascii', 'iso-8859-1', 'windows-1252', 'unknown-8bit'])(
  'UTF-8 that is declared to be %s is read as UTF-8, text and HTML',
  async (charset) => {
    const read = async (type: string) =>
      parseMessage(
        new TextEncoder().encode(
          `Content-Type: ${type}; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${written}\r\n`,
        ),
      )
    expect((await read('text/plain')).text?.trim()).toBe(written)
    expect((await read('text/html')).html?.trim()).toBe(written)
  },
)

test.each([
  ['words in Latin', 'Grüße aus Köln, à bientôt'],
  ['one broken word among right ones', 'fÃ¼r die Grüße'],
  ['characters that no Latin charset has', 'fÃ¼r 東京'],
  ['nothing', ''],
])('%s stay as they are', (_, text) => {
  expect(asWritten(text)).toBe(text)
})
