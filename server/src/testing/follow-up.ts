/**
 * A campaign whose mails really leave, into an outside world in memory, and whose answers are really read: the handlers of
 * `wiring` run for every event. Time stands until a test sets it.
 */
import { sql } from 'kysely'
import { campaignAuthor } from '../campaigns/author.ts'
import type { FollowUpText } from '../campaigns/follow-up/follow-up.ts'
import { promoteDue } from '../campaigns/follow-up/promote.ts'
import { launchMailing } from '../campaigns/launch.ts'
import type { LaunchText } from '../campaigns/launch.ts'
import { openSecretBox } from '../platform/secret-box/index.ts'
import { silentLog } from '../platform/log/index.ts'
import { usualPolling } from '../receiving/polling.ts'
import { pull } from '../receiving/pull.ts'
import { readMessage } from '../receiving/reading.ts'
import { beginReading } from '../receiving/store-position.ts'
import { dispatch } from './dispatch.ts'
import { wiring } from '../wiring.ts'
import type { CampaignGround, MemberGround } from './campaign.ts'
import { groundCampaign, groundMembers } from './campaign.ts'
import { steppedClock } from './clock.ts'
import type { TestDatabase } from './database.ts'
import { ground } from './ground.ts'
import type { MemoryProvider } from './memory-hands.ts'
import { createMemoryProvider } from './memory-provider.ts'
import { leaseAll } from './outbox.ts'
import { answerTo, headerOf } from './receiving.ts'

export const firstWords: FollowUpText = { afterDays: 4, texts: { en: { body: 'Did you see this?' } } }
export const secondWords: FollowUpText = { afterDays: 7, texts: { en: { body: 'A last word from us.' } } }

/** How somebody stands, in words: `waiting 1 2026-01-09T08:00:00Z`, `stopped 1 answered`. */
export type StandingLine = string

export interface FollowUpScene extends CampaignGround {
  readonly outside: MemoryProvider
  readonly address: string
  setNow(instant: string): Promise<void>
  people(...names: readonly string[]): Promise<readonly MemberGround[]>
  /** Invites, or writes `text`, with follow-ups; the launch. */
  launch(
    members: readonly MemberGround[],
    followUps: readonly FollowUpText[],
    text?: LaunchText,
  ): Promise<string>
  /** Everything that may leave now leaves. */
  leave(): Promise<void>
  /** The mailbox is read. */
  read(): Promise<void>
  /** What the loop does when its time has come. */
  tick(): Promise<void>
  /** Handlers run for what was emitted since. */
  deliver(): Promise<void>
  /** The person answers the newest mail they got. */
  answers(member: MemberGround, text: string, headers?: Readonly<Record<string, string>>): Promise<void>
  /** Raw mails that reached the person, oldest first. */
  got(member: MemberGround): Promise<readonly string[]>
  stands(member: MemberGround): Promise<StandingLine>
  course(member: MemberGround): Promise<string>
}

/** A mailbox of UTC with the window 08:00 to 20:00; with Full Access unless told. */
export async function followUpScene(
  db: TestDatabase,
  seed: string,
  { level = 'full', zone = 'UTC' }: { readonly level?: 'full' | 'send_only'; readonly zone?: string } = {},
): Promise<FollowUpScene> {
  const at = await ground(db.database, { seed })
  const on = await groundCampaign(at)
  const { workspaceId, ids, emit } = at
  const { mailboxId, parts, actor, campaignId } = on
  let now = await db.now()
  const address = `anna.${workspaceId}@brand.practice.example`
  const outside = createMemoryProvider({ now: () => now, rewritesMessageId: false })
  outside.account(address, 'Anna Keller')
  const provider = { ...outside.open(address), traits: outside.adapter.traits }
  const openMailbox = () => Promise.resolve({ ok: true as const, value: provider })
  const machines = { database: db.database, emit, ids, log: silentLog, clock: steppedClock() }
  const authors = [campaignAuthor(parts)]
  const sending = { ...machines, authors, openMailbox }
  const receiving = { ...machines, openMailbox, read: readMessage, polling: usualPolling }
  const box = openSecretBox({ keys: [{ id: 'test', key: new Uint8Array(32) }], current: 'test' })
  const handlers = wiring({ ids, emit, campaigns: parts, authors, box })
  await at.inside(async (tx) => {
    await sql`update mailbox set zone = ${zone}, level = ${level} where id = ${mailboxId}`.execute(tx)
    if (level === 'full') await beginReading(tx, mailboxId)
  })
  let delivered = at.emitted.length
  let launches = 0

  async function deliver(): Promise<void> {
    for (; delivered < at.emitted.length; delivered += 1) {
      const event = at.emitted[delivered]
      if (event === undefined) continue
      for (const handler of Object.values(handlers[event.type] ?? {}))
        await at.inside((tx) => handler(tx, { ...event, id: ids.uuid(), at: now }))
    }
  }
  async function got({ contactId }: MemberGround): Promise<readonly string[]> {
    const { rows } = await at.inside((tx) =>
      sql<{
        address: string
      }>`select address from contact_address where contact_id = ${contactId} and preferred`.execute(tx),
    )
    const own = rows[0]?.address ?? ''
    return outside.sent
      .map(({ raw }) => new TextDecoder().decode(raw))
      .filter((raw) => headerOf(raw, 'To').includes(own))
  }
  const scene: FollowUpScene = {
    ...on,
    outside,
    address,
    deliver,
    got,
    async setNow(instant) {
      now = Temporal.Instant.from(instant)
      await db.setNow(instant)
    },
    people: (...names) => groundMembers(on, names),
    async launch(members, followUps, text = { kind: 'invitation' }) {
      launches += 1
      const audience = { ids: members.map(({ id }) => id) }
      const wish = { actor, campaignId, mailboxId, key: `launch-number-${launches}`, audience, followUps }
      const outcome = await at.inside((tx) => launchMailing(parts, tx, wish, text))
      if (!outcome.ok) throw new Error(outcome.code)
      await deliver()
      return outcome.launchId
    },
    async leave() {
      await leaseAll(db.database, 'w', (taken) => dispatch(sending, taken))
      await deliver()
    },
    async read() {
      await at.inside((tx) => sql`update mailbox_position set due_at = kontor_now()`.execute(tx))
      await pull(receiving, { workspaceId, mailboxId })
      await deliver()
    },
    async tick() {
      await promoteDue({ ...parts, database: db.database })
      await deliver()
    },
    async answers(member, text, headers = {}) {
      const raw = (await got(member)).at(-1) ?? ''
      const from = headerOf(raw, 'To')
      outside.deliver(address, answerTo(raw, address, text, { From: from, ...headers }))
      await scene.read()
    },
    async course({ contactId }) {
      const { rows } = await at.inside((tx) =>
        sql<{
          id: string
        }>`select c.submission_id as id from follow_up_course c join submission s on s.id = c.submission_id
          where s.contact_id = ${contactId} order by 1 desc`.execute(tx),
      )
      return rows[0]?.id ?? ''
    },
    async stands(member) {
      const course = await scene.course(member)
      if (course === '') return 'none'
      const { rows } = await at.inside((tx) =>
        sql<{ line: string }>`select concat_ws(' ', c.state, c.n, c.why,
            case when c.state in ('waiting', 'reminder') then to_char(c.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') end) as line
          from follow_up_course c where c.submission_id = ${course}`.execute(tx),
      )
      return rows[0]?.line ?? 'none'
    },
  }
  if (level === 'full') await scene.read()
  return scene
}
