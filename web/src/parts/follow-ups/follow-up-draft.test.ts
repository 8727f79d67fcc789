import { expect, test } from 'vitest'
import { beginningOf, draftOf, followUpOf, nextDraft } from './follow-up-draft.ts'

const draft = { afterDays: '4', en: ' Did you see this? ', de: '' }

test('a follow-up is whole with days from 1 to 30 and words in one language', () => {
  expect(followUpOf(draft)).toEqual({ afterDays: 4, texts: { en: { body: 'Did you see this?' } } })
  for (const afterDays of ['', '0', '31', '2.5', 'soon'])
    expect(followUpOf({ ...draft, afterDays })).toBe(undefined)
  expect(followUpOf({ ...draft, en: ' ' })).toBe(undefined)
})

test('the first comes after four days, the others after seven, and there are three at most', () => {
  expect(nextDraft([])?.afterDays).toBe('4')
  expect(nextDraft([draft])?.afterDays).toBe('7')
  expect(nextDraft([draft, draft, draft])).toBe(undefined)
})

test('what was set up is typed again as it was', () => {
  const followUp = { afterDays: 9, texts: { de: { body: 'Noch da?' } } }
  expect(followUpOf(draftOf(followUp))).toEqual(followUp)
})

test('the beginning is shown in the reader’s language, or in the one there is', () => {
  expect(beginningOf({ ...draft, de: 'Hast du\n\ndas gesehen?' }, 'de')).toBe('Hast du das gesehen?')
  expect(beginningOf(draft, 'de')).toBe('Did you see this?')
})
