import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { changeContact, deleteContact, suppress } from '../contacts/index.ts'
import { submissionById } from '../sending/store-submission.ts'
import type { CampaignGround, MemberGround } from '../testing/campaign.ts'
import { acceptWaiting, groundCampaign, groundMembers, mailsTo, stateOf } from '../testing/campaign.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { addressOf } from '../testing/outbox.ts'
import { campaignAuthor } from './author.ts'
import { apply, decline } from './creator/creator.ts'
import { decide } from './decide.ts'
import type { LaunchOutcome } from './launch.ts'
import { sendInvitations } from './launch.ts'
import { sendDecisions } from './send-decisions.ts'
import { addMembers, changeText, setCampaignStatus } from './manage.ts'
import { planDecisions, planInvitations } from './plan.ts'
import { applicationRows } from './store-application.ts'
import { campaignOverviews } from './store-campaign.ts'
import { readLinkToken } from '../platform/link-token/index.ts'
import { membersShown } from './waiting.ts'

const { database } = await testDatabase({ poolSize: 8 })
let seeds = 0
let on: CampaignGround
beforeAll(async () => {
  on = await begin()
})

async function begin(): Promise<CampaignGround> {
  seeds += 1
  return await groundCampaign(await ground(database, { seed: `launch-${seeds}` }))
}

class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

/** As a route does it: a refusal rolls back. */
async function send(
  at: CampaignGround,
  key: string,
  members: readonly MemberGround[],
): Promise<LaunchOutcome | string> {
  const wish = {
    actor: at.actor,
    campaignId: at.campaignId,
    key,
    memberIds: members.map((member) => member.id),
  }
  return await settle(at, (tx) => sendInvitations(at.parts, tx, wish))
}

async function sendDecided(at: CampaignGround, key: string): Promise<LaunchOutcome | string> {
  return await settle(at, (tx) =>
    sendDecisions(at.parts, tx, { actor: at.actor, campaignId: at.campaignId, key }),
  )
}

async function settle(
  { at }: CampaignGround,
  run: (tx: Parameters<typeof sendDecisions>[1]) => Promise<LaunchOutcome>,
): Promise<LaunchOutcome | string> {
  return await at
    .inside(async (tx) => {
      const outcome = await run(tx)
      if (!outcome.ok) throw new RefusedError(outcome.code)
      return outcome
    })
    .catch((error: unknown) => {
      if (error instanceof RefusedError) return error.message
      throw error
    })
}

async function applied(at: CampaignGround, members: readonly MemberGround[]): Promise<void> {
  for (const member of members) {
    const link = readLinkToken(member.token)
    if (link === undefined) throw new Error('no token')
    await at.at.inside((tx) => apply(at.parts, tx, link, { message: 'I bake.' }))
  }
}

async function decideAll(
  at: CampaignGround,
  decision: 'approved' | 'rejected',
  members: readonly MemberGround[],
): Promise<void> {
  const rows = await at.at.inside((tx) => applicationRows(tx, at.campaignId, 'all'))
  for (const member of members) {
    const applicationId = rows.find((row) => row.memberId === member.id)?.id ?? ''
    const wish = { campaignId: at.campaignId, applicationId, decision }
    await at.at.inside((tx) => decide(at.parts, tx, at.actor, wish))
  }
}

function isReplayed(outcome: LaunchOutcome | string): boolean {
  return typeof outcome === 'object' && outcome.ok && outcome.replayed
}

/** What a launch that is done says of itself. */
function done(queued: number, leftOut: number, replayed = false): LaunchOutcome {
  const total = queued + leftOut
  return { ok: true, launchId: expect.any(String), state: 'done', total, queued, leftOut, replayed }
}

