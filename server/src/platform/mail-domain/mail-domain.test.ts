import { expect, test } from 'vitest'
import type { MailDns } from './index.ts'
import { takesMail } from './index.ts'

function failing(code: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(code), { code }))
}
const mx =
  (...exchanges: string[]): MailDns['mx'] =>
  () =>
    Promise.resolve(exchanges.map((exchange) => ({ exchange })))
const there: MailDns['host'] = () => Promise.resolve(['192.0.2.1'])

test.each([
  ['a mail exchanger', { mx: mx('mx.brand.example'), host: failing('ENOTFOUND') }, 'yes'],
  ['a null MX (RFC 7505)', { mx: mx(''), host: there }, 'no'],
  ['no MX but an address (RFC 5321 §5.1)', { mx: failing('ENODATA'), host: there }, 'yes'],
  ['neither', { mx: failing('ENOTFOUND'), host: failing('ENOTFOUND') }, 'no'],
  ['name servers that do not answer', { mx: failing('ETIMEOUT'), host: there }, 'unknown'],
  [
    'an MX that is absent and an address nobody tells',
    { mx: failing('ENODATA'), host: failing('ESERVFAIL') },
    'unknown',
  ],
] as const)('a domain with %s', async (_, look, verdict) => {
  expect(await takesMail('brand.example', look)).toBe(verdict)
})
