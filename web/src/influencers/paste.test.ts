import { expect, test } from 'vitest'
import type { PasteResult } from '@kontor/api/contacts'
import { filledLines, outcomes, remaining } from './paste.ts'

const result: PasteResult = {
  added: [],
  known: [{ line: 3, text: 'Mia Sand <mia@sand.example>', contactId: 'c3' }],
  problems: [
    { line: 4, text: 'nobody', code: 'no_address' },
    { line: 2, text: 'Jon;jon@', code: 'domain' },
    { line: 1, text: 'Name;Address', code: 'heading' },
  ],
}

test('blank lines are not counted', () => {
  expect(filledLines('a@b.example\n\n  \r\nc@d.example\n')).toBe(2)
})

test('lines that could not be read stay in the field in their order', () => {
  expect(remaining(result)).toBe('Jon;jon@\nnobody')
})

test('known lines and problems are listed by line', () => {
  expect(outcomes(result)).toEqual([
    { line: 1, text: 'Name;Address', status: 'problem', code: 'heading' },
    { line: 2, text: 'Jon;jon@', status: 'problem', code: 'domain' },
    { line: 3, text: 'Mia Sand <mia@sand.example>', status: 'known', contactId: 'c3' },
    { line: 4, text: 'nobody', status: 'problem', code: 'no_address' },
  ])
})
