import { expect, test } from 'vitest'
import { linkProblem } from './public-url.ts'

test.each([
  ['http://localhost:3210', false, 'public_url_needed'],
  ['http://127.0.0.1:3210', false, 'public_url_needed'],
  ['http://127.9.9.9', false, 'public_url_needed'],
  ['http://[::1]:3210', false, 'public_url_needed'],
  ['http://kontor.localhost', false, 'public_url_needed'],
  ['', false, 'public_url_needed'],
  ['https://kontor.brand.example', false, undefined],
  ['http://127.0.0.1:3210', true, undefined],
] as const)('links to %s, practice %s: %s', (publicUrl, practice, problem) => {
  expect(linkProblem(publicUrl, { practice })).toBe(problem)
})
