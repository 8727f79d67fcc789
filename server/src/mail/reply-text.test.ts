import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageReply, messageText } from './message-text.ts'
import { parseMessage } from './parse.ts'
import { replyText } from './reply-text.ts'

const said = 'Ja, gern.\n\nLiebe Grüße\nLena'
const plain = (...below: string[]) => replyText({ text: [said, '', ...below].join('\n') })
const html = (...parts: string[]) => replyText({ html: parts.join('') })

test.each<[string, string[]]>([
  [
    'Gmail, English',
    ['On Tue, Nov 5, 2024 at 9:02 AM Anna Vogt <anna@brand.example> wrote:', '', '> What about it?'],
  ],
  [
    'Gmail, broken over two lines',
    ['Am Di., 5. Nov. 2024 um 09:02 Uhr schrieb Anna Vogt <', 'anna@brand.example>:', '', '> Und?'],
  ],
  [
    'Gmail, the bracket on its own',
    ['tir. 5. nov. 2024 kl. 09:02 skrev Anna Vogt <anna@brand.example', '>:', '', '> Hva med det?'],
  ],
  [
    'Apple Mail, German',
    ['> Am 05.11.2024 um 09:02 schrieb Anna Vogt <anna@brand.example>:', '> ', '> Und?'],
  ],
  [
    'Apple Mail, attribution outside',
    ['Am 05.11.2024 um 09:02 schrieb Anna Vogt <anna@brand.example>:', '', '> Und?'],
  ],
  ['Thunderbird, German', ['Am 05.11.24 um 09:02 schrieb Anna Vogt:', '> Und?']],
  ['Thunderbird, English', ['On 05/11/2024 09:02, Anna Vogt wrote:', '> And?']],
  ['French', ['Le mar. 5 nov. 2024 à 09:02, Anna Vogt <anna@brand.example> a écrit :', '', '> Alors ?']],
  ['Spanish', ['El mar, 5 nov 2024 a las 9:02, Anna Vogt (<anna@brand.example>) escribió:', '', '> ¿Y?']],
  [
    'Italian',
    ['Il giorno mar 5 nov 2024 alle ore 09:02 Anna Vogt <anna@brand.example> ha scritto:', '', '> E?'],
  ],
  [
    'Portuguese',
    ['Em ter., 5 de nov. de 2024 às 09:02, Anna Vogt <anna@brand.example> escreveu:', '', '> E?'],
  ],
  ['Dutch', ['Op di 5 nov 2024 om 09:02 schreef Anna Vogt <anna@brand.example>:', '', '> En?']],
  ['Polish', ['wt., 5 lis 2024 o 09:02 Anna Vogt <anna@brand.example> napisał(a):', '', '> I?']],
  ['Czech', ['út 5. 11. 2024 v 9:02 odesílatel Anna Vogt <anna@brand.example> napsal:', '', '> A?']],
  ['Swedish', ['Den tis 5 nov. 2024 kl 09:02 skrev Anna Vogt <anna@brand.example>:', '', '> Och?']],
  ['Finnish', ['ti 5. marrask. 2024 klo 9.02 Anna Vogt (anna@brand.example) kirjoitti:', '', '> No?']],
  ['Hungarian', ['Anna Vogt <anna@brand.example> ezt írta (időpont: 2024. nov. 5., K, 9:02):', '', '> És?']],
  ['Russian', ['вт, 5 нояб. 2024 г. в 09:02, Anna Vogt <anna@brand.example>:', '', '> И?']],
  ['Turkish', ['Anna Vogt <anna@brand.example>, 5 Kas 2024 Sal, 09:02 tarihinde şunu yazdı:', '', '> Peki?']],
  ['Japanese', ['2024年11月5日(火) 9:02 Anna Vogt <anna@brand.example>:', '', '> どう？']],
  ['Chinese', ['Anna Vogt <anna@brand.example> 于2024年11月5日周二 09:02写道：', '', '> 呢？']],
  ['the name first', ['Anna Vogt <anna@brand.example> schrieb am Di., 5. Nov. 2024, 09:02:', '', '> Und?']],
  ['a name and nothing else', ['Anna schrieb:', '', '> Und?']],
  ['Open-Xchange', ['Anna Vogt <anna@brand.example> hat am 05.11.2024 09:02 geschrieben:', '', 'Und?']],
  ['Horde, German', ['Zitat von Anna Vogt <anna@brand.example>:', '', '> Und?']],
  ['no marks at all', ['On Nov 5, 2024, at 9:02, Anna Vogt wrote:', '', 'What about it?']],
  [
    'Outlook, English',
    [
      'From: Anna Vogt <anna@brand.example>',
      'Sent: Tuesday, November 5, 2024 9:02 AM',
      'To: Lena',
      'Subject: Campaign',
      '',
      'What about it?',
    ],
  ],
  [
    'Outlook, German',
    [
      'Von: Anna Vogt <anna@brand.example>',
      'Gesendet: Dienstag, 5. November 2024 09:02',
      'An: Lena',
      'Betreff: Kampagne',
      '',
      'Und?',
    ],
  ],
  [
    'Outlook, a drawn line above',
    [
      '________________________________',
      'Von: Anna Vogt',
      'Gesendet: Dienstag',
      'An: Lena',
      'Betreff: Kampagne',
      '',
      'Und?',
    ],
  ],
  [
    'Outlook, bold',
    ['*Von:* Anna Vogt', '*Gesendet:* Dienstag', '*An:* Lena', '*Betreff:* Kampagne', '', 'Und?'],
  ],
  [
    'Outlook, French',
    ['De : Anna Vogt', 'Envoyé : mardi 5 novembre 2024 09:02', 'À : Lena', 'Objet : Campagne', '', 'Alors ?'],
  ],
  [
    'GMX',
    [
      'Gesendet: Dienstag, 05. November 2024 um 09:02 Uhr',
      'Von: "Anna Vogt" <anna@brand.example>',
      'An: lena@agentur.example',
      'Betreff: Kampagne',
      'Und?',
    ],
  ],
  ['Original Message', ['-----Original Message-----', 'What about it?']],
  ['Ursprüngliche Nachricht', ['-------- Ursprüngliche Nachricht --------', 'Von: Anna Vogt', 'Und?']],
  [
    'a forward under own words',
    ['---------- Forwarded message ---------', 'From: Anna Vogt', 'What about it?'],
  ],
])('plain: the history below is folded (%s)', (_, below) => {
  const { visible, quoted } = plain(...below)
  expect([visible, quoted]).toEqual([said, below.join('\n').trimEnd()])
})

