/** One line of a dialect each, in testdata/lines: what introduces a quotation, what is a footer, what is an absence. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { classify, messageReply, parseMessage } from './index.ts'
import { replyText } from './reply-text.ts'

const lines = async (name: string): Promise<string[]> =>
  (await readFile(new URL(`../../testdata/lines/${name}.txt`, import.meta.url), 'utf8'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))

const answer = 'Sehr gern, ich bin dabei.\nPasst der 12. bei euch?'
const broken = (line: string) => line.replaceAll(' | ', '\n')
const shown = (text: string) => replyText({ text }).visible
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')

const introductions = [...(await lines('attributions_valid')), ...(await lines('header-blocks_valid'))]
test.each(introductions)('what stands below is history: %s', (line) => {
  const introduction = broken(line)
  const kept = {
    quoted: shown(`${answer}\n\n${introduction}\n\n> Hallo,\n> magst du mitmachen?\n>\n> Anna\n`),
    bare: shown(`${answer}\n\n${introduction}\n\nHallo,\nmagst du mitmachen?\n\nAnna\n`),
    tight: shown(`${answer}\n${introduction}\nHallo,\nmagst du mitmachen?\n`),
    html: replyText({
      html: `<div>${escaped(answer)}</div><div><br></div><div>${escaped(introduction)}</div><blockquote>Hallo,<br>magst du?</blockquote>`,
    }).visible,
  }
  expect(kept).toEqual({ quoted: answer, bare: answer, tight: answer, html: answer })
})

test.each(await lines('attributions_invalid'))('a sentence by a person introduces nothing: %s', (line) => {
  const whole = `${answer}\n\n${line}\n\n1. Anna\n2. Ben`
  expect(shown(whole)).toBe(whole)
})

test.each(await lines('footers_valid'))('a footer is no part of the answer: %s', (line) => {
  expect(replyText({ text: `${answer}\n\n${line}\n` })).toEqual({
    visible: answer,
    quoted: '',
    signature: line,
  })
})

test.each(await lines('footers_invalid'))('a sentence about sending is no footer: %s', (line) => {
  expect(shown(`${answer}\n\n${line}`)).toBe(`${answer}\n\n${line}`)
})

const kindOf = async (subject: string) => {
  const raw = `From: creator@example.com\r\nTo: anna@brand.example\r\nIn-Reply-To: <1@brand.example>\r\nSubject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=\r\n\r\nHallo\r\n`
  const message = await parseMessage(new TextEncoder().encode(raw))
  return { kind: classify(message).kind, text: messageReply(message).visible }
}

test.each(await lines('absence-subjects_valid'))('an absence is told by its subject: %s', async (line) => {
  expect(await kindOf(line)).toEqual({ kind: 'auto-reply', text: 'Hallo' })
})

test.each(await lines('absence-subjects_invalid'))('an answer may speak of absence: %s', async (line) => {
  expect(await kindOf(line)).toEqual({ kind: 'reply', text: 'Hallo' })
})

const kindOfText = async (text: string) => {
  const raw = `From: creator@example.com\r\nTo: anna@brand.example\r\nIn-Reply-To: <1@brand.example>\r\nSubject: Re: Kampagne\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n`
  return classify(await parseMessage(new TextEncoder().encode(raw))).kind
}

test.each(await lines('automatic-texts_valid'))(
  'a text that says of itself that it is automatic is, unless it is quoted: %s',
  async (line) => {
    const text = broken(line)
    const quoted = text.replaceAll(/^/gm, '> ')
    expect([
      await kindOfText(text),
      await kindOfText(`Ja, gern.\n\nAm 12.08.2026 um 10:14 schrieb Anna Keller:\n${quoted}`),
    ]).toEqual(['auto-reply', 'reply'])
  },
)

test.each(await lines('automatic-texts_invalid'))('people write about machines: %s', async (line) => {
  expect(await kindOfText(broken(line))).toBe('reply')
})
