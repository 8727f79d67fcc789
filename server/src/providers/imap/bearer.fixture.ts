/** Mailboxes whose people sign in at the provider of a practice mail server, opened with the tokens they were given. */
import { sql } from 'kysely'
import type { Level } from '../../mailboxes/consent.ts'
import { createMailboxes } from '../../mailboxes/index.ts'
import type { OpenMailbox } from '../../mailboxes/open-mailbox.ts'
import { outcomeOf } from '../../mailboxes/store-consent.ts'
import { wallClock } from '../../platform/clock/index.ts'
import type { Database } from '../../platform/db/index.ts'
import { createHttpClient } from '../../platform/http-client/index.ts'
import { silentLog } from '../../platform/log/index.ts'
import { openSecretBox } from '../../platform/secret-box/index.ts'
import type { SteppedClock } from '../../testing/clock.ts'
import { steppedClock } from '../../testing/clock.ts'
import type { Ground } from '../../testing/ground.ts'
import { ground } from '../../testing/ground.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { startPracticeServer } from '../../testing/practice-server.ts'
import { outsideCaps } from '../../testing/outside-caps.ts'
import { bearerConsent, imapAdapter, imapOAuthEndpoint, practicePlaces } from './index.ts'
import type { Places } from './places.ts'

const { signal } = new AbortController()

export const practiceClient = { id: 'practice-post-client', secret: 'practice-post-secret' }

export interface BearerGround extends AsyncDisposable {
  readonly practice: PracticeServer
  readonly at: Ground
  /** The product's; that of the practice world goes by itself. */
  readonly clock: SteppedClock
  /** How often tokens were asked for. */
  tokenRequests(): number
  signedIn(
    address: string,
    level?: Level,
    decision?: 'allow' | 'cancel',
  ): Promise<Awaited<ReturnType<typeof outcomeOf>>>
  connected(address: string, level?: Level): Promise<readonly [OpenMailbox, id: string]>
  reopened(id: string): Promise<OpenMailbox>
  health(id: string): Promise<{ readonly health: string; readonly health_reason: string | null } | undefined>
}

/** `placesOf` has some servers stand elsewhere than in the practice world. */
export async function bearerGround(
  database: Database,
  seed: string,
  placesOf: (usual: Places) => Places = (usual) => usual,
): Promise<BearerGround> {
  const practice = await startPracticeServer()
  const at = await ground(database, { seed })
  const clock = steppedClock(wallClock.now().toString())
  let tokenRequests = 0
  const { url } = practice
  const whole = createHttpClient({ allowedOrigins: () => [url], timeoutMs: 10_000 })
  const http = {
    request: (...asked: Parameters<typeof whole.request>) => {
      if (asked[0].url.endsWith('/post/oauth/token')) tokenRequests += 1
      return whole.request(...asked)
    },
  }
  const places = placesOf(practicePlaces(url, http))
  const signIn = ['openid', 'email', 'profile']
  const endpoint = imapOAuthEndpoint(
    {
      label: 'Practice Post',
      domains: ['post.practice.example'],
      issuer: `${url}/post`,
      authorizeUrl: `${url}/post/oauth/authorize`,
      tokenUrl: `${url}/post/oauth/token`,
      revokeUrl: `${url}/post/oauth/revoke`,
      client: practiceClient,
      scopes: { full: [...signIn, 'smtp', 'imap'], send_only: [...signIn, 'smtp'] },
      smtp: { host: 'smtp.post.practice.example', port: 465, security: 'tls' },
      imap: { host: 'imap.post.practice.example', port: 993, security: 'tls' },
    },
    true,
  )
  const consent = bearerConsent({ endpoint, http, places, now: () => clock.now() })
  const productNow = async () => wallClock.now()
  const adapter = imapAdapter({ endpoint, consent, places, clock: wallClock, productNow })
  const mailboxes = createMailboxes({
    database,
    ids: at.ids,
    clock,
    box: openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(7) }], current: 'a' }),
    log: silentLog,
    emit: at.emit,
    schedule: { sync: async () => undefined, ...outsideCaps },
    beginTakingBack: () => Promise.resolve(0),
    endpoints: { all: async () => [endpoint], adapter: () => adapter },
    redirectUri: () => 'http://127.0.0.1:3210/api/v1/oauth/callback',
  })

  const signedIn: BearerGround['signedIn'] = async (address, level = 'full', decision = 'allow') => {
    await practice.account(address, 'Anna Keller')
    const begun = await mailboxes.startConsent({
      workspaceId: at.workspaceId,
      personId: at.personId,
      language: 'en',
      endpoint: 'practice-imap-oauth',
      level,
      sharing: 'team',
      namedMembers: [],
    })
    if (!begun.ok) throw new Error(begun.problem)
    const callbackUrl = await practice.consent(begun.authorizeUrl, { account: address, decision })
    const back = await mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)
    return await at.inside((tx) => outcomeOf(tx, back?.handle ?? '', at.personId))
  }
  const reopened: BearerGround['reopened'] = async (id) => {
    const opened = await mailboxes.open(at.workspaceId, id, 'pull')
    if (!opened.ok) throw new Error(opened.failure.kind)
    return opened.value
  }
  return {
    practice,
    at,
    clock,
    tokenRequests: () => tokenRequests,
    signedIn,
    async connected(address, level) {
      const outcome = await signedIn(address, level)
      const id = outcome?.mailboxId
      if (id === undefined) throw new Error(JSON.stringify(outcome))
      return [await reopened(id), id]
    },
    reopened,
    health: (id) =>
      at.inside(async (tx) => {
        const { rows } = await sql<{
          health: string
          health_reason: string | null
        }>`select health, health_reason from mailbox where id = ${id}`.execute(tx)
        return rows[0]
      }),
    [Symbol.asyncDispose]: () => practice[Symbol.asyncDispose](),
  }
}
