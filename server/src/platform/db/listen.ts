/**
 * Owns the one connection per process that hears NOTIFY. Notifications are hints: whoever listens must also look by
 * itself now and then, and after every reconnect each listener is given an empty hint, since one may have been lost.
 */
import { randomInt } from 'node:crypto'
import pg from 'pg'
import type { Clock } from '../clock/index.ts'
import { wallClock } from '../clock/index.ts'
import type { Log } from '../log/index.ts'

export type Listening = AsyncDisposable & {
  /** Resolves when the server has confirmed the first LISTEN. */
  readonly ready: Promise<void>
}
export type Listener = AsyncDisposable & {
  /** What this process is known by while its connection lives: others find a lock under it. Undefined without one. */
  readonly presence: number | undefined
  listen(channel: string, onHint: (payload: string) => void): Listening
}
type Ear = {
  readonly channel: string
  readonly onHint: (payload: string) => void
  readonly heard: () => void
}

/** The first half of the lock's key; is_present (migration 0048) knows it too. */
const presenceClass = 27503

/** Pause after a connection that had worked, and after one that could not be made. */
const reconnectMs = 50
const retryMs = 1000

/** Connects on the first `listen`. */
export function createListener(options: {
  url: string
  applicationName: string
  log: Log
  clock?: Clock
}): Listener {
  const clock = options.clock ?? wallClock
  const ears = new Set<Ear>()
  const stopping = new AbortController()
  const key = randomInt(2 ** 31 - 1)
  let present = false
  let running: Promise<void> | undefined
  let client: pg.Client | undefined
  let worked = false
  let lastSubscribed: Promise<unknown> = Promise.resolve()

  /** One after the other: a connection takes one statement at a time. */
  function subscribe(to: pg.Client, channel: string): Promise<unknown> {
    const subscribed = lastSubscribed.then(() => to.query(`listen ${to.escapeIdentifier(channel)}`))
    lastSubscribed = subscribed.catch(() => {})
    return subscribed
  }

  async function stayConnected(): Promise<void> {
    while (!stopping.signal.aborted) {
      worked = false
      try {
        await connectOnce()
      } catch (error) {
        if (!stopping.signal.aborted) options.log.warn({ error }, 'the listening connection was lost')
      }
      await clock.sleep(worked ? reconnectMs : retryMs, stopping.signal)
    }
  }

  async function connectOnce(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: options.url,
      application_name: `${options.applicationName} listen`,
      keepAlive: true,
    })
    const lost = new Promise<void>((resolve, reject) => {
      fresh.on('error', reject)
      fresh.on('end', resolve)
      stopping.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    fresh.on('notification', ({ channel, payload }) => {
      for (const ear of ears) if (ear.channel === channel) ear.onHint(payload ?? '')
    })
    try {
      await Promise.race([fresh.connect(), lost])
      client = fresh
      worked = true
      await fresh.query('select pg_advisory_lock($1, $2)', [presenceClass, key])
      present = true
      for (const channel of new Set([...ears].map((ear) => ear.channel))) await subscribe(fresh, channel)
      for (const ear of ears) {
        ear.heard()
        ear.onHint('')
      }
      await lost
    } finally {
      client = undefined
      present = false
      lost.catch(() => {})
      await fresh.end().catch(() => {})
    }
  }

  return {
    get presence() {
      return present ? key : undefined
    },
    listen(channel, onHint) {
      const { promise: ready, resolve: heard } = Promise.withResolvers<void>()
      const ear: Ear = { channel, onHint, heard }
      ears.add(ear)
      if (client !== undefined)
        void subscribe(client, channel).then(
          () => heard(),
          () => {},
        )
      running ??= stayConnected()
      return {
        ready,
        async [Symbol.asyncDispose]() {
          ears.delete(ear)
        },
      }
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await running
    },
  }
}
