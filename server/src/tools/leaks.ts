/**
 * What in sanitised HTML could act: run a script, ask a server, or take the reader elsewhere. Knows nothing of how the
 * sanitiser works: it reads its output by a grammar so strict that a browser has nothing left to guess, and names what
 * does not fit. Used by the fuzzer, the benchmark and the tests.
 */

const tag = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)( ?\/)?>/g
const attribute = / ([a-z-]+)="([^"<>]*)"/g
const acting =
  /^(?:script|style|iframe|frame|object|embed|applet|link|meta|base|form|input|button|textarea|select|svg|math|template|noscript|video|audio|source|track|portal|picture|xmp|plaintext|body|html|head|title)$/
const harmless =
  /^(?:style|dir|lang|title|align|valign|href|name|rel|target|alt|width|height|data-remote-src|data-cid|src|color|face|size|bgcolor|colspan|rowspan|border|cellpadding|cellspacing|span|start|type|value)$/

/** Each way by which this HTML could act; empty when there is none. */
export function leaks(html: string): string[] {
  const found: string[] = []
  const text = html.replaceAll(tag, (_, closing: string, name: string, attributes: string) => {
    if (acting.test(name)) found.push(`<${name}>`)
    if (closing !== '' && attributes !== '') found.push(`</${name}> with attributes`)
    for (const [, key = '', value = ''] of attributes.matchAll(attribute))
      found.push(...ofAttribute(key, value))
    return ''
  })
  const loose = /[<>]/.exec(text)
  if (loose !== null) found.push(`markup outside the grammar: ${text.slice(loose.index, loose.index + 40)}`)
  return found
}

function ofAttribute(name: string, escaped: string): string[] {
  const value = decoded(escaped)
  if (!harmless.test(name)) return [`attribute ${name}`]
  if (name === 'href' && !/^(?:https?:|mailto:|tel:)/i.test(value)) return [`href ${value.slice(0, 40)}`]
  if (name === 'target' && value !== '_blank') return [`target ${value}`]
  if (name === 'src' && !/^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]*$/i.test(value))
    return [`src ${value.slice(0, 40)}`]
  if (name === 'data-remote-src' && !/^https?:\/\//i.test(value)) return [`remote ${value.slice(0, 40)}`]
  if (
    name === 'style' &&
    /[\\@]|url|expression|position|behavior|binding|import|image|var\(|\/\*|:\/\//i.test(value)
  )
    return [`style ${value.slice(0, 80)}`]
  return []
}

function decoded(value: string): string {
  return value
    .replaceAll(/&#x([0-9a-f]+);?/gi, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16) % 0x110000),
    )
    .replaceAll(/&#(\d+);?/g, (_, code: string) => String.fromCodePoint(Number(code) % 0x110000))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
