/**
 * Practice and real never mix: a practice mailbox writes to practice people only, a real one never to them.
 * Practice people live under a domain that cannot exist (RFC 2606 §3), so that no real address is ever taken for one.
 */
const practiceDomain = 'practice.example'

/** Does the address belong to the practice world? */
export function isPracticeAddress(address: string): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  return domain === practiceDomain || domain.endsWith(`.${practiceDomain}`)
}

/** Would this mail leave one world for the other? */
export function mixes(mailbox: { readonly practice: boolean }, toAddress: string): boolean {
  return mailbox.practice !== isPracticeAddress(toAddress)
}
