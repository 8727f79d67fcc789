/** A time of day as people type it: 8, 8:30, 8.30, 0830, 8h30 are read as HH:MM on a clock of 24 hours. */
const written = /^([01]?\d|2[0-3])(?:[:.h ]?([0-5]\d))?$/

/** HH:MM, or undefined if no time was meant. */
export function clockTime(text: string): string | undefined {
  const [whole, hours = '', minutes = '00'] = written.exec(text.trim()) ?? []
  return whole === undefined ? undefined : `${hours.padStart(2, '0')}:${minutes}`
}
