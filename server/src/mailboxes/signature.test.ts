/** Signatures: both forms at once, nothing unsafe, offered by the provider and never taken over unseen. */
import { expect, test } from 'vitest'
import { asActor } from '../http-kit/index.ts'
import { testDatabase } from '../testing/database.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import type { MailboxesGround } from '../testing/mailboxes-ground.ts'
import { signatureOf } from './signature.ts'

const { database } = await testDatabase()

async function page(seed: string) {
  const at = await mailboxesGround(database, { seed })
  const routes = asActor(
    {
      personId: at.personId,
      name: 'Anna Keller',
      role: 'owner',
      workspaceId: at.workspaceId,
      language: 'en',
    },
    at.routes(),
  )
  return {
    at,
    async ask(method: string, path: string, body?: object): Promise<[number, Record<string, unknown>]> {
      const answer = await routes.request(`/workspaces/${at.workspaceId}/mailboxes/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      return [answer.status, (await answer.json()) as Record<string, unknown>]
    },
  }
}
const callsOf = ({ outside }: MailboxesGround) => outside.calls.filter((call) => call.endsWith('identities'))

test.each([
  [
    'bold and a link stay',
    '<p><b>Anna</b> <a href="https://nord.example">Nord</a></p>',
    '<strong>Anna</strong>',
  ],
  ['a script is gone', '<p>Anna</p><script>steal()</script>', '<p>Anna</p>'],
  ['an image is gone', '<p>Anna<img src="https://track.example/a.png"></p>', '<p>Anna</p>'],
  ['a link that would run is gone', '<p>Anna <a href="javascript:x()">press</a></p>', '<p>Anna'],
])('%s', (_fact, html, kept) => {
  const { signatureHtml, signature } = signatureOf(html)
  expect(signatureHtml).toContain(kept)
  expect(`${signatureHtml} ${signature}`).not.toMatch(/script|steal|track|javascript/)
  expect(signature).toContain('Anna')
})

test('a signature of nothing but layout is none', () => {
  expect(signatureOf('<p><br></p><p> </p>')).toEqual({ signature: '', signatureHtml: '' })
})

test('a signature with layout brings its plain twin; a plain one leaves no layout behind', async () => {
  const { at, ask } = await page('twins')
  const id = await at.connect('anna@twins.example')
  const [, rich] = await ask('PATCH', id, { signatureHtml: '<p><b>Anna Keller</b><br>Atelier Nord</p>' })
  expect([rich['signature'], rich['signatureHtml']]).toEqual([
    'Anna Keller\nAtelier Nord',
    '<p><strong>Anna Keller</strong><br />Atelier Nord</p>',
  ])
  const [, plain] = await ask('PATCH', id, { signature: 'Anna' })
  expect([plain['signature'], plain['signatureHtml']]).toEqual(['Anna', ''])
})

test('Gmail’s signature is offered with Full Access, made safe, and changes nothing by itself', async () => {
  const { at, ask } = await page('offer')
  const kept = '<div><b>Anna Keller</b><img src="https://x.example/logo.png"><br>Atelier Nord</div>'
  at.outside.account('anna@offer.example', 'Anna Keller', kept)
  const id = await at.connect('anna@offer.example')
  const [status, offer] = await ask('GET', `${id}/signature-offer`)
  expect([status, offer['displayName'], offer['signature']]).toEqual([
    200,
    'Anna Keller',
    'Anna Keller\nAtelier Nord',
  ])
  expect(offer['signatureHtml']).not.toContain('img')
  expect((await ask('GET', id))[1]['signature']).toBe('')
})

test('with Send Only Access nobody is asked for a signature', async () => {
  const { at, ask } = await page('offer-send-only')
  at.outside.account('ida@offer.example', 'Ida', '<p>Ida</p>')
  const id = await at.connect('ida@offer.example', 'send_only')
  const [status, refused] = await ask('GET', `${id}/signature-offer`)
  expect([status, refused['code'], callsOf(at)]).toEqual([409, 'signature_unreadable', []])
})

test('an address without a signature says so', async () => {
  const { at, ask } = await page('offer-none')
  const id = await at.connect('none@offer.example')
  const [status, refused] = await ask('GET', `${id}/signature-offer`)
  expect([status, refused['code']]).toEqual([404, 'signature_none'])
})
