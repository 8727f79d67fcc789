/** Comparison form of a subject: without the prefixes that mail programs put before an answer (RFC 5256 §2.1, and the German ones). */

const PREFIX = /^\s*(?:re|aw|antw|antwort|fwd?|wg|sv|vs|tr)\s*(?:\[\d+\])?\s*:\s*/i

export function subjectKey(subject: string): string {
  let rest = subject
  while (PREFIX.test(rest)) rest = rest.replace(PREFIX, '')
  return rest.replaceAll(/\s+/g, ' ').trim().toLowerCase()
}

/** The subject of an answer, in the way of the writer's language. */
export function answerSubject(subject: string, language: string): string {
  if (PREFIX.test(subject)) return subject
  return `${language === 'de' ? 'AW' : 'Re'}: ${subject}`
}
