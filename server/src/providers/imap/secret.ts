/**
 * What is kept, sealed, of a mailbox: where the servers are and how to get in, by password or with the tokens of a sign-in
 * (RFC 6749). It never leaves this folder.
 */
import { z } from 'zod'

const Server = z.object({ host: z.string(), port: z.number().int(), security: z.enum(['tls', 'starttls']) })
const whose = {
  address: z.string(),
  name: z.string(),
  user: z.string(),
  smtp: Server,
  /** Absent with Send Only: reading is not even known how. */
  imap: Server.optional(),
}

const Secret = z.union([
  z.object({ ...whose, password: z.string() }),
  z.object({ ...whose, bearer: z.string() }),
])
export type Secret = z.infer<typeof Secret>
/** Who signs in, and how. */
export type Login = { readonly user: string } & ({ readonly password: string } | { readonly bearer: string })

/** Where the refresh token of a sign-in is kept, beside what belongs to whoever has it. */
const RefreshSecret = z.object({ ...whose, refresh: z.string() })
export type RefreshSecret = z.infer<typeof RefreshSecret>

export function writeSecret(secret: Secret | RefreshSecret): string {
  return JSON.stringify(secret)
}

export function readSecret(text: string): Secret {
  return Secret.parse(JSON.parse(text))
}

export function readRefreshSecret(text: string): RefreshSecret {
  return RefreshSecret.parse(JSON.parse(text))
}
