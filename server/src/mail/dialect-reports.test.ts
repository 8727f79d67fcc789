/** Whole reports and automatic answers in the dialects of mail systems, in testdata/dialects/reports.txt. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Classification, classify, parseMessage } from './index.ts'

const file = new URL('../../testdata/dialects/reports.txt', import.meta.url)
const cases = (await readFile(file, 'utf8'))
  .split(/^%% /m)
  .slice(1)
  .map((text) => {
    const [title = '', verdict = '', ...message] = text.split('\n')
    return { title, verdict: verdict.replace(/^= /, ''), message: message.join('\r\n') }
  })

function told(found: Classification): string {
  if (found.kind === 'complaint')
    return [found.kind, ...found.complaint.recipients.map((one) => one.address)].join(' ')
  if (found.kind !== 'bounce') return found.kind
  const recipients = found.bounce.recipients.map(
    (one) => `${one.address} ${one.status}${one.action === 'delayed' ? ' delayed' : ''}`,
  )
  return `bounce ${recipients.join(', ')}`
}

test.each(cases)('$title', async ({ verdict, message }) => {
  expect(told(classify(await parseMessage(new TextEncoder().encode(message))))).toBe(verdict)
})