test.each([
  '-- \nLena Sommer\nAgentur',
  '--\nLena',
  '—————\nLena Sommer\n+49 30 123',
  'Von meinem iPhone gesendet',
  'Gesendet mit der GMX Mail App',
  'Diese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.',
  'Sent from my iPhone',
  'Sent from Outlook for iOS<https://aka.ms/o0ukef>',
  'Get Outlook for Android',
  'Envoyé de mon iPhone',
  'Enviado desde mi iPhone',
  'Inviato da iPhone',
  'Verzonden vanaf mijn iPhone',
  'Gesendet von Outlook für Android',
  'Über WEB.DE Mail App gesendet',
  'Von meinem Samsung Galaxy Smartphone gesendet.',
])('%j is a signature', (signature) => {
  expect(plain(signature)).toEqual({ visible: said, quoted: '', signature: signature.trimEnd() })
})

test.each([
  'On the other hand, I would rather not.',
  'Sent from my desk, with a view of the sea.',
  'From: here on it gets serious.',
  'I read the article where somebody wrote: never again.',
  '----\n\nThat line was drawn for fun.',
  'The mail was sent from my iPhone app to all users.',
  'Am Montag schrieb ich schon einmal.',
  '2024-11-05 09:02 would suit me.',
  'Mit der Post verschickt.',
  'Gesendet von der Post, am Montag.',
  'Von: hier aus geht es gut.\nAn: dem Tag komme ich.',
  'Tom wrote: never again.',
])('%j is part of the answer', (line) => {
  expect(plain(line)).toEqual({ visible: `${said}\n\n${line}`, quoted: '' })
})

