import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { deleteContact, isSuppressed } from '../../contacts/index.ts'
import type { CampaignGround, MemberGround } from '../../testing/campaign.ts'
import { acceptWaiting, groundCampaign, groundMembers, mailsTo, stateOf } from '../../testing/campaign.ts'
import { testDatabase } from '../../testing/database.ts'
import { ground } from '../../testing/ground.ts'
import { addressOf } from '../../testing/outbox.ts'
import type { Link } from './creator.ts'
import { apply, decline, noteViewed, seeBrief, unsubscribe } from './creator.ts'
import { decide } from '../decide.ts'
import { sendInvitations } from '../launch.ts'
import { sendDecisions } from '../send-decisions.ts'
import { emptyBrief } from '../campaign.ts'
import { changeCampaign, setCampaignStatus } from '../manage.ts'
import { applicationRows } from '../store-application.ts'
import { readLinkToken } from '../../platform/link-token/index.ts'

const { database } = await testDatabase({ poolSize: 8 })
let on: CampaignGround
beforeAll(async () => {
  on = await groundCampaign(await ground(database, { seed: 'creator' }))
})

async function invited(name: string, at = on): Promise<MemberGround & { readonly link: Link }> {
  const [member] = await groundMembers(at, [name])
  const link = readLinkToken(member?.token ?? '')
  if (member === undefined || link === undefined) throw new Error('no member')
  const wish = { actor: at.actor, campaignId: at.campaignId, key: `invite-${name}`, memberIds: [member.id] }
  await at.at.inside((tx) => sendInvitations(at.parts, tx, wish))
  return { ...member, link }
}

async function decided(at: CampaignGround, name: string, decision: 'approved' | 'rejected') {
  const person = await invited(name, at)
  await at.at.inside((tx) => apply(at.parts, tx, person.link, { message: '' }))
  const rows = await at.at.inside((tx) => applicationRows(tx, at.campaignId, 'undecided'))
  const applicationId = rows.find((row) => row.memberId === person.id)?.id ?? ''
  await at.at.inside((tx) =>
    decide(at.parts, tx, at.actor, { campaignId: at.campaignId, applicationId, decision }),
  )
  await at.at.inside((tx) => sendDecisions(at.parts, tx, { ...at, key: `decide-${name}` }))
  return person
}

function stateSeen(link: Link, at = on): Promise<string> {
  return at.at.inside(async (tx) => {
    const seen = await seeBrief(tx, link)
    return seen.ok ? seen.view.state : seen.code
  })
}

test('the link shows the brief in the words of the campaign', async () => {
  const { link } = await invited('Ada Seen')
  expect(await on.at.inside((tx) => seeBrief(tx, link))).toEqual({
    ok: true,
    view: {
      campaignName: 'Spring Breads',
      brandName: 'Atelier Nord',
      brandColour: '#2A3FC4',
      formality: 'du',
      language: 'en',
      brief: {
        headline: 'Bread for spring',
        body: 'Bake with us.',
        deliverables: ['1 reel'],
        dates: 'May',
        compensation: '400 EUR',
        images: [],
      },
      images: [],
      personName: 'Ada Seen',
      state: 'open',
    },
  })
})

test('looking is no answer: only a visible page counts as viewed, and an applicant stays one', async () => {
  const { id, link } = await invited('Bea View')
  await stateSeen(link)
  expect(await stateOf(on.at, id)).toBe('added')
  await on.at.inside((tx) => noteViewed(on.parts, tx, link))
  expect(await stateOf(on.at, id)).toBe('viewed')
  await on.at.inside((tx) => apply(on.parts, tx, link, { message: 'Hi' }))
  await on.at.inside((tx) => noteViewed(on.parts, tx, link))
  expect(await stateOf(on.at, id)).toBe('applied')
})

test('applying five times at once is one application, one event, and stops the invitation', async () => {
  const { id, link } = await invited('Cat Twice')
  const outcomes = await Promise.all(
    [1, 2, 3, 4, 5].map((n) => on.at.inside((tx) => apply(on.parts, tx, link, { message: `try ${n}` }))),
  )
  expect(outcomes.map((outcome) => outcome.ok && outcome.view.state)).toEqual(Array(5).fill('applied'))
  const rows = await on.at.inside((tx) => applicationRows(tx, on.campaignId, 'undecided'))
  expect(rows.filter((row) => row.memberId === id)).toHaveLength(1)
  const told = on.at.emitted.filter(
    (event) => event.type === 'application.received' && event.payload['memberId'] === id,
  )
  expect(told).toHaveLength(1)
  expect(await mailsTo(on.at, id)).toEqual(['invitation cancelled already_applied'])
})

test('applying and declining at once leave one answer: an open application exactly when applied', async () => {
  for (const name of ['Dee One', 'Dee Two', 'Dee Three', 'Dee Four', 'Dee Five', 'Dee Six']) {
    const { id, link } = await invited(name)
    await Promise.all([
      on.at.inside((tx) => apply(on.parts, tx, link, { message: '' })),
      on.at.inside((tx) => decline(on.parts, tx, link)),
    ])
    const open = await on.at.inside((tx) =>
      sql`select id from application where member_id = ${id} and withdrawn_at is null`.execute(tx),
    )
    expect([
      ['applied', 1],
      ['withdrawn', 0],
    ]).toContainEqual([await stateOf(on.at, id), open.rows.length])
  }
})

