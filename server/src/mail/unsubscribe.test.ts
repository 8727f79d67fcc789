import { expect, test } from 'vitest'
import { parseUnsubscribe, unsubscribeHeaders } from './unsubscribe.ts'

const https = 'https://kontor.example/u/Zk3TqPw8?w=1'
const mailto = 'mailto:out@kontor.example?subject=unsubscribe'

test('both links and one click', () => {
  expect(unsubscribeHeaders({ https, mailto, oneClick: true })).toEqual({
    listUnsubscribe: `<${https}>, <${mailto}>`,
    listUnsubscribePost: 'List-Unsubscribe=One-Click',
  })
})

test('a mailto link alone', () => {
  expect(unsubscribeHeaders({ mailto, oneClick: false })).toEqual({ listUnsubscribe: `<${mailto}>` })
})

test.each([
  [{ oneClick: false }],
  [{ mailto, oneClick: true }],
  [{ https: 'http://kontor.example/u', oneClick: false }],
  [{ https: 'javascript:alert(1)', oneClick: false }],
  [{ https: 'https://kontor.example/u>, <mailto:x@y.example', oneClick: false }],
  [{ https: 'https://kontor.example/u\r\nBcc: x@y.example', oneClick: false }],
  [{ https: 'https://kontor.example/ü', oneClick: false }],
  [{ https: `https://kontor.example/${'u'.repeat(1_000)}`, oneClick: false }],
  [{ mailto: 'out@kontor.example', oneClick: false }],
])('%j is refused', (unsubscribe) => {
  expect(() => unsubscribeHeaders(unsubscribe)).toThrow(RangeError)
})

test('what is written is read back', () => {
  const written = unsubscribeHeaders({ https, mailto, oneClick: true })
  expect(parseUnsubscribe(written.listUnsubscribe, written.listUnsubscribePost)).toEqual({
    https,
    mailto,
    oneClick: true,
  })
})

test.each([
  ['<https://a.example/u>', undefined, { https: 'https://a.example/u', oneClick: false }],
  [
    '<https://a.example/\r\n u>',
    'list-unsubscribe=one-click',
    { https: 'https://a.example/u', oneClick: true },
  ],
  ['<mailto:u@a.example>', 'List-Unsubscribe=One-Click', { mailto: 'mailto:u@a.example', oneClick: false }],
  ['<http://a.example/u>', undefined, undefined],
  ['https://a.example/u', undefined, undefined],
  ['', undefined, undefined],
])('%j with %j offers %j', (value, post, offer) => {
  expect(parseUnsubscribe(value, post)).toEqual(offer)
})
