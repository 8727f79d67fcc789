import { expect, test } from 'vitest'
import { parsePaste } from './paste.ts'

const read: readonly [string, { name: string; address: string; handle: string }][] = [
  ['anna@studio.example', { name: 'anna', address: 'anna@studio.example', handle: '' }],
  ['Anna Keller <anna@studio.example>', { name: 'Anna Keller', address: 'anna@studio.example', handle: '' }],
  [
    '"Keller, Anna" <anna@studio.example>',
    { name: 'Keller, Anna', address: 'anna@studio.example', handle: '' },
  ],
  [
    'Keller, Anna <anna@studio.example>',
    { name: 'Keller, Anna', address: 'anna@studio.example', handle: '' },
  ],
  ['<anna@studio.example>', { name: 'anna', address: 'anna@studio.example', handle: '' }],
  ['Anna;anna@studio.example;@anna', { name: 'Anna', address: 'anna@studio.example', handle: '@anna' }],
  [
    'Anna;anna@studio.example;annabakes',
    { name: 'Anna', address: 'anna@studio.example', handle: 'annabakes' },
  ],
  ['anna@studio.example,@anna', { name: 'anna', address: 'anna@studio.example', handle: '@anna' }],
  ['@anna;Anna;anna@studio.example', { name: 'Anna', address: 'anna@studio.example', handle: '@anna' }],
  ['Anna\tanna@studio.example\t@anna', { name: 'Anna', address: 'anna@studio.example', handle: '@anna' }],
  [
    '"Keller, Anna",anna@studio.example',
    { name: 'Keller, Anna', address: 'anna@studio.example', handle: '' },
  ],
  [
    '"Anna ""Bakes"" K";anna@studio.example',
    { name: 'Anna "Bakes" K', address: 'anna@studio.example', handle: '' },
  ],
  ['Anna <anna@studio.example>;@anna', { name: 'Anna', address: 'anna@studio.example', handle: '@anna' }],
  ['Zoë Müller <zoe@müller.example>', { name: 'Zoë Müller', address: 'zoe@müller.example', handle: '' }],
  ['  Anna ; anna@studio.example ; ', { name: 'Anna', address: 'anna@studio.example', handle: '' }],
]

test.each(read)('the line %j is one person', (line, person) => {
  const { people, problems } = parsePaste(line)
  expect(problems).toEqual([])
  expect(people.map(({ name, address, handle }) => ({ name, address, handle }))).toEqual([person])
})

const broken: readonly [string, string][] = [
  ['Anna Keller', 'no_address'],
  ['@anna', 'no_address'],
  ['Name;E-Mail;Handle', 'heading'],
  ['anna@studio', 'domain'],
  ['anna@@studio.example', 'several'],
  ['Anna <anna@studio.example>, Ben <ben@studio.example>', 'several'],
  ['anna@studio.example;ben@studio.example', 'several'],
  ['Anna <anna studio.example>', 'malformed'],
  ['An\u202Ena <anna@studio.example>', 'bidi-control'],
  ['An\u0007na;anna@studio.example', 'control-character'],
  [`${'a'.repeat(201)};anna@studio.example`, 'name_too_long'],
  [`Anna;anna@studio.example;${'h'.repeat(121)}`, 'handle_too_long'],
  [`${'a'.repeat(65)}@studio.example`, 'too-long'],
]

test.each(broken)('the line %j is reported and not guessed at', (line, code) => {
  expect(parsePaste(line)).toEqual({ people: [], problems: [{ line: 1, text: line, code }] })
})

test('every line that is not blank comes back, with the number an editor shows', () => {
  const text =
    '\uFEFFName;Address\r\nAnna;anna@studio.example\r\n\r\n;;\r\nnobody\rBen <BEN@studio.example>\nben@Studio.example'
  const { people, problems } = parsePaste(text)
  expect(people.map(({ line, addressKey }) => [line, addressKey])).toEqual([
    [2, 'anna@studio.example'],
    [6, 'ben@studio.example'],
  ])
  expect(problems).toEqual([
    { line: 1, text: 'Name;Address', code: 'heading' },
    { line: 5, text: 'nobody', code: 'no_address' },
    { line: 7, text: 'ben@Studio.example', code: 'duplicate' },
  ])
})
