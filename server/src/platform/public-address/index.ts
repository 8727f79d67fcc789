/** The address under which others reach us, or cannot: a link to this very machine is of no use to somebody else. */

/** Whether the address leads to this machine only (RFC 6761 §6.3, RFC 1122 §3.2.1.3). */
export function leadsHereOnly(publicUrl: string): boolean {
  const host = URL.parse(publicUrl)?.hostname ?? ''
  return (
    host === '' ||
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    host.startsWith('127.')
  )
}
