import { expect, test } from 'vitest'
import { merge, mergeKnown, mergeProblems, missingIn } from './merge.ts'

test.each([
  ['Hi {{ name }},', 'Hi Mia,'],
  ['Hi {{name}}, {{  name\t}}', 'Hi Mia, Mia'],
  ['no variables', 'no variables'],
  ['{ name }', '{ name }'],
  ['{{ name }}{{ handle }}', 'Mia@mia'],
  ['{{ name | upcase }}', 'MIA'],
  ['Hi {{ nobody | default: "there" }}', 'Hi there'],
  ['{% if fee %}{{ fee }}{% else %}no fee{% endif %}', 'no fee'],
  ['{% unless fee %}free{% endunless %}', 'free'],
  ['{% comment %}{{ nobody }}{% endcomment %}x', 'x'],
  ['{{ campaign }} is {{ campaign.name }}', 'Spring is Spring'],
  ['{{ "quoted" }}', 'quoted'],
])('%j becomes %j', (text, expected) => {
  const values = { name: 'Mia', handle: '@mia', fee: '', campaign: { name: 'Spring' } }
  expect(merge(text, values)).toEqual({ ok: true, text: expected })
})

test('in a list what is known stands, and what is not stays as it was written', () => {
  expect(mergeKnown('{{ name }}: {{ campaign }}, {{code}}', { name: 'Mia', campaign: '{{ code }}' })).toBe(
    'Mia: {{ code }}, {{ code }}',
  )
  expect(mergeKnown('{{ name }} {{', { name: 'Mia' })).toBe('{{ name }} {{')
})

test.each([
  '{{ name | default: "there" }}',
  '{{ name }}{% if fee %} {{ fee }}{% endif %}',
  '{{ campaign | append: fee }}',
])('in a list %j stands as it was written as long as what decides its words is not known', (text) => {
  expect(mergeKnown(text, { campaign: 'Spring' })).toBe(text)
  expect(mergeKnown(text, { name: 'Mia', campaign: 'Spring', fee: '4' })).not.toContain('{')
})

test.each(['first-name', 'größe'])('%s has no value and is named whole, also under a filter', (name) => {
  const text = `{{ handle | append: ${name} }}`
  expect(merge(text, { handle: '@mia' })).toEqual({
    ok: false,
    missing: [name],
    gapped: `@mia{{ ${name} }}`,
  })
  expect(mergeProblems(text, ['handle'])).toEqual([{ code: 'unknown_variable', name }])
})

test('a text that would take for ever or too much is not written, and nothing throws', () => {
  const text = `{{ name }} ${'{{ name | append: name | replace: "a", name }}'.repeat(50)}`
  const values = { name: 'a'.repeat(4000) }
  expect(merge(text, values)).toEqual({
    ok: false,
    missing: ['{{ name | append: name | replace: "a", n'],
    gapped: text,
    unwritable: true,
  })
  expect(mergeKnown(text, values)).toBe(text)
})

test('a value is never merged again', () => {
  const values = { name: '{{ brief_link }}{% if x %}', brief_link: 'https://x.example' }
  expect(merge('Hi {{ name }}', values)).toEqual({ ok: true, text: 'Hi {{ brief_link }}{% if x %}' })
})

test('a value stays on one line, and holds none of our marks', () => {
  expect(merge('Hi {{ name }}', { name: ' Mia\r\nBcc: x@y.example\u2028\ue000 \ue001' })).toEqual({
    ok: true,
    text: 'Hi Mia Bcc: x@y.example',
  })
})

test('unknown and empty variables are missing, each once; what every object has is no value', () => {
  const values = { name: ' ', handle: undefined, sender: { name: 'Anna' }, brand: { name: '' } }
  const text =
    '{{ name }} {{ handle }} {{ sender }} {{ nobody.x }} {{ constructor }} {{ name }} {{ brand.name }}'
  expect(merge(text, values)).toEqual({
    ok: false,
    missing: ['name', 'handle', 'nobody', 'constructor', 'brand'],
    gapped: '{{ name }} {{ handle }} Anna {{ nobody.x }} {{ constructor }} {{ name }} {{ brand }}',
  })
  expect(missingIn('{{ sender }}', values)).toEqual([])
})

test.each(['size', 'first', 'last'])(
  '%s, a word of Liquid for lists, is a variable like any other',
  (name) => {
    expect(missingIn(`{{ ${name} }}`, {})).toEqual([name])
    expect(merge(`{{ ${name} | default: "none" }}{% if ${name} %}!{% endif %}`, {})).toEqual({
      ok: true,
      text: 'none',
    })
    expect(merge(`{{ ${name} }}`, { [name]: 'M' })).toEqual({ ok: true, text: 'M' })
  },
)

test('a value that is needed only sometimes is missing only then', () => {
  const text = '{% if fee %}{{ fee }} by {{ date }}{% endif %}'
  expect(missingIn(text, {})).toEqual([])
  expect(missingIn(text, { fee: '400' })).toEqual(['date'])
})

test('nothing of the machine can be reached from a text', () => {
  for (const name of [
    'constructor',
    'sender.constructor',
    'sender.__proto__',
    '__proto__',
    'sender.toString',
  ])
    expect(missingIn(`{{ ${name} }}`, { sender: { name: 'Anna' } })).toHaveLength(1)
})

test.each([
  ['Hi {{ nmae }} {{ nmae }}', [{ code: 'unknown_variable', name: 'nmae' }]],
  ['{{ name.first }}', [{ code: 'unknown_variable', name: 'name.first' }]],
  ['{{ name | shout }}', [{ code: 'unknown_filter', name: 'shout' }]],
  ['{{ name | raw }}', [{ code: 'unknown_filter', name: 'raw' }]],
  ['{{ name | append }}', [{ code: 'not_a_variable', text: '{{ name | append }}' }]],
  ['{{ name | upcase | prepend }}', [{ code: 'not_a_variable', text: '{{ name | upcase | prepend }}' }]],
  ['{{ name | append: "a", "b" }}', [{ code: 'not_a_variable', text: '{{ name | append: "a", "b" }}' }]],
  ['{% if name %}{{ name | append }}{% endif %}', [{ code: 'not_a_variable', text: '{{ name | append }}' }]],
  ['{% if x %}', [{ code: 'not_a_variable', text: '{% if x %}' }]],
  ['{% for i in (1..9) %}x{% endfor %}', [{ code: 'not_a_variable', text: '{% for i in (1..9) %}' }]],
  ['{% include "/etc/passwd" %}', [{ code: 'not_a_variable', text: '{% include "/etc/passwd" %}' }]],
  ['Hi {{ name', [{ code: 'not_a_variable', text: '{{ name' }]],
  ['Hi name }}', [{ code: 'not_a_variable', text: '}}' }]],
  ['{{ }}', [{ code: 'not_a_variable', text: '{{ }}' }]],
  ['{{ first name }}', [{ code: 'not_a_variable', text: '{{ first name }}' }]],
  ['{{ Name }}', [{ code: 'not_a_variable', text: '{{ Name }}' }]],
  ['{% if name == "x" %}{{ name }}{% endif %}', []],
  ['Hi {{ name }}', []],
])('what is wrong with %j is named', (text, problems) => {
  expect(mergeProblems(text, ['name'])).toEqual(problems)
})
