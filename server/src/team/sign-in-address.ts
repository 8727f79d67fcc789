/**
 * Owns the address as the name under which a person signs in. Not a mail address to write to: the rules of mail/
 * about what may be delivered are none of its business. Refuses what better-auth would refuse later.
 */
import { z } from 'zod'

const wellFormed = z.email()

/** The comparison form: composed characters (Unicode NFC), lower case. */
export function signInKey(address: string): string {
  return address.trim().normalize('NFC').toLowerCase()
}

export function isSignInAddress(address: string): boolean {
  return wellFormed.safeParse(signInKey(address)).success
}

/** False for a name that could break out of a header or a line: control characters, line and paragraph separators. */
export function isPlainName(name: string): boolean {
  return !/[\p{Cc}\u2028\u2029]/u.test(name)
}
