import { expect, test } from 'vitest'
import { htmlToText } from './html-text.ts'

test.each([
  ['<p>Hallo</p><p>Lena</p>', 'Hallo\n\nLena'],
  ['a<br>b<div>c</div>', 'a\nb\nc'],
  ['<h1>Laut</h1>leise', 'Laut\n\nleise'],
  ['<a href="https://x.example/a">dort</a>', 'dort [https://x.example/a]'],
  ['<a href="https://x.example/a">https://x.example/a</a>', 'https://x.example/a'],
  ['<a href="mailto:a@b.example">a@b.example</a>', 'a@b.example'],
  ['<ul><li>eins<li>zwei</ul>', ' * eins\n * zwei'.trim()],
  ['a<style>p{}</style><script>x</script><img alt="bild" src="x">b', 'ab'],
  [
    '<table><tr><td>Reel</td><td>800 EUR</td></tr><tr><th>Story</th><td>200 EUR</td></tr></table>',
    'Reel 800 EUR\nStory 200 EUR',
  ],
  ['<table><tr><td><p>Hallo</p><p>Anna</p></td></tr></table>Lena', 'Hallo\n\nAnna\n\nLena'],
  ['&auml;&nbsp;&lt;', 'ä <'],
  ['', ''],
])('%j reads %j', (html, text) => {
  expect(htmlToText(html)).toBe(text)
})

test('of HTML that is too long within a line the beginning is told, and that more follows', () => {
  expect(htmlToText('so '.repeat(400_000)).slice(-4)).toBe('so …')
})

test('of HTML that is too long the beginning is told, without half a tag, and that more follows', () => {
  const text = htmlToText(`<p>Ja.</p><p>${'so '.repeat(333_000)}</p><img alt="${'x'.repeat(5000)}">`)
  expect([text.slice(0, 3), text.slice(-5)]).toEqual(['Ja.', 'so\n\n…'])
})

test('HTML beyond the stack still gives its words', () => {
  expect(htmlToText(`${'<div>'.repeat(60_000)}tief`).length).toBeLessThan(400_000)
})
