import { expect, test } from 'vitest'
import { merge, mergeKnown, mergeProblems, missingIn, partsOf } from './merge.ts'

test.each([
  ['Hi {{ name }},', 'Hi Mia,'],
  ['Hi {{name}}, {{  name\t}}', 'Hi Mia, Mia'],
  ['no variables', 'no variables'],
  ['{ name }', '{ name }'],
  ['{{ name }}{{ handle }}', 'Mia@mia'],
])('%j becomes %j', (text, expected) => {
  expect(merge(text, { name: 'Mia', handle: '@mia' })).toEqual({ ok: true, text: expected })
})

test('in a list what is known stands, and what is not stays as it was written', () => {
  expect(mergeKnown('{{ name }}: {{ campaign }}, {{code}}', { name: 'Mia', campaign: '{{ code }}' })).toBe(
    'Mia: {{ code }}, {{ code }}',
  )
})

test('a value is never merged again', () => {
  expect(merge('Hi {{ name }}', { name: '{{ brief_link }}', brief_link: 'https://x.example' })).toEqual({
    ok: true,
    text: 'Hi {{ brief_link }}',
  })
})

test('a value stays on one line', () => {
  expect(merge('Hi {{ name }}', { name: ' Mia\r\nBcc: x@y.example\u2028 ' })).toEqual({
    ok: true,
    text: 'Hi Mia Bcc: x@y.example',
  })
})

test('unknown and empty variables are missing, each once; what every object has is no value', () => {
  const values = { name: ' ', handle: undefined, sender: 'Anna' }
  const text = '{{ name }} {{ handle }} {{ sender }} {{ nobody }} {{ constructor }} {{ name }}'
  expect(merge(text, values)).toEqual({ ok: false, missing: ['name', 'handle', 'nobody', 'constructor'] })
  expect(missingIn('{{ sender }}', values)).toEqual([])
})

test.each([
  ['Hi {{ nmae }} {{ nmae }}', [{ code: 'unknown_variable', name: 'nmae' }]],
  ['{{ name | upcase }}', [{ code: 'not_a_variable', text: '{{ name | upcase }}' }]],
  ['{% if x %}', [{ code: 'not_a_variable', text: '{% if x %}' }]],
  ['Hi {{ name', [{ code: 'not_a_variable', text: '{{ name' }]],
  ['Hi name }}', [{ code: 'not_a_variable', text: '}}' }]],
  ['{{ }}', [{ code: 'not_a_variable', text: '{{ }}' }]],
  ['{{ Name }}', [{ code: 'not_a_variable', text: '{{ Name }}' }]],
  ['Hi {{ name }}', []],
])('what is wrong with %j is named', (text, problems) => {
  expect(mergeProblems(text, ['name'])).toEqual(problems)
})

test('what is not understood stays in the text as it was', () => {
  expect(partsOf('a {{ b | c }} {{ d }}').parts).toEqual([
    { kind: 'text', text: 'a {{ b | c }} ' },
    { kind: 'variable', name: 'd' },
  ])
})