test('an answer below the quotation is the answer', () => {
  expect(replyText({ text: 'On 05.11.24 09:02, Anna wrote:\n> And?\n\nYes.' })).toEqual({
    visible: 'Yes.',
    quoted: 'On 05.11.24 09:02, Anna wrote:\n> And?',
  })
})

test('an answer around the quotation is the answer', () => {
  expect(replyText({ text: 'Yes.\n\nOn 05.11.24 09:02, Anna wrote:\n> And?\n\nLena' })).toEqual({
    visible: 'Yes.\n\nLena',
    quoted: 'On 05.11.24 09:02, Anna wrote:\n> And?',
  })
})

test('answers between quoted lines stay with them', async () => {
  const message = await parseMessage(
    await readFile(new URL('../../testdata/reply-between-quotes.eml', import.meta.url)),
  )
  expect(messageReply(message)).toEqual({
    visible: [
      'On 07.11.24 17:40, Anna Vogt wrote:',
      '> Can you post on Monday?',
      '',
      'Yes, in the',
      'evening.',
      '',
      '> And which format do you prefer?',
      '',
      'A reel.',
    ].join('\n'),
    quoted: '> Thanks!\n> Anna',
  })
})

test('a pure forward is not folded', () => {
  const text = '---------- Forwarded message ---------\nFrom: Tom\nSubject: Offer\n\nHere it is.'
  expect(replyText({ text })).toEqual({ visible: text, quoted: '' })
})

test('a quotation without any answer shows nothing', () => {
  const text = 'On 05.11.24 09:02, Anna wrote:\n> And?'
  expect(replyText({ text })).toEqual({ visible: '', quoted: text })
})

test('an empty message says nothing', () => {
  expect([replyText({}), replyText({ text: '' }), replyText({ html: '' })]).toEqual([
    { visible: '', quoted: '' },
    { visible: '', quoted: '' },
    { visible: '', quoted: '' },
  ])
})

test.each<[string, string]>([
  [
    'Gmail',
    '<div class="gmail_quote"><div class="gmail_attr">Am Di. schrieb Anna:<br></div><blockquote class="gmail_quote">Und?</blockquote></div>',
  ],
  [
    'Gmail in a language we do not know',
    '<div class="gmail_quote"><div class="gmail_attr">Mar. 5 Anna seolfum: <br></div><blockquote class="gmail_quote">Und?</blockquote></div>',
  ],
  [
    'Outlook on the web',
    '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Von:</b> Anna</div><div>Und?</div>',
  ],
  [
    'Outlook on the desktop',
    '<div style="border-top:solid #E1E1E1 1.0pt"><p><b>Von:</b> Anna<br><b>Gesendet:</b> Dienstag<br><b>An:</b> Lena<br><b>Betreff:</b> Kampagne</p></div><p>Und?</p>',
  ],
  [
    'Apple Mail',
    '<div><br><blockquote type="cite"><div>Am 05.11.2024 um 09:02 schrieb Anna &lt;a@b.example&gt;:</div><div>Und?</div></blockquote></div>',
  ],
  [
    'Thunderbird',
    '<div class="moz-cite-prefix">Am 05.11.24 um 09:02 schrieb Anna:<br></div><blockquote type="cite">Und?</blockquote>',
  ],
  [
    'GMX and web.de',
    '<div name="quote" style="border-left: 2px solid"><div><b>Gesendet:</b> Dienstag</div><div>Und?</div></div>',
  ],
  ['Yahoo', '<div class="yahoo_quoted"><div>Am Dienstag schrieb Anna:</div><div>Und?</div></div>'],
  ['Proton', '<div class="protonmail_quote">Anna wrote:<blockquote>Und?</blockquote></div>'],
])('HTML of %s: the history is folded', (_, history) => {
  const { visible, quoted } = html('<div>Ja, gern.</div><div>Lena</div>', history)
  expect([visible, quoted.includes('Und?')]).toEqual(['Ja, gern.\nLena', true])
})

