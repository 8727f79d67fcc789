import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { changeContact, isSuppressed, suppress } from '../contacts/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Submission } from '../sending/index.ts'
import { submissionById } from '../sending/store-submission.ts'
import type { CampaignGround, MemberGround } from '../testing/campaign.ts'
import { acceptWaiting, groundCampaign, groundMembers, mailsTo } from '../testing/campaign.ts'
import { testDatabase, testStart } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { addressOf, groundContact } from '../testing/outbox.ts'
import { continueLaunch } from './advance.ts'
import type { Audience } from './audience.ts'
import { campaignAuthor } from './author.ts'
import { unsubscribe } from './creator/creator.ts'
import type { LaunchOutcome, LaunchWish } from './launch.ts'
import { launchMailing } from './launch.ts'
import { addMembers, setCampaignStatus } from './manage.ts'
import { planMailing } from './plan.ts'
import { steerLaunch } from './steer.ts'
import { launchRows } from './store-launch.ts'
import { moveMember } from './store-member.ts'
import { readLinkToken } from '../platform/link-token/index.ts'

const { database } = await testDatabase({ poolSize: 8 })
const news = { en: { subject: 'News for {{ name }}', body: 'Hi {{ name }}, we moved.' } }
let seeds = 0
let on: CampaignGround
beforeAll(async () => {
  on = await begin()
})

async function begin(): Promise<CampaignGround> {
  seeds += 1
  return await groundCampaign(await ground(database, { seed: `bulk-${seeds}` }))
}

type Wish = Omit<LaunchWish, 'actor'> & { readonly texts?: typeof news | { de: (typeof news)['en'] } }

function send(at: CampaignGround, { texts = news, ...wish }: Wish): Promise<LaunchOutcome> {
  return at.at.inside((tx) =>
    launchMailing(
      at.parts,
      tx,
      { mailboxId: at.mailboxId, ...wish, actor: at.actor },
      { kind: 'bulk', texts },
    ),
  )
}

function plan(at: CampaignGround, { texts = news, ...wish }: Omit<Wish, 'key'>) {
  return at.at.inside(async (tx) => {
    const planned = await planMailing(
      at.parts,
      tx,
      { mailboxId: at.mailboxId, ...wish, actor: at.actor },
      { kind: 'bulk', texts },
    )
    if (!planned.ok) throw new Error(planned.code)
    return planned.plan
  })
}

const idsOf = (members: readonly MemberGround[]): Audience => ({ ids: members.map((member) => member.id) })

/** People of the practice world, many of them. */
async function crowd(at: CampaignGround, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => at.at.ids.uuid())
  await at.at.inside(async (tx) => {
    await sql`insert into contact (workspace_id, id, name)
      select ${at.at.workspaceId}, i.id, 'Person ' || n from unnest(${ids}::uuid[]) with ordinality as i(id, n)`.execute(
      tx,
    )
    await sql`insert into contact_address (workspace_id, contact_id, address, address_key, preferred)
      select ${at.at.workspaceId}, i.id, 'p' || n || '@people.practice.example', 'p' || n || '@people.practice.example', true
      from unnest(${ids}::uuid[]) with ordinality as i(id, n)`.execute(tx)
  })
  return ids
}

function advanced(at: CampaignGround, launchId: string, state = 'running') {
  return {
    workspaceId: at.at.workspaceId,
    id: at.at.ids.uuid(),
    type: 'launch.advanced',
    subject: launchId,
    at: Temporal.Instant.from(testStart),
    payload: { state },
  }
}

async function figures(at: CampaignGround, id: string): Promise<readonly unknown[]> {
  const [launch] = await at.at.inside((tx) => launchRows(tx, { id }))
  return [launch?.state, launch?.total, launch?.queued, launch?.leftOut, launch?.why]
}

async function countMails(at: CampaignGround): Promise<{ mails: number; people: number }> {
  const { rows } = await at.at.inside((tx) =>
    sql<{ mails: number; people: number }>`
      select count(*)::int as mails, count(distinct contact_id)::int as people from submission`.execute(tx),
  )
  return rows[0] ?? { mails: 0, people: 0 }
}

