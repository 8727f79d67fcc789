import { expect, test } from 'vitest'
import { findings, inserted, merged } from './variables.ts'

const sample = {
  name: 'Lena Reist',
  brief_link: 'https://example.org/b/…',
  campaign: 'Autumn',
  brand: 'Nordlicht',
  sender: 'Anna Keller',
}

test('spaces inside the brackets and Liquid filters do not hide a variable', () => {
  expect(findings('Hi {{name}}, {{ brief_link }} {{ brand | upcase }}')).toEqual({
    used: ['name', 'brief_link', 'brand'],
    unknown: [],
    broken: false,
  })
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
