import { expect, test } from 'vitest'
import { boundedDepth } from './html-depth.ts'

test.each([
  '',
  'text',
  '<p>a</p>',
  '<br>'.repeat(1_000),
  '<p>a'.repeat(300),
  '</p>'.repeat(1_000),
  'a < b',
  '<p',
])('HTML of ordinary depth stays as it is (%#)', (html) => {
  expect(boundedDepth(html)).toBe(html)
})

test('tags below the limit go, with their ends, and the text stays', () => {
  const deep = `${'<i>'.repeat(302)}x${'</i>'.repeat(302)}y`
  expect(boundedDepth(deep)).toBe(`${'<i>'.repeat(300)}x${'</i>'.repeat(300)}y`)
})

test('a bracket in an attribute does not hide a tag', () => {
  expect(boundedDepth('<i a="<">'.repeat(400)).length).toBe('<i a="<">'.length * 300)
})
