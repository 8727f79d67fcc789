import { deflateSync, crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { read, withPalette } from './palette-png.ts'

/** A truecolour PNG whose rows use the given filters; `pixel` says the colour at a place. */
function picture(
  width: number,
  filters: readonly number[],
  pixel: (x: number, y: number) => readonly [number, number, number],
): Buffer {
  const rows: number[] = []
  const at = (x: number, y: number, c: number): number => (x < 0 || y < 0 ? 0 : (pixel(x, y)[c] ?? 0))
  for (const [y, filter] of filters.entries()) {
    rows.push(filter)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) {
        const [left, above] = [at(x - 1, y, c), at(x, y - 1, c)]
        const guess = [0, left, above, (left + above) >> 1][filter] ?? 0
        rows.push((at(x, y, c) - guess) & 255)
      }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(filters.length, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const chunks = [
    ['IHDR', header],
    ['IDAT', deflateSync(Buffer.from(rows))],
    ['IEND', Buffer.alloc(0)],
  ] as const
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...chunks.map(([type, content]) => {
      const body = Buffer.concat([Buffer.from(type), content])
      const frame = Buffer.alloc(8 + body.length)
      frame.writeUInt32BE(content.length)
      body.copy(frame, 4)
      frame.writeUInt32BE(crc32(body), 4 + body.length)
      return frame
    }),
  ])
}

test('a picture of few colours keeps every pixel', () => {
  const png = picture(5, [0, 1, 2, 3], (x, y) => [x * 40, y * 60, (x * y) % 7])
  const few = withPalette(png)
  expect(read(few)).toEqual(read(png))
})

test('a picture of many colours keeps its frequent ones and moves the others to their nearest', () => {
  const png = picture(400, [0, 1], (x, y) => (y === 0 ? [7, 7, 7] : [x & 255, x >> 8, 200]))
  const { rgb } = read(withPalette(png))
  expect([...rgb.subarray(0, 3)]).toEqual([7, 7, 7])
  const colours = new Set(Array.from({ length: 800 }, (_, i) => rgb.subarray(3 * i, 3 * i + 3).join()))
  expect(colours.size).toBe(256)
})

test('what is no PNG is refused', () => {
  expect(() => read(Buffer.from('GIF89a'))).toThrow('this is no PNG')
})
