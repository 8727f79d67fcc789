import { expect, test } from 'vitest'
import { addressesIn, header, readAddresses, readHeaders, readMediaType } from './headers.ts'

test('fields are unfolded, decoded and kept in order', () => {
  expect(
    readHeaders('Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n an dich\r\nX-A:1\r\nx-a : 2\r\n\r\nBody: no'),
  ).toEqual([
    { name: 'subject', value: 'Grüße an dich', raw: '=?utf-8?Q?Gr=C3=BC=C3=9Fe?= an dich' },
    { name: 'x-a', value: '1', raw: '1' },
    { name: 'x-a', value: '2', raw: '2' },
  ])
})

test('lines that are no fields are passed over', () => {
  expect(readHeaders('\r\nFrom lena Mon\r\nno field\r\nTo: a@b.example').map((field) => field.name)).toEqual([
    'to',
  ])
})

test('the first field of a name counts', () => {
  expect(header(readHeaders('To: a\nTo: b'), 'to')).toBe('a')
})

test.each([
  ['a@b.example', [{ address: 'a@b.example', key: 'a@b.example' }]],
  [
    '"Vogt, A" <a@b.example>, c@D.example',
    [
      { address: 'a@b.example', key: 'a@b.example', name: 'Vogt, A' },
      { address: 'c@D.example', key: 'c@d.example' },
    ],
  ],
  [
    'Team: a@b.example, c@d.example;',
    [
      { address: 'a@b.example', key: 'a@b.example' },
      { address: 'c@d.example', key: 'c@d.example' },
    ],
  ],
  ['undisclosed-recipients:;', []],
  ['', []],
])('%j names %j', (value, addresses) => {
  expect(readAddresses(value)).toEqual(addresses)
})

test('an encoded name cannot smuggle an address in', () => {
  const headers = readHeaders(
    'From: =?utf-8?Q?ceo=40bank=2Eexample_=3Cceo=40bank=2Eexample=3E=2C?= <a@b.example>',
  )
  expect(addressesIn(headers, 'from').map((address) => address.address)).toEqual(['a@b.example'])
})

test('a media type has lower-case parameters', () => {
  expect(readMediaType('Multipart/Report; Report-Type="delivery-status"; boundary=b')).toEqual({
    type: 'multipart/report',
    parameters: new Map([
      ['report-type', 'delivery-status'],
      ['boundary', 'b'],
    ]),
  })
})