async function onlyMail(at: CampaignGround, contactId: string): Promise<Submission> {
  const found = await at.at.inside(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from submission where contact_id = ${contactId} order by id desc limit 1`.execute(tx)
    return await submissionById(tx, rows[0]?.id ?? '')
  })
  if (found === undefined) throw new Error('nothing waits')
  return found
}

test('a message to some of a campaign is written from its own text, in rank 3', async () => {
  const members = await groundMembers(on, ['Ava One', 'Ava Two'])
  const outcome = await send(on, {
    campaignId: on.campaignId,
    key: 'first-message',
    audience: idsOf(members),
  })
  expect(outcome).toEqual({
    ok: true,
    launchId: expect.any(String),
    state: 'done',
    total: 2,
    queued: 2,
    leftOut: 0,
    replayed: false,
  })
  const { rows } = await on.at.inside((tx) =>
    sql`select kind, rank, campaign_id from submission where member_id = ${members[0]?.id}`.execute(tx),
  )
  expect(rows).toEqual([{ kind: 'bulk', rank: 3, campaign_id: on.campaignId }])
  const mail = await onlyMail(on, members[0]?.contactId ?? '')
  const written = await on.at.inside((tx) => campaignAuthor(on.parts).render(tx, mail))
  const off = `http://127.0.0.1:3210/u/${members[0]?.token}`
  expect(written?.ok && [written.rendered.subject, written.rendered.text]).toEqual([
    'News for Ava One',
    `Hi Ava One, we moved.\n\nWould you rather not hear from us? Say so here:\n${off}\n`,
  ])
})

test('a double click, a retry and four at once make one launch', async () => {
  const members = await groundMembers(on, ['Bea One', 'Bea Two'])
  const wish = { campaignId: on.campaignId, key: 'pressed-twice', audience: idsOf(members) }
  const texts = { en: { subject: 'Twice', body: 'Hi' } }
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => send(on, { ...wish, texts })))
  expect(outcomes.map((each) => each.ok && each.queued)).toEqual([2, 2, 2, 2])
  expect(outcomes.filter((each) => each.ok && !each.replayed)).toHaveLength(1)
  expect(new Set(outcomes.map((each) => each.ok && each.launchId)).size).toBe(1)
  for (const { id } of members) expect(await mailsTo(on.at, id)).toEqual(['bulk queued'])
})

test('the same words again leave out whoever had them, unless asked for', async () => {
  const at = await begin()
  const [had, waits, fresh] = await groundMembers(at, ['Cem Had', 'Cem Waits', 'Cem New'])
  if (had === undefined || waits === undefined || fresh === undefined) throw new Error('members')
  await send(at, { campaignId: at.campaignId, key: 'words-1', audience: idsOf([had]) })
  await acceptWaiting(at.at, had.id)
  await send(at, { campaignId: at.campaignId, key: 'words-2', audience: idsOf([waits]) })
  const audience = idsOf([had, waits, fresh])
  const planned = await plan(at, { campaignId: at.campaignId, audience })
  expect([planned.total, planned.leftOutBy]).toEqual([1, { already_sent: 1, already_waiting: 1 }])
  const again = await plan(at, { campaignId: at.campaignId, audience, again: true })
  expect([again.total, again.leftOutBy]).toEqual([2, { already_waiting: 1 }])
  const edited = await plan(at, {
    campaignId: at.campaignId,
    audience,
    texts: { en: { ...news.en, subject: 'Other news' } },
  })
  expect(edited.total).toBe(3)
  const outcome = await send(at, { campaignId: at.campaignId, key: 'words-3', audience, again: true })
  expect(outcome).toMatchObject({ queued: 2, leftOut: 1 })
  const repeated = await onlyMail(at, had.contactId)
  expect(await at.at.inside((tx) => campaignAuthor(at.parts).stillTrue(tx, repeated))).toEqual({
    verdict: 'true',
  })
})

test('two launches of the same words at once write to each person once', async () => {
  const at = await begin()
  const contactIds = await crowd(at, 3)
  const outcomes = await Promise.all(
    ['a', 'b', 'c'].map((key) => send(at, { key: `race-${key}-key`, audience: { ids: contactIds } })),
  )
  expect(outcomes.map((each) => (each.ok ? each.queued : -1)).toSorted((a, b) => a - b)).toEqual([0, 0, 3])
  expect(await countMails(at)).toEqual({ mails: 3, people: 3 })
})

