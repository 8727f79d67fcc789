import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { classify } from './classify.ts'
import { parseMessage } from './parse.ts'

const folder = new URL('../../testdata/', import.meta.url)
const verdictOn = async (raw: string | Uint8Array) =>
  classify(await parseMessage(typeof raw === 'string' ? new TextEncoder().encode(raw) : raw))

const kinds: Record<string, string> = {
  'auto-reply-exchange-german.eml': 'auto-reply',
  'auto-reply-subject-only.eml': 'auto-reply',
  'bounce-delayed.eml': 'bounce',
  'bounce-exchange-german.eml': 'bounce',
  'bounce-exim.eml': 'bounce',
  'bounce-google.eml': 'bounce',
  'bounce-qmail-two.eml': 'bounce',
  'bounce-without-delimiters.eml': 'bounce',
  'broken-header.eml': 'reply',
  'complaint-abuse.eml': 'complaint',
  'complaint-apple-unsubscribe.eml': 'complaint',
  'newsletter.eml': 'other',
  'receipt-read.eml': 'auto-reply',
  'reply-between-quotes.eml': 'reply',
  'reply-gmail-german.eml': 'reply',
  'reply-outlook-german.eml': 'reply',
  'report-delivered.eml': 'auto-reply',
  'talks-about-bounces.eml': 'reply',
}

test.each(Object.entries(kinds))('%s is of the kind %s', async (name, kind) => {
  expect((await verdictOn(await readFile(new URL(name, folder)))).kind).toBe(kind)
})

test('every sample of ours has a verdict here and a line in the index', async () => {
  const samples = (await readdir(folder)).filter((name) => name.endsWith('.eml'))
  const index = await readFile(new URL('INDEX.md', folder), 'utf8')
  expect(samples.filter((name) => !(name in kinds) || !index.includes(`\`${name}\``))).toEqual([])
})

const message = (...headers: string[]) =>
  ['From: lena@agentur.example', 'To: anna@brand.example', ...headers, '', 'Hallo'].join('\r\n')

test.each<[string, string[], string, string[]]>([
  ['an In-Reply-To makes a reply', ['In-Reply-To: <a@b.example>'], 'reply', ['in-reply-to']],
  ['References make a reply', ['References: <a@b.example>'], 'reply', ['references']],
  ['Re: alone makes a reply', ['Subject: AW: Angebot'], 'reply', ['subject: AW: Angebot']],
  ['a mail out of the blue is other', ['Subject: Angebot'], 'other', []],
  ['an address in In-Reply-To names no message', ['In-Reply-To: anna@brand.example'], 'other', []],
  [
    'Auto-Submitted: no is a person',
    ['Auto-Submitted: no', 'References: <a@b.example>'],
    'reply',
    ['references'],
  ],
  [
    'Auto-Submitted with a comment counts',
    ['Auto-Submitted: auto-replied (vacation)'],
    'auto-reply',
    ['auto-submitted: auto-replied (vacation)'],
  ],
  [
    'X-Autoreply counts',
    ['X-Autoreply: yes', 'In-Reply-To: <a@b.example>'],
    'auto-reply',
    ['x-autoreply: yes'],
  ],
  [
    'Precedence on an answer counts',
    ['Precedence: bulk', 'In-Reply-To: <a@b.example>'],
    'auto-reply',
    ['precedence: bulk'],
  ],
  ['Precedence on mass mail does not', ['Precedence: bulk'], 'other', ['precedence: bulk']],
  [
    'mass mail that pretends to answer is other',
    ['Subject: Re: you', 'List-Unsubscribe: <https://a.example>'],
    'other',
    [],
  ],
  [
    'a list member who answers is a reply',
    ['List-Unsubscribe: <https://a.example>', 'References: <a@b.example>'],
    'reply',
    ['references'],
  ],
  [
    'an answer whose subject speaks of the office is a person',
    ['Subject: Re: office hours', 'References: <a@b.example>'],
    'reply',
    ['references', 'subject: Re: office hours'],
  ],
  [
    'Outlook asking for no receipts is a person',
    ['X-Auto-Response-Suppress: DR, RN, NRN', 'References: <a@b.example>'],
    'reply',
    ['references'],
  ],
])('%s', async (_, headers, kind, evidence) => {
  expect(await verdictOn(message(...headers))).toEqual({ kind, evidence })
})

test.each([
  'Automatic reply: Campaign',
  'Automatische Antwort: Kampagne',
  'Abwesenheitsnotiz: Kampagne',
  'Out of Office: Campaign',
  'Out of office Re: Campaign',
  'Réponse automatique : Campagne',
  'Respuesta automática: Campaña',
  'Risposta automatica: Campagna',
  'Automatisch antwoord: Campagne',
  'Auto-Reply: Campaign',
  'Autosvar: Kampanje',
  'Ich bin im Urlaub',
])('the subject %j is an absence notice', async (subject) => {
  const encoded = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`
  expect((await verdictOn(message(`Subject: ${encoded}`, 'In-Reply-To: <a@b.example>'))).kind).toBe(
    'auto-reply',
  )
})

test.each(['Re: automatic payment', 'Re: Out of stock', 'Re: vacation campaign idea', 'AW: Urlaubskampagne'])(
  'the subject %j is a person',
  async (subject) => {
    expect((await verdictOn(message(`Subject: ${subject}`, 'In-Reply-To: <a@b.example>'))).kind).toBe('reply')
  },
)
