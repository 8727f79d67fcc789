/** Comparison form of a subject: without the prefixes that mail programs put before an answer (RFC 5256 §2.1, and the German ones). */

const PREFIX = /^\s*(?:re|aw|antw|antwort|fwd?|wg|sv|vs|tr)\s*(?:\[\d+\])?\s*:\s*/i

export function subjectKey(subject: string): string {
  let rest = subject
  while (PREFIX.test(rest)) rest = rest.replace(PREFIX, '')
  return rest.replaceAll(/\s+/g, ' ').trim().toLowerCase()
}

/** The subject of an answer; one that says so already stays as it is. */
export function answerSubject(subject: string, prefix: string): string {
  return PREFIX.test(subject) ? subject : `${prefix}: ${subject}`
}
