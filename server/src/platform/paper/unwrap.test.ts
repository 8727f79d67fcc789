/** Facts about unwrapping fonts. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { unwrapFont } from './unwrap.ts'

const path = fileURLToPath(
  import.meta.resolve('@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff'),
)

test('an unwrapped font is exactly as long as its wrapping says, and every table is where its directory says', async () => {
  const woff = await readFile(path)
  const font = Buffer.from(unwrapFont(woff))
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, at) => {
    const entry = 12 + at * 16
    const [offset = 0, length = 0] = [8, 12].map((field) => font.readUInt32BE(entry + field))
    return {
      tag: font.toString('latin1', entry, entry + 4),
      sum: font.readUInt32BE(entry + 4),
      offset,
      length,
    }
  })
  expect(font.length).toBe(woff.readUInt32BE(16))
  expect(tables.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['cmap', 'glyf', 'head', 'name']))
  const wrong = tables.filter(
    ({ tag, sum, offset, length }) => tag !== 'head' && sum !== checksum(font, offset, length),
  )
  expect(wrong).toEqual([])
})
test('what is no font is refused', () => {
  expect(() => unwrapFont(Buffer.from('<html>'))).toThrow('not a WOFF file')
})

/** The sum of the words of a table, as OpenType counts it. */
function checksum(font: Buffer, offset: number, length: number): number {
  let sum = 0
  for (let at = offset; at < offset + length; at += 4) sum = (sum + font.readUInt32BE(at)) >>> 0
  return sum
}
