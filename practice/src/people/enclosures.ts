/**
 * What people put into their letters: a media kit as a small PDF, a picture of where they want to shoot. Made from the
 * person alone, without files on disk, so that the same person always sends the same bytes.
 */
import { crc32, deflateSync } from 'node:zlib'
import { chanceOf } from '../chance.ts'
import type { Attachment } from '../mime/compose.ts'
import type { Intent } from './texts/intents.ts'
import type { Writer } from './texts/texts.ts'

export interface Enclosures {
  readonly attachments: readonly Attachment[]
  /** Content-ID of a picture that stands inside the letter. */
  readonly picture: string | undefined
}

const NONE: Enclosures = { attachments: [], picture: undefined }
const PICTURE_WIDTH = 480
const PICTURE_HEIGHT = 320

export function enclosuresFor(intent: Intent, writer: Writer, text: string): Enclosures {
  if (/media kit|Mediakit/.test(text)) return { attachments: [mediaKit(writer)], picture: undefined }
  if (intent === 'thanks' && /picture|Bild/.test(text)) {
    const picture = `place.${chanceOf('picture', writer.key).toString(36).slice(2, 10)}@practice.example`
    return {
      attachments: [
        {
          filename: writer.language === 'de' ? 'Drehort.png' : 'location.png',
          contentType: 'image/png',
          content: landscape(writer.key),
          contentId: picture,
        },
      ],
      picture,
    }
  }
  return NONE
}

function mediaKit(writer: Writer): Attachment {
  const name = writer.name.normalize('NFD').replaceAll(/[^\w ]/g, '')
  const share = (what: string, from: number, span: number): string =>
    `${from + Math.floor(chanceOf(what, writer.key) * span)} %`
  const lines =
    writer.language === 'de'
      ? [
          'Mediakit',
          name,
          writer.handle,
          `Interaktionen: ${share('rate', 3, 6)}`,
          `18 bis 34 Jahre: ${share('age', 48, 30)}`,
        ]
      : [
          'Media kit',
          name,
          writer.handle,
          `Engagement: ${share('rate', 3, 6)}`,
          `Aged 18 to 34: ${share('age', 48, 30)}`,
        ]
  return {
    filename: `${lines[0]?.replace(' ', '-')}-${name.replaceAll(' ', '-')}.pdf`,
    contentType: 'application/pdf',
    content: plainPdf(lines),
  }
}

/** One page, one line under the other, in a typeface that every reader has (ISO 32000-1 §7.5). */
function plainPdf(lines: readonly string[]): Buffer {
  const shown = lines.map((line) => `(${line.replaceAll(/[\\()]/g, '\\$&')}) Tj T*`).join(' ')
  const stream = `BT /F1 18 Tf 28 TL 72 720 Td ${shown} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  let file = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

/** Sky, three ranges of hills and a sun, in colours of the person's own (PNG, ISO/IEC 15948). */
function landscape(key: string): Buffer {
  const hue = chanceOf('hue', key)
  const sun = { x: 60 + chanceOf('sun-x', key) * 360, y: 50 + chanceOf('sun-y', key) * 70 }
  const ranges = [0, 1, 2].map((range) => ({
    height: 130 + range * 58,
    swing: 34 - range * 7,
    pace: 0.011 + 0.007 * range + chanceOf('pace', key, range) * 0.006,
    start: chanceOf('start', key, range) * 7,
  }))
  const rows = Array.from({ length: PICTURE_HEIGHT }, (_, y) => {
    const row = Buffer.alloc(1 + PICTURE_WIDTH * 3)
    for (let x = 0; x < PICTURE_WIDTH; x++) {
      const depth = ranges.filter(
        ({ height, swing, pace, start }) => y > height + swing * Math.sin(x * pace + start),
      ).length
      const lit = depth === 0 && (x - sun.x) ** 2 + (y - sun.y) ** 2 < 28 ** 2
      row.set(lit ? [255, 246, 214] : shade(hue, depth, y / PICTURE_HEIGHT), 1 + x * 3)
    }
    return row
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(PICTURE_WIDTH, 0)
  header.writeUInt32BE(PICTURE_HEIGHT, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function shade(hue: number, depth: number, down: number): readonly [number, number, number] {
  const warm = 0.5 + 0.5 * Math.sin(hue * Math.PI * 2)
  if (depth === 0) return [236 - 50 * down, 214 - 30 * down + 12 * warm, 190 + 40 * (1 - warm)]
  const dark = 0.78 - depth * 0.2
  return [
    Math.round((96 + 70 * warm) * dark),
    Math.round(134 * dark),
    Math.round((120 + 50 * (1 - warm)) * dark),
  ]
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const framed = Buffer.alloc(8 + named.length)
  framed.writeUInt32BE(content.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), 4 + named.length)
  return framed
}
