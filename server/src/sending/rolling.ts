/**
 * The second guard: how many mails an address may send in any 24 hours, where its provider counts so. Kontor stops
 * before the provider does, because the owner also writes by hand. See docs/provider-quirks.md.
 */

/** Consumer Gmail takes 500 in any 24 hours; fifty are left to the owner. */
const gmailConsumer = { domains: new Set(['gmail.com', 'googlemail.com']), limit: 450 }

/** Undefined where only the calendar day counts. */
export function rollingLimitOf(mailbox: {
  readonly provider: string
  readonly addressKey: string
}): number | undefined {
  const domain = mailbox.addressKey.slice(mailbox.addressKey.lastIndexOf('@') + 1)
  return mailbox.provider === 'gmail' && gmailConsumer.domains.has(domain) ? gmailConsumer.limit : undefined
}
