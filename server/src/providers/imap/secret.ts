/** What is kept, sealed, of a sign-in by password: where the servers are and how to get in. It never leaves this folder. */
import { z } from 'zod'

const Server = z.object({ host: z.string(), port: z.number().int(), security: z.enum(['tls', 'starttls']) })

export const Secret = z.object({
  address: z.string(),
  name: z.string(),
  user: z.string(),
  password: z.string(),
  smtp: Server,
  /** Absent with Send Only: reading is not even known how. */
  imap: Server.optional(),
})
export type Secret = z.infer<typeof Secret>

export function writeSecret(secret: Secret): string {
  return JSON.stringify(secret)
}

export function readSecret(text: string): Secret {
  return Secret.parse(JSON.parse(text))
}
