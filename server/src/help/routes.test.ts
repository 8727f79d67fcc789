/** Facts about the help article as a file. */
import { expect, test } from 'vitest'
import { helpRoutes } from './routes.ts'
import { helpPaper } from './routes-paper.ts'

/** Sets each language once for all tests. */
const routes = helpRoutes({
  contactsFor: async (cookie) =>
    cookie === undefined
      ? undefined
      : { chatUrl: 'https://chat.example/', communityUrl: '', adminAddress: '' },
})
const headersOf = ({ status, headers }: Response): unknown => [
  status,
  headers.get('content-type'),
  headers.get('content-language'),
  headers.get('content-disposition'),
]

test('the article is there for everybody, in German and English', async () => {
  const german = await routes.request('/public/help.pdf?language=de')
  expect(headersOf(german)).toEqual([
    200,
    'application/pdf',
    'de',
    'attachment; filename="Kontor-E-Mail-Integration.pdf"',
  ])
  const text = Buffer.from(await german.arrayBuffer()).toString('latin1')
  expect([text.slice(0, 5), text.includes('/Lang (de)')]).toEqual(['%PDF-', true])
  expect(headersOf(await routes.request('/public/help.pdf?language=en'))).toEqual([
    200,
    'application/pdf',
    'en',
    'attachment; filename="Kontor-Email-integration.pdf"',
  ])
})
test('a language that Kontor does not speak is answered in English', async () => {
  const answer = await routes.request('/public/help.pdf?language=fr')
  expect([answer.status, answer.headers.get('content-language')]).toEqual([200, 'en'])
})
test('whoever is signed in finds the support contacts in it, a stranger does not', async () => {
  const printed = async (headers: Record<string, string>): Promise<boolean> => {
    const answer = await routes.request('/public/help.pdf', { headers })
    return Buffer.from(await answer.arrayBuffer())
      .toString('latin1')
      .includes('https://chat.example/')
  }
  expect([await printed({ cookie: 'session' }), await printed({})]).toEqual([true, false])
})
test('a file that has not changed is not sent again', async () => {
  const first = await routes.request('/public/help.pdf')
  const tag = first.headers.get('etag') ?? ''
  const second = await routes.request('/public/help.pdf', { headers: { 'if-none-match': tag } })
  expect([second.status, (await second.arrayBuffer()).byteLength]).toEqual([304, 0])
})
test('the paper says the day of its words in its own language', () => {
  expect([helpPaper('de').note, helpPaper('en').note]).toEqual([
    expect.stringMatching(/^Stand: \d+\. \p{L}+ 20\d\d$/u),
    expect.stringMatching(/^As of \d+ \p{L}+ 20\d\d$/u),
  ])
})
