/**
 * Which of these identifiers answer us, and by what evidence.
 *
 * Order of evidence: In-Reply-To and References naming one of our ids or tokens, then the provider's thread id, then
 * nothing. Never the subject. Where the thread id decides alone (Gmail) nothing at all is asked about mail outside our
 * threads; elsewhere the thread headers are, and nothing else.
 */
import { canonical, parseMessageIds, tokenOf } from '../mail/index.ts'
import type { ThreadHeaders } from '../mailboxes/provider.ts'
import type { Clues } from '../correspondence/index.ts'

/** The clues in thread headers, in canonical form. */
export function cluesOf(
  headers: Pick<ThreadHeaders, 'inReplyTo' | 'references'>,
  providerThreadId: string | undefined,
): Clues {
  const inReplyTo = parseMessageIds(headers.inReplyTo ?? '')
  const references = parseMessageIds(headers.references ?? '')
  const tokens = [...inReplyTo, ...references].map(tokenOf).filter((token) => token !== undefined)
  return {
    inReplyTo: inReplyTo.map(canonical),
    references: references.map(canonical),
    tokens: [...new Set(tokens)],
    ...(providerThreadId === undefined ? {} : { providerThreadId }),
  }
}

/**
 * Header values of a message that has been read, as the provider would have given them; with the ids of what it reports
 * about, which in a delivery report stand where an answer has References.
 */
export function headersOf(
  message: { readonly inReplyTo: readonly string[]; readonly references: readonly string[] },
  aboutIds: readonly string[] = [],
): {
  inReplyTo: string
  references: string
} {
  const text = (ids: readonly string[]): string => ids.map((id) => `<${id}>`).join(' ')
  return { inReplyTo: text(message.inReplyTo), references: text([...message.references, ...aboutIds]) }
}
