import { expect, test } from 'vitest'
import { dress } from './dress.ts'
import { marked } from './merge.ts'

const link = 'https://k.example/b/w.t'
function written(body: string, values: Readonly<Record<string, string>> = {}) {
  const merged = marked(body, { name: 'Mia', code: 'SALT-10', brief_link: link, ...values })
  if (!merged.ok) throw new Error(merged.missing.join())
  return dress(merged.text, { links: [link] })
}
const p = (html: string): string => `<p style="margin:0 0 16px">${html}</p>`

const table: readonly (readonly [string, string, string, string])[] = [
  ['strong words', 'This is **new**, {{ name }}', p('This is <strong>new</strong>, Mia'), 'This is new, Mia'],
  ['a value in strong words', '**{{ name }}**', p('<strong>Mia</strong>'), 'Mia'],
  ['stars that are none', '2 ** 3 ** 4, **', p('2 ** 3 ** 4, **'), '2 ** 3 ** 4, **'],
  [
    'a labelled link',
    '[the shop](https://s.example/a?b=1&c=2)',
    p('<a href="https://s.example/a?b=1&amp;c=2">the shop</a>'),
    'the shop (https://s.example/a?b=1&c=2)',
  ],
  [
    'a labelled link of ours',
    '[your brief]({{ brief_link }})',
    p(`<a href="${link}">your brief</a>`),
    `your brief (${link})`,
  ],
  [
    'a value in a label',
    '[for {{ name }}](https://s.example)',
    p('<a href="https://s.example">for Mia</a>'),
    'for Mia (https://s.example)',
  ],
  [
    'a value in an address',
    'https://s.example/?code={{ code }}.',
    p('<a href="https://s.example/?code=SALT-10">https://s.example/?code=SALT-10</a>.'),
    'https://s.example/?code=SALT-10.',
  ],
  [
    'a list',
    'You get:\n- **bread**\n- salt',
    `${p('You get:')}<ul style="margin:0 0 16px;padding-left:24px"><li><strong>bread</strong></li><li>salt</li></ul>`,
    'You get:\n- bread\n- salt',
  ],
  ['two lines', 'a\nb', p('a<br>b'), 'a\nb'],
  ['markup', '<b>&amp;</b>', p('&lt;b&gt;&amp;amp;&lt;/b&gt;'), '<b>&amp;</b>'],
  [
    'a script for a link',
    '[x](javascript:alert(1))',
    p('[x](javascript:alert(1))'),
    '[x](javascript:alert(1))',
  ],
]

test.each(table)('%s', (_what, body, html, text) => {
  expect(written(body)).toEqual({ html, text })
})

const hostile: readonly (readonly [string, string])[] = [
  ['markup', '<img src=x onerror=alert(1)>'],
  ['strong words', '**bold**'],
  ['a labelled link', '[win](https://evil.example)'],
  ['a bare link', 'https://evil.example'],
  ['a list', '- one'],
  ['a mark', '\ue0000\ue001 \ue0020\ue003'],
]
test.each(hostile)('a value with %s in it is shown and does nothing', (_what, name) => {
  const { html } = written('Hi {{ name }}!', { name })
  expect(html).not.toMatch(/<(?!\/?p\b)/)
  expect(html.replaceAll(/[^<]*>|<\/p>/g, '')).not.toContain('href')
})

test('a value cannot break out of an address', () => {
  const { html } = written('https://s.example/?q={{ code }}', { code: 'x" onclick="alert(1)' })
  expect(html).not.toContain('<a')
  expect(html).toContain('x&quot; onclick=&quot;alert(1)')
  expect(written('[go]({{ code }})', { code: 'javascript:alert(1)' }).html).not.toContain('<a')
})

test('a hostile text is dressed in bounded time', () => {
  for (const body of [
    '**'.repeat(20_000),
    '['.repeat(20_000),
    `${'[a]('.repeat(8000)}x`,
    'https://'.repeat(5000),
    '- \n'.repeat(10_000),
  ])
    expect(written(body).text.length).toBeGreaterThan(0)
})
