import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeHtml } from './escape.ts'
import { allowRemoteImages, sanitizeMailHtml, textToHtml } from './sanitize.ts'

const rel = 'rel="noopener noreferrer nofollow" target="_blank"'

test.each<[string, string, string]>([
  [
    'words and shape stay',
    '<p align="center">Hallo <b>Lena</b><br>und</p>',
    '<p align="center">Hallo <b>Lena</b><br />und</p>',
  ],
  ['a script is gone', 'a<script>alert(1)</script>b', 'ab'],
  ['a style block is gone', 'a<style>p{position:fixed}</style>b', 'ab'],
  ['a handler is gone', '<b onclick="alert(1)">a</b>', '<b>a</b>'],
  ['a form is gone, its words stay', '<form action="https://x"><input name=a>Name</form>', 'Name'],
  ['a frame is gone', '<iframe src="https://x">a</iframe>b', 'b'],
  ['a refresh is gone', '<meta http-equiv="refresh" content="0;url=https://x">a', 'a'],
  ['a base is gone', '<base href="https://x">a', 'a'],
  ['SVG is gone', '<svg><script>alert(1)</script><a href="javascript:1">t</a></svg>a', 'a'],
  ['MathML is gone', '<math><mtext><img src=x onerror=alert(1)></mtext></math>a', 'a'],
  ['an object is gone', '<object data="https://x">a</object>b', 'b'],
  ['a comment is gone', 'a<!-- [if mso]><script>alert(1)</script><![endif] -->b', 'ab'],
  [
    'an attribute that says nothing is gone',
    '<table bgcolor=""><tr><td title>x</td></tr></table>',
    '<table><tr><td>x</td></tr></table>',
  ],
  ['ids and classes are gone', '<p id="a" class="b">x</p>', '<p>x</p>'],
  [
    'a link shows where it leads',
    '<a href="https://x.example/a?b=1&c=2">bank.example</a>',
    `<a href="https://x.example/a?b=1&amp;c=2" title="https://x.example/a?b=1&amp;c=2" ${rel}>bank.example</a> <small>[x.example]</small>`,
  ],
  ['a script link leads nowhere', '<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
  ['a hidden script link leads nowhere', '<a href="java&#10;script:alert(1)">a</a>', '<a>a</a>'],
  ['a data link leads nowhere', '<a href="data:text/html,<script>">a</a>', '<a>a</a>'],
  ['a relative link leads nowhere', '<a href="/admin">a</a>', '<a>a</a>'],
  [
    'a mailto link stays',
    '<a href="mailto:a@b.example">a</a>',
    `<a href="mailto:a@b.example" title="mailto:a@b.example" ${rel}>a</a>`,
  ],
  [
    'an inline image points to its part',
    '<img src="CID:logo@x" alt="l">',
    '<img alt="l" data-cid="logo@x" />',
  ],
  [
    'an image in the mail stays',
    '<img src="data:image/png;base64,AAAA">',
    '<img src="data:image/png;base64,AAAA" />',
  ],
  ['an SVG image in the mail is gone', '<img src="data:image/svg+xml;base64,AAAA">', '<img />'],
  ['a local file is no image', '<img src="file:///etc/passwd">', '<img />'],
  ['marks of ours cannot be forged', '<img data-remote-src="https://x/a.png" data-cid="a">', '<img />'],
  ['srcset is gone', '<img srcset="https://x/a.png 2x">', '<img />'],
  [
    'a harmless style stays',
    '<p style="color: #ff0000; margin: 0 0 8px; text-align: center">a</p>',
    '<p style="color:#ff0000;margin:0 0 8px;text-align:center">a</p>',
  ],
  ['position is gone', '<p style="position:fixed;top:0;color:red">a</p>', '<p style="color:red">a</p>'],
  ['a loading style is gone', '<p style="background:url(https://x/a.png)">a</p>', '<p>a</p>'],
  ['a loading background colour is gone', '<p style="background-color:url(https://x)">a</p>', '<p>a</p>'],
  ['an expression is gone', '<p style="width:expression(alert(1))">a</p>', '<p>a</p>'],
  ['an escaped url is gone', '<p style="list-style-type:\\75 rl(https://x)">a</p>', '<p>a</p>'],
  [
    'a background attribute is gone',
    '<table background="https://x/a.png"><tr><td>a</td></tr></table>',
    '<table><tr><td>a</td></tr></table>',
  ],
  ['an unclosed tag does not leak', '<b>a<img src="x" onerror="alert(1)', '<b>a</b>'],
])('%s', (_, html, safe) => {
  expect(sanitizeMailHtml(html).html).toBe(safe)
})

test('remote images wait, are counted, and come back when asked for', () => {
  const { html, remoteImages } = sanitizeMailHtml(
    '<img alt="a" src="https://x.example/p.gif?u=1&v=2"><img src="//y.example/b.png"><img src="cid:c">',
  )
  expect([html, remoteImages]).toEqual([
    '<img alt="a" data-remote-src="https://x.example/p.gif?u=1&amp;v=2" /><img data-remote-src="https://y.example/b.png" /><img data-cid="c" />',
    2,
  ])
  expect(allowRemoteImages(html)).toBe(
    '<img alt="a" src="https://x.example/p.gif?u=1&amp;v=2" /><img src="https://y.example/b.png" /><img data-cid="c" />',
  )
})

test('the text "data-remote-src" in a mail is no image', () => {
  const { html } = sanitizeMailHtml(
    '&lt;img data-remote-src="https://x"&gt; <b title=\'a data-remote-src="https://x"\'>b</b>',
  )
  expect(allowRemoteImages(html)).toBe(html)
})

test('text becomes HTML with its lines and links', () => {
  expect(textToHtml('a < b & "c"\r\nhttps://x.example/a?b=1&c=2. And')).toBe(
    `<div>a &lt; b &amp; &quot;c&quot;<br><a href="https://x.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow" target="_blank">https://x.example/a?b=1&amp;c=2</a>. And</div>`,
  )
})

test('escaped text cannot leave its place', () => {
  expect(escapeHtml(`<b a='1' c="2">&`)).toBe('&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;')
})

const piece = fc.constantFrom(
  '<',
  '>',
  '"',
  "'",
  '=',
  ' ',
  '/',
  '<script',
  '<img src=',
  '<svg',
  '<style>',
  '<a href=',
  'javascript:',
  'onerror=',
  'alert(1)',
  '<!--',
  '-->',
  '<math>',
  '</',
  'p',
  '<table>',
  'style="',
  'url(',
  '&#x',
  '\u0000',
  '<template>',
  '<noscript>',
)

test('no mixture of fragments yields anything that runs or loads', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const { html } = sanitizeMailHtml(pieces.join(''))
      expect(html).not.toMatch(
        /<(?:script|style|svg|math|iframe|object|embed|form|input|meta|link|base|template|noscript)\b/i,
      )
      expect(html.replaceAll(/>[^<]*/g, '>')).not.toMatch(
        /<[^>]*\s(?:on\w+|srcset|formaction|background)\s*=/i,
      )
      expect(html).not.toMatch(/<[^>]*(?:href|src)="\s*javascript:/i)
    }),
    { numRuns: 1_000 },
  )
})

test('cleaning twice changes nothing but the marks of images', () => {
  const { html } = sanitizeMailHtml(
    '<div style="color:red"><a href="https://x.example">a</a><p>b &amp; c</p></div>',
  )
  expect(sanitizeMailHtml(html).html).toBe(html)
})

test('heavy HTML takes bounded time', { timeout: 5_000 }, () => {
  const heavy = [
    '<div>'.repeat(100_000),
    '<table><tr><td>'.repeat(30_000),
    '<b style="color:red">'.repeat(20_000),
    '<'.repeat(700_000),
    `<p style="${'margin:0 '.repeat(50_000)}">`,
  ]
  for (const html of heavy) expect(sanitizeMailHtml(`${html}x`).remoteImages).toBe(0)
})
