/** A signature that was saved without layout, as the editor shows it: paragraphs and line breaks, nothing else. Pure. */

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function layoutFromPlain(text: string): string {
  const safe = text.trim().replaceAll(/[&<>"]/g, (sign) => signs[sign] ?? sign)
  if (safe === '') return ''
  return safe
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${paragraph.trim().replaceAll('\n', '<br>')}</p>`)
    .join('')
}
