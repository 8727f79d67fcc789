/**
 * Characters that must never reach a header field.
 *
 * A header value is refused, never repaired, when it carries a control character: a line break in a value is
 * how one header becomes two (RFC 5322 §2.2). Bidirectional controls are refused in names because they make
 * an address look like another one. Nothing here knows what a header means.
 */

/** True when the text holds a C0 or C1 control character (tab included), DEL, or a lone surrogate. */
export function hasControlCharacter(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text) || !text.isWellFormed()
}

/** True when the text holds a bidirectional formatting character (Unicode UAX #9). */
export function hasBidiControl(text: string): boolean {
  return /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text)
}

/** Length in octets as UTF-8, the unit in which the standards count. */
export function octets(text: string): number {
  return new TextEncoder().encode(text).length
}
