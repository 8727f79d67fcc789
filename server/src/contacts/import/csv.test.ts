import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv } from './csv.ts'
import type { Separator } from './csv.ts'
import { csvHead, csvRow, csvRowAsRead } from './write-csv.ts'

const cells = (text: string, separator?: Separator) =>
  parseCsv(text, separator).lines.map((line) => line.cells)

const corpus: readonly (readonly [string, string, readonly (readonly string[])[]])[] = [
  [
    'commas',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'semicolons',
    'a;b\r\n1;2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'tabs',
    'a\tb\n1\t2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'bars',
    'a|b\n1|2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'old Mac line ends',
    'a,b\r1,2\r',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['a separator that Excel names', 'sep=;\r\na,b;c\r\n', [['a,b', 'c']]],
  ['a comma in quotes', '"Keller, Anna",a@b.example', [['Keller, Anna', 'a@b.example']]],
  ['doubled quotes', '"Anna ""Ann"" Keller",x', [['Anna "Ann" Keller', 'x']]],
  [
    'a line break in quotes',
    'a,"one\ntwo"\nb,c',
    [
      ['a', 'one\ntwo'],
      ['b', 'c'],
    ],
  ],
  [
    'semicolons that hold commas',
    'Name;Notes\nAnn;one, two, three\nBob;one, two',
    [
      ['Name', 'Notes'],
      ['Ann', 'one, two, three'],
      ['Bob', 'one, two'],
    ],
  ],
  ['a quote inside a word', '5" phone,x', [['5" phone', 'x']]],
  ['a word after a quote', '"Ann" Lee,x', [['"Ann" Lee', 'x']]],
  [
    'a quote that is never closed',
    'a,"open\nb,c\nd,e',
    [
      ['a', '"open'],
      ['b', 'c'],
      ['d', 'e'],
    ],
  ],
  ['empty lines and lines of separators', '\n,,\na,b\n \n;\n', [['a', 'b'], [';']]],
  ['padding and unseen characters', ' a ,\u200bb\u00a0\n', [['a', 'b']]],
  [
    'empty cells',
    'a,,c\n,b,',
    [
      ['a', '', 'c'],
      ['', 'b', ''],
    ],
  ],
  ['one column', 'a@b.example\nc@d.example', [['a@b.example'], ['c@d.example']]],
  ['nothing', '', []],
]

test.each(corpus)('%s', (_what, text, expected) => {
  expect(cells(text)).toEqual(expected)
})

test('lines are counted as an editor counts them, over breaks in quotes and a named separator', () => {
  expect(parseCsv('sep=,\na,"1\n2\n3"\n\nb,c\n').lines).toEqual([
    { line: 2, cells: ['a', '1\n2\n3'] },
    { line: 6, cells: ['b', 'c'] },
  ])
})

test('the wish for a separator counts more than the guess', () => {
  expect(cells('a;b,c;d', ',')).toEqual([['a;b', 'c;d']])
})

test('what is written is read back, whatever stands in the cells', () => {
  const cell = fc
    .string({ unit: fc.constantFrom('a', 'ä', '"', ',', ';', '\n', '\r\n', ' ', '😀', '1') })
    .map((text) => `x${text}x`)
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const text = rows.map((row) => csvRowAsRead(row, ';')).join('')
      expect(cells(text, ';')).toEqual(rows)
    }),
  )
})

test('ten thousand lines, and a quote left open in each, are read in a moment', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => `Person ${n},p${n}@people.example,"note ${n}`).join(
    '\n',
  )
  expect(parseCsv(many).lines).toHaveLength(10_000)
  const closed = Array.from(
    { length: 10_000 },
    (_, n) => `Person ${n},p${n}@people.example,"note, ${n}"`,
  ).join('\n')
  expect(parseCsv(closed).lines.at(-1)).toEqual({
    line: 10_000,
    cells: ['Person 9999', 'p9999@people.example', 'note, 9999'],
  })
})

test('a cell that a spreadsheet would run stands there as text, a handle stays one', () => {
  expect(csvRow(['=cmd()', '+1', '-1', '@SUM(A1)', '@lena', 'a'], ',')).toBe(
    "'=cmd(),'+1,'-1,'@SUM(A1),@lena,a\r\n",
  )
  expect(csvHead(['a;b', 'c'], ';')).toBe('\ufeff"a;b";c\r\n')
})
