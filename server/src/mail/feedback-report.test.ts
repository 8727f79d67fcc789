import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { readFeedbackReport } from './feedback-report.ts'
import { parseMessage } from './parse.ts'

const read = async (raw: Uint8Array) => readFeedbackReport(await parseMessage(raw))
const sample = async (name: string) =>
  read(await readFile(new URL(`../../testdata/${name}`, import.meta.url)))
const lines = async (...text: string[]) => read(new TextEncoder().encode(text.join('\r\n')))

test('an abuse report names who complained and about what', async () => {
  expect(await sample('complaint-abuse.eml')).toEqual({
    type: 'abuse',
    recipients: [{ address: 'genervt@provider.example', key: 'genervt@provider.example' }],
    originalMessageIds: ['m10@brand.example'],
    returnedIds: [],
    evidence: ['report-type=feedback-report', 'message/feedback-report'],
  })
})

test("Apple Mail's unsubscribe is an opt-out of its sender", async () => {
  expect(await sample('complaint-apple-unsubscribe.eml')).toEqual({
    type: 'opt-out',
    recipients: [{ address: 'lena@icloud.example', key: 'lena@icloud.example' }],
    originalMessageIds: [],
    returnedIds: [],
    evidence: ['X-Apple-Unsubscribe'],
  })
})

test("Outlook.com's report is known by the header in the returned message", async () => {
  expect(
    await lines(
      'From: staff@hotmail.com',
      'Subject: complaint',
      'Content-Type: message/rfc822',
      '',
      'X-HmXmrOriginalRecipient: genervt@outlook.example',
      'Message-ID: <m12@brand.example>',
      '',
      'Hallo',
    ),
  ).toEqual({
    type: 'abuse',
    recipients: [{ address: 'genervt@outlook.example', key: 'genervt@outlook.example' }],
    originalMessageIds: ['m12@brand.example'],
    returnedIds: [],
    evidence: ['X-HmXmrOriginalRecipient'],
  })
})

test('a report of failed authentication keeps its type', async () => {
  const report = await lines(
    'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
    '',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: Auth-Failure',
    '--b--',
  )
  expect([report?.type, report?.recipients]).toEqual(['auth-failure', []])
})

test('an ordinary message is none', async () => {
  expect(await sample('reply-gmail-german.eml')).toBeUndefined()
})

test('our own message with the mark of Outlook.com in its header is a complaint about itself', async () => {
  const report = readFeedbackReport(
    await parseMessage(
      new TextEncoder().encode(
        'X-HmXmrOriginalRecipient: lena@outlook.example\r\nFrom: anna@brand.example\r\nTo: lena@outlook.example\r\nMessage-ID: <m1@brand.example>\r\n\r\nHello\r\n',
      ),
    ),
  )
  expect(report).toMatchObject({ originalMessageIds: ['m1@brand.example'], type: 'abuse' })
})
