/**
 * Subjects: what is left when the marks of answering and forwarding are taken off, and the subject of an answer.
 *
 * RFC 5322 §3.6.5 knows only "Re: "; mail programs translate it. Nothing is ever matched by subject: this is for
 * showing and for writing.
 */

// "Re", "Re[2]", "AW", "WG" … as clients in the languages of our teams and their influencers write them
const answered = String.raw`re|aw|antw|antwort|sv|vs|r|rif|rép|rep|odp|ynt|res|ref|回复|回覆|答复|antwoord|vá|atb`
const forwarded = String.raw`fwd?|wg|weitergeleitet|tr|rv|enc|doorst|vl|i|pd|vb|转发|轉寄|továbbítás`

const answerMark = mark(answered)
const anyMark = mark(`${answered}|${forwarded}`)

/** The subject without any leading mark of answer or forward; white space is collapsed. */
export function baseSubject(subject: string): string {
  return stripped(subject, anyMark)
}

/** The subject of an answer: one "Re: " in front, whatever marks of answer stood there. */
export function replySubject(subject: string): string {
  return `Re: ${stripped(subject, answerMark)}`.trimEnd()
}

/** True when the subject says of itself that it is an answer. */
export function marksAnswer(subject: string): boolean {
  return answerMark.test(subject.trim())
}

function mark(words: string): RegExp {
  return new RegExp(
    String.raw`^(?:${words})\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3}|\*\d{1,3})?\s?[:：]\s*`,
    'iu',
  )
}

function stripped(subject: string, pattern: RegExp): string {
  let rest = subject.replaceAll(/\s+/gu, ' ').trim()
  for (let next = rest.replace(pattern, ''); next !== rest; next = rest.replace(pattern, '')) rest = next
  return rest
}
