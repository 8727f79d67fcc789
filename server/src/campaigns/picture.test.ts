import { expect, test } from 'vitest'
import { jpeg, png, webp } from '../testing/pictures.ts'
import { readPicture } from './picture.ts'

const limit = { bytes: 1000, side: 3000 }
const read = (bytes: Uint8Array) => {
  const outcome = readPicture(bytes, limit)
  return outcome.ok ? outcome.facts : outcome.code
}

test('PNG, JPEG and the three kinds of WebP say what they are and how large', () => {
  const size = { width: 640, height: 200 }
  expect(read(png(640, 200))).toEqual({ type: 'image/png', ...size })
  expect(read(jpeg(640, 200))).toEqual({ type: 'image/jpeg', ...size })
  for (const kind of ['VP8 ', 'VP8L', 'VP8X'] as const)
    expect(read(webp(kind, 640, 200))).toEqual({ type: 'image/webp', ...size })
})

test('SVG is refused as what it is, whatever stands before it', () => {
  for (const text of [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '\n<?xml version="1.0"?><svg/>',
    '<!-- hi --><svg/>',
  ])
    expect(read(Buffer.from(text))).toBe('image_svg')
})

test('what is no picture of these types is refused: a page, a GIF, nothing at all', () => {
  for (const text of ['<html><script>alert(1)</script>', 'GIF89a……', ''])
    expect(read(Buffer.from(text))).toBe('image_type')
})

test('a picture whose measures cannot be read is refused', () => {
  expect(read(png(640, 200).subarray(0, 20))).toBe('image_broken')
  expect(read(png(0, 200))).toBe('image_broken')
  expect(read(Buffer.from('ffd8ffe000040000', 'hex'))).toBe('image_broken')
  expect(read(Buffer.from('ffd8ff00ff00ff00ff00ff00ff00', 'hex'))).toBe('image_broken')
  expect(read(webp('VP8 ', 640, 200).subarray(0, 24))).toBe('image_broken')
})

test('one pixel and one byte too many are refused with the bound', () => {
  expect(readPicture(png(3001, 1), limit)).toEqual({
    ok: false,
    code: 'image_dimensions',
    values: { most: 3000 },
  })
  expect(read(png(3000, 3000, 'x'.repeat(976)))).toMatchObject({ width: 3000 })
  expect(readPicture(png(1, 1, 'x'.repeat(977)), limit)).toEqual({
    ok: false,
    code: 'image_too_large',
    values: { most: 0.001 },
  })
})
