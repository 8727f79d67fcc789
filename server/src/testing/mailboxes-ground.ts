/** The mailboxes domain on a test database with the provider in memory, and a person who signs in. */
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import { silentLog } from '../platform/log/index.ts'
import { openSecretBox } from '../platform/secret-box/index.ts'
import type { Adapter, Mailboxes } from '../mailboxes/index.ts'
import { createMailboxes } from '../mailboxes/index.ts'
import type { MailboxRouteParts } from '../mailboxes/routes.ts'
import { mailboxRoutes } from '../mailboxes/routes.ts'
import { beginTakingBack } from '../privacy/index.ts'
import type { SteppedClock } from './clock.ts'
import { steppedClock } from './clock.ts'
import type { Ground } from './ground.ts'
import { ground } from './ground.ts'
import type { MemoryProvider } from './memory-hands.ts'
import { createMemoryProvider } from './memory-provider.ts'
import { outsideCaps } from './outside-caps.ts'

export interface MailboxesGround extends Ground {
  readonly mailboxes: Mailboxes
  readonly outside: MemoryProvider
  /** Real time of sign-ins and tokens. */
  readonly clock: SteppedClock
  /** Mailboxes that the outbox was told of, in order. */
  readonly synced: string[]
  /** The same domain in another process: its own connections, its own adapter. */
  beside(database: Database, parts?: { readonly adapter?: Adapter; readonly clock?: Clock }): Mailboxes
  /** What is asked over HTTP; nobody is signed in, nothing waits and nothing is learnt, unless given. */
  routes(parts?: Partial<MailboxRouteParts>): ReturnType<typeof mailboxRoutes>
  /** Connects a mailbox for a person and gives its id. */
  connect(address: string, level?: 'full' | 'send_only', personId?: string): Promise<string>
}

/** A workspace, and an outside world in memory. */
export async function mailboxesGround(
  database: Database,
  options: { readonly seed: string; readonly mode?: 'practice' | 'real' },
): Promise<MailboxesGround> {
  const at = await ground(database, options)
  const clock = steppedClock()
  const outside = createMemoryProvider({ now: clock.now })
  const synced: string[] = []

  function beside(
    other: Database,
    parts: { readonly adapter?: Adapter; readonly clock?: Clock } = {},
  ): Mailboxes {
    return createMailboxes({
      database: other,
      ids: at.ids,
      clock: parts.clock ?? clock,
      box: openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(7) }], current: 'a' }),
      log: silentLog,
      emit: at.emit,
      schedule: {
        sync: async (_tx, mailboxId) => {
          synced.push(mailboxId)
        },
        ...outsideCaps,
      },
      beginTakingBack: (tx, wish) => beginTakingBack(at, tx, wish),
      endpoints: {
        all: async () => [
          outside.endpoint,
          { ...outside.endpoint, key: 'real', practice: false },
          { ...unconfigured(outside), key: 'unconfigured' },
        ],
        adapter: () => parts.adapter ?? outside.adapter,
      },
      redirectUri: () => 'https://kontor.example/api/v1/oauth/callback',
    })
  }

  const mailboxes = beside(database)
  return {
    ...at,
    mailboxes,
    outside,
    clock,
    synced,
    beside,
    routes: (parts) =>
      mailboxRoutes({
        mailboxes,
        capacities: async () => new Map(),
        leaving: async () => new Map(),
        learnings: async () => new Map(),
        signedIn: async () => undefined,
        ...parts,
      }),
    async connect(address, level = 'full', personId = at.personId) {
      outside.account(address, 'Anna Keller')
      const begun = await mailboxes.startConsent({
        workspaceId: at.workspaceId,
        personId,
        language: 'en',
        endpoint: outside.endpoint.key,
        level,
        sharing: 'team',
        namedMembers: [],
      })
      if (!begun.ok) throw new Error(begun.problem)
      const callbackUrl = outside.consent(begun.authorizeUrl, { account: address })
      await mailboxes.comeBack({ personId, callbackUrl }, new AbortController().signal)
      const connected = at.emitted.findLast((event) => event.type === 'mailbox.connected')
      if (connected?.subject === undefined) throw new Error(`${address} was not connected`)
      return connected.subject
    },
  }
}

function unconfigured({
  endpoint: { clientId: _none, ...rest },
}: MemoryProvider): Omit<MemoryProvider['endpoint'], 'clientId'> {
  return rest
}
