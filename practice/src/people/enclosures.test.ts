import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { enclosuresFor } from './enclosures.ts'

const mia = { key: 'mia@people.practice.example', name: 'Mía Rossi', handle: '@mia.runs', language: 'en' }

test('a letter that speaks of a media kit has one, the same for the same person', () => {
  const { attachments, picture } = enclosuresFor('negotiate', mia, 'I attach my media kit.')
  const [kit] = attachments
  expect([kit?.filename, kit?.contentType, picture]).toEqual([
    'Media-kit-Mia-Rossi.pdf',
    'application/pdf',
    undefined,
  ])
  expect(kit?.content).toEqual(enclosuresFor('negotiate', mia, 'my media kit').attachments[0]?.content)
  const pdf = kit?.content.toString('latin1') ?? ''
  const start = Number(/startxref\n(\d+)/.exec(pdf)?.[1])
  expect([pdf.slice(0, 5), pdf.slice(start, start + 4), pdf.includes('(@mia.runs) Tj')]).toEqual([
    '%PDF-',
    'xref',
    true,
  ])
})

test('a letter that shows a place has its picture inside', () => {
  const { attachments, picture } = enclosuresFor(
    'thanks',
    { ...mia, language: 'de' },
    'Hier schon mal ein Bild.',
  )
  const [photo] = attachments
  expect([photo?.filename, photo?.contentId === picture, picture?.endsWith('@practice.example')]).toEqual([
    'Drehort.png',
    true,
    true,
  ])
  const png = photo?.content ?? Buffer.alloc(0)
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const length = png.readUInt32BE(33)
  expect(inflateSync(png.subarray(41, 41 + length)).length).toBe(height * (1 + width * 3))
})

test('other letters have nothing in them', () => {
  expect(enclosuresFor('question', mia, 'One picture or two?')).toEqual({
    attachments: [],
    picture: undefined,
  })
})
