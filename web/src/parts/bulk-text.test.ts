import { expect, test } from 'vitest'
import { emptyDraft, textsOf } from './bulk-text.ts'

const english = { subject: ' News ', body: 'Hi' }

test('nothing written is nothing to send', () => {
  expect(textsOf(emptyDraft)).toBeUndefined()
})

test('one whole language is enough, and what was begun in the other has to be whole too', () => {
  expect(textsOf({ ...emptyDraft, en: english })).toEqual({ en: { subject: 'News', body: 'Hi' } })
  expect(textsOf({ en: english, de: { subject: 'Neues', body: ' ' } })).toBeUndefined()
  expect(textsOf({ en: english, de: { subject: 'Neues', body: 'Hallo' } })).toEqual({
    en: { subject: 'News', body: 'Hi' },
    de: { subject: 'Neues', body: 'Hallo' },
  })
})
