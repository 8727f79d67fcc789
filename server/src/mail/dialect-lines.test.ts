/** One line of a dialect each, in testdata/lines: what introduces a quotation, what is a footer, what is an absence. */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
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

describe('what stands below the words that introduce it is history', async () => {
  for (const line of [...(await lines('attributions_valid')), ...(await lines('header-blocks_valid'))]) {
    test(line, () => {
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
  }
})

describe('a sentence that a person wrote introduces nothing', async () => {
  for (const line of await lines('attributions_invalid')) {
    test(line, () => {
      const whole = `${answer}\n\n${line}\n\n1. Anna\n2. Ben`
      expect(shown(whole)).toBe(whole)
    })
  }
})

describe('the footer of a program is no part of the answer', async () => {
  for (const line of await lines('footers_valid')) {
    test(line, () => {
      expect(replyText({ text: `${answer}\n\n${line}\n` })).toEqual({
        visible: answer,
        quoted: '',
        signature: line,
      })
    })
  }
})

describe('a sentence about sending is no footer', async () => {
  for (const line of await lines('footers_invalid')) {
    test(line, () => {
      expect(shown(`${answer}\n\n${line}`)).toBe(`${answer}\n\n${line}`)
    })
  }
})

const kindOf = async (subject: string) => {
  const raw = `From: creator@example.com\r\nTo: anna@brand.example\r\nIn-Reply-To: <1@brand.example>\r\nSubject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=\r\n\r\nHallo\r\n`
  const message = await parseMessage(new TextEncoder().encode(raw))
  return { kind: classify(message).kind, text: messageReply(message).visible }
}

describe('an absence is told by its subject alone', async () => {
  for (const line of await lines('absence-subjects_valid')) {
    test(line, async () => {
      expect(await kindOf(line)).toEqual({ kind: 'auto-reply', text: 'Hallo' })
    })
  }
})

describe('an answer may speak of absence', async () => {
  for (const line of await lines('absence-subjects_invalid')) {
    test(line, async () => {
      expect(await kindOf(line)).toEqual({ kind: 'reply', text: 'Hallo' })
    })
  }
})
