import { expect, test } from 'vitest'
import type { Contact } from '@kontor/api/contacts'
import { changes, factsOf, tagsOf } from './facts.ts'

const lena: Contact = {
  id: 'c1',
  name: 'Lena Reist',
  address: 'lena@reist.example',
  otherAddresses: [],
  handle: '@lena.reist',
  language: 'de',
  country: 'DE',
  tags: ['food', 'travel'],
  notes: '',
  basis: 'asked_us',
  basisSource: 'Instagram',
  doNotContact: false,
  createdAt: '2026-03-01T08:00:00Z',
}

test('an untouched form changes nothing', () => {
  expect(changes(factsOf(lena), lena)).toEqual({})
})

test('only the changed facts travel, tidied', () => {
  const facts = { ...factsOf(lena), name: ' Lena R. ', country: 'at', tags: 'food, , food, home' }
  expect(changes(facts, lena)).toEqual({ name: 'Lena R.', country: 'AT', tags: ['food', 'home'] })
})

test('a space more between tags is no change', () => {
  expect(changes({ ...factsOf(lena), tags: 'food,travel' }, lena)).toEqual({})
  expect(tagsOf('')).toEqual([])
})
