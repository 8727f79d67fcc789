import { expect, test } from 'vitest'
import { hideFlowed, unflow } from './flowed.ts'
import { parseMessage } from './parse.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test.each([
  ['soft \nbreak', 'soft break'],
  ['hard\nbreak', 'hard\nbreak'],
  ['> quoted \n> on', '> quoted on'],
  ['> quoted \nanswer', '> quoted \nanswer'],
  ['> one \n>> two', '> one \n>> two'],
  [' > stuffed', '> stuffed'],
  ['text \n-- \nAnna', 'text \n-- \nAnna'],
  ['', ''],
])('%j reads %j', (text, unflowed) => {
  expect(unflow(text, false)).toBe(unflowed)
})

test('with DelSp the space of the soft break goes', () => {
  expect(unflow('漢 \n字', true)).toBe('漢字')
})

test('a message that does not flow keeps its bytes', () => {
  const raw = bytes('Content-Type: text/plain\r\n\r\nformat=flowed')
  expect(hideFlowed(raw)).toEqual({ bytes: raw, flowed: false, deleteSpace: false })
})

test('an answer right below a quoted flowed line stays an answer', async () => {
  const raw = bytes('Content-Type: text/plain; format=flowed\r\n\r\n> Hi \r\nHello \r\nagain\r\n')
  expect((await parseMessage(raw)).text).toBe('> Hi \nHello again\n')
})

test('the parts of a multipart flow too', async () => {
  const raw = bytes(
    'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8; format="flowed"; delsp=yes\r\n\r\n> Hi \r\nHel \r\nlo\r\n--b--\r\n',
  )
  expect((await parseMessage(raw)).text).toBe('> Hi\nHello\n')
})
