/**
 * Owns one question: does this error mean that the database cannot be reached right now? Then the request may be
 * tried again as it is, and the process recovers by itself, since the pools reconnect.
 */
import { sqlState } from '../platform/db/index.ts'

/** PostgreSQL Appendix A: connection exceptions, too many connections, shutting down, starting up. */
const awayStates = /^(08...|53300|57P0[1235])$/
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
])
/** Of node-postgres, which gives these errors no code. */
const awaySentences = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
]

export function databaseIsAway(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== undefined) return awayStates.test(state)
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError && error.errors.some(databaseIsAway)) return true
  if ('code' in error && typeof error.code === 'string' && 'syscall' in error)
    return awayCodes.has(error.code)
  return awaySentences.some((sentence) => error.message.startsWith(sentence))
}
