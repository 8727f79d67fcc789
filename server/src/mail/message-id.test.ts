import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  canonical,
  formatMessageIds,
  newMessageId,
  newToken,
  parseMessageIds,
  tokenOf,
} from './message-id.ts'

test.each([
  ['<a@b.example>', ['a@b.example']],
  ['<a@b.example> <c@d.example>', ['a@b.example', 'c@d.example']],
  ['<a@b.example><c@d.example>', ['a@b.example', 'c@d.example']],
  ['<a@b.example>,\r\n\t<c@d.example>', ['a@b.example', 'c@d.example']],
  ['<a@b.example> <a@b.example>', ['a@b.example']],
  ['a@b.example', ['a@b.example']],
  ['a@b.example c@d.example', ['a@b.example', 'c@d.example']],
  ['(Anna (of B) wrote) a@b.example', ['a@b.example']],
  ['"a@b.example"', ['a@b.example']],
  ['Message of Monday <a@b.example>', ['a@b.example']],
  ['<long\r\n -id@b.example>', ['long-id@b.example']],
  ['<a@b.example <c@d.example>', ['a@b.example', 'c@d.example']],
  ['<c@d.example', ['c@d.example']],
  ['<cut-o', []],
  ['<>', []],
  ['', []],
  ['no id here', []],
  ['<no-at-sign>', ['no-at-sign']],
  ['=?utf-8?Q?=3Ca=40b=2Eexample=3E?=', ['a@b.example']],
  ['<A@B.Example>', ['A@B.Example']],
])('%j names %j', (value, ids) => {
  expect(parseMessageIds(value)).toEqual(ids)
})

test('two ids that differ in the case of their domain are the same', () => {
  const [left, right] = parseMessageIds('<Ab@Mail.Example> <Ab@mail.example>').map(canonical)
  expect(left).toBe(right)
})

test('two ids that differ in the case of their left side are not', () => {
  expect(parseMessageIds('<Ab@m.example> <ab@m.example>').map(canonical)).toEqual([
    'Ab@m.example',
    'ab@m.example',
  ])
})

test('an id without @ is its own canonical form', () => {
  expect(parseMessageIds('<Lonely>').map(canonical)).toEqual(['Lonely'])
})

test('our own id consists of what the caller says is unique and the domain', () => {
  expect(newMessageId('0190-abc', 'brand.example')).toBe('0190-abc@brand.example')
})

test.each([
  ['a b', 'brand.example'],
  ['a', 'brand example'],
  ['a\r\n', 'brand.example'],
  ['', 'brand.example'],
  ['a', ''],
  ['<a', 'brand.example'],
  ['a'.repeat(250), 'brand.example'],
])('%j at %j makes no Message-ID', (unique, domain) => {
  expect(() => newMessageId(unique, domain)).toThrow(RangeError)
})

test('a token is found again under whatever domain', () => {
  expect(tokenOf(newToken('Zk3TqPw8', 'brand.example'))).toBe('Zk3TqPw8')
  expect(parseMessageIds('<s.Zk3TqPw8@OTHER.example>').map(tokenOf)).toEqual(['Zk3TqPw8'])
})

test.each(['short', 'with space', 'dot.dot.dot', 'x'.repeat(129)])('%j is no token', (token) => {
  expect(() => newToken(token, 'brand.example')).toThrow(RangeError)
})

test('an ordinary Message-ID carries no token', () => {
  expect(tokenOf(newMessageId('sub.Zk3TqPw8', 'brand.example'))).toBeUndefined()
})

test('ids are read back as they were written', () => {
  const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}(?:\.[A-Za-z0-9_-]{1,20}){0,2}$/)
  fc.assert(
    fc.property(fc.uniqueArray(id, { maxLength: 8 }), (lefts) => {
      const ids = lefts.map((left) => newMessageId(left, 'brand.example'))
      expect(parseMessageIds(formatMessageIds(ids))).toEqual(ids)
      expect(parseMessageIds(formatMessageIds(ids).replaceAll(' ', '\r\n '))).toEqual(ids)
    }),
  )
})

test('no header value, however broken, yields an id with white space or brackets', () => {
  const broken = fc.string({
    unit: fc.constantFrom('<', '>', '@', 'a', '.', ' ', '\r\n ', '(', ')', '"', ',', '\u0000'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(broken, (value) => {
      for (const id of parseMessageIds(value)) expect(id).toMatch(/^[^\s<>\p{Cc}]+$/u)
    }),
  )
})