test('people outside any campaign get a link of their own, and it stops every mail', async () => {
  const at = await begin()
  const contactId = await groundContact(at.at, 'Dan Outside')
  await send(at, { key: 'outside-1', audience: { ids: [contactId] } })
  const mail = await onlyMail(at, contactId)
  expect([mail.campaignId, mail.memberId, mail.kind]).toEqual([undefined, undefined, 'bulk'])
  const https = { ...at.parts, publicUrl: () => 'https://kontor.example' }
  const written = await at.at.inside((tx) => campaignAuthor(https).render(tx, mail))
  const token = written?.ok === true ? /\/u\/(\S+)/.exec(written.rendered.text)?.[1] : undefined
  expect(written?.ok && written.rendered.unsubscribeUrl).toBe(
    `https://kontor.example/api/v1/public/unsubscribe/${token}`,
  )
  const link = readLinkToken(token ?? '')
  if (link === undefined) throw new Error('no link')
  await at.at.inside((tx) => unsubscribe(at.parts, tx, link))
  expect(await at.at.inside((tx) => isSuppressed(tx, addressOf('Dan Outside')))).toBe(true)
  const { rows } = await at.at.inside((tx) => sql`select state from submission`.execute(tx))
  expect(rows).toEqual([{ state: 'cancelled' }])
})

test('outside any campaign there is no campaign to name: the person is left out, and the variable said', async () => {
  const at = await begin()
  const contactId = await groundContact(at.at, 'Eve Outside')
  const texts = { en: { subject: 'About {{ campaign }}', body: 'See {{ brief_link }}' } }
  const planned = await plan(at, { audience: { ids: [contactId] }, texts })
  expect([planned.total, planned.leftOut]).toEqual([
    0,
    [{ contactId, name: 'Eve Outside', reason: 'missing_variable', missing: ['campaign', 'brief_link'] }],
  ])
})

test('everybody who fits a search is meant, but for those taken out', async () => {
  const at = await begin()
  const members = await groundMembers(at, ['Fay Baker', 'Fay Cook', 'Gil Baker'])
  const audience = { everyone: { q: 'baker' }, except: [members[2]?.id ?? ''] }
  const planned = await plan(at, { campaignId: at.campaignId, audience })
  expect(planned.preview.map((letter) => letter.to)).toEqual([addressOf('Fay Baker')])
  const outside = { everyone: { q: 'fay' }, except: [members[1]?.contactId ?? ''] }
  expect((await plan(at, { audience: outside })).total).toBe(1)
  const nobody = { everyone: { state: 'applied' as const }, except: [] }
  expect(await send(at, { campaignId: at.campaignId, key: 'nobody-fits', audience: nobody })).toMatchObject({
    state: 'done',
    total: 0,
    queued: 0,
  })
})

test('a message in one language goes to everybody in it; in both, each person gets their own', async () => {
  const at = await begin()
  const [german] = await groundMembers(at, ['Hanna Deutsch'])
  await at.at.inside((tx) =>
    changeContact(tx, at.at, { id: german?.contactId ?? '', patch: { language: 'de' } }),
  )
  const audience = { ids: [german?.id ?? ''] }
  const subjects = async (texts: Wish['texts'] & object) =>
    (await plan(at, { campaignId: at.campaignId, audience, texts })).preview.map((letter) => letter.subject)
  expect(await subjects(news)).toEqual(['News for Hanna Deutsch'])
  expect(await subjects({ ...news, de: { subject: 'Neues', body: 'Hallo' } })).toEqual(['Neues'])
})

test('a long launch answers at once, goes on chunk by chunk, and leaves nobody out', async () => {
  const at = await begin()
  await crowd(at, 4321)
  const everyone = { everyone: {}, except: [] }
  const outcome = await send(at, { key: 'a-long-launch', audience: everyone })
  if (!outcome.ok) throw new Error(outcome.code)
  expect(outcome).toMatchObject({ state: 'running', total: 4321, queued: 2000 })
  const event = advanced(at, outcome.launchId)
  for (let chunk = 0; chunk < 3; chunk++) await at.at.inside((tx) => continueLaunch(at.parts)(tx, event))
  expect(await figures(at, outcome.launchId)).toEqual(['done', 4321, 4321, 0, undefined])
  expect(await countMails(at)).toEqual({ mails: 4321, people: 4321 })
  await at.at.inside((tx) => continueLaunch(at.parts)(tx, event))
  expect(await countMails(at)).toEqual({ mails: 4321, people: 4321 })
})

