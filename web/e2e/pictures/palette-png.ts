/**
 * Pictures with few bytes: a screenshot (PNG, 8 bits a channel) becomes a PNG with a palette of at most 256 colours. A
 * screen has few colours and many shades between them; the rarest shades move to their nearest neighbour.
 * PNG, https://www.w3.org/TR/png-3/: §9.2 filters, §11.2.1 IHDR, §11.2.2 PLTE.
 */
import { deflateSync, inflateSync, crc32 } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const mostColours = 256

interface Picture {
  readonly width: number
  readonly height: number
  /** Red, green, blue of every pixel, row by row. */
  readonly rgb: Uint8Array
}

export function withPalette(png: Uint8Array): Buffer {
  const { width, height, rgb } = read(png)
  const counts = new Map<number, number>()
  const colours = new Uint32Array(width * height)
  for (let i = 0; i < colours.length; i++) {
    const colour = ((rgb[3 * i] ?? 0) << 16) | ((rgb[3 * i + 1] ?? 0) << 8) | (rgb[3 * i + 2] ?? 0)
    colours[i] = colour
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const ranked = [...counts]
    .toSorted(([a, often], [b, rare]) => rare - often || a - b)
    .map(([colour]) => colour)
  const palette = ranked.slice(0, mostColours)
  const place = new Map(
    ranked.map((colour, rank) => [colour, rank < mostColours ? rank : nearest(palette, colour)]),
  )
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] = place.get(colours[y * width + x] ?? 0) ?? 0
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])),
    ),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0
  let least = Infinity
  for (const [rank, other] of palette.entries()) {
    const red = (other >> 16) - (colour >> 16)
    const green = ((other >> 8) & 255) - ((colour >> 8) & 255)
    const blue = (other & 255) - (colour & 255)
    const distance = red * red + green * green + blue * blue
    if (distance < least) [best, least] = [rank, distance]
  }
  return best
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const frame = Buffer.alloc(8 + body.length)
  frame.writeUInt32BE(content.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), 4 + body.length)
  return frame
}

/** Truecolour with or without alpha, not interlaced: what browsers write. */
export function read(png: Uint8Array): Picture {
  const bytes = Buffer.from(png)
  if (!bytes.subarray(0, 8).equals(signature)) throw new Error('this is no PNG')
  let width = 0
  let height = 0
  let kind = 0
  let palette: Buffer | undefined
  const packed: Buffer[] = []
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR')
      [width, height, kind] = [content.readUInt32BE(0), content.readUInt32BE(4), content[9] ?? 0]
    if (type === 'PLTE') palette = content
    if (type === 'IDAT') packed.push(content)
    at += 12 + length
  }
  const samples = { 2: 3, 3: 1, 6: 4 }[kind]
  if (samples === undefined) throw new Error(`a PNG of colour type ${kind} is not read here`)
  const raw = unfilter(inflateSync(Buffer.concat(packed)), width * samples, height, samples)
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++)
    for (let channel = 0; channel < 3; channel++)
      rgb[3 * i + channel] =
        palette === undefined
          ? (raw[i * samples + channel] ?? 0)
          : (palette[3 * (raw[i] ?? 0) + channel] ?? 0)
  return { width, height, rgb }
}

/** PNG §9.2: each byte was stored as its difference from neighbours to the left, above, and above left. */
function unfilter(rows: Buffer, stride: number, height: number, step: number): Uint8Array {
  const out = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x++) {
      const left = x < step ? 0 : (out[y * stride + x - step] ?? 0)
      const above = y === 0 ? 0 : (out[(y - 1) * stride + x] ?? 0)
      const corner = x < step || y === 0 ? 0 : (out[(y - 1) * stride + x - step] ?? 0)
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0
      out[y * stride + x] = (rows[y * (stride + 1) + 1 + x] ?? 0) + guess
    }
  }
  return out
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? above : corner
}
