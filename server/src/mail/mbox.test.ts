import { expect, test } from 'vitest'
import { mboxEntry } from './mbox.ts'

const at = Temporal.Instant.from('2026-01-05T09:05:07.5Z')
const entry = (raw: string, from = 'mia@people.example') =>
  Buffer.from(mboxEntry(Buffer.from(raw, 'latin1'), { from, at })).toString('latin1')

test('a message begins with sender and date and ends with an empty line', () => {
  expect(entry('Subject: x\r\n\r\nHello\r\n')).toBe(
    'From mia@people.example Mon Jan  5 09:05:07 2026\nSubject: x\n\nHello\n\n',
  )
})

test('a message without a last line end gets one', () => {
  expect(entry('Subject: x\n\nHello').endsWith('Hello\n\n')).toBe(true)
})

test('a line that looks like the beginning of a message is quoted once more, so that it can be read back', () => {
  const raw = 'Subject: x\n\nFrom here on\n>From there\n>>From far\nNot From\n'
  const written = entry(raw)
  expect(written).toContain('\n>From here on\n>>From there\n>>>From far\nNot From\n')
  expect(written.replaceAll(/^>(>*From )/gm, '$1')).toContain(raw)
})

test('bytes that are no text survive', () => {
  expect(entry('Subject: x\n\n\u00ff\u0080\u00e4\n')).toContain('\u00ff\u0080\u00e4')
})

test.each(['', 'two words@x.example', 'mia@x.example\nFrom evil'])(
  'a sender like %j does not break the separator line',
  (from) => {
    expect(entry('Subject: x\n\n', from).split('\n')[0]).toBe('From MAILER-DAEMON Mon Jan  5 09:05:07 2026')
  },
)
