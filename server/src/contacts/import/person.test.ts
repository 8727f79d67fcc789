import { expect, test } from 'vitest'
import { readBasis, readCountry, readDate, readLanguage, readSeveral, readYesNo } from './cells.ts'
import { readPerson } from './person.ts'
import type { Role } from './roles.ts'

test.each([
  ['Deutsch', 'de'],
  ['de-AT', 'de'],
  ['German', 'de'],
  ['en_GB', 'en'],
  ['English', 'en'],
  ['Französisch', undefined],
])('the language "%s" is %s', (cell, language) => {
  expect(readLanguage(cell)).toBe(language)
})

test.each([
  ['de', 'DE'],
  ['Deutschland', 'DE'],
  ['Germany', 'DE'],
  ['österreich', 'AT'],
  ['Osterreich', 'AT'],
  ['USA', 'US'],
  ['Côte d’Ivoire', 'CI'],
  ['Narnia', undefined],
  ['QQ', undefined],
])('the country "%s" is %s', (cell, code) => {
  expect(readCountry(cell)).toBe(code)
})

test.each([
  ['2026-03-31', '2026-03-31'],
  ['2026-03-31T10:00:00Z', '2026-03-31'],
  ['31.3.2026', '2026-03-31'],
  ['31.03.26', '2026-03-31'],
  ['31/03/2026', '2026-03-31'],
  ['03/31/2026', '2026-03-31'],
  ['04/05/2026', undefined],
  ['31.02.2026', undefined],
  ['yesterday', undefined],
])('the date "%s" is %s', (cell, date) => {
  expect(readDate(cell)?.toString()).toBe(date)
})

test('yes, no, a basis and several things in one cell', () => {
  expect(['ja', 'x', 'No', '', 'vielleicht'].map(readYesNo)).toEqual([true, true, false, false, undefined])
  expect(['opt-in', 'Existing relation', 'öffentlich', 'whim'].map(readBasis)).toEqual([
    'agreed',
    'existing_relation',
    'public_business_address',
    undefined,
  ])
  expect(readSeveral('food, travel; food|')).toEqual(['food', 'travel'])
})

const roles: readonly Role[] = [
  'first_name',
  'last_name',
  'address',
  'handle',
  'handle:TikTok',
  'language',
  'country',
  'tags',
  'manager_name',
  'manager_address',
  'manager_cc',
  'basis',
  'basis_at',
  'do_not_contact',
  'custom:shoe_size',
  'skip',
]

test('a whole line becomes a whole person', () => {
  const cells = [
    'Lena',
    'Reist',
    'Lena@Reist.example; second@reist.example',
    '@lena',
    '@lena.tt',
    'de',
    'Germany',
    'food,travel',
    'Max Agent',
    'max@agency.example',
    'yes',
    'agreed',
    '31.03.2026',
    '',
    '38',
    'dropped',
  ]
  expect(readPerson(cells, roles)).toEqual({
    name: 'Lena Reist',
    address: 'Lena@Reist.example',
    addressKey: 'lena@reist.example',
    further: [{ address: 'second@reist.example', addressKey: 'second@reist.example' }],
    handle: '@lena',
    otherHandles: [{ network: 'TikTok', name: '@lena.tt' }],
    language: 'de',
    country: 'DE',
    tags: ['food', 'travel'],
    custom: { shoe_size: '38' },
    agent: { name: 'Max Agent', address: 'max@agency.example', cc: true },
    basis: 'agreed',
    basisAt: Temporal.Instant.from('2026-03-31T12:00:00Z'),
  })
})

test('a name beside the address is taken when there is no other, and a manager may be known by name alone', () => {
  expect(readPerson(['Keller, Anna <anna@x.example>', 'Max'], ['address', 'manager_name'])).toMatchObject({
    name: 'Keller, Anna',
    address: 'anna@x.example',
    agent: { name: 'Max', address: '', cc: false },
  })
})

const one = (role: Role, cell: string) => readPerson(['a@x.example', cell], ['address', role])
test.each([
  ['no_address', readPerson(['', 'Ann'], ['address', 'name']), ''],
  ['address_invalid', readPerson(['ann@', ''], ['address', 'name']), 'ann@'],
  ['address_invalid', one('other_address', 'bob at x'), 'bob at x'],
  ['name_invalid', one('name', 'Ann\u202eeel'), 'Ann\u202eeel'],
  ['name_invalid', one('name', 'Ann\u0007'), 'Ann\u0007'],
  ['name_too_long', one('name', 'n'.repeat(201)), 'n'.repeat(200)],
  ['handle_too_long', one('handle', 'h'.repeat(121)), 'h'.repeat(121)],
  ['language_unknown', one('language', 'Klingon'), 'Klingon'],
  ['country_unknown', one('country', 'Narnia'), 'Narnia'],
  ['zone_unknown', one('zone', 'Mars/Olympus'), 'Mars/Olympus'],
  ['basis_unknown', one('basis', 'whim'), 'whim'],
  ['date_unreadable', one('basis_at', '04/05/2026'), '04/05/2026'],
  ['yes_no_unreadable', one('do_not_contact', 'perhaps'), 'perhaps'],
  ['manager_invalid', one('manager_address', 'max'), 'max'],
  ['too_many_tags', one('tags', 't'.repeat(61)), 't'.repeat(61)],
  ['value_too_long', one('custom:bio', 'b'.repeat(1001)), 'b'.repeat(200)],
  ['too_many_cells', readPerson(['a@x.example', 'lost'], ['address']), 'lost'],
])('%s names the cell', (code, read, detail) => {
  expect(read).toEqual({ code, detail })
})

test('a header in a name never gets into a header', () => {
  expect(one('name', 'Ann\r\nBcc: all@x.example')).toMatchObject({ name: 'Ann Bcc: all@x.example' })
})
