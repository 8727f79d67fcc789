import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { allowRemoteImages, sanitizeMailHtml } from '../mail/index.ts'
import { leaks } from './leaks.ts'

const attacks = (await readFile(new URL('../../testdata/xss.txt', import.meta.url), 'utf8'))
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
const around: readonly (readonly [string, string])[] = [
  ['', ''],
  ['<div><p>Hallo</p>', '<p>Anna</p></div>'],
  ['<table><tr><td>', '</td></tr></table>'],
  ['<b title="', '">'],
  ['<b style="color:red;', '">x</b>'],
  ['<svg>', '</svg>'],
  ['<!--', '-->'],
  ['<select><option>', '</select>'],
]

test.each(attacks)('nothing acts in what is left of %s', (attack) => {
  const left = around.flatMap(([before, after]) => {
    const { html } = sanitizeMailHtml(before + attack + after)
    return [...leaks(html), ...leaks(sanitizeMailHtml(html).html)]
  })
  expect(left).toEqual([])
})

test('all attacks in one mail leave nothing that acts, and the images that were asked for are images alone', () => {
  const { html } = sanitizeMailHtml(attacks.join('\n'))
  const shown = leaks(allowRemoteImages(html)).filter((leak) => !/^src https?:\/\//i.test(leak))
  expect([leaks(html), shown]).toEqual([[], []])
})

test.each([
  ['<p onclick="x">', ['attribute onclick']],
  ['<script>', ['<script>']],
  ['<a href="java&#115;cript:x">', ['href javascript:x']],
  ['<img src="https://evil.example/a" />', ['src https://evil.example/a']],
  ['<p style="background:url(x)">', ['style background:url(x)']],
  ['<p title=x>', ['markup outside the grammar: <p title=x>']],
])('%s is a leak', (html, expected) => {
  expect(leaks(html)).toEqual(expected)
})
