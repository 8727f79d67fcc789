import { expect, test } from 'vitest'
import type { Deed } from './script.ts'
import { scriptOf } from './script.ts'

const script = scriptOf('7', 200)
const deeds = script.rounds.flatMap((round) => round.deeds)
const kinds = (list: readonly Deed[]) => new Set(list.map((deed) => deed.do))

test('the same seed and size tell the same storm, another seed another one', () => {
  expect(scriptOf('7', 200)).toEqual(script)
  expect(scriptOf('8', 200).hash).not.toBe(script.hash)
})

test('every answer comes once, and is named by a marker of its own', () => {
  const played = [...script.early, ...deeds.filter((deed) => deed.do === 'reply')]
  const markers = played.map(({ marker }) => marker)
  expect(markers.toSorted()).toEqual(script.replies.map(({ marker }) => marker).toSorted())
  expect(new Set(markers).size).toBe(200)
})

test('the smallest storm has ten kills, an outage and every kind of fault', () => {
  const small = scriptOf('1', 60)
  const all = small.rounds.flatMap((round) => round.deeds)
  expect(all.filter((deed) => deed.do === 'kill').length).toBeGreaterThanOrEqual(10)
  expect(small.rounds.filter((round) => round.outageHours > 0).length).toBe(1)
  expect(kinds(all)).toEqual(
    new Set<Deed['do']>(['reply', 'stranger', 'again', 'kill', 'forget', 'throttle', 'refuse']),
  )
  const refusals = all.flatMap((deed) => (deed.do === 'refuse' ? [deed.status] : []))
  expect(new Set(refusals)).toEqual(new Set([429, 503, 0]))
})

test('nobody is expected to find what the owner did not wish to be looked for', () => {
  const boxesOf = (manner: string) =>
    new Set(script.replies.filter((one) => one.manner === manner).map(({ letter }) => letter.box))
  expect(boxesOf('other-subject')).toEqual(new Set(['hugo', 'nils']))
  expect(boxesOf('bare')).toEqual(new Set(['mara', 'nils']))
})

test('as many strangers write as people answer', () => {
  const count = (what: Deed['do']) => deeds.filter((deed) => deed.do === what).length
  expect(count('stranger')).toBe(count('reply'))
})
