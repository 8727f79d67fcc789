import { expect, test } from 'vitest'
import type { LetterFile } from '../files/letter-file.ts'
import { blankLetter, gapsIn, htmlOf, isBlank, saveOf, withTemplate, wordsOf } from './letter.ts'

const file = (uploadId: string, size: number, asLink = false): LetterFile => ({
  uploadId,
  filename: `${uploadId}.pdf`,
  size,
  asLink,
})

test('an empty layout is a blank letter, a file alone is not', () => {
  expect([blankLetter, { ...blankLetter, html: '<p><br></p>' }].map(isBlank)).toEqual([true, true])
  expect(isBlank({ ...blankLetter, html: '<p>Hi</p>' })).toBe(false)
  expect(isBlank({ ...blankLetter, files: [file('a', 1)] })).toBe(false)
})

test('words of a layout read like text', () => {
  expect(wordsOf({ html: '<p>Tom &amp; Mia</p><ul><li>a</li><li>b</li></ul>', text: '' })).toBe(
    'Tom & Mia\na\nb',
  )
})

test('plain text becomes paragraphs, and nothing in it becomes markup', () => {
  expect(htmlOf('Hi <b>\n\nOne\ntwo')).toBe('<p>Hi &lt;b&gt;</p><p>One<br>two</p>')
})

test('what is saved names only what is there', () => {
  expect(saveOf({ ...blankLetter, html: undefined, text: 'Hi', files: [file('a', 3, true)] })).toEqual({
    cc: [],
    subject: '',
    text: 'Hi',
    files: [{ uploadId: 'a', asLink: true }],
  })
})

const made = { subject: 'Fee', text: 'Hi Lena\n', html: '<p>Hi Lena</p>' }
test('a template fills an empty letter, and stands under what was written in another', () => {
  expect(withTemplate({ ...blankLetter, html: '' }, made)).toEqual({ subject: 'Fee', html: '<p>Hi Lena</p>' })
  expect(withTemplate({ ...blankLetter, subject: 'Mine', html: '<p>First</p>' }, made)).toEqual({
    subject: 'Mine',
    html: '<p>First</p><p>Hi Lena</p>',
  })
  expect(withTemplate({ ...blankLetter, html: undefined, text: 'First\n' }, made)).toEqual({
    subject: 'Fee',
    text: 'First\n\nHi Lena',
  })
})

test('what a template left open is found once, in subject and text', () => {
  const letter = {
    subject: '{{ fee }}',
    html: '<p>{{ fee }} for <strong>{{ campaign.name }}</strong></p>',
    text: '',
  }
  expect(gapsIn(letter)).toEqual(['{{ fee }}', '{{ campaign.name }}'])
  expect(gapsIn({ ...letter, subject: '', html: '<p>{ fee } and {{ 3 }}</p>' })).toEqual([])
})
