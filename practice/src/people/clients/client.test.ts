import { expect, test } from 'vitest'
import { readTime } from '../../clock.ts'
import { CLIENTS, answerPrefix, writtenWith } from './client.ts'
import type { Draft } from './draft.ts'

const draft: Draft = {
  text: 'Yes\n\nMia',
  signature: '',
  language: 'en',
  picture: undefined,
  original: {
    from: { name: 'Anna Keller', address: 'anna@brand.practice.example' },
    to: [{ name: '', address: 'mia@people.practice.example' }],
    subject: 'Re: Spring',
    text: 'One\n> Two',
    html: '<html><body><p>One</p></body></html>',
    messageId: '<one@kontor.example>',
    atMs: readTime('2026-11-24T08:05:00Z') ?? 0,
  },
}

test.for(CLIENTS)('%s quotes in a way of its own, in both languages', (client) => {
  expect(['en', 'de'].map((language) => writtenWith(client, { ...draft, language }).text)).toMatchSnapshot()
})

test.for(CLIENTS)('%s writes HTML of its own', (client) => {
  const letter = { ...draft, signature: 'Mia Brandt\n@mia.runs', picture: 'place@practice.example' }
  expect(
    writtenWith(client, letter).html.replaceAll(/<style[\s\S]*?<\/style>/g, '<style/>'),
  ).toMatchSnapshot()
})

test.for(CLIENTS)('%s quotes the rich form of the original and never the frame around it', (client) => {
  const { html } = writtenWith(client, draft)
  expect([html.includes('<p>One</p>'), html.split('<body').length]).toEqual([
    true,
    html.includes('</body>') ? 2 : 1,
  ])
})

test.for(CLIENTS)('%s writes a first letter without any history', (client) => {
  const { text, html } = writtenWith(client, { ...draft, original: undefined })
  expect([text.includes('Anna'), html.includes('Anna'), text.startsWith('Yes')]).toEqual([false, false, true])
})

test.for(CLIENTS)('%s leaves what is typed harmless in HTML', (client) => {
  const { html } = writtenWith(client, {
    ...draft,
    text: 'a < b & <script>"c"</script>',
    original: undefined,
  })
  expect(html).toContain('a &lt; b &amp; &lt;script&gt;&quot;c&quot;&lt;/script&gt;')
})

test('a long attribution breaks inside its address, as in the wild', () => {
  const from = { name: 'Anna Keller', address: 'anna.keller.partnerships@brand.practice.example' }
  const long = { ...draft, original: { ...draft.original, from } as Draft['original'] }
  expect(writtenWith('web', long).text).toContain(
    'Anna Keller <\nanna.keller.partnerships@brand.practice.example> wrote:',
  )
})

test('only one program translates what stands before a subject', () => {
  expect(CLIENTS.map((client) => [answerPrefix(client, 'en'), answerPrefix(client, 'de')])).toEqual([
    ['Re', 'Re'],
    ['Re', 'Re'],
    ['Re', 'AW'],
    ['Re', 'AW'],
    ['Re', 'Re'],
    ['Re', 'Re'],
  ])
})
