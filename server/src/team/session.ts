/** Opens sessions. The library behind them is loaded only then, so that a worker never pays for it. */
import type { SessionParts, Sessions } from './store-session.ts'

export async function openSessions(parts: SessionParts): Promise<Sessions> {
  const { createSessions } = await import('./store-session.ts')
  return createSessions(parts)
}