test('the same key sends once, however often it is pressed', async () => {
  const members = await groundMembers(on, ['Ida One', 'Ida Two'])
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => send(on, 'press-once', members)))
  expect(outcomes.toSorted((a, b) => Number(isReplayed(a)) - Number(isReplayed(b)))).toEqual([
    done(2, 0),
    ...Array.from({ length: 3 }, () => done(2, 0, true)),
  ])
  for (const { id } of members) expect(await mailsTo(on.at, id)).toEqual(['invitation queued'])
})

test('a key that stood for another wish is refused', async () => {
  const [one, two] = await groundMembers(on, ['Kea One', 'Kea Two'])
  if (one === undefined || two === undefined) throw new Error('two members')
  await send(on, 'reused-key', [one])
  expect(await send(on, 'reused-key', [two])).toBe('key_reused')
})

test('two launches with different keys at once write to each person once', async () => {
  const members = await groundMembers(on, ['Lou One', 'Lou Two', 'Lou Three'])
  const outcomes = await Promise.all(
    ['race-a', 'race-b', 'race-c'].map((key) => send(on, `${key}-key`, members)),
  )
  const queued = outcomes.map((outcome) => (typeof outcome === 'object' && outcome.ok ? outcome.queued : -1))
  expect(queued.toSorted((a, b) => a - b)).toEqual([0, 0, 3])
  for (const { id } of members) expect(await mailsTo(on.at, id)).toEqual(['invitation queued'])
})

test('whoever cannot be written to is left out with the reason, in the plan as in the launch', async () => {
  const at = await begin()
  const members = await groundMembers(at, [
    'Mia Fine',
    'Mia Quiet',
    'Mia Gone',
    'Mia Bounced',
    'Mia Twice',
    'Mia No',
  ])
  const [, quiet, gone, , twice, no] = members.map((member) => member.contactId)
  await at.at.inside(async (tx) => {
    await changeContact(tx, at.at, { id: quiet ?? '', patch: { doNotContact: true } })
    await deleteContact(tx, at.at, gone ?? '')
    await suppress(tx, at.at, { addressKey: addressOf('Mia Bounced'), reason: 'bounce', evidence: '5.1.1' })
  })
  const link = readLinkToken(members.find((member) => member.contactId === no)?.token ?? '')
  if (link !== undefined) await at.at.inside((tx) => decline(at.parts, tx, link))
  await send(
    at,
    'first-launch',
    members.filter((member) => member.contactId === twice),
  )
  const wish = {
    actor: at.actor,
    campaignId: at.campaignId,
    memberIds: [...members.map((member) => member.id), '01890000-0000-7000-8000-000000000001'],
  }
  const planned = await at.at.inside((tx) => planInvitations(at.parts, tx, wish))
  if (!planned.ok) throw new Error(planned.code)
  expect(planned.plan.leftOut.map(({ name, reason }) => [name, reason])).toEqual([
    ['Mia Quiet', 'do_not_contact'],
    ['Mia Gone', 'contact_deleted'],
    ['Mia Bounced', 'bounced'],
    ['Mia Twice', 'already_waiting'],
    ['Mia No', 'declined'],
    ['', 'member_unknown'],
  ])
  expect(planned.plan.total).toBe(1)
  expect(planned.plan.days.map(({ leaving, alreadyWaiting }) => [leaving, alreadyWaiting])).toEqual([[1, 1]])
  expect(planned.plan.preview.map(({ to, subject }) => [to, subject])).toEqual([
    [addressOf('Mia Fine'), 'Working together on Spring Breads?'],
  ])
  expect(planned.plan.preview[0]?.html).toContain('View the brief</a>')
  expect(await send(at, 'second-launch', members)).toEqual(done(1, 5))
})

