import { expect, test } from 'vitest'
import { leaks } from '../tools/leaks.ts'
import { sanitizeMailHtml } from './sanitize.ts'

const shown = (href: string, words: string): string =>
  sanitizeMailHtml(`<a href="${href}">${words}</a>`).html.replaceAll(/<a\b[^>]*>/g, '<a>')

test.each([
  ['https://evil.example/login', 'www.bank.example', 'evil.example'],
  ['https://evil.example/', 'https://bank.example/login?a=1', 'evil.example'],
  ['https://evil.example/?to=bank.example', '<b>bank</b>.example', 'evil.example'],
  ['https://bank.example.evil.example/', 'bank.example', 'bank.example.evil.example'],
  ['mailto:other@evil.example', 'anna@bank.example', 'other@evil.example'],
  ['https://evil.example/', 'anna@bank.example', 'evil.example'],
  ['https://xn--bnk-qla.example/', 'bank.example', 'xn--bnk-qla.example'],
  ['https://evil.example/', 'ba\u00adnk.exam\u200bple\u2060', 'evil.example'],
])('a link to %s that says %s shows that it leads to %s', (href, words, target) => {
  expect(shown(href, words)).toBe(`<a>${words}</a> <small>[${target}]</small>`)
})

test.each([
  ['https://bank.example/login', 'bank.example'],
  ['https://www.bank.example/', 'https://bank.example/about'],
  ['https://shop.bank.example/', 'bank.example'],
  ['https://bank.example/', 'www.bank.example/login'],
  ['https://xn--bnk-qla.example/', 'bänk.example'],
  ['mailto:anna@bank.example', 'Anna@bank.example'],
  ['https://evil.example/', 'Read more'],
  ['https://evil.example/', 'Yes. No'],
  ['https://evil.example/', '<img alt="bank.example">'],
])('a link to %s that says %s stands alone', (href, words) => {
  expect(shown(href, words)).not.toContain('<small>')
})

test('each link of a mail shows its own target, and what stands between them stays', () => {
  const html = sanitizeMailHtml(
    '<p>a <a href="https://one.example">x.example</a> b <a>y.example</a> c <a href="https://two.example">z.example</a> d</p>',
  ).html
  expect(html.replaceAll(/<a\b[^>]*>/g, '<a>')).toBe(
    '<p>a <a>x.example</a> <small>[one.example]</small> b <a>y.example</a> c <a>z.example</a> <small>[two.example]</small> d</p>',
  )
})

test.each([
  'mailto:<img src=x onerror=alert(1)>@evil.example',
  'mailto:"><script>alert(1)</script>@evil.example',
  'mailto:a&amp;lt;b@evil.example?subject=<b>',
])('the target of %s is text, whatever it holds', (href) => {
  const attribute = href.replaceAll('"', '&quot;')
  const { html } = sanitizeMailHtml(`<a href="${attribute}">anna@bank.example</a>`)
  expect([html.includes('<small>['), leaks(html)]).toEqual([true, []])
})

test('what shows its target already is left as it is', () => {
  const once = sanitizeMailHtml('<a href="https://one.example">x.example</a>').html
  expect(sanitizeMailHtml(once).html).toBe(once)
})
