/**
 * When a provider wants to be asked again, from what its answer says: `Retry-After` as seconds or as an HTTP date
 * (RFC 9110 §10.2.3), or Google's sentence "Retry after <instant>". The sentence wins, because it names the instant.
 */

/** The instant to wait for, or undefined when the answer names none. `now` counts for seconds only. */
export function retryAfter(
  told: { readonly header: string | null; readonly sentence?: string },
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  return fromSentence(told.sentence ?? '') ?? fromHeader(told.header?.trim() ?? '', now)
}

function fromSentence(sentence: string): Temporal.Instant | undefined {
  const named = /retry after\s+(\S+)/i.exec(sentence)?.[1]?.replace(/[.,;)]+$/, '')
  return named === undefined ? undefined : parsed(() => Temporal.Instant.from(named))
}

function fromHeader(header: string, now: Temporal.Instant): Temporal.Instant | undefined {
  if (/^\d{1,9}$/.test(header)) return now.add({ seconds: Number(header) })
  return httpDate(header)
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

// IMF-fixdate, RFC 9110 §5.6.7; the two obsolete forms have not been seen from any provider
/** An HTTP date; undefined when the text is none. */
export function httpDate(text: string): Temporal.Instant | undefined {
  const found = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/.exec(text)
  if (found === null) return undefined
  const [, day = '', monthName = '', year = '', time = ''] = found
  const month = String(months.indexOf(monthName.toLowerCase()) + 1).padStart(2, '0')
  return parsed(() => Temporal.Instant.from(`${year}-${month}-${day}T${time}Z`))
}

function parsed(read: () => Temporal.Instant): Temporal.Instant | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
