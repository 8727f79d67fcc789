import { expect, test } from 'vitest'
import type { Contact } from '@kontor/api/contacts'
import { changes, factsOf, tagsOf } from './facts.ts'

const lena: Contact = {
  id: 'c1',
  name: 'Lena Reist',
  address: 'lena@reist.example',
  otherAddresses: ['lena@second.example'],
  handle: '@lena.reist',
  otherHandles: [{ network: 'TikTok', name: '@lena.tt' }],
  language: 'de',
  country: 'DE',
  zone: 'Europe/Berlin',
  tags: ['food', 'travel'],
  notes: '',
  custom: { shoe_size: '38', city: 'Bonn' },
  manager: { name: 'Max', address: 'max@agency.example', cc: true },
  basis: 'asked_us',
  basisSource: 'Instagram',
  basisAt: '2026-02-28T10:15:00Z',
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

test('addresses, handles and variables travel as a whole when one of them changed', () => {
  const facts = factsOf(lena)
  expect(changes({ ...facts, otherAddresses: 'a@b.example; c@d.example\n' }, lena)).toEqual({
    otherAddresses: ['a@b.example', 'c@d.example'],
  })
  const custom = [...facts.custom, { name: 'pets', value: ' cat ' }, { name: '', value: 'lost' }]
  expect(changes({ ...facts, custom }, lena)).toEqual({
    custom: { city: 'Bonn', shoe_size: '38', pets: 'cat' },
  })
  expect(changes({ ...facts, otherHandles: [] }, lena)).toEqual({ otherHandles: [] })
})

test('a manager without name and address is nobody any more', () => {
  const facts = { ...factsOf(lena), managerName: ' ', managerAddress: '' }
  expect(changes(facts, lena)).toEqual({ manager: null })
})

test('the day of the basis is sent when it was set, and goes with the basis', () => {
  expect(changes({ ...factsOf(lena), basisOn: '2026-01-15' }, lena)).toEqual({
    basisAt: '2026-01-15T12:00:00Z',
  })
  expect(changes({ ...factsOf(lena), basis: 'none' }, lena)).toEqual({ basis: 'none' })
})
