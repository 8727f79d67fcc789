/**
 * Owns the log: one JSON line per happening on standard output, or a readable line for people in development.
 * Secrets are cut out by name wherever they appear two levels deep.
 *
 * Refuses: message contents. Raw messages, bodies and subjects are never logged, not even at level debug.
 */
import { pino } from 'pino'

export type Log = {
  debug(fields: LogFields, sentence: string): void
  info(fields: LogFields, sentence: string): void
  warn(fields: LogFields, sentence: string): void
  error(fields: LogFields, sentence: string): void
  child(fields: LogFields): Log
}
export type LogFields = Readonly<Record<string, unknown>>
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

const secretNames = [
  'token',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'id_token',
  'code',
  'secret',
  'clientSecret',
  'client_secret',
  'password',
  'authorization',
  'Authorization',
  'cookie',
  'Cookie',
  'set-cookie',
  'key',
  'apiKey',
  'connectionString',
  'raw',
  'body',
  'text',
  'html',
  'subject',
]

/** The log of a process. Lines go to `write`, or to standard output. */
export function createLog(options: { level: LogLevel; write?: (line: string) => void }): Log {
  const settings = {
    level: options.level,
    redact: { paths: secretNames.flatMap(atThreeDepths), censor: '[withheld]' },
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: describeError },
  }
  return options.write === undefined ? pino(settings) : pino(settings, { write: options.write })
}

/** A log that says nothing. */
export const silentLog: Log = createLog({ level: 'silent' })

/** What of an error is worth a line. Its other fields may hold whole connections; `code` is a secret's name elsewhere. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause } = error
  return {
    name,
    message,
    stack,
    ...('code' in error ? { errorCode: error.code } : {}),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  }
}

function atThreeDepths(name: string): string[] {
  return [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]
}
