import { expect, test } from 'vitest'
import { readBeginning, readMessage } from './reading.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const part = (type: string, body: string): string => `--b\r\nContent-Type: text/${type}\r\n\r\n${body}\r\n`
const mail = (...parts: readonly string[]): Uint8Array =>
  bytes(
    `From: mia@people.example\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n${parts.join('')}--b--\r\n`,
  )

test('a mail within the limits is shown in its layout, without a note', async () => {
  const read = await readMessage(mail(part('plain', 'Yes.'), part('html', '<b>Yes.</b>')))
  expect([read.text, read.html?.trim(), read.overLimit]).toEqual(['Yes.', '<b>Yes.</b>', []])
})

test.each([
  ['whose layout is longer than is read', part('html', `<p>${'so '.repeat(600_000)}</p>`), ['layout']],
  ['of more parts than are read', part('html', '<b>Yes.</b>') + part('x', '').repeat(600), ['parts']],
])('a mail %s is shown as text and says so', async (_name, more, overLimit) => {
  const read = await readMessage(mail(part('plain', 'Yes.'), more))
  expect([read.text, read.html, read.overLimit]).toEqual(['Yes.', undefined, overLimit])
})

test('a mail that is a layout too long to show says that words are missing in its text', async () => {
  const raw = mail(part('html', `<p>Yes.</p>${'<p class="long">and so on</p>'.repeat(60_000)}`))
  const read = await readMessage(raw)
  expect([read.text.slice(0, 4), read.text.slice(-1), read.html, read.overLimit]).toEqual([
    'Yes.',
    '…',
    undefined,
    ['layout', 'text'],
  ])
})

test('of a mail whose layout is too long the plain text is shown to its end, whatever the layout quotes', async () => {
  const long = `<p>Cut.</p>${'<p>so</p>'.repeat(200_000)}<blockquote type="cite">Old</blockquote>`
  const read = await readMessage(mail(part('plain', 'Yes, to the end.'), part('html', long)))
  expect([read.text, read.overLimit]).toEqual(['Yes, to the end.', ['layout']])
})

test('of a mail that took too much the beginning is read as text, with what it is and what it answers', async () => {
  const raw = bytes(
    `From: mia@people.example\r\nIn-Reply-To: <a@b.example>\r\nAuto-Submitted: auto-replied\r\n\r\nAway.\r\n${'x\r\n'.repeat(500_000)}`,
  )
  const read = await readBeginning(raw)
  expect([read.kind, read.inReplyTo, read.text.slice(0, 5), read.html, read.overLimit]).toEqual([
    'auto-reply',
    ['a@b.example'],
    'Away.',
    undefined,
    ['effort', 'bytes'],
  ])
})
