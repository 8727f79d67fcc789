/**
 * What happens when …? Event type → the handlers that follow, each run once per event in a transaction of its own.
 * Names are stored in open jobs: a renamed handler strands them.
 */
import type { Wiring } from './platform/events/index.ts'

export function wiring(): Wiring {
  return {}
}
