/** When there is news of something long: pure. */

/** The same text while there is no news: a quarter of the way, in a phase. */
export function newsPoint(phase: string, value: number, max: number): string {
  const quarter = max > 0 ? Math.floor((4 * Math.min(value, max)) / max) : 0
  return `${phase} ${quarter}`
}
