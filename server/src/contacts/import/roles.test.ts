import { expect, test } from 'vitest'
import { guessRoles, isHeaded, isRole, roleOfHeading } from './roles.ts'

const headings: readonly (readonly [string, string])[] = [
  ['Name', 'name'],
  ['Vorname', 'first_name'],
  ['Nachname', 'last_name'],
  ['E-Mail', 'address'],
  ['Email address', 'address'],
  ['E-Mail-Adresse', 'address'],
  ['Weitere E-Mails', 'other_address'],
  ['Instagram', 'handle'],
  ['Instagram Handle', 'handle'],
  ['TikTok', 'handle:TikTok'],
  ['YouTube-Kanal', 'handle:YouTube'],
  ['Sprache', 'language'],
  ['Land', 'country'],
  ['Time zone', 'zone'],
  ['Schlagwörter', 'tags'],
  ['Notizen', 'notes'],
  ['Rechtsgrundlage', 'basis'],
  ['Quelle', 'basis_source'],
  ['Einwilligungsdatum', 'basis_at'],
  ['Manager', 'manager_name'],
  ['Manager E-Mail', 'manager_address'],
  ['Kontaktsperre', 'do_not_contact'],
  ['Schuhgröße', 'custom:schuhgroesse'],
  ['Followers (2026)', 'custom:followers_2026'],
  ['Campaign', 'skip'],
  ['', 'skip'],
  ['123', 'skip'],
]

test.each(headings)('a column called "%s" is about %s', (heading, role) => {
  expect(roleOfHeading(heading)).toBe(role)
})

test('a heading is told from a person', () => {
  expect(isHeaded(['Name', 'Mail'], [['Ann', 'ann@x.example']])).toBe(true)
  expect(isHeaded(['Wer', 'Wohin'], [['Ann', 'ann@x.example']])).toBe(true)
  expect(isHeaded(['Ann', 'ann@x.example'], [['Bob', 'bob@x.example']])).toBe(false)
  expect(isHeaded(['x', 'y'], [['z', 'w']])).toBe(false)
})

test('columns without headings are known by what stands in them', () => {
  const rows = [
    ['Ann Lee', '@ann', 'ann@x.example', 'de', ''],
    ['Bob Ray', '@bob', 'bob@x.example', 'en', ''],
  ]
  expect(guessRoles(rows[0] ?? [], rows.slice(1))).toEqual(['name', 'handle', 'address', 'language', 'skip'])
})

test('who comes first has the role; a second address column holds further addresses', () => {
  const heading = ['Email', 'Mail', 'Name', 'Creator']
  expect(guessRoles(heading, [['a@x.example', 'b@x.example', 'Ann', 'Ann']])).toEqual([
    'address',
    'other_address',
    'name',
    'skip',
  ])
})

test.each([
  ['name', true],
  ['handle:Threads', true],
  ['custom:shoe_size', true],
  ['custom:Shoe size', false],
  ['custom:name', false],
  ['handle:', false],
  ['password', false],
])('the role %s exists: %s', (role, is) => {
  expect(isRole(role)).toBe(is)
})
