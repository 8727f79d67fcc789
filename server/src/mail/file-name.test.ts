import { expect, test } from 'vitest'
import { cleanFilename, refusedByProviders } from './file-name.ts'
import { imageTypeOf } from './image-type.ts'

test.each([
  ['Brief.pdf', 'Brief.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\anna\\Vertrag.docx', 'Vertrag.docx'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\r\nBcc: x.txt', 'aBcc: x.txt'],
  ['...', 'file'],
  ['', 'file'],
  ['契約書.pdf', '契約書.pdf'],
  [`${'a'.repeat(300)}.jpeg`, `${'a'.repeat(195)}.jpeg`],
])('%j is kept as %j', (name, kept) => {
  expect(cleanFilename(name)).toBe(kept)
})

test('providers refuse programs and take documents', () => {
  expect(['a.exe', 'a.JS', 'a.iso', 'a.pdf', 'a.zip', 'exe'].map(refusedByProviders)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})

test('an image is what its bytes are', () => {
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
  expect(imageTypeOf(bytes('\x89PNG\r\n\x1a\n…'))).toBe('image/png')
  expect(imageTypeOf(bytes('\xff\xd8\xff\xe0'))).toBe('image/jpeg')
  expect(imageTypeOf(bytes('GIF89a'))).toBe('image/gif')
  expect(imageTypeOf(bytes('RIFF\0\0\0\0WEBP'))).toBe('image/webp')
  for (const lie of ['<svg onload=alert(1)>', '<html>', 'GIF88a', '', 'RIFF\0\0\0\0AVI '])
    expect(imageTypeOf(bytes(lie))).toBeUndefined()
})
