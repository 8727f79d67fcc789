/** RFC 2047 encoded words: read tolerantly, written as UTF-8 base64 in words of at most 75 characters. */

const WORD = /=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bqBQ])\?([^?]*)\?=/g

/** Text with its encoded words read; unknown charsets are read as latin1. White space between two words is dropped (RFC 2047 §6.2). */
export function decodeWords(value: string): string {
  return value
    .replaceAll(/(=\?[^?\s]+\?[bqBQ]\?[^?]*\?=)\s+(?==\?[^?\s]+\?[bqBQ]\?)/g, '$1')
    .replaceAll(WORD, (_word, charset: string, encoding: string, text: string) =>
      decodeCharset(encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : wordBytes(text), charset),
    )
}

function wordBytes(text: string): Buffer {
  const plain = text
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}

/** Bytes of a charset as text. */
export function decodeCharset(bytes: Uint8Array, charset: string | undefined): string {
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}

/** A header text as it may stand on the wire: unchanged when ASCII, else encoded words folded with CRLF and a space. */
export function encodeWords(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character, 'utf8') > 42) {
      words.push(word)
      word = ''
    }
    word += character
  }
  words.push(word)
  return words.map((part) => `=?UTF-8?B?${Buffer.from(part, 'utf8').toString('base64')}?=`).join('\r\n ')
}
