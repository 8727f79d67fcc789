import { expect, test } from 'vitest'
import { inserted, placesBrief, variablesFor } from './variables.ts'

test('a variable replaces the selected words', () => {
  expect(inserted('Hi you, hello', 'name', { from: 3, to: 6 })).toEqual({
    text: 'Hi {{ name }}, hello',
    cursor: 13,
  })
})

test.each([
  ['{{ brief_link }}', true],
  ['{{- brief_link | default: "soon" }}', true],
  ['{{ brief_links }}', false],
  ['the brief_link', false],
])('the text %j says itself where the brief stands: %s', (body, says) => {
  expect(placesBrief(body)).toBe(says)
})

test('outside any campaign neither its name nor its brief is offered', () => {
  const both = new Set<string>(variablesFor('outside'))
  expect(variablesFor('campaign').filter((name) => !both.has(name))).toEqual(['campaign', 'brief_link'])
})
