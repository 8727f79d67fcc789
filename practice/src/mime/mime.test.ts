import { expect, test } from 'vitest'
import { addressKey, formatAddress, isAddress, isPracticeAddress, parseAddresses } from './addresses.ts'
import { decodeWords, encodeWords } from './encoded-words.ts'
import { header, headerValue, joinMessage, messageIds, splitMessage, withHeader, without } from './headers.ts'
import { bodyText, parseParts, plainFromHtml, snippetOf } from './parts.ts'
import { answerSubject, subjectKey } from './subject.ts'

const FOLDED =
  'From: a@b.example\r\nReferences: <one@x>\r\n\t<two@x>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nbody\r\n'

test('a message that is only split and joined keeps its bytes', () => {
  expect(joinMessage(splitMessage(Buffer.from(FOLDED))).toString()).toBe(FOLDED)
})

test('folded values are unfolded and their message ids found', () => {
  const { headers } = splitMessage(Buffer.from(FOLDED))
  expect(headerValue(headers, 'references')).toBe('<one@x>\t<two@x>')
  expect(messageIds(headerValue(headers, 'references'))).toEqual(['<one@x>', '<two@x>'])
})

test('a message with bare line feeds is split at its first empty line', () => {
  const { headers, body } = splitMessage(Buffer.from('A: 1\nB: 2\n\nbody\n\nmore'))
  expect([headers.map((field) => field.name), body.toString()]).toEqual([['A', 'B'], 'body\n\nmore'])
})

test('replacing a field keeps its place and drops further ones', () => {
  const { headers } = splitMessage(Buffer.from('A: 1\r\nB: 2\r\nC: 3\r\nb: 4\r\n\r\n'))
  expect(withHeader(headers, header('B', 'new')).map((field) => field.raw)).toEqual([
    'A: 1',
    'B: new',
    'C: 3',
  ])
  expect(without(headers, 'b').map((field) => field.name)).toEqual(['A', 'C'])
})

test.for([
  ['=?UTF-8?B?R3LDvMOfZQ==?=', 'Grüße'],
  ['=?iso-8859-1?Q?Gr=FC=DFe_an?= =?utf-8?q?_alle?=', 'Grüße an alle'],
  ['plain', 'plain'],
  ['=?nonsense?B?4pyT?=', 'â\u009c\u0093'],
] as const)('%s reads as %s', ([encoded, text]) => {
  expect(decodeWords(encoded)).toBe(text)
})

test('long texts become several words that read as one', () => {
  const text = 'Überraschung für Größe, Maß und Füße im schönen München'
  expect(
    encodeWords(text)
      .split('\r\n ')
      .every((word) => word.length <= 75),
  ).toBe(true)
  expect(decodeWords(encodeWords(text).replaceAll('\r\n', ''))).toBe(text)
})

test('addresses compare without case and plus tag', () => {
  expect(['Anna+Spring@Brand.Practice.Example', '+x@a.example'].map(addressKey)).toEqual([
    'anna@brand.practice.example',
    '+x@a.example',
  ])
})

test.for([
  [
    '"Keller, Anna" <a@b.example>, x@y.example',
    [
      { name: 'Keller, Anna', address: 'a@b.example' },
      { name: '', address: 'x@y.example' },
    ],
  ],
  ['=?utf-8?q?J=C3=B6rg?= <j@b.example>', [{ name: 'Jörg', address: 'j@b.example' }]],
  [
    'Team: a@b.example, c@d.example;',
    [
      { name: '', address: 'a@b.example' },
      { name: '', address: 'c@d.example' },
    ],
  ],
] as const)('%s holds these addresses', ([value, addresses]) => {
  expect(parseAddresses(value)).toEqual(addresses)
})

test('names are quoted or encoded where a header needs it', () => {
  expect(
    [
      { name: 'Keller, Anna', address: 'a@b.example' },
      { name: 'Jörg', address: 'j@b.example' },
      { name: '', address: 'x@b.example' },
    ].map(formatAddress),
  ).toEqual(['"Keller, Anna" <a@b.example>', '=?UTF-8?B?SsO2cmc=?= <j@b.example>', 'x@b.example'])
})

test('only addresses under practice.example live here', () => {
  expect(
    ['a@practice.example', 'a@x.practice.example', 'a@notpractice.example', 'a@practice.example.org'].map(
      isPracticeAddress,
    ),
  ).toEqual([true, true, false, false])
  expect(['a@b.example', 'a b@c.example', 'a@b', '@b.example', 'a@@b.example'].map(isAddress)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})

test.for([
  ['Re: AW: [1] Spring', '[1] spring'],
  ['RE[2]:  Spring  sale', 'spring sale'],
  ['Research: results', 'research: results'],
] as const)('%s compares as %s', ([subject, key]) => {
  expect(subjectKey(subject)).toBe(key)
})

test('answers get one prefix in the language of their writer', () => {
  expect([
    answerSubject('Spring', 'AW'),
    answerSubject('Re: Spring', 'AW'),
    answerSubject('Spring', 'Re'),
  ]).toEqual(['AW: Spring', 'Re: Spring', 'Re: Spring'])
})

const MIXED = [
  'Content-Type: multipart/mixed; boundary="outer"',
  '',
  'preamble',
  '--outer',
  'Content-Type: multipart/alternative; boundary=inner',
  '',
  '--inner',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=FC=DFe und =',
  'mehr',
  '--inner',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('<p>Grüße</p>').toString('base64'),
  '--inner--',
  '--outer',
  "Content-Type: application/pdf; name*=utf-8''Gr%C3%B6%C3%9Fe.pdf",
  'Content-Disposition: attachment',
  '',
  'PDF',
  '--outer--',
  'epilogue',
].join('\r\n')

test('a nested message falls into its decoded parts', () => {
  const root = parseParts(Buffer.from(MIXED, 'latin1'))
  const shape = (part: typeof root): unknown => [
    part.id,
    part.mimeType,
    part.filename,
    part.content.toString('latin1'),
    part.parts.map(shape),
  ]
  expect(shape(root)).toEqual([
    '',
    'multipart/mixed',
    '',
    '',
    [
      [
        '0',
        'multipart/alternative',
        '',
        '',
        [
          ['0.0', 'text/plain', '', 'Gr\u00fc\u00dfe und mehr', []],
          ['0.1', 'text/html', '', Buffer.from('<p>Grüße</p>').toString('latin1'), []],
        ],
      ],
      ['1', 'application/pdf', 'Größe.pdf', 'PDF', []],
    ],
  ])
  expect([bodyText(root, 'text/plain'), bodyText(root, 'text/html'), snippetOf(root)]).toEqual([
    'Grüße und mehr',
    '<p>Grüße</p>',
    'Grüße und mehr',
  ])
})

test('HTML reads as text without styles and tags', () => {
  expect(plainFromHtml('<style>p{}</style><p>Hi &amp; hello</p><p>Second<br>line</p>')).toBe(
    'Hi & hello\nSecond\nline',
  )
})
