/** For tests of files in mails to many: a campaign with people, a message to them, and what leaves with the provider in memory. */
import { sql } from 'kysely'
import pg from 'pg'
import { campaignAuthor } from '../campaigns/author.ts'
import type { LaunchWish } from '../campaigns/launch.ts'
import { launchMailing } from '../campaigns/launch.ts'
import { fileRoutes } from '../correspondence/routes.ts'
import { asActor } from '../http-kit/index.ts'
import { parseMessage } from '../mail/index.ts'
import { silentLog } from '../platform/log/index.ts'
import { dispatch } from './dispatch.ts'
import type { CampaignGround, MemberGround } from './campaign.ts'
import { groundCampaign, groundMembers } from './campaign.ts'
import { steppedClock } from './clock.ts'
import type { TestDatabase } from './database.ts'
import type { Ground } from './ground.ts'
import { ground } from './ground.ts'
import { createMemoryProvider } from './memory-provider.ts'
import { leaseAll } from './outbox.ts'

export const news = { subject: 'News', body: 'Hi {{ name }}' }
const neues = { subject: 'Neues', body: 'Hallo {{ name }}' }
/** Two thirds of what a mail of the provider of tests can carry, and more than it can. */
export const small = Buffer.alloc(1_500_000, 'small ')
export const large = Buffer.alloc(2_300_000, 'large ')

export function wishOf(
  on: CampaignGround,
  people: readonly MemberGround[],
): Omit<LaunchWish, 'key' | 'campaignId' | 'mailboxId'> & {
  readonly campaignId: string
  readonly mailboxId: string
} {
  const audience = { ids: people.map(({ id }) => id) }
  return { actor: on.actor, campaignId: on.campaignId, mailboxId: on.mailboxId, audience }
}
/** The first link to a file in a text. */
export const linkIn = (text: string | undefined): string => /http\S+\/f\/\S+/.exec(text ?? '')?.[0] ?? ''

export interface FilesDesk {
  /** A running campaign of its own; what waited in an earlier one stands still. */
  begin(names?: readonly string[]): Promise<{
    readonly on: CampaignGround
    readonly at: Ground
    readonly members: readonly MemberGround[]
  }>
  /** Sends the news to these people; how many mails that made, or why none. */
  bulk(
    on: CampaignGround,
    people: readonly MemberGround[],
    more?: { readonly uploads?: readonly string[]; readonly key?: string },
  ): Promise<number | string>
  /** Sends what waits through the provider in memory; each mail as it lies in Sent, by its recipient's address. */
  leave(on: CampaignGround): Promise<ReadonlyMap<string, Awaited<ReturnType<typeof parseMessage>>>>
  fetchLink(on: CampaignGround, url: string): Promise<Response>
  /** What no foreign key would let happen: the bytes are gone, and what refers to them is not. */
  loseFiles(workspaceId: string): Promise<void>
}

export function filesDesk({ database, adminUrl, setNow, step }: TestDatabase): FilesDesk {
  let seeds = 0
  const earlier: Ground[] = []
  async function begin(names: readonly string[] = ['Ava One', 'Ava Two']) {
    await setNow('2026-01-05T09:00:00Z')
    for (const one of earlier)
      await one.inside((tx) =>
        sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx),
      )
    const at = await ground(database, { seed: `campaign-files-${(seeds += 1)}` })
    earlier.push(at)
    const on = await groundCampaign(at)
    const members = await groundMembers(on, names)
    return { on, at, members }
  }

  let keys = 0
  async function bulk(
    on: CampaignGround,
    people: readonly MemberGround[],
    { uploads = [], key = `files-key-${(keys += 1)}` }: { uploads?: readonly string[]; key?: string } = {},
  ) {
    const outcome = await on.at.inside((tx) =>
      launchMailing(
        on.parts,
        tx,
        { ...wishOf(on, people), key },
        {
          kind: 'bulk',
          texts: { en: news, de: neues },
          uploads,
        },
      ),
    )
    return outcome.ok ? outcome.queued : outcome.code
  }

  async function leave(on: CampaignGround) {
    const outside = createMemoryProvider({ now: () => Temporal.Instant.from('2026-01-05T09:00:00Z') })
    const address = `anna.${on.at.workspaceId}@brand.practice.example`
    outside.account(address, 'Anna Keller')
    const parts = {
      database,
      emit: on.at.emit,
      ids: on.at.ids,
      log: silentLog,
      clock: steppedClock(),
      authors: [campaignAuthor(on.parts)],
      openMailbox: () => Promise.resolve({ ok: true as const, value: outside.open(address) }),
    }
    for (let round = 0; round < 4; round += 1) {
      await leaseAll(database, 'files', (lease) => dispatch(parts, lease))
      await step({ minutes: 20 })
    }
    const mails = outside.messages(address).filter(({ own }) => own)
    const parsed = await Promise.all(mails.map(({ raw }) => parseMessage(raw)))
    return new Map(parsed.map((mail) => [mail.to[0]?.address ?? '', mail]))
  }

  async function fetchLink(on: CampaignGround, url: string): Promise<Response> {
    const path = `/public/files/${url.split('/f/')[1]}/content`
    return await asActor(on.actor, fileRoutes({ database, ids: on.at.ids })).request(path)
  }

  async function loseFiles(workspaceId: string) {
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    await client.query('set session_replication_role = replica')
    await client.query('delete from blob where workspace_id = $1', [workspaceId])
    await client.query('delete from blob_chunk where workspace_id = $1', [workspaceId])
    await client.end()
  }

  return { begin, bulk, leave, fetchLink, loseFiles }
}
