/**
 * The mailbox tells over a connection of its own (IDLE, RFC 2177): the inbox is opened for reading only, and nothing is asked.
 *
 * IDLE is issued anew long before the 29 minutes after which a server may hang up (RFC 2177 §3). A server that is silent for
 * minutes is asked whether it is still there, since a connection that an address translation forgot looks like a quiet one.
 */
import type { ImapFlow } from 'imapflow'
import type { Attendance, Outcome, ProviderFailure } from '../../mailboxes/provider.ts'
import type { Clock } from '../../platform/clock/index.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import { imapFailure, toldBy } from './errors.ts'
import { connectImap } from './session.ts'
import type { Credentials } from './signing-in.ts'
import { signingIn } from './signing-in.ts'

const idleAnewMs = 20 * 60_000
const silenceMs = 4 * 60_000
const goodbyeMs = 2000
/** An IDLE that the server ends sooner is none. */
const shortestMs = 100

export interface AttendParts {
  readonly credentials: Credentials
  readonly clock: Pick<Clock, 'sleep' | 'monotonicMs'>
  readonly productNow: () => Promise<Temporal.Instant>
}

/** Undefined where the server does not know IDLE. */
export async function attendInbox(
  parts: AttendParts,
  moved: () => void,
  signal: AbortSignal,
): Promise<Outcome<Attendance | undefined>> {
  const patience = { maxIdleTime: idleAnewMs, socketTimeout: silenceMs }
  let client: ImapFlow | undefined
  try {
    const opened = await signingIn(parts.credentials, signal, ({ place, secret }) =>
      connectImap(place, secret, signal, patience),
    )
    if (!opened.ok) return opened
    client = opened.value
    if (!client.capabilities.has('IDLE')) {
      await leave(client, parts.clock)
      return succeeded(undefined)
    }
    await client.mailboxOpen('INBOX', { readOnly: true })
    client.on('exists', ({ count, prevCount }) => {
      if (count > prevCount) moved()
    })
    return succeeded(idling(client, parts))
  } catch (error) {
    client?.close()
    if (error instanceof TypeError || error instanceof RangeError) throw error
    return failed(imapFailure(toldBy(error), await parts.productNow()))
  }
}

function idling(client: ImapFlow, { clock }: AttendParts): Attendance {
  let said = 'the server closed the connection'
  client.on('error', ({ message }) => {
    said = message
  })

  async function tell(): Promise<ProviderFailure> {
    while (client.usable && client.mailbox) {
      const begun = clock.monotonicMs()
      // it also returns when the library asked whether the server is still there
      const told = await client.idle().catch((error: Error) => error)
      if (told instanceof Error) return { kind: 'transient', diagnostic: told.message }
      const atOnce = clock.monotonicMs() - begun < shortestMs
      if (client.usable && (told === false || atOnce))
        return {
          kind: 'rejected',
          why: 'idle',
          permanent: true,
          diagnostic: 'the server does not stay in IDLE',
        }
    }
    return { kind: 'transient', diagnostic: said }
  }

  return {
    over: tell(),
    [Symbol.asyncDispose]: () => leave(client, clock),
  }
}

/** Says goodbye, without waiting long for the answer. */
async function leave(client: ImapFlow, clock: Pick<Clock, 'sleep'>): Promise<void> {
  const left = new AbortController()
  await Promise.race([client.logout().catch(() => undefined), clock.sleep(goodbyeMs, left.signal)])
  left.abort()
  client.close()
}