test('a process that dies in a chunk loses that chunk alone, and two that go on at once double nothing', async () => {
  const at = await begin()
  await crowd(at, 5100)
  const outcome = await send(at, { key: 'dies-in-between', audience: { everyone: {}, except: [] } })
  if (!outcome.ok) throw new Error(outcome.code)
  const event = advanced(at, outcome.launchId)
  const dying = at.at.inside(async (tx) => {
    await continueLaunch(at.parts)(tx, event)
    throw new Error('the process died')
  })
  await expect(dying).rejects.toThrow('the process died')
  expect(await figures(at, outcome.launchId)).toEqual(['running', 5100, 2000, 0, undefined])
  await Promise.all([1, 2, 3, 4, 5].map(() => at.at.inside((tx) => continueLaunch(at.parts)(tx, event))))
  expect(await figures(at, outcome.launchId)).toEqual(['done', 5100, 5100, 0, undefined])
  expect(await countMails(at)).toEqual({ mails: 5100, people: 5100 })
})

test('a launch that still runs calls for its next chunk, a finished one does not', async () => {
  const at = await begin()
  await crowd(at, 2001)
  const outcome = await send(at, { key: 'calls-for-more', audience: { everyone: {}, except: [] } })
  if (!outcome.ok) throw new Error(outcome.code)
  await at.at.inside((tx) => continueLaunch(at.parts)(tx, advanced(at, outcome.launchId)))
  const told = at.at.emitted.filter(({ type }) => type === 'launch.advanced')
  expect(told.map(({ subject, payload }) => [subject, payload])).toEqual([
    [outcome.launchId, { state: 'running' }],
    [outcome.launchId, { state: 'done' }],
  ])
})

test('a launch can be stopped and gone on with; what was queued stays', async () => {
  const at = await begin()
  await crowd(at, 2500)
  const outcome = await send(at, { key: 'stopped-launch', audience: { everyone: {}, except: [] } })
  if (!outcome.ok) throw new Error(outcome.code)
  const { launchId } = outcome
  const steer = (wish: 'stop' | 'resume') =>
    at.at.inside((tx) => steerLaunch(at.parts, tx, at.actor, { launchId, wish }))
  expect((await steer('stop')).ok).toBe(true)
  expect((await steer('stop')).ok).toBe(true)
  await at.at.inside((tx) => continueLaunch(at.parts)(tx, advanced(at, launchId)))
  expect(await figures(at, launchId)).toEqual(['stopped', 2500, 2000, 0, 'by_person'])
  await steer('resume')
  await at.at.inside((tx) => continueLaunch(at.parts)(tx, advanced(at, launchId)))
  expect(await figures(at, launchId)).toEqual(['done', 2500, 2500, 0, undefined])
  expect(await steer('stop')).toEqual({ ok: false, code: 'launch_state', values: { state: 'done' } })
})

test('what a launch still queues after its campaign was paused is on hold with the rest', async () => {
  const at = await begin()
  const { campaignId } = at
  const people = await crowd(at, 2001)
  await at.at.inside((tx) => addMembers(at.parts, tx, at.actor, { campaignId, contactIds: people }))
  const outcome = await send(at, { campaignId, key: 'paused-launch', audience: { everyone: {}, except: [] } })
  if (!outcome.ok) throw new Error(outcome.code)
  await at.at.inside((tx) => setCampaignStatus(at.parts, tx, at.actor, { id: campaignId, status: 'paused' }))
  await at.at.inside((tx) => continueLaunch(at.parts)(tx, advanced(at, outcome.launchId)))
  const { rows } = await at.at.inside((tx) =>
    sql`select state, reason->>'code' as code, count(*)::int as n from submission group by 1, 2`.execute(tx),
  )
  expect(rows).toEqual([{ state: 'held', code: 'campaign_paused', n: 2001 }])
})

