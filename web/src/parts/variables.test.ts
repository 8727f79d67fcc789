import { expect, test } from 'vitest'
import { findings, inserted, merged } from './variables.ts'

const sample = {
  name: 'Lena Reist',
  handle: '@lena.reist',
  brief_link: 'https://example.org/b/…',
  campaign: 'Autumn',
  brand: 'Nordlicht',
  sender: 'Anna Keller',
}

test('spaces inside the brackets do not hide a variable', () => {
  expect(findings('Hi {{name}}, {{ brief_link }} {{  brand }}')).toEqual({
    used: ['name', 'brief_link', 'brand'],
    unknown: [],
    broken: false,
  })
})

test('a filter or a condition is not a variable', () => {
  expect(findings('{{ brand | upcase }}').broken).toBe(true)
  expect(findings('{% if name %}').broken).toBe(true)
})

test('an unknown variable is named once', () => {
  expect(findings('{{ fee }} and {{ fee }}')).toEqual({ used: ['fee'], unknown: ['fee'], broken: false })
})

test('a bracket that is never closed is found', () => {
  expect(findings('Hi {{ name, welcome')).toEqual({ used: [], unknown: [], broken: true })
})

test('the preview fills in what it knows and leaves the rest visible', () => {
  expect(merged('Hi {{ name }} from {{brand}}: {{ fee }}', sample)).toBe(
    'Hi Lena Reist from Nordlicht: {{ fee }}',
  )
})

test('a variable replaces the selected words', () => {
  expect(inserted('Hi you, hello', 'name', { from: 3, to: 6 })).toEqual({
    text: 'Hi {{ name }}, hello',
    cursor: 13,
  })
})
