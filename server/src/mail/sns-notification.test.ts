import { expect, test } from 'vitest'
import { classify } from './classify.ts'
import { parseMessage } from './parse.ts'

async function verdictOn(body: string) {
  const lines = [
    'From: no-reply@sns.amazonaws.com',
    'Subject: AWS Notification Message',
    'x-amz-sns-message-id: 1',
    '',
    body,
  ]
  return classify(await parseMessage(new TextEncoder().encode(lines.join('\r\n'))))
}

const mail = { headers: [{ name: 'Message-ID', value: '<m13@brand.example>' }] }
const told = (bounceType: string, recipient: object) =>
  JSON.stringify({ notificationType: 'Bounce', bounce: { bounceType, bouncedRecipients: [recipient] }, mail })

test('a bounce inside a notification names recipient, status and message', async () => {
  const inner = told('Permanent', {
    emailAddress: 'weg@x.example',
    status: '5.1.1',
    diagnosticCode: 'smtp; 550 5.1.1 user unknown',
  })
  const body = `${JSON.stringify({ Type: 'Notification', Message: inner })}\r\n\r\n--\r\nIf you wish to stop receiving`
  expect(await verdictOn(body)).toEqual({
    kind: 'bounce',
    evidence: ['x-amz-sns-message-id'],
    bounce: {
      recipients: [
        {
          address: 'weg@x.example',
          key: 'weg@x.example',
          permanent: true,
          status: '5.1.1',
          action: 'failed',
          diagnostic: 'smtp; 550 5.1.1 user unknown',
        },
      ],
      originalMessageIds: ['m13@brand.example'],
      returnedHeaders: [{ name: 'message-id', value: '<m13@brand.example>', raw: '<m13@brand.example>' }],
      evidence: ['x-amz-sns-message-id'],
    },
  })
})

test('a transient bounce without a status is not permanent', async () => {
  const verdict = await verdictOn(told('Transient', { emailAddress: 'voll@x.example' }))
  expect(verdict.kind === 'bounce' && verdict.bounce.recipients.map((one) => one.status)).toEqual(['4.0.0'])
})

test('a complaint is one, a delivery is no bounce, and anything else is nothing', async () => {
  const complaint = {
    notificationType: 'Complaint',
    complaint: { complainedRecipients: [{ emailAddress: 'a@x.example' }] },
    mail,
  }
  const kinds = await Promise.all(
    [
      JSON.stringify(complaint),
      '{"notificationType":"Delivery"}',
      '{"notificationType":"Other"}',
      '{broken',
      '',
    ].map(verdictOn),
  )
  expect(kinds.map((verdict) => verdict.kind)).toEqual(['complaint', 'auto-reply', 'other', 'other', 'other'])
})
