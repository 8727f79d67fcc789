/**
 * Dates and times of day as the judge reads them: by the formatter of the runtime, not by the product's own day and
 * window functions, so that a fault in those cannot agree with itself.
 */

export interface LocalTime {
  /** `2026-03-29`, comparable as text. */
  readonly date: string
  readonly minuteOfDay: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

export function localTime(zone: string, at: number): LocalTime {
  let formatter = formatters.get(zone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formatters.set(zone, formatter)
  }
  const parts = new Map(formatter.formatToParts(at).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    minuteOfDay: Number(part('hour')) * 60 + Number(part('minute')),
  }
}
