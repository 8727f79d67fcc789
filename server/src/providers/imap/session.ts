/**
 * One IMAP connection of an opened mailbox: made at the first question, kept while questions follow one another, closed
 * soon after the last. No other process needs it, and losing it loses nothing.
 */
import type { ImapFlow, ImapFlowOptions } from 'imapflow'
import type { Outcome } from '../../mailboxes/provider.ts'
import type { Clock } from '../../platform/clock/index.ts'
import { failed } from '../shared/outcome.ts'
import { imapFailure, toldBy } from './errors.ts'
import type { Place } from './places.ts'
import type { Login } from './secret.ts'
import type { Credentials } from './signing-in.ts'
import { signingIn } from './signing-in.ts'

const patienceMs = 15_000
/** Long enough for the next question of a pull, short enough for servers that count connections. */
const idleMs = 2000

/** Signs in; only then the library is loaded, a tenth of a start. @throws what the library throws */
export async function connectImap(
  { host, port, servername, security }: Place,
  login: Login,
  signal: AbortSignal,
  more: Pick<ImapFlowOptions, 'maxIdleTime' | 'socketTimeout'> = {},
): Promise<ImapFlow> {
  const library = await import('imapflow')
  const client = new library.ImapFlow({
    host,
    port,
    servername,
    secure: security === 'tls',
    doSTARTTLS: security === 'tls' ? undefined : security === 'starttls',
    auth: {
      user: login.user,
      ...('password' in login ? { pass: login.password } : { accessToken: login.bearer }),
    },
    clientInfo: { name: 'Kontor' },
    disableAutoIdle: true,
    // no mod-sequences with every answer: nobody asked for them
    disableAutoEnable: true,
    logger: false,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs * 4,
    ...more,
  })
  // whoever waits for an answer is told; a connection that breaks while nobody does is made anew
  client.on('error', () => undefined)
  await untilOver(client, signal, () => client.connect())
  return client
}

/** Closes the connection when the time is over, which ends the question. */
async function untilOver<T>(client: ImapFlow, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  const close = () => client.close()
  if (signal.aborted) close()
  signal.addEventListener('abort', close)
  try {
    return await ask()
  } finally {
    signal.removeEventListener('abort', close)
  }
}

export type Ask = <T>(
  signal: AbortSignal,
  question: (client: ImapFlow) => Promise<Outcome<T>>,
) => Promise<Outcome<T>>

export interface SessionParts {
  /** Told anew for each connection. */
  readonly credentials: Credentials
  readonly clock: Pick<Clock, 'sleep'>
  readonly productNow: () => Promise<Temporal.Instant>
}

/** Asks over one connection; what the server refuses and what breaks are failures of the port. */
export function imapSession({ credentials, clock, productNow }: SessionParts): Ask {
  let open: Promise<ImapFlow | undefined> | undefined
  let asking = 0
  let rest = new AbortController()

  async function held(): Promise<ImapFlow | undefined> {
    const client = await open
    return client?.usable === true ? client : undefined
  }

  function connection(signal: AbortSignal): Promise<Outcome<ImapFlow>> {
    const opened = signingIn(credentials, signal, ({ place, secret }) => connectImap(place, secret, signal))
    open = opened.then(
      (one) => (one.ok ? one.value : undefined),
      () => undefined,
    )
    return opened
  }

  async function closeWhenIdle(client: ImapFlow): Promise<void> {
    rest = new AbortController()
    const { signal } = rest
    await clock.sleep(idleMs, signal)
    if (!signal.aborted && asking === 0) await client.logout().catch(() => client.close())
  }

  return async (signal, question) => {
    asking += 1
    rest.abort()
    let client = await held()
    try {
      const kept = client
      if (kept !== undefined) {
        // the server may have ended it since the last question, and a question may be asked twice
        const answer = await untilOver(kept, signal, () => question(kept)).catch((error: unknown) => {
          if (kept.usable || signal.aborted) throw error
        })
        if (answer !== undefined) return answer
      }
      const fresh = await connection(signal)
      if (!fresh.ok) return fresh
      client = fresh.value
      return await untilOver(fresh.value, signal, () => question(fresh.value))
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError) throw error
      return failed(imapFailure(toldBy(error), await productNow()))
    } finally {
      asking -= 1
      if (client !== undefined && asking === 0) void closeWhenIdle(client)
    }
  }
}
