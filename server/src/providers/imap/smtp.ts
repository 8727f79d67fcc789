/**
 * One SMTP submission (RFC 6409): connect, sign in, hand over, leave. From the first byte of the message on, silence has an
 * unknown outcome; a refusal is the server's word that nothing was accepted.
 */
import { Readable } from 'node:stream'
import addressparser from 'nodemailer/lib/addressparser'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { SMTPConnectionAuth } from 'nodemailer/lib/smtp-connection'
import type { Place } from './places.ts'
import { bearerHandlers, bearerMethod, offers } from './bearer.ts'
import type { Login } from './secret.ts'

const patienceMs = 15_000

export class NoLoginError extends Error {
  override readonly name = 'NoLoginError'
}

/** Signs in, does what is asked, and closes, whatever came of it. @throws what the library throws, or NoLoginError */
export async function withSmtp<T>(
  place: Place,
  login: Login,
  signal: AbortSignal,
  ask: (connection: SMTPConnection) => Promise<T>,
): Promise<T> {
  const { host, port, servername, security } = place
  const { default: Connection } = await import('nodemailer/lib/smtp-connection')
  const connection = new Connection({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { servername },
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs * 4,
    ...('bearer' in login ? { customAuth: bearerHandlers(login, place, () => greeting()) } : {}),
  })
  const greeting = () => String(connection.lastServerResponse)
  let fail: (error: unknown) => void = () => undefined
  const broken = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  broken.catch(() => undefined)
  const abort = () => fail(new Error('the time for this call is over'))
  connection.on('error', (error) => fail(error))
  connection.on('end', () => fail(new Error('the server closed the connection')))
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()
  const step = (begin: (done: (error?: unknown) => void) => void) =>
    Promise.race([
      broken,
      new Promise<void>((resolve, reject) => {
        begin((error) => (error instanceof Error ? reject(error) : resolve()))
      }),
    ])
  try {
    await step((done) => connection.connect(done))
    const takesTokens = offers(greeting(), 'OAUTHBEARER') || offers(greeting(), 'XOAUTH2')
    if (!connection.allowsAuth || ('bearer' in login && !takesTokens))
      throw new NoLoginError('this server offers no such way to sign in')
    await step((done) => connection.login(loginOf(login), done))
    return await Promise.race([broken, ask(connection)])
  } finally {
    signal.removeEventListener('abort', abort)
    connection.close()
  }
}

function loginOf(login: Login): SMTPConnectionAuth {
  if ('password' in login) return { credentials: { user: login.user, pass: login.password } }
  return { method: bearerMethod, user: login.user }
}

export interface Submission {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Uint8Array
}

/**
 * Hands the bytes over as they are; gives the recipients that the server refused while it took others. `begun` is called
 * when the first byte leaves.
 */
export function submit(
  connection: SMTPConnection,
  { from, to, raw }: Submission,
  begun: () => void,
): Promise<readonly string[]> {
  const bytes = new Readable({
    read() {
      begun()
      this.push(raw)
      // oxlint-disable-next-line unicorn/no-null -- a stream ends with null
      this.push(null)
    },
  })
  return new Promise((resolve, reject) => {
    connection.send({ from, to: [...to], size: raw.byteLength }, bytes, (error, told) => {
      if (error === null || error === undefined) resolve(told.rejected)
      else reject(error)
    })
  })
}

/** Whom the bytes name as recipients, each once. */
export function recipientsIn(raw: Uint8Array): readonly string[] {
  const text = Buffer.from(raw).toString('latin1')
  const block = text.slice(0, Math.max(0, text.indexOf('\r\n\r\n'))).replaceAll(/\r\n(?=[ \t])/g, '')
  const fields = [...block.matchAll(/^(?:to|cc|bcc):(.*)$/gim)].map(([, value]) => value ?? '')
  const addresses = fields.flatMap((value) =>
    addressparser(value, { flatten: true }).map((one) => one.address ?? ''),
  )
  return [...new Set(addresses.filter((address) => address.includes('@')))]
}