test('answers between the quotations of Gmail stay visible', () => {
  const { visible } = html(
    '<div class="gmail_quote"><div class="gmail_attr">Am Di. schrieb Anna:</div><blockquote class="gmail_quote">Wann?</blockquote></div>',
    '<div>Montag.</div><blockquote class="gmail_quote">Wo?</blockquote><div>Berlin.</div>',
  )
  expect([visible.includes('Montag.'), visible.includes('> Wo?'), visible.includes('Berlin.')]).toEqual([
    true,
    true,
    true,
  ])
})

test('a signature that the HTML names is one', () => {
  expect(html('<div>Ja.</div>', '<div class="gmail_signature">Lena<br>Agentur</div>')).toEqual({
    visible: 'Ja.',
    quoted: '',
    signature: 'Lena\nAgentur',
  })
})

test('HTML helps where the text has no marks', () => {
  const history = '<div class="yahoo_quoted">Anna:<br>Und?</div>'
  expect(replyText({ text: 'Ja.\n\nAnna:\nUnd?', html: `<div>Ja.</div>${history}` })).toEqual({
    visible: 'Ja.',
    quoted: 'Anna:\nUnd?',
  })
})

test('all readable text is the plain part, or the HTML as text', () => {
  expect([
    messageText({ text: 'a', html: '<p>b</p>' }),
    messageText({ text: ' ', html: '<p>b</p>' }),
    messageText({}),
  ]).toEqual(['a', 'b', ''])
})

const line = fc.constantFrom(
  'Ja.',
  'Lena',
  '',
  '> Und?',
  '>> Ach',
  'On 05.11.24 09:02, Anna wrote:',
  'Von: Anna',
  'Gesendet: heute',
  'Betreff: x',
  '-- ',
  '-----Original Message-----',
  'Sent from my iPhone',
  '____',
  'On',
  'wrote:',
  '>:',
)

test('nothing is lost: every line with something on it comes back once', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
      const { visible, quoted, signature = '' } = replyText({ text: lines.join('\n') })
      const filled = (text: string) =>
        text
          .split('\n')
          .map((one) => one.trim())
          .filter((one) => one !== '')
      expect([...filled(visible), ...filled(quoted), ...filled(signature)].toSorted()).toEqual(
        filled(lines.join('\n')).toSorted(),
      )
    }),
    { numRuns: 2_000 },
  )
})

test('a megabyte of anything is divided in bounded time', { timeout: 20_000 }, () => {
  const hostile = [
    '> '.repeat(300_000),
    'On '.repeat(300_000),
    `${'On 1\n'.repeat(100_000)}wrote:`,
    'a@b <'.repeat(100_000),
    '-'.repeat(500_000),
    'Von: x\n'.repeat(60_000),
    '\n---\n'.repeat(100_000),
    '> a\nb\n'.repeat(100_000),
    'On 1, a@b wrote:\n> c\n'.repeat(30_000),
    `a${' '.repeat(500_000)}b`,
  ]
  for (const text of hostile) expect(replyText({ text }).visible.length).toBeLessThan(1_000_000)
  for (const deep of [
    '<div>'.repeat(50_000),
    '<blockquote>'.repeat(5_000),
    '<table><tr><td>'.repeat(3_000),
    '<'.repeat(500_000),
    `<pre>a${' '.repeat(500_000)}b</pre>`,
  ]) {
    expect(replyText({ html: `Ja.${deep}x` }).visible.length).toBeLessThan(1_000_000)
  }
})