test('a plan writes nothing', async () => {
  const at = await begin()
  const members = await groundMembers(at, ['Nia Plan'])
  await at.at.inside((tx) =>
    planInvitations(at.parts, tx, { ...at, memberIds: members.map((member) => member.id) }),
  )
  const { rows } = await at.at.inside((tx) =>
    sql`select (select count(*) from template) + (select count(*) from launch) + (select count(*) from submission) as n`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([{ n: 0 }])
})

test('a launch of more than a thousand leaves nobody out', async () => {
  const at = await begin()
  const count = 1203
  const ids = Array.from({ length: count }, () => at.at.ids.uuid())
  await at.at.inside(async (tx) => {
    await sql`insert into contact (workspace_id, id, name)
      select ${at.at.workspaceId}, i.id, 'Person ' || n from unnest(${ids}::uuid[]) with ordinality as i(id, n)`.execute(
      tx,
    )
    await sql`insert into contact_address (workspace_id, contact_id, address, address_key, preferred)
      select ${at.at.workspaceId}, i.id, 'p' || n || '@people.practice.example', 'p' || n || '@people.practice.example', true
      from unnest(${ids}::uuid[]) with ordinality as i(id, n)`.execute(tx)
    await addMembers(at.parts, tx, at.actor, { campaignId: at.campaignId, contactIds: ids })
  })
  const { rows } = await at.at.inside((tx) => sql<{ id: string }>`select id from member`.execute(tx))
  const members = rows.map(({ id }) => ({ id, contactId: '', token: '' }))
  expect(await send(at, 'many-people', members)).toEqual(done(count, 0))
  const [overview] = await at.at.inside((tx) => campaignOverviews(tx, at.campaignId))
  expect([overview?.waiting, overview?.counts.added]).toEqual([count, count])
})

test('a campaign that is not running sends nothing, and a refused key can be used again', async () => {
  const at = await begin()
  const members = await groundMembers(at, ['Ola Paused'])
  const status = (to: 'paused' | 'running') =>
    at.at.inside((tx) => setCampaignStatus(at.parts, tx, at.actor, { id: at.campaignId, status: to }))
  await status('paused')
  expect(await send(at, 'while-paused', members)).toBe('campaign_not_running')
  await status('running')
  expect(await send(at, 'while-paused', members)).toEqual(done(1, 0))
})

test('nobody sends from a mailbox that is not shared with them, or from a real one without a public address', async () => {
  const at = await begin()
  const members = await groundMembers(at, ['Pam Private'])
  const viewer = { ...at, actor: { ...at.actor, role: 'viewer' as const } }
  expect(await send(viewer, 'not-shared', members)).toBe('may_not_send')
  await at.at.inside((tx) => sql`update mailbox set practice = false where id = ${at.mailboxId}`.execute(tx))
  expect(await send(at, 'no-address', members)).toBe('public_url_needed')
})

test('an edit after the launch touches no waiting mail', async () => {
  const at = await begin()
  const [first, second] = await groundMembers(at, ['Quin One', 'Quin Two'])
  if (first === undefined || second === undefined) throw new Error('two members')
  await send(at, 'before-edit', [first])
  const text = { kind: 'invitation', language: 'en', subject: 'New', body: 'Hi {{ name }}' } as const
  await at.at.inside((tx) => changeText(at.parts, tx, at.actor, { campaignId: at.campaignId, text }))
  await send(at, 'after-edit', [second])
  const { rows } = await at.at.inside((tx) =>
    sql`select s.to_name, s.template_version, v.subject from submission s
      join template_version v on v.template_id = s.template_id and v.version = s.template_version
      order by s.to_name`.execute(tx),
  )
  expect(rows).toEqual([
    { to_name: 'Quin One', template_version: 1, subject: 'Working together on {{ campaign }}?' },
    { to_name: 'Quin Two', template_version: 2, subject: 'New' },
  ])
})

test('decisions are sent once as approvals and rejections, and the members take them', async () => {
  const at = await begin()
  const members = await groundMembers(at, ['Ria Yes', 'Ria No', 'Ria Open'])
  const [yes, no] = members
  if (yes === undefined || no === undefined) throw new Error('members')
  await applied(at, members)
  await decideAll(at, 'rejected', [no])
  await decideAll(at, 'approved', [yes])
  const planned = await at.at.inside((tx) => planDecisions(at.parts, tx, at))
  expect(planned.ok && [planned.plan.total, planned.plan.preview.map((mail) => mail.subject)]).toEqual([
    2,
    ["You're in: Spring Breads", 'Your application for Spring Breads'],
  ])
  const outcomes = await Promise.all([1, 2, 3].map(() => sendDecided(at, 'decisions-1')))
  expect(
    outcomes.filter((outcome) => typeof outcome === 'object' && outcome.ok && !outcome.replayed),
  ).toEqual([done(2, 0)])
  expect(await Promise.all(members.map((member) => mailsTo(at.at, member.id)))).toEqual([
    ['approval queued'],
    ['rejection queued'],
    [],
  ])
  expect(await Promise.all(members.map((member) => stateOf(at.at, member.id)))).toEqual([
    'approved',
    'rejected',
    'applied',
  ])
  expect(await sendDecided(at, 'decisions-2')).toEqual(done(0, 0))
})

test('whoever withdrew after the approval and applied again is approved again, and the second mail leaves', async () => {
  const at = await begin()
  const [member] = await groundMembers(at, ['Rea Again'])
  const own = readLinkToken(member?.token ?? '')
  if (member === undefined || own === undefined) throw new Error('no member')
  await applied(at, [member])
  await decideAll(at, 'approved', [member])
  await sendDecided(at, 'approved-first')
  await acceptWaiting(at.at, member.id)
  await at.at.inside((tx) =>
    sql`update submission set enqueued_at = enqueued_at - interval '1 hour' where member_id = ${member.id}`.execute(
      tx,
    ),
  )
  await at.at.inside((tx) => decline(at.parts, tx, own))
  await applied(at, [member])
  await decideAll(at, 'approved', [member])
  expect(await sendDecided(at, 'approved-again')).toEqual(done(1, 0))
  expect(await mailsTo(at.at, member.id)).toEqual(['approval accepted', 'approval queued'])
  const truth = await at.at.inside(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from submission where member_id = ${member.id} and state = 'queued'`.execute(tx)
    const mail = await submissionById(tx, rows[0]?.id ?? '')
    return mail && (await campaignAuthor(at.parts).stillTrue(tx, mail))
  })
  expect(truth).toEqual({ verdict: 'true' })
})

test('an answer promised for a day is promised for each decision, and asking again with another day is another wish', async () => {
  const at = await begin()
  const members = await groundMembers(at, ['Pia Yes', 'Pia No'])
  const [yes, no] = members
  if (yes === undefined || no === undefined) throw new Error('members')
  await applied(at, members)
  await decideAll(at, 'approved', [yes])
  await decideAll(at, 'rejected', [no])
  const promise = (day: string): Promise<LaunchOutcome | string> =>
    settle(at, (tx) =>
      sendDecisions(at.parts, tx, {
        ...at,
        key: 'promised-decisions',
        promisedFor: Temporal.PlainDate.from(day),
      }),
    )
  expect(await promise('2026-01-08')).toEqual(done(2, 0))
  const { rows } = await at.at.inside((tx) =>
    sql`select kind, lift_at::text from submission order by kind`.execute(tx),
  )
  expect(rows).toEqual([
    { kind: 'approval', lift_at: '2026-01-08 00:00:00+00' },
    { kind: 'rejection', lift_at: '2026-01-08 00:00:00+00' },
  ])
  expect(await promise('2026-01-09')).toBe('key_reused')
})

test('a decision can be taken back until it is sent', async () => {
  const at = await begin()
  const [member] = await groundMembers(at, ['Sue Undo'])
  if (member === undefined) throw new Error('a member')
  await applied(at, [member])
  await decideAll(at, 'rejected', [member])
  const [application] = await at.at.inside((tx) => applicationRows(tx, at.campaignId, 'all'))
  expect([application?.decision, application?.decidedBy]).toEqual(['rejected', 'Anna Keller'])
  const wish = { campaignId: at.campaignId, applicationId: application?.id ?? '' }
  await at.at.inside((tx) => decide(at.parts, tx, at.actor, { ...wish, decision: undefined }))
  expect(await at.at.inside((tx) => applicationRows(tx, at.campaignId, 'undecided'))).toHaveLength(1)
  expect(await sendDecided(at, 'nothing-decided')).toEqual(done(0, 0))
  await decideAll(at, 'approved', [member])
  await sendDecided(at, 'now-decided')
  expect(
    await at.at.inside((tx) => decide(at.parts, tx, at.actor, { ...wish, decision: 'rejected' })),
  ).toEqual({
    ok: false,
    code: 'decision_sent',
  })
})

test('a withdrawal at the same moment as the decision leaves either a stopped mail or none', async () => {
  const at = await begin()
  const members = await groundMembers(at, ['Tia One', 'Tia Two', 'Tia Three', 'Tia Four'])
  await applied(at, members)
  await decideAll(at, 'approved', members)
  const links = members.map((member) => readLinkToken(member.token))
  await Promise.all([
    sendDecided(at, 'against-withdrawal'),
    ...links.map((link) =>
      link === undefined ? undefined : at.at.inside((tx) => decline(at.parts, tx, link)),
    ),
  ])
  for (const member of members) {
    expect(await stateOf(at.at, member.id)).toBe('withdrawn')
    const mails = await mailsTo(at.at, member.id)
    expect([[], ['approval cancelled withdrawn']]).toContainEqual(mails)
  }
})

test('the table shows what waits for whom and when it leaves; an accepted one waits no more', async () => {
  const at = await begin()
  const [first, second] = await groundMembers(at, ['Uma One', 'Uma Two'])
  if (first === undefined || second === undefined) throw new Error('two members')
  await send(at, 'table-launch', [first, second])
  await acceptWaiting(at.at, first.id)
  const rows = await at.at.inside((tx) => membersShown(tx, at.campaignId, { limit: 10 }))
  expect(
    rows.map(({ name, state, waiting }) => [name, state, waiting?.kind, waiting?.expectedAt?.toString()]),
  ).toEqual([
    ['Uma One', 'added', undefined, undefined],
    ['Uma Two', 'added', 'invitation', expect.stringMatching(/^2026-01-05T08:00:0/)],
  ])
  const found = await at.at.inside((tx) =>
    membersShown(tx, at.campaignId, { limit: 10, pattern: '%uma two%' }),
  )
  expect(found.map((row) => row.name)).toEqual(['Uma Two'])
})

test('closing stops what waits; adding to a closed campaign is refused', async () => {
  const at = await begin()
  const [member] = await groundMembers(at, ['Val Closed'])
  if (member === undefined) throw new Error('a member')
  await send(at, 'before-closing', [member])
  const close = () =>
    at.at.inside((tx) => setCampaignStatus(at.parts, tx, at.actor, { id: at.campaignId, status: 'closed' }))
  const outcomes = [await close(), await close()]
  expect(
    outcomes.map((outcome) => outcome.ok && [outcome.campaign.status, outcome.campaign.waiting]),
  ).toEqual([
    ['closed', 0],
    ['closed', 0],
  ])
  expect(await mailsTo(at.at, member.id)).toEqual(['invitation cancelled campaign_closed'])
  const wish = { campaignId: at.campaignId, contactIds: [member.contactId] }
  expect(await at.at.inside((tx) => addMembers(at.parts, tx, at.actor, wish))).toEqual({
    ok: false,
    code: 'campaign_closed',
  })
  const again = await at.at.inside((tx) =>
    setCampaignStatus(at.parts, tx, at.actor, { id: at.campaignId, status: 'running' }),
  )
  expect(again).toEqual({ ok: false, code: 'campaign_status', values: { from: 'closed', to: 'running' } })
})
