import { expect, test } from 'vitest'
import { layoutFromPlain } from './signature-layout.ts'

test.each([
  ['', ''],
  ['  \n ', ''],
  ['Anna Keller', '<p>Anna Keller</p>'],
  ['Anna Keller\nAtelier Nord', '<p>Anna Keller<br>Atelier Nord</p>'],
  ['Anna\n\nBerlin', '<p>Anna</p><p>Berlin</p>'],
  ['<script>x</script> & "Co"', '<p>&lt;script&gt;x&lt;/script&gt; &amp; &quot;Co&quot;</p>'],
])('%j is drawn as %j', (text, html) => {
  expect(layoutFromPlain(text)).toBe(html)
})
