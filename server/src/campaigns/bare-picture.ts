/**
 * A picture without what its camera and its programs wrote into it: place, time, device, names, comments. What is drawn
 * stays as it is, with its colour profile and the way it is turned. Pure.
 */
import type { PictureType } from './picture.ts'

export function barePicture(type: PictureType, bytes: Uint8Array): Uint8Array {
  return bare[type](bytes)
}

const bare: Readonly<Record<PictureType, (bytes: Uint8Array) => Uint8Array>> = {
  'image/jpeg': bareJpeg,
  'image/png': barePng,
  'image/webp': bareWebp,
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** ITU T.81 §B.1.1.4. Of application data JFIF, the ICC profile and Adobe's colour transform stay, known by their names. */
const keptByJpeg: ReadonlyMap<number, string> = new Map([
  [0xe0, 'JFIF\0'],
  [0xe2, 'ICC_PROFILE\0'],
  [0xee, 'Adobe'],
])
const comment = 0xfe

function isDrawn(marker: number, segment: Uint8Array): boolean {
  if (marker < 0xe0 || marker > 0xef) return marker !== comment
  const name = keptByJpeg.get(marker)
  return name !== undefined && Buffer.from(segment.subarray(4, 4 + name.length)).toString('latin1') === name
}

function bareJpeg(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes)
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 4 <= bytes.length && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xd9) return Buffer.concat([...kept, bytes.subarray(at, at + 2)])
    const length = marker === 0xff ? -1 : view.getUint16(at + 2)
    const end = at + 2 + length
    const segment = bytes.subarray(at, end)
    if (marker === 0xe1) kept.push(turnedAs(segment))
    else if (isDrawn(marker, segment)) kept.push(segment)
    at = end
    if (marker !== 0xda) continue
    const scanned = endOfScan(bytes, at)
    kept.push(bytes.subarray(at, scanned))
    at = scanned
  }
  const rest = bytes.subarray(at)
  return Buffer.concat(endsHere(rest) ? [...kept, rest.subarray(0, 2)] : [...kept, rest])
}

function endsHere(rest: Uint8Array): boolean {
  return rest[0] === 0xff && rest[1] === 0xd9
}

/** Where the coded data of a scan ends: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

const orientationTag = 0x0112

/** Of Exif only how the picture is turned (CIPA DC-008 §4.6.4), for those who hold their camera upright. */
function turnedAs(segment: Uint8Array): Uint8Array {
  const turned = orientationIn(segment)
  if (turned === undefined || turned < 2 || turned > 8) return new Uint8Array()
  const exif = Buffer.from(
    'ffe1002245786966000049492a000800000001001201030001000000000000000000000000000000',
    'hex',
  )
  exif.writeUInt16LE(turned, 28)
  return exif.subarray(0, 36)
}

function orientationIn(segment: Uint8Array): number | undefined {
  const tiff = 10
  if (segment.length < tiff + 8 || Buffer.from(segment.subarray(4, 8)).toString('latin1') !== 'Exif')
    return undefined
  const view = viewOf(segment)
  const little = view.getUint16(tiff) === 0x4949
  const directory = tiff + view.getUint32(tiff + 4, little)
  if (directory + 2 > segment.length) return undefined
  const entries = view.getUint16(directory, little)
  for (let n = 0; n < entries; n++) {
    const entry = directory + 2 + n * 12
    if (entry + 12 > segment.length) return undefined
    if (view.getUint16(entry, little) === orientationTag) return view.getUint16(entry + 8, little)
  }
  return undefined
}

/** PNG (ISO 15948) §11.2 and §11.3: the critical chunks, whose names begin with a capital, and those of colour and movement. */
const keptByPng = /^(?:[A-Z]...|tRNS|cHRM|gAMA|iCCP|sBIT|sRGB|cICP|mDCV|cLLI|bKGD|pHYs|acTL|fcTL|fdAT)$/

function barePng(bytes: Uint8Array): Uint8Array {
  return withoutChunks(bytes, { from: 8, nameAt: 4, around: 12, little: false, last: 'IEND' }, keptByPng)
}

/** RFC 9649 §2.7: what is drawn, its colours and its movement; metadata have flags in the extended header. */
const keptByWebp = /^(?:VP8[ LX]|ALPH|ANIM|ANMF|ICCP)$/

function bareWebp(bytes: Uint8Array): Uint8Array {
  const kept = Buffer.from(
    withoutChunks(bytes, { from: 12, nameAt: 0, around: 8, little: true, last: undefined }, keptByWebp),
  )
  if (kept.length === bytes.length) return bytes
  kept.writeUInt32LE(kept.length - 8, 4)
  if (kept.toString('latin1', 12, 16) === 'VP8X') kept.writeUInt8(kept.readUInt8(20) & ~0x0c, 20)
  return kept
}

interface Chunks {
  readonly from: number
  /** Where in a chunk its name stands; its length stands in the other four bytes. */
  readonly nameAt: 0 | 4
  /** Bytes of a chunk beside its content. */
  readonly around: number
  readonly little: boolean
  /** What comes behind this one belongs to no picture. */
  readonly last: string | undefined
}

function withoutChunks(bytes: Uint8Array, form: Chunks, keeps: RegExp): Uint8Array {
  const view = viewOf(bytes)
  const kept: Uint8Array[] = [bytes.subarray(0, form.from)]
  let at = form.from
  while (at + 8 <= bytes.length) {
    const name = Buffer.from(bytes.subarray(at + form.nameAt, at + form.nameAt + 4)).toString('latin1')
    const length = view.getUint32(at + 4 - form.nameAt, form.little)
    const padding = form.little ? length % 2 : 0
    const end = at + form.around + length + padding
    if (keeps.test(name)) kept.push(bytes.subarray(at, end))
    at = end
    if (name === form.last) return Buffer.concat(kept)
  }
  return Buffer.concat([...kept, bytes.subarray(at)])
}
