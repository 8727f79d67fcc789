/**
 * The second guard: how many mails an address may send in any 24 hours, where its provider counts so. Kontor stops
 * before the provider does, because the owner also writes by hand. See docs/provider-quirks.md.
 */

/** Consumer Gmail takes 500 in any 24 hours; fifty are left to the owner. */
const gmailConsumer = { domains: new Set(['gmail.com', 'googlemail.com']), limit: 450 }

/**
 * Undefined where only the calendar day counts. By the address alone: Google counts what leaves by SMTP, too, and everybody
 * who uses an address shares its cap, so that none of them may lift what holds for the others.
 */
export function rollingLimitOf(addressKey: string): number | undefined {
  const domain = addressKey.slice(addressKey.lastIndexOf('@') + 1)
  return gmailConsumer.domains.has(domain) ? gmailConsumer.limit : undefined
}
