/**
 * Ties the domains to one another where a layer needs something of one above it: the outbox follows mailboxes, the
 * authors of mails (campaigns, inbox) write for sending. Opens nothing and starts nothing but parser threads on demand.
 */
import { campaignAuthor } from './campaigns/index.ts'
import type { CampaignParts } from './campaigns/index.ts'
import type { Config } from './config.ts'
import { endpointBook } from './endpoints.ts'
import { directAuthor } from './inbox/index.ts'
import type { SettingsBook, SystemPost } from './installation/index.ts'
import type { Mailboxes } from './mailboxes/index.ts'
import { createMailboxes, pushUrl } from './mailboxes/index.ts'
import type { AppTrial } from './mailboxes/consent.ts'
import type { ProviderTraits } from './mailboxes/provider.ts'
import type { Clock } from './platform/clock/index.ts'
import { databaseNow } from './platform/clock/index.ts'
import type { Database, Tx } from './platform/db/index.ts'
import type { Emit } from './platform/events/index.ts'
import type { Ids } from './platform/ids/index.ts'
import type { Log } from './platform/log/index.ts'
import type { SecretBox } from './platform/secret-box/index.ts'
import { createHttpClient } from './platform/http-client/index.ts'
import { createWorkerPool } from './platform/worker-pool/index.ts'
import { beginTakingBack } from './privacy/index.ts'
import type { PrivacyParts } from './privacy/index.ts'
import {
  fixedPolling,
  learningsWith,
  noticeSince,
  readMessageMs,
  tryPush,
  usualPolling,
} from './receiving/index.ts'
import type { AttendingParts, Learning, PushNotice, PushTrial } from './receiving/index.ts'
import type { ReceivingParts, WatchingParts } from './receiving/index.ts'
import type { ReadMessage } from './receiving/index.ts'
import { createPracticeWorld } from './rehearsal/index.ts'
import type { RehearsalParts } from './rehearsal/index.ts'
import {
  capacities,
  chargeOutside,
  createEnqueue,
  forecastAll,
  refundOutside,
  syncSchedule,
} from './sending/index.ts'
import type { Capacity, Enqueue, MailAuthor, SendingParts } from './sending/index.ts'

export type Machines = {
  readonly settings: SettingsBook
  readonly database: Database
  readonly ids: Ids
  readonly clock: Clock
  readonly log: Log
  readonly box: SecretBox
  readonly emit: Emit
  readonly post: SystemPost
  /** Origin under which people, creators and providers reach us, at this moment. */
  readonly address: () => string
  /** Where the web process listens on its own machine, as far as that is known. */
  readonly local?: () => string | undefined
}
export type Domains = AsyncDisposable & {
  readonly mailboxes: Mailboxes
  readonly enqueue: Enqueue
  readonly campaigns: CampaignParts
  readonly capacities: (tx: Tx, mailboxIds: readonly string[]) => Promise<Map<string, Capacity>>
  readonly leaving: typeof forecastAll
  readonly learnings: (tx: Tx, mailboxIds: readonly string[]) => Promise<Map<string, Learning>>
  readonly traits: (provider: 'gmail' | 'microsoft' | 'imap') => ProviderTraits | undefined
  readonly redirectUri: () => string
  readonly pushUrl: () => string
  readonly address: () => string
  /** Tries our app at a real provider as it is set now; undefined when none is. */
  readonly tryApp: (provider: 'gmail' | 'microsoft', signal: AbortSignal) => Promise<AppTrial | undefined>
  /** Asks Gmail to publish where it is set up to now, and says what was heard of it since. */
  readonly tryPush: (signal: AbortSignal) => Promise<PushTrial>
  readonly pushNotice: (since: Temporal.Instant) => Promise<PushNotice>
  readonly authors: readonly MailAuthor[]
  readonly sending: SendingParts
  readonly receiving: ReceivingParts & WatchingParts & AttendingParts
  /** Before the first mail comes: reading it need not wait for a thread that starts. */
  readonly warmReader: () => Promise<void>
  readonly privacy: PrivacyParts
  readonly rehearsal: RehearsalParts
}

const readerModule = new URL('./receiving/reading.ts', import.meta.url)
const readerTasks = {
  whole: { module: readerModule, name: 'readMessage' },
  beginning: { module: readerModule, name: 'readBeginning' },
}
const practiceMs = 10_000
/** The endpoint whose push is set up on the page of the server. */
const realGmail = 'google'

export function composeDomains(
  config: Pick<Config, 'practice' | 'pollSeconds' | 'imapConnections' | 'mailSignIn' | 'privateMailServers'>,
  { address, local = () => undefined, ...machines }: Machines,
): Domains {
  const { database } = machines
  const endpoints = endpointBook(config, () => database.inSystem(databaseNow), {
    current: machines.settings.current,
    local,
  })
  const redirectUri = () => `${address()}/api/v1/oauth/callback`
  const threads = createWorkerPool({})
  const mailboxes = createMailboxes({
    ...machines,
    endpoints,
    schedule: { sync: syncSchedule, charge: chargeOutside, refund: refundOutside },
    beginTakingBack: (tx, wish) => beginTakingBack(machines, tx, wish),
    redirectUri,
  })
  const { traits } = endpoints
  const polling = config.pollSeconds === undefined ? usualPolling : fixedPolling(config.pollSeconds)
  const campaigns = { ...machines, enqueue: createEnqueue(machines), publicUrl: address, traits }
  const authors = [directAuthor, campaignAuthor(campaigns)]
  const receiving: Domains['receiving'] = {
    ...machines,
    endpoints,
    redirectUri,
    mostAttended: config.imapConnections,
    polling,
    openMailbox: mailboxes.open,
    read: (raw, how) => threads.run<ReadMessage>(readerTasks[how], raw, { ms: readMessageMs }),
  }
  const domains: Omit<Domains, 'rehearsal'> = {
    authors,
    mailboxes,
    enqueue: campaigns.enqueue,
    campaigns,
    capacities,
    leaving: forecastAll,
    learnings: learningsWith(polling),
    traits,
    redirectUri,
    pushUrl: () => pushUrl(address(), realGmail),
    tryPush: (signal) => tryPush(receiving, realGmail, signal),
    pushNotice: (since) => noticeSince(machines, realGmail, since),
    address,
    async tryApp(provider, signal) {
      const place = (await endpoints.all()).find((each) => each.provider === provider && !each.practice)
      if (place?.clientId === undefined) return undefined
      return endpoints.adapter(place)?.consent.verifySettings(redirectUri(), signal)
    },
    sending: {
      ...machines,
      authors,
      openMailbox: mailboxes.open,
    },
    receiving,
    warmReader: () => threads.warm({ module: readerModule, name: 'readForOnce' }),
    privacy: { ...machines, keyed: machines.box, mailboxes },
    [Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
  }
  const rehearsal: RehearsalParts = {
    ...machines,
    world: practiceWorld(config.practice),
    async ownApi(actor) {
      const { ownApiOf } = await import('./http/own-api.ts')
      return ownApiOf({ ...machines, ...domains, rehearsal, publicUrl: address }, actor)
    },
  }
  return { ...domains, rehearsal }
}

function practiceWorld({ on, url }: Config['practice']): RehearsalParts['world'] {
  if (!on || url === undefined) return undefined
  const http = createHttpClient({ allowedOrigins: () => [new URL(url).origin], timeoutMs: practiceMs })
  return createPracticeWorld(http, url)
}
