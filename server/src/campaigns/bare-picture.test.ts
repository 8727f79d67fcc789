import { expect, test } from 'vitest'
import { barePicture } from './bare-picture.ts'

const secret = 'N 52.5 E 13.4'
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

/** Exif in the order of bytes `II` or `MM`, with how the picture is turned and where it was taken. */
function exif(order: 'II' | 'MM', turned: number): Buffer {
  const little = order === 'II'
  const u16 = (n: number) => (little ? Buffer.from([n & 255, n >> 8]) : Buffer.from([n >> 8, n & 255]))
  const u32 = (n: number) => (little ? Buffer.concat([u16(n), u16(0)]) : Buffer.concat([u16(0), u16(n)]))
  const entry = (tag: number, type: number, value: Buffer) =>
    Buffer.concat([u16(tag), u16(type), u32(1), value])
  return segment(
    0xe1,
    Buffer.concat([
      Buffer.from(`Exif\0\0${order}`, 'latin1'),
      u16(42),
      u32(8),
      u16(2),
      entry(0x010f, 2, u32(0)),
      entry(0x0112, 3, Buffer.concat([u16(turned), u16(0)])),
      u32(0),
      Buffer.from(secret),
    ]),
  )
}

const start = Buffer.from('ffd8', 'hex')
const end = Buffer.from('ffd9', 'hex')
const jfif = segment(0xe0, Buffer.from('JFIF\0…', 'latin1'))
const profile = segment(0xe2, Buffer.from('ICC_PROFILE\0…', 'latin1'))
const frame = segment(0xc2, Buffer.alloc(15, 1))
// a stuffed byte and a restart in the coded data, then a second scan
const scans = Buffer.concat([
  segment(0xda, Buffer.alloc(6, 2)),
  Buffer.from('11ff0022ffd033', 'hex'),
  segment(0xda, Buffer.alloc(6, 3)),
  Buffer.from('44ff0055', 'hex'),
])

test.each(['II', 'MM'] as const)('a photo loses its place and keeps how it is turned (%s)', (order) => {
  const photo = Buffer.concat([start, jfif, exif(order, 6), profile, frame, scans, end])
  const bare = Buffer.from(barePicture('image/jpeg', photo))
  expect(latin(bare)).not.toContain(secret)
  const turned = bare.subarray(2 + jfif.length, 2 + jfif.length + 36)
  expect([turned.subarray(0, 4).toString('hex'), turned.readUInt16LE(28)]).toEqual(['ffe10022', 6])
  const others = Buffer.concat([bare.subarray(0, 2 + jfif.length), bare.subarray(2 + jfif.length + 36)])
  expect(others.equals(Buffer.concat([start, jfif, profile, frame, scans, end]))).toBe(true)
})

test('a photo that is not turned loses all of its Exif, and every comment, program data and what follows its end', () => {
  const photo = Buffer.concat([
    start,
    exif('II', 1),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${secret}`)),
    segment(0xed, Buffer.from(`Photoshop 3.0\0${secret}`)),
    segment(0xfe, Buffer.from(secret)),
    segment(0xe0, Buffer.from(`JFXX\0a small picture of the whole ${secret}`)),
    segment(0xe2, Buffer.from(`MPF\0${secret}`)),
    segment(0xee, Buffer.from(`Elsewhere\0${secret}`)),
    frame,
    scans,
    end,
    Buffer.from(`a second picture behind the first ${secret}`),
  ])
  expect(
    Buffer.from(barePicture('image/jpeg', photo)).equals(Buffer.concat([start, frame, scans, end])),
  ).toBe(true)
})

test('a PNG keeps its picture and loses texts, times, Exif, signed origin, private chunks and what follows its end', () => {
  const chunk = (name: string, content: string) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    return Buffer.concat([length, Buffer.from(name + content), Buffer.alloc(4, 7)])
  }
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const drawn = [
    chunk('IHDR', 'x'.repeat(13)),
    ...['iCCP', 'tRNS', 'acTL', 'PLTE', 'IDAT'].map((name) => chunk(name, 'drawn')),
  ]
  const told = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'caBX', 'prVt'].map((name) => chunk(name, secret))
  const [head, ...rest] = drawn
  const whole = Buffer.concat([
    signature,
    head ?? end,
    ...told,
    ...rest,
    chunk('IEND', ''),
    Buffer.from(secret),
  ])
  expect(
    Buffer.from(barePicture('image/png', whole)).equals(
      Buffer.concat([signature, ...drawn, chunk('IEND', '')]),
    ),
  ).toBe(true)
})

test('a WebP loses Exif, XMP and signed origin and says so in its header; one without them stays as it is', () => {
  const chunk = (name: string, content: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(content.length)
    return Buffer.concat([Buffer.from(name), length, content, Buffer.alloc(content.length % 2)])
  }
  const webp = (flags: number, ...chunks: Buffer[]) => {
    const body = Buffer.concat([
      Buffer.from('WEBP'),
      chunk('VP8X', Buffer.from([flags, ...Buffer.alloc(9)])),
      ...chunks,
    ])
    const length = Buffer.alloc(4)
    length.writeUInt32LE(body.length)
    return Buffer.concat([Buffer.from('RIFF'), length, body])
  }
  const picture = chunk('VP8 ', Buffer.from('odd'))
  const bare = webp(0x20, picture)
  const told = webp(
    0x2c,
    picture,
    chunk('EXIF', Buffer.from(secret)),
    chunk('XMP ', Buffer.from(secret)),
    chunk('C2PA', Buffer.from(secret)),
  )
  expect(Buffer.from(barePicture('image/webp', told)).equals(bare)).toBe(true)
  expect(Buffer.from(barePicture('image/webp', bare)).equals(bare)).toBe(true)
})

test('a picture that ends anywhere is cut there and breaks nothing', () => {
  const photo = Buffer.concat([start, jfif, exif('MM', 6), frame, scans, end])
  for (let length = 2; length < photo.length; length++) {
    const bare = barePicture('image/jpeg', photo.subarray(0, length))
    expect(bare.length).toBeLessThanOrEqual(length + 36)
  }
})
