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
  ['&auml;&nbsp;&lt;', 'ä <'],
  ['', ''],
])('%j reads %j', (html, text) => {
  expect(htmlToText(html)).toBe(text)
})

test('HTML beyond the stack still gives its words', () => {
  expect(htmlToText(`${'<div>'.repeat(60_000)}tief`).length).toBeLessThan(400_000)
})
