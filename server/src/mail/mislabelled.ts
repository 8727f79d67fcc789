/**
 * Words that were written in UTF-8 while their part declared us-ascii, a Latin charset or none that exists: read by
 * the declaration, "für" becomes "fÃ¼r". Undone only where every octet fits: one that is no UTF-8, and the
 * declaration is believed.
 */

const lengthLimit = 1_000_000
const octetOf = new Map(
  Array.from(
    new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, octet) => octet)),
    (character, octet) => [character, octet] as const,
  ),
)
// the first octet of two to four, and one that follows it, each read as windows-1252
const suspicious = /[\u00C2-\u00F4][\u0080-\u00BF\u0152-\u0192\u02C6-\u02DC\u2013-\u203A\u20AC\u2122]/

/** The text as it was meant. */
export function asWritten(text: string): string {
  if (text.length > lengthLimit || !suspicious.test(text)) return text
  const octets = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) {
    const octet = octetOf.get(text.charAt(at))
    if (octet === undefined) return text
    octets[at] = octet
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)
  } catch {
    return text
  }
}
