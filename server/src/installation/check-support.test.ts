/** Whether support contacts lead anywhere, against real servers on this machine. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { checkSupport } from './check-support.ts'

const nothing = { chatUrl: '', communityUrl: '', adminAddress: '' }
const mail = {
  mx: (domain: string) =>
    Promise.resolve(domain === 'brand.example' ? [{ exchange: 'mx.brand.example' }] : [{ exchange: '' }]),
  host: () => Promise.resolve([]),
}

async function serving(status: number, headers: Record<string, string> = {}): Promise<string> {
  const server = createServer((_, answer) => answer.writeHead(status, headers).end('page'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/help`
}

test('what is empty is not checked', async () => {
  expect(await checkSupport(nothing)).toEqual([])
})

test.each([
  [200, {}, 'answers'],
  [403, {}, 'answers'],
  [302, { location: 'https://elsewhere.example/' }, 'answers'],
  [404, {}, 'page_missing'],
  [502, {}, 'page_broken'],
] as const)('a page with status %i', async (status, headers, verdict) => {
  const chatUrl = await serving(status, headers)
  expect(await checkSupport({ ...nothing, chatUrl })).toEqual([{ contact: 'chatUrl', verdict }])
})

test('a page where nobody listens, beside an address that takes mail and one that does not', async () => {
  const communityUrl = 'http://127.0.0.1:9/'
  const verdicts = async (adminAddress: string) =>
    (await checkSupport({ ...nothing, communityUrl, adminAddress }, { dns: mail })).map(
      ({ verdict }) => verdict,
    )
  expect(await verdicts('it@brand.example')).toEqual(['nobody_listens', 'takes_mail'])
  expect(await verdicts('it@silent.example')).toEqual(['nobody_listens', 'takes_no_mail'])
})
