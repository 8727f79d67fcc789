import { expect, test } from 'vitest'
import { readTime } from '../clock.ts'
import { bodyText, parseParts } from '../mime/parts.ts'
import { headerValue, splitMessage } from '../mime/headers.ts'
import { exchangeReport } from './report-exchange.ts'
import { googleReport } from './report-google.ts'
import type { Report } from './report.ts'

const report: Report = {
  to: 'anna@brand.practice.example',
  recipient: 'mia@people.practice.example',
  status: '5.1.1',
  originalMessageId: '<one@kontor.example>',
  originalSubject: 'Frühjahr',
  original: Buffer.from(
    'Message-ID: <one@kontor.example>\r\nSubject: =?utf-8?q?Fr=C3=BChjahr?=\r\n\r\nHallo Mia.\r\n',
  ),
  messageId: '<1.2.report@mail.practice.example>',
  at: readTime('2026-11-24T08:00:00Z') ?? 0,
  language: 'de',
}
const systems = [
  ['Google', googleReport],
  ['Exchange', exchangeReport],
] as const

test.for(systems)('a report of %s answers the original and leaves no return path', ([, write]) => {
  const { headers } = splitMessage(write(report))
  expect([headerValue(headers, 'in-reply-to'), headerValue(headers, 'references')]).toEqual([
    '<one@kontor.example>',
    '<one@kontor.example>',
  ])
  expect(headerValue(headers, 'auto-submitted')).toBe('auto-replied')
})

test.for(systems)(
  'a report of %s is a failure for class 5 and a delay, to be tried again, for class 4',
  ([, write]) => {
    const status = (code: string) => {
      const part = parseParts(write({ ...report, status: code })).parts[1]
      const text = part?.content.toString() ?? ''
      return [part?.mimeType, /^Action: (.*)\r$/m.exec(text)?.[1], text.includes('Will-Retry-Until')]
    }
    expect([status('5.1.1'), status('4.2.2')]).toEqual([
      ['message/delivery-status', 'failed', false],
      ['message/delivery-status', 'delayed', true],
    ])
  },
)

test('Google returns headers alone and shows a picture beside its words', () => {
  const root = parseParts(googleReport(report))
  expect([
    root.parts.map((part) => part.mimeType),
    root.parts[0]?.parts.map((part) => part.mimeType),
  ]).toEqual([
    ['multipart/related', 'message/delivery-status', 'text/rfc822-headers'],
    ['multipart/alternative', 'image/png'],
  ])
  expect(root.parts[2]?.content.toString()).not.toContain('Hallo Mia')
})

test('Exchange returns the whole mail and puts its subject into its own', () => {
  const raw = exchangeReport(report)
  const root = parseParts(raw)
  expect(root.parts.map((part) => part.mimeType)).toEqual([
    'multipart/alternative',
    'message/delivery-status',
    'message/rfc822',
  ])
  expect(root.parts[2]?.content.toString()).toContain('Hallo Mia')
  expect(headerValue(splitMessage(raw).headers, 'subject')).toMatch(/^=\?utf-8\?/i)
})

test.for(systems)('%s writes to its own user in their language', ([, write]) => {
  const words = (language: string) => bodyText(parseParts(write({ ...report, language })), 'text/plain') ?? ''
  expect([words('de'), words('en')]).toEqual([
    expect.stringMatching(/nicht gefunden/),
    expect.stringMatching(/not (?:be )?found/),
  ])
})
