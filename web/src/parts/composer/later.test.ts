import { expect, test } from 'vitest'
import { laterChoices } from './later.ts'

const choices = (iso: string, zone: string) =>
  laterChoices(Date.parse(iso), zone).map(({ key, at }) => `${key} ${at.slice(0, 16)}`)

test('on a Thursday morning in Berlin', () => {
  expect(choices('2026-01-08T08:00:00Z', 'Europe/Berlin')).toEqual([
    'today 2026-01-08T15:00',
    'tomorrow 2026-01-09T07:00',
    'monday 2026-01-12T07:00',
    'week 2026-01-15T07:00',
  ])
})

test('no choice is said twice, and none that is over', () => {
  expect(choices('2026-01-11T18:00:00Z', 'Europe/Berlin')).toEqual([
    'tomorrow 2026-01-12T07:00',
    'week 2026-01-18T07:00',
  ])
  expect(choices('2026-01-12T08:00:00Z', 'Europe/Berlin')).toEqual([
    'today 2026-01-12T15:00',
    'tomorrow 2026-01-13T07:00',
    'monday 2026-01-19T07:00',
  ])
})

test('the day is that of the zone', () => {
  expect(choices('2026-01-08T20:00:00Z', 'Asia/Tokyo')[0]).toBe('today 2026-01-09T07:00')
})
