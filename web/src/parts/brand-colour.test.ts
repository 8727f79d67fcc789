import { expect, test } from 'vitest'
import { brandLook, contrast } from './brand-colour.ts'

test('black on white is the widest contrast there is', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5)
})

test('words on a dark brand are white, on a pale brand dark', () => {
  expect(brandLook('#0B3D2E', '#FAF9F6', '#1B1D1F')).toEqual({
    fill: '#0B3D2E',
    onFill: '#FFFFFF',
    words: '#0B3D2E',
  })
  expect(brandLook('#FFD400', '#FAF9F6', '#1B1D1F')).toEqual({
    fill: '#FFD400',
    onFill: '#1B1D1F',
    words: '#1B1D1F',
  })
})

test('whatever the colour, the words on it are readable', () => {
  for (const fill of ['#FF0000', '#00FF00', '#777777', '#E91E63', '#FF9800', '#2196F3'])
    expect(contrast(brandLook(fill, '#FAF9F6', '#1B1D1F').onFill, fill)).toBeGreaterThan(4)
})

test('what is not a colour becomes the house colour', () => {
  expect(brandLook('red', '#FAF9F6', '#1B1D1F').fill).toBe('#2A3FC4')
})

test('on every grey, and on the colours between, words stay readable', () => {
  const channels = ['00', '33', '66', '77', '7A', '80', '99', 'CC', 'FF']
  const colours = channels.flatMap((r) => channels.flatMap((g) => channels.map((b) => `#${r}${g}${b}`)))
  const unreadable = colours.filter(
    (fill) => contrast(fill, brandLook(fill, '#FFFFFF', '#1B1D1F').onFill) < 4.5,
  )
  expect(unreadable).toEqual([])
})
