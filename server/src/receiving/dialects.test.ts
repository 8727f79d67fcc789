/**
 * What the practice world's mail programs, holiday notices and mail servers write, read by the product: the answer alone
 * is shown, the history is folded, and nothing automatic counts as an answer.
 */
import { expect, test } from 'vitest'
import { autoReplyOf } from '../../../practice/src/people/auto-reply.ts'
import { CLIENTS, writtenWith } from '../../../practice/src/people/clients/client.ts'
import type { Client } from '../../../practice/src/people/clients/client.ts'
import { INTENTS } from '../../../practice/src/people/texts/intents.ts'
import { textFor } from '../../../practice/src/people/texts/texts.ts'
import { compose } from '../../../practice/src/mime/compose.ts'
import { exchangeReport } from '../../../practice/src/world/report-exchange.ts'
import { googleReport } from '../../../practice/src/world/report-google.ts'
import { readMessage } from './reading.ts'
import type { ReadMessage } from './reading.ts'

const at = Temporal.Instant.from('2026-11-24T08:05:00Z').epochMilliseconds
const mia = { name: 'Mia Rossi', address: 'mia@people.practice.example' }
const anna = { name: 'Anna Keller', address: 'anna.keller@brand.practice.example' }
const languages = ['en', 'de'] as const
const every = CLIENTS.flatMap((client) => languages.map((language) => [client, language] as const))
const original = {
  from: anna,
  to: [mia],
  subject: 'Frühjahr',
  text: 'Hallo Mia,\n\nhier ist das Briefing: http://127.0.0.1:3210/b/token\n\nAnna Keller',
  html: '<!doctype html><html><body><p>Hallo Mia,</p><p>hier ist das Briefing: <a href="http://127.0.0.1:3210/b/token">Briefing</a></p><p>Anna Keller</p></body></html>',
  messageId: '<one@kontor.example>',
  atMs: at - 3_600_000,
}

async function read(client: Client, language: string, text: string, signature = ''): Promise<ReadMessage> {
  const written = writtenWith(client, { text, signature, language, picture: undefined, original })
  return readMessage(
    await compose({
      from: mia,
      to: [anna],
      subject: 'Re: Frühjahr',
      ...written,
      messageId: '<two@mail.practice.example>',
      dateMs: at,
      inReplyTo: original.messageId,
      references: [original.messageId],
    }),
  )
}

test.for(every)(
  'an answer from %s in %s shows what was written and folds the rest',
  async ([client, language]) => {
    const text = language === 'de' ? 'Hallo Anna,\n\nsehr gern!\n\nMia' : 'Hi Anna,\n\nGladly!\n\nMia'
    const { kind, text: shown, quoted } = await read(client, language, text)
    const phone =
      client === 'phone'
        ? language === 'de'
          ? '\n\nVon meinem iPhone gesendet'
          : '\n\nSent from my iPhone'
        : ''
    expect([kind, shown]).toEqual(['reply', `${text}${phone}`])
    expect(quoted).toContain('Briefing')
  },
)

test.for(every)('nothing of an answer from %s in %s is lost with a signature', async ([client, language]) => {
  const { text, quoted } = await read(client, language, 'Sehr gern!', 'Mia Rossi\n@mia.runs')
  expect([text.startsWith('Sehr gern!'), text.includes('@mia.runs'), text.includes('Briefing')]).toEqual([
    true,
    client !== 'phone',
    false,
  ])
  expect(quoted).toContain('Briefing')
})

test.for(every)(
  'no text that people write is taken for history or for a machine, from %s in %s',
  async ([client, language]) => {
    const writer = {
      key: `${client}@people.practice.example`,
      name: 'Mia Rossi',
      handle: '@mia.runs',
      language,
    }
    const wrong = []
    for (const intent of INTENTS.filter((each) => each !== 'away')) {
      const text = textFor(intent, writer, 'Anna Keller', 'seed')
      const found = await read(client, language, text)
      if (found.kind !== 'reply' || !found.text.startsWith(text)) wrong.push([intent, found.kind, found.text])
    }
    expect(wrong).toEqual([])
  },
)

test.for(every)(
  'a holiday notice of the system behind %s in %s is an automatic reply',
  async ([client, language]) => {
    const { subject, headers } = autoReplyOf(client, language, 'Frühjahr', mia.address)
    const raw = await compose({
      from: mia,
      to: [anna],
      subject,
      headers,
      text: 'Bin bis Montag nicht da.',
      messageId: '<three@mail.practice.example>',
      dateMs: at,
      inReplyTo: original.messageId,
    })
    expect((await readMessage(raw)).kind).toBe('auto-reply')
  },
)

test.for([
  ['Google', googleReport, '5.1.1', true],
  ['Google', googleReport, '4.2.2', false],
  ['Google', googleReport, '5.4.5', 'of our own mailbox'],
  ['Exchange', exchangeReport, '5.1.1', true],
  ['Exchange', exchangeReport, '4.2.2', false],
  ['Exchange', exchangeReport, '5.1.8', 'of our own mailbox'],
  ['Exchange', exchangeReport, '5.7.232', 'of our own mailbox'],
  ['Exchange', exchangeReport, '5.7.233', 'of our own mailbox'],
] as const)(
  'a report of %s with status %3$s is a bounce of that recipient',
  async ([, write, status, verdict]) => {
    const worth =
      verdict === 'of our own mailbox' ? { permanent: false, blamesSender: true } : { permanent: verdict }
    for (const language of languages) {
      const raw = write({
        to: anna.address,
        recipient: mia.address,
        status,
        originalMessageId: original.messageId,
        originalSubject: original.subject,
        original: Buffer.from(`Message-ID: ${original.messageId}\r\nSubject: Spring\r\n\r\nHello.\r\n`),
        messageId: '<four@mail.practice.example>',
        at,
        language,
      })
      const { kind, report } = await readMessage(raw)
      expect([kind, report?.recipients]).toEqual([
        'bounce',
        [{ address: mia.address, ...worth, status, why: expect.any(String) }],
      ])
      expect(report?.aboutIds).toContain(original.messageId.slice(1, -1))
    }
  },
)
