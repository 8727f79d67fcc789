import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Address, addressKey, domainKey, formatNamed, isAddress, parseAddress } from './address.ts'
import { hasBidiControl, hasControlCharacter } from './characters.ts'

const accepted: readonly (readonly [string, Address])[] = [
  ['anna@brand.example', { address: 'anna@brand.example', key: 'anna@brand.example' }],
  ['  Anna@Brand.Example ', { address: 'Anna@Brand.Example', key: 'anna@brand.example' }],
  [
    'Anna Vogt <anna@brand.example>',
    { address: 'anna@brand.example', key: 'anna@brand.example', name: 'Anna Vogt' },
  ],
  [
    '"Vogt, Anna" <a.v+x@b.example>',
    { address: 'a.v+x@b.example', key: 'a.v+x@b.example', name: 'Vogt, Anna' },
  ],
  [
    '"The \\"real\\" \\\\ Anna" <a@b.example>',
    { address: 'a@b.example', key: 'a@b.example', name: 'The "real" \\ Anna' },
  ],
  [
    'Zoë Müller (Agentur) <z@b.example>',
    { address: 'z@b.example', key: 'z@b.example', name: 'Zoë Müller (Agentur)' },
  ],
  ['<a@b.example>', { address: 'a@b.example', key: 'a@b.example' }],
  ['post@MÜLLER.example', { address: 'post@MÜLLER.example', key: 'post@xn--mller-kva.example' }],
  ['"odd local"@b.example', { address: '"odd local"@b.example', key: '"odd local"@b.example' }],
  ['müller@b.example', { address: 'müller@b.example', key: 'müller@b.example' }],
  ['root@localhost', { address: 'root@localhost', key: 'root@localhost' }],
  [
    `${'a'.repeat(64)}@b.example`,
    { address: `${'a'.repeat(64)}@b.example`, key: `${'a'.repeat(64)}@b.example` },
  ],
]

test.each(accepted)('%j is one address', (text, address) => {
  expect(parseAddress(text)).toEqual(address)
})

const refused: readonly (readonly [string, string])[] = [
  ['', 'empty'],
  ['   ', 'empty'],
  ['anna', 'malformed'],
  ['anna@', 'domain'],
  ['@brand.example', 'local-part'],
  ['anna@brand', 'domain'],
  ['anna@-brand.example', 'domain'],
  ['anna@brand..example', 'domain'],
  ['anna@[192.0.2.1]', 'domain'],
  ['anna@192.0.2.1', 'domain'],
  ['anna.@brand.example', 'local-part'],
  ['an na@brand.example', 'local-part'],
  ['a@b.example, c@d.example', 'several'],
  ['a@b.example; c@d.example', 'several'],
  ['a@b.example c@d.example', 'several'],
  ['Team: a@b.example;', 'several'],
  ['Vogt, Anna <a@b.example>', 'several'],
  ['ceo@bank.example <a@b.example>', 'malformed'],
  ['Anna <a@b.example', 'malformed'],
  ['a@b.example>', 'malformed'],
  ['Anna <a@b.example> <c@d.example>', 'malformed'],
  ['a@b.example\r\nBcc: c@d.example', 'control-character'],
  ['Anna\n <a@b.example>', 'control-character'],
  ['a\u0000@b.example', 'control-character'],
  ['a\u0085@b.example', 'control-character'],
  ['a\ud800@b.example', 'control-character'],
  ['Anna \u202egpj <a@b.example>', 'bidi-control'],
  [`${'a'.repeat(65)}@b.example`, 'too-long'],
  [`${'ü'.repeat(33)}@b.example`, 'too-long'],
  [`a@${'b'.repeat(250)}.example`, 'too-long'],
  [`a@${'b'.repeat(64)}.example`, 'domain'],
]

test.each(refused)('%j is refused because of %s', (text, problem) => {
  expect(parseAddress(text)).toEqual({ problem, text })
})

test('the key neither strips dots nor plus tags', () => {
  expect(addressKey('A.Nna+Tag@GMAIL.com')).toBe('a.nna+tag@gmail.com')
})

test('a text without @ has a key too', () => {
  expect(addressKey(' Postmaster ')).toBe('postmaster')
})

test('a domain that cannot be converted is lower-cased only', () => {
  expect(domainKey('Ü ü')).toBe('ü ü')
})

test.each([
  [{ address: 'a@b.example' }, 'a@b.example'],
  [{ address: 'a@b.example', name: '' }, 'a@b.example'],
  [{ address: 'a@b.example', name: 'Anna Vogt' }, 'Anna Vogt <a@b.example>'],
  [{ address: 'a@b.example', name: 'Vogt, "A"' }, '"Vogt, \\"A\\"" <a@b.example>'],
])('%j is written as %s', (named, text) => {
  expect(formatNamed(named)).toBe(text)
})

const printable = fc
  .string({ unit: 'grapheme-composite', maxLength: 30 })
  .map((name) => name.trim())
  .filter((name) => name !== '' && !hasControlCharacter(name) && !hasBidiControl(name))

test('whatever name is written is read back', () => {
  fc.assert(
    fc.property(printable, (name) => {
      const written = formatNamed({ address: 'a@b.example', name })
      expect(parseAddress(written)).toEqual({ address: 'a@b.example', key: 'a@b.example', name })
    }),
  )
})

test('what is accepted never holds a line break, whatever was typed', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('a', '@', '.', ' ', '<', '>', '"', '\\', ',', '\r', '\n', ':', '\u0000'),
  })
  const harmless = fc.property(hostile, (text) => {
    const parsed = parseAddress(text)
    return !isAddress(parsed) || !hasControlCharacter(parsed.address + (parsed.name ?? ''))
  })
  expect(fc.check(harmless)).toMatchObject({ failed: false })
})

test('reading an address twice changes nothing', () => {
  const stable = fc.property(fc.emailAddress({ size: 'small' }), (text) => {
    const once = parseAddress(text)
    return !isAddress(once) || isDeepStrictEqual(parseAddress(formatNamed(once)), once)
  })
  expect(fc.check(stable)).toMatchObject({ failed: false })
})