test('a launch whose mailbox is gone stops and says why', async () => {
  const at = await begin()
  await crowd(at, 2100)
  const outcome = await send(at, { key: 'mailbox-goes', audience: { everyone: {}, except: [] } })
  if (!outcome.ok) throw new Error(outcome.code)
  await at.at.inside((tx) =>
    sql`update mailbox set health = 'disconnected', disconnected_at = kontor_now() where id = ${at.mailboxId}`.execute(
      tx,
    ),
  )
  await at.at.inside((tx) => continueLaunch(at.parts)(tx, advanced(at, outcome.launchId)))
  expect(await figures(at, outcome.launchId)).toEqual(['stopped', 2100, 2000, 0, 'mailbox_disconnected'])
})

test('whoever may not be written to any more between two chunks is left out', async () => {
  const at = await begin()
  const people = await crowd(at, 2002)
  const outcome = await send(at, { key: 'meanwhile-barred', audience: { ids: people } })
  if (!outcome.ok) throw new Error(outcome.code)
  await at.at.inside((tx) =>
    changeContact(tx, at.at, { id: people[2001] ?? '', patch: { doNotContact: true } }),
  )
  await at.at.inside((tx) => continueLaunch(at.parts)(tx, advanced(at, outcome.launchId)))
  expect(await figures(at, outcome.launchId)).toEqual(['done', 2002, 2001, 1, undefined])
})

test.each([
  ['nothing in it', {}, 'message_empty'],
  ['an unknown variable', { de: { subject: 'Hallo {{ vorname }}', body: 'x' } }, 'unknown_variable'],
  ['a half-open brace', { en: { subject: 'x', body: 'Hi {{ name' } }, 'not_a_variable'],
])('a message with %s is refused', async (_what, texts, code) => {
  const wish = {
    actor: on.actor,
    mailboxId: on.mailboxId,
    key: `broken-${code}`,
    audience: { everyone: {}, except: [] },
  }
  const outcome = await on.at.inside((tx) => launchMailing(on.parts, tx, wish, { kind: 'bulk', texts }))
  expect(outcome).toMatchObject({ ok: false, code })
})

type Change = (tx: Tx, person: MemberGround) => Promise<unknown>
const changes: readonly [string, Change, object][] = [
  ['nothing happened', () => Promise.resolve(), { verdict: 'true' }],
  [
    'the person declined',
    (tx, person) => moveMember(tx, person.id, 'declined'),
    { verdict: 'suppress', reason: { code: 'declined' } },
  ],
  [
    'the address complained',
    (tx, person) =>
      suppress(tx, on.at, { addressKey: addressOfTruth(person), reason: 'complaint', evidence: '' }),
    { verdict: 'suppress', reason: { code: 'suppressed' } },
  ],
  [
    'the same words left by another way',
    async (tx, person) => {
      const mail = await sql<{
        id: string
      }>`select id from submission where member_id = ${person.id}`.execute(tx)
      await sql`insert into submission (workspace_id, id, mailbox_id, key, kind, rank, contact_id, to_address, to_key, template_id,
          template_version, position_at)
        select workspace_id, uuidv7(), mailbox_id, 'other-way', kind, rank, contact_id, to_address, to_key, template_id,
          template_version, position_at from submission where id = ${mail.rows[0]?.id}`.execute(tx)
      await sql`update submission set state = 'leased', lease_id = id, lease_until = kontor_now() where key = 'other-way'`.execute(
        tx,
      )
      await sql`update submission set state = 'accepted', accepted_at = kontor_now(), settled_at = kontor_now()
        where key = 'other-way'`.execute(tx)
    },
    { verdict: 'suppress', reason: { code: 'already_sent' } },
  ],
]

function addressOfTruth({ contactId }: MemberGround): string {
  return addresses.get(contactId) ?? ''
}
const addresses = new Map<string, string>()

test.each(changes)('when %s, a waiting message is judged so', async (what, change, verdict) => {
  const name = `Truth ${what}`
  const [member] = await groundMembers(on, [name])
  if (member === undefined) throw new Error('no member')
  addresses.set(member.contactId, addressOf(name))
  const texts = { en: { subject: what, body: 'Hi' } }
  await send(on, { campaignId: on.campaignId, key: `truth-${what}`, audience: idsOf([member]), texts })
  const mail = await onlyMail(on, member.contactId)
  await on.at.inside((tx) => change(tx, member))
  expect(await on.at.inside((tx) => campaignAuthor(on.parts).stillTrue(tx, mail))).toEqual(verdict)
})
