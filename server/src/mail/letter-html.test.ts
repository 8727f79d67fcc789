import { expect, test } from 'vitest'
import { letterHtml } from './letter-html.ts'

test.each([
  ['<p>Hi <b>Mia</b></p>', '<p>Hi <strong>Mia</strong></p>', 'Hi Mia'],
  ['<div>a</div><div>b</div>', '<p>a</p><p>b</p>', 'a\n\nb'],
  ['<p>one<br>two</p>', '<p>one<br />two</p>', 'one\ntwo'],
  ['<ul><li>a</li><li>b</li></ul>', '<ul><li>a</li><li>b</li></ul>', ' * a\n * b'],
  [
    '<p>See <a href="https://a.example">this</a></p>',
    '<p>See <a href="https://a.example">this</a></p>',
    'See this [https://a.example]',
  ],
  ['<p>x</p><p><br></p><p>&nbsp;</p>', '<p>x</p>', 'x'],
  ['<p></p>', '', ''],
])('%s becomes %s', (typed, html, text) => {
  const made = letterHtml(typed)
  expect(made.html).toBe(html)
  expect(made.text.trim()).toBe(text.trim())
})

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<p onclick="alert(1)" style="position:fixed">x</p>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="//evil.example">x</a>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
])('%s leaves nothing that runs or loads', (typed) => {
  const { html } = letterHtml(typed)
  expect(html).not.toMatch(/script|alert|onerror|onclick|style|javascript|src|evil|iframe|svg/i)
})