test('a no stops everything that waits, is no rejection, and can be taken back by applying', async () => {
  const { id, link } = await invited('Eva No')
  for (const _ of [1, 2]) await on.at.inside((tx) => decline(on.parts, tx, link))
  expect([await stateOf(on.at, id), await stateSeen(link)]).toEqual(['declined', 'declined'])
  expect(await mailsTo(on.at, id)).toEqual(['invitation cancelled declined'])
  await on.at.inside((tx) => apply(on.parts, tx, link, { message: 'I can after all' }))
  expect(await stateSeen(link)).toBe('applied')
})

test('a decision shows as decided, without saying which', async () => {
  const yes = await decided(on, 'Fay Yes', 'approved')
  const no = await decided(on, 'Fay No', 'rejected')
  expect([await stateSeen(yes.link), await stateSeen(no.link)]).toEqual(['decided', 'decided'])
  await on.at.inside((tx) => apply(on.parts, tx, yes.link, { message: 'again' }))
  expect(await stateOf(on.at, yes.id)).toBe('approved')
})

test('a withdrawal before the rejection left stops it; afterwards it changes nothing', async () => {
  const early = await decided(on, 'Gia Early', 'rejected')
  await on.at.inside((tx) => decline(on.parts, tx, early.link))
  expect([await stateOf(on.at, early.id), await mailsTo(on.at, early.id)]).toEqual([
    'withdrawn',
    ['invitation cancelled already_applied', 'rejection cancelled withdrawn'],
  ])
  const late = await decided(on, 'Gia Late', 'rejected')
  await acceptWaiting(on.at, late.id)
  await on.at.inside((tx) => decline(on.parts, tx, late.link))
  expect(await stateOf(on.at, late.id)).toBe('rejected')
})

test('unsubscribing suppresses the address and stops mail of every campaign', async () => {
  const { id, link } = await invited('Hal Off')
  for (const _ of [1, 2])
    expect(await on.at.inside((tx) => unsubscribe(on.parts, tx, link))).toEqual({ ok: true })
  expect(await on.at.inside((tx) => isSuppressed(tx, addressOf('Hal Off')))).toBe(true)
  expect([await stateOf(on.at, id), await mailsTo(on.at, id)]).toEqual([
    'declined',
    ['invitation cancelled declined'],
  ])
})

test('a draft, an unknown and a deleted person have no page', async () => {
  const at = await groundCampaign(await ground(database, { seed: 'draft' }))
  const { link, contactId } = await invited('Ivy Gone', at)
  await at.at.inside((tx) => deleteContact(tx, at.at, contactId))
  expect(await stateSeen(link, at)).toBe('brief_unknown')
  const draft = await invited('Ivy Draft', at)
  await at.at.inside((tx) => sql`update campaign set status = 'draft'`.execute(tx))
  expect(await stateSeen(draft.link, at)).toBe('brief_unknown')
  expect(await on.at.inside((tx) => apply(on.parts, tx, draft.link, { message: '' }))).toEqual({
    ok: false,
    code: 'brief_unknown',
  })
})

test('a closed campaign takes no application, and still takes a no', async () => {
  const at = await groundCampaign(await ground(database, { seed: 'closed' }))
  const { id, link } = await invited('Joy Late', at)
  await at.at.inside((tx) =>
    setCampaignStatus(at.parts, tx, at.actor, { id: at.campaignId, status: 'closed' }),
  )
  expect(await stateSeen(link, at)).toBe('closed')
  expect(await at.at.inside((tx) => apply(at.parts, tx, link, { message: '' }))).toEqual({
    ok: false,
    code: 'campaign_closed',
  })
  await at.at.inside((tx) => decline(at.parts, tx, link))
  expect(await stateOf(at.at, id)).toBe('declined')
})

test('after the last day to apply nobody applies; whoever has applied or says no is not held up', async () => {
  const db = await testDatabase()
  const at = await groundCampaign(await ground(db.database, { seed: 'late' }))
  const [early, late] = [await invited('Kai Early', at), await invited('Kai Late', at)]
  const brief = { ...emptyBrief, applyUntil: '2026-01-10' }
  await at.at.inside((tx) => changeCampaign(at.parts, tx, at.actor, { id: at.campaignId, patch: { brief } }))
  // the workspace is in Berlin: its day ends at 23:00 UTC
  await db.setNow('2026-01-10T22:59:59Z')
  expect(await stateSeen(late.link, at)).toBe('open')
  await at.at.inside((tx) => apply(at.parts, tx, early.link, { message: '' }))
  await db.setNow('2026-01-10T23:00:00Z')
  expect([await stateSeen(early.link, at), await stateSeen(late.link, at)]).toEqual(['applied', 'over'])
  expect(await at.at.inside((tx) => apply(at.parts, tx, late.link, { message: '' }))).toEqual({
    ok: false,
    code: 'application_over',
  })
  await at.at.inside((tx) => decline(at.parts, tx, late.link))
  expect(await stateOf(at.at, late.id)).toBe('declined')
})
