/**
 * Owns what a picture is that people outside the team get to see: a logo, an image of a brief. It is what its first
 * bytes say, never what its name claims, and no larger than a browser draws without effort.
 *
 * Refuses SVG, which is a document that can carry scripts; and everything whose measures cannot be read.
 */
import { imageTypeOf } from '../mail/index.ts'
import type { Refusal } from './parts.ts'
import { refuse } from './parts.ts'

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const
export type PictureType = (typeof pictureTypes)[number]

export interface Picture {
  readonly id: string
  /** In its address. */
  readonly token: string
  readonly width: number
  readonly height: number
}

/** How large a picture may be: bytes, and pixels of its longer side. */
export interface PictureLimit {
  readonly bytes: number
  readonly side: number
}

export interface PictureFacts {
  readonly type: PictureType
  readonly width: number
  readonly height: number
}

/** What the bytes show, or why they are not taken. */
export function readPicture(
  bytes: Uint8Array,
  limit: PictureLimit,
): { readonly ok: true; readonly facts: PictureFacts } | Refusal {
  if (bytes.length > limit.bytes) return tooLarge(limit)
  const named = imageTypeOf(bytes)
  const type = pictureTypes.find((each) => each === named)
  if (type === undefined) return refuse(looksLikeSvg(bytes) ? 'image_svg' : 'image_type')
  const size = measures[type](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (size === undefined || size.width === 0 || size.height === 0) return refuse('image_broken')
  if (Math.max(size.width, size.height) > limit.side) return refuse('image_dimensions', { most: limit.side })
  return { ok: true, facts: { type, ...size } }
}

export function tooLarge({ bytes }: PictureLimit): Refusal {
  return refuse('image_too_large', { most: bytes / 1_000_000 })
}

type Size = { readonly width: number; readonly height: number }

const measures: Readonly<Record<PictureType, (view: DataView) => Size | undefined>> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
}

// PNG (ISO 15948) §11.2.2: the header comes first
function pngSize(view: DataView): Size | undefined {
  if (view.byteLength < 24 || view.getUint32(12) !== 0x49484452) return undefined
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

// ITU T.81 §B.2.2: the first frame header; DHT, JPG and DAC have numbers of the same range and are none
function jpegSize(view: DataView): Size | undefined {
  let at = 2
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    }
    const filled = marker === 0xff
    at += filled ? 1 : 2 + view.getUint16(at + 2)
  }
  return undefined
}

// RFC 9649 §2.5 to §2.7: lossy, lossless, extended
function webpSize(view: DataView): Size | undefined {
  if (view.byteLength < 30) return undefined
  switch (view.getUint32(12)) {
    case 0x56503820:
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 0x5650384c: {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 0x56503858:
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
    default:
      return undefined
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

function looksLikeSvg(bytes: Uint8Array): boolean {
  return /^\s*<(\?xml|!--|!doctype|svg)/i.test(new TextDecoder().decode(bytes.subarray(0, 200)))
}
