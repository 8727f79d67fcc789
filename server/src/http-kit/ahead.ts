/** Times and days that somebody asks for: ahead of the present, within a year. Anything else is a field to mend. */
import { brokenField } from './problem.ts'

const latestDays = 366

/**
 * The instant in an ISO 8601 text.
 * @throws ProblemError 400 naming `path`: `past`, `too_far`
 */
export function timeAhead(now: Temporal.Instant, text: string, path: string): Temporal.Instant {
  const at = Temporal.Instant.from(text)
  if (Temporal.Instant.compare(at, now) <= 0) throw brokenField(path, 'past')
  if (Temporal.Instant.compare(at, now.add({ hours: latestDays * 24 })) > 0)
    throw brokenField(path, 'too_far')
  return at
}

/**
 * The day in an ISO 8601 text. Today is a day ahead, wherever it is still or already today.
 * @throws ProblemError 400 naming `path`: `past`, `too_far`
 */
export function dayAhead(now: Temporal.Instant, text: string, path: string): Temporal.PlainDate {
  const date = Temporal.PlainDate.from(text)
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  if (Temporal.PlainDate.compare(date, today.subtract({ days: 1 })) < 0) throw brokenField(path, 'past')
  if (Temporal.PlainDate.compare(date, today.add({ days: latestDays })) > 0)
    throw brokenField(path, 'too_far')
  return date
}
