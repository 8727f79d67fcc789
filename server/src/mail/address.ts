/**
 * One address of one person: `local@domain`, with or without a display name.
 *
 * Strict on purpose, because what passes here is written into headers and handed to providers that deliver to
 * whatever stands there: exactly one address, no list, no group, no comment, no control character, no domain
 * literal. What incoming mail carries is read more generously by parse.ts.
 *
 * The comparison form (`key`) lower-cases and turns the domain into A-labels. It strips neither dots nor plus
 * tags: only the domain's owner knows whether those are the same mailbox.
 */
import { hasBidiControl, hasControlCharacter, octets } from './characters.ts'

export type Address = {
  /** addr-spec as written, RFC 5322 §3.4.1. */
  readonly address: string
  /** Comparison form. */
  readonly key: string
  /** Display name, decoded, without quotes. */
  readonly name?: string
}

export type AddressProblemKind =
  | 'empty'
  | 'control-character'
  | 'bidi-control'
  | 'several'
  | 'malformed'
  | 'local-part'
  | 'domain'
  | 'too-long'

export type AddressProblem = { readonly problem: AddressProblemKind; readonly text: string }

const localLimit = 64
const domainLimit = 255
const nameLimit = 200

/** Tells an address from the reason why the text is none. */
export function isAddress(parsed: Address | AddressProblem): parsed is Address {
  return 'key' in parsed
}

/**
 * Reads one address, bare or as `Name <local@domain>`.
 * Lengths are octets: local part 64, domain 255 (RFC 5321 §4.5.3.1).
 */
export function parseAddress(text: string): Address | AddressProblem {
  if (hasControlCharacter(text)) return { problem: 'control-character', text }
  if (hasBidiControl(text)) return { problem: 'bidi-control', text }
  const trimmed = text.trim()
  if (trimmed === '') return { problem: 'empty', text }
  const parts = splitName(trimmed)
  if (typeof parts === 'string') return { problem: parts, text }
  const problem = addrSpecProblem(parts.address)
  if (problem !== undefined) return { problem, text }
  if (octets(parts.name) > nameLimit) return { problem: 'too-long', text }
  const { address, name } = parts
  return { address, key: addressKey(address), ...(name === '' ? {} : { name }) }
}

/** The form in which two addresses are compared; total, so that also a broken incoming address has one. */
export function addressKey(address: string): string {
  const at = address.lastIndexOf('@')
  if (at < 0) return address.trim().toLowerCase()
  return `${address.slice(0, at).trim().toLowerCase()}@${domainKey(address.slice(at + 1))}`
}

/** Domain in lower case and A-labels (RFC 5890 §2.3.2.1); unchanged but lower-cased when it has none. */
export function domainKey(domain: string): string {
  const lower = domain.trim().toLowerCase()
  if (isAscii(lower)) return lower
  return URL.parse(`http://${lower}/`)?.hostname ?? lower
}

/** `Name <local@domain>` as RFC 5322 §3.4 writes it, the name quoted unless it consists of atoms. */
export function formatNamed(named: Pick<Address, 'address' | 'name'>): string {
  if (named.name === undefined || named.name === '') return named.address
  const plain = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/.test(named.name)
  const shown = plain ? named.name : `"${named.name.replaceAll(/["\\]/g, '\\$&')}"`
  return `${shown} <${named.address}>`
}

function splitName(text: string): { address: string; name: string } | 'several' | 'malformed' {
  if (!text.endsWith('>')) {
    if (/[<>]/.test(text)) return 'malformed'
    return /[,;]/.test(withoutQuoted(text)) ? 'several' : { address: text, name: '' }
  }
  const quoted = /^"((?:[^"\\]|\\.)*)"\s*<([^<>]*)>$/.exec(text)
  if (quoted) {
    return { name: (quoted[1] ?? '').replaceAll(/\\(.)/g, '$1').trim(), address: (quoted[2] ?? '').trim() }
  }
  const open = text.lastIndexOf('<')
  const name = text.slice(0, open).trim()
  if (/[,;]/.test(withoutQuoted(name))) return 'several'
  if (open < 0 || /[<>"\\@:]/.test(name)) return 'malformed'
  return { name, address: text.slice(open + 1, -1).trim() }
}

function withoutQuoted(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
}

function addrSpecProblem(address: string): AddressProblemKind | undefined {
  const at = address.lastIndexOf('@')
  if (at < 0) return 'malformed'
  const local = address.slice(0, at)
  const domain = address.slice(at + 1)
  if (octets(local) > localLimit || octets(domain) > domainLimit) return 'too-long'
  if (!isLocalPart(local)) return local.includes('@') && !local.startsWith('"') ? 'several' : 'local-part'
  return isDomain(domain) ? undefined : 'domain'
}

// dot-atom or quoted-string, RFC 5322 §3.4.1; letters beyond ASCII as RFC 6532 §3.2 allows
function isLocalPart(local: string): boolean {
  return (
    /^[\w!#$%&'*+/=?^`{|}~\u00a1-\u{10ffff}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\u00a1-\u{10ffff}-]+)*$/u.test(
      local,
    ) || /^"(?:[^"\\]|\\[ -~])+"$/.test(local)
  )
}

// LDH labels (RFC 1123 §2.1) or U-labels; at least two, because a single one is a typing error, but for localhost
function isDomain(domain: string): boolean {
  if (domain.toLowerCase() === 'localhost') return true
  const ascii = domainKey(domain)
  if (!isAscii(ascii) || octets(ascii) > domainLimit) return false
  return /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/.test(ascii)
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text)
}
