import { expect, test } from 'vitest'
import type { Encoding } from './decode.ts'
import { decode } from './decode.ts'

const text = 'Name;E-Mail\r\nJörg Müller;joerg@müller.example\r\n'
const utf16 = (order: 'le' | 'be'): Buffer => {
  const bytes = Buffer.from(text, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

const corpus: readonly (readonly [string, Buffer, Encoding])[] = [
  ['UTF-8', Buffer.from(text), 'utf-8'],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
  ['UTF-16 of Excel, with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('le')]), 'utf-16le'],
  ['UTF-16 in the other order', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16('be')]), 'utf-16be'],
  ['UTF-16 without a mark', utf16('le'), 'utf-16le'],
  ['UTF-16 in the other order without a mark', utf16('be'), 'utf-16be'],
  ['what Windows writes', Buffer.from(text, 'latin1'), 'windows-1252'],
]

test.each(corpus)('%s is read as it was meant', (_what, bytes, encoding) => {
  expect(decode(bytes)).toEqual({ text, encoding })
})

test('the euro sign of Windows and an empty file are text', () => {
  expect(decode(Uint8Array.from([0x80, 0xe4]))).toEqual({ text: '€ä', encoding: 'windows-1252' })
  expect(decode(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8' })
})
