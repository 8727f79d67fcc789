/**
 * Addresses of the practice world (RFC 5322 §3.4). The comparison form lower-cases and drops a plus tag: that is the rule
 * of the practice domains, which are the only ones that exist here.
 */
import addressparser from 'nodemailer/lib/addressparser'
import { decodeWords, encodeWords } from './encoded-words.ts'

export interface NamedAddress {
  readonly name: string
  readonly address: string
}

export const PRACTICE_DOMAIN = 'practice.example'
export const BRAND_DOMAIN = `brand.${PRACTICE_DOMAIN}`
export const PEOPLE_DOMAIN = `people.${PRACTICE_DOMAIN}`
/** Brands whose mailboxes are at Microsoft. */
export const OFFICE_DOMAIN = `office.${PRACTICE_DOMAIN}`
/** Brands whose mailboxes are on the practice mail server (SMTP and IMAP). */
export const POST_DOMAIN = `post.${PRACTICE_DOMAIN}`
/** Managers answer for people from here. */
export const MANAGEMENT_DOMAIN = `management.${PRACTICE_DOMAIN}`

/** The mailboxes in a header value; groups are flattened, entries without a proper address are kept with an empty one. */
export function parseAddresses(value: string | undefined): readonly NamedAddress[] {
  if (value === undefined || value.trim() === '') return []
  return addressparser(value, { flatten: true }).map((entry) => ({
    name: decodeWords(entry.name),
    address: entry.address ?? '',
  }))
}

/** True for `local@domain` without spaces or controls. */
export function isAddress(text: string): boolean {
  return /^[^\s@<>"(),:;\\[\]\p{Cc}]+@[^\s@<>"(),:;\\[\]\p{Cc}]+\.[^\s@<>"(),:;\\[\]\p{Cc}.]+$/u.test(text)
}

export function addressKey(address: string): string {
  const lower = address.trim().toLowerCase()
  const at = lower.lastIndexOf('@')
  const local = lower.slice(0, at)
  const plus = local.indexOf('+')
  return plus > 0 ? `${local.slice(0, plus)}${lower.slice(at)}` : lower
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

/** True for addresses that this world may deliver to. */
export function isPracticeAddress(address: string): boolean {
  const domain = domainOf(address)
  return domain === PRACTICE_DOMAIN || domain.endsWith(`.${PRACTICE_DOMAIN}`)
}

/** True for addresses whose mailbox is at Microsoft. */
export function isOfficeAddress(address: string): boolean {
  return domainOf(address) === OFFICE_DOMAIN
}

/** True for addresses whose mailbox is on the practice mail server. */
export function isPostAddress(address: string): boolean {
  return domainOf(address) === POST_DOMAIN
}

/** Every account that is nowhere else is at Google. */
export function isGoogleAddress(address: string): boolean {
  return !isOfficeAddress(address) && !isPostAddress(address)
}

/** `Name <address>` ready for a header; names are quoted or encoded where needed. */
export function formatAddress(named: NamedAddress): string {
  if (named.name === '') return named.address
  if (!/^[ -~]*$/.test(named.name)) return `${encodeWords(named.name)} <${named.address}>`
  const plain = /^[\w!#$%&'*+/=?^`{|}~ -]+$/.test(named.name)
  return plain
    ? `${named.name} <${named.address}>`
    : `"${named.name.replaceAll(/["\\]/g, '\\$&')}" <${named.address}>`
}
