/**
 * Owns the mails of the system itself: resets, digests, tests. They go through one SMTP server that an owner named and
 * never through anybody's mailbox, so they have neither limit nor queue, but also no promise to be sent exactly once.
 *
 * What went wrong is told so precisely that the person at the settings can mend it: a stable code and the words of the
 * server itself. Refuses: files and URLs as content, and any other host than the one given.
 */
import type SMTPTransport from 'nodemailer/lib/smtp-transport'
import { complaintOf } from './complaint.ts'
import type { MailComplaint } from './complaint.ts'

export interface SystemMailServer {
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user: string
  readonly password: string
  readonly from: string
}
export interface SystemMail {
  readonly to: string
  readonly subject: string
  readonly text: string
}
export type SystemMailOutcome = { readonly ok: true } | ({ readonly ok: false } & MailComplaint)

const defaultPatienceMs = 10_000

/** Hands one mail to the server. RFC 3834 §5: nobody's robot should answer it. `patienceMs`: for each of its answers. */
export async function sendSystemMail(
  server: SystemMailServer,
  mail: SystemMail,
  patienceMs = defaultPatienceMs,
): Promise<SystemMailOutcome> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(optionsOf(server, patienceMs))
  try {
    await transport.sendMail({
      from: { name: 'Kontor', address: server.from },
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
    return { ok: true }
  } catch (error) {
    return { ok: false, ...complaintOf(error) }
  } finally {
    transport.close()
  }
}

function optionsOf(
  { host, port, security, user, password }: SystemMailServer,
  patienceMs: number,
): SMTPTransport.Options {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs * 2,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
