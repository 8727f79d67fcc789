import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { changeContact, deleteContact, suppress } from '../../contacts/index.ts'
import { decideSuggestion } from '../../correspondence/index.ts'
import type { MemberGround } from '../../testing/campaign.ts'
import { mailsTo } from '../../testing/campaign.ts'
import { testDatabase } from '../../testing/database.ts'
import type { FollowUpScene } from '../../testing/follow-up.ts'
import { firstWords, followUpScene, secondWords } from '../../testing/follow-up.ts'
import { headerOf } from '../../testing/receiving.ts'
import { addressOf } from '../../testing/outbox.ts'
import type { Link } from '../creator/creator.ts'
import { apply, decline } from '../creator/creator.ts'
import { hashLinkToken } from '../../platform/link-token/index.ts'
import { setCampaignStatus } from '../manage.ts'
import { endFollowUps } from './steer.ts'

const db = await testDatabase({ poolSize: 8 })
const monday = '2026-01-05T09:00:00Z'
const tuesday = '2026-01-06T09:00:00Z'
const friday = '2026-01-09T09:00:00Z'
let seeds = 0

interface Begun {
  readonly on: FollowUpScene
  readonly person: MemberGround
}

/** Somebody was invited on Monday, with two follow-ups, and it is Tuesday. */
async function invited(name = 'Mia Ford'): Promise<Begun> {
  seeds += 1
  await db.setNow(monday)
  const on = await followUpScene(db, `stop-${seeds}`)
  const [person] = await on.people(name)
  if (person === undefined) throw new Error('member')
  await on.launch([person], [firstWords, secondWords])
  await on.leave()
  await on.setNow(tuesday)
  return { on, person }
}

type Fate = readonly (string | number | readonly string[] | undefined)[]

/** What becomes of it when this happens on Tuesday, and when it happens on Friday with the follow-up in the outbox. */
async function fateAfter(happens: (begun: Begun) => Promise<unknown>): Promise<Fate> {
  const early = await invited()
  await happens(early)
  await early.on.deliver()
  const standsEarly = await early.on.stands(early.person)
  await day(early.on)
  const late = await invited()
  await day(late.on)
  const queued = (await mailsTo(late.on.at, late.person.id)).at(-1)
  await happens(late)
  // the truth check alone, before any other handler has run
  await late.on.leave()
  const left = (await mailsTo(late.on.at, late.person.id)).at(-1)?.replace('cancelled', 'suppressed')
  await late.on.deliver()
  return [
    standsEarly,
    (await mailsTo(early.on.at, early.person.id)).filter((mail) => mail.startsWith('bulk')),
    queued,
    left,
    await late.on.stands(late.person),
    (await late.on.got(late.person)).length,
  ]
}

function stoppedBy(why: string): Fate {
  return [`stopped 1 ${why}`, [], 'bulk queued', `bulk suppressed ${why}`, `stopped 2 ${why}`, 1]
}

async function day(on: FollowUpScene): Promise<void> {
  await on.setNow(friday)
  await on.read()
  await on.tick()
}

const link = ({ on, person }: Begun): Link => ({
  workspaceId: on.at.workspaceId,
  hash: hashLinkToken(person.token),
})

test('an answer stops it', async () => {
  const fate = await fateAfter(({ on, person }) => on.answers(person, 'Sounds lovely, tell me more.'))
  expect(fate).toEqual(stoppedBy('answered'))
})

test('an out-of-office does not stop it', async () => {
  const { on, person } = await invited()
  await on.answers(person, 'I am away until Monday.', { 'Auto-Submitted': 'auto-replied' })
  expect(await on.stands(person)).toBe('waiting 1 2026-01-09T09:00Z')
  await day(on)
  await on.leave()
  expect((await on.got(person)).length).toBe(2)
})

test('a bounce stops it', async () => {
  const fate = await fateAfter(async ({ on, person }) => {
    const raw = (await on.got(person)).at(-1) ?? ''
    on.outside.deliver(on.address, bounceOf(raw, on.address, '5.1.1'))
    await on.read()
  })
  expect(fate).toEqual(stoppedBy('bounced'))
})

test('a delay does not stop it', async () => {
  const { on, person } = await invited()
  const raw = (await on.got(person)).at(-1) ?? ''
  on.outside.deliver(on.address, bounceOf(raw, on.address, '4.2.2'))
  await on.read()
  expect(await on.stands(person)).toBe('waiting 1 2026-01-09T09:00Z')
})

test('an application stops it', async () => {
  const fate = await fateAfter(async (begun) => {
    const { on } = begun
    await on.at.inside((tx) => apply(on.parts, tx, link(begun), { message: 'Here I am' }))
  })
  expect(fate).toEqual(stoppedBy('already_applied'))
})

test('"No, thanks" on the brief stops it', async () => {
  const fate = await fateAfter(async (begun) => {
    const { on } = begun
    await on.at.inside((tx) => decline(on.parts, tx, link(begun)))
  })
  expect(fate).toEqual(stoppedBy('declined'))
})

test('whoever unsubscribed gets none', async () => {
  const fate = await fateAfter(async ({ on }) => {
    const addressKey = addressOf('Mia Ford')
    await on.at.inside((tx) => suppress(tx, on.at, { addressKey, reason: 'unsubscribed', evidence: 'link' }))
  })
  expect(fate).toEqual(stoppedBy('unsubscribed'))
})

test('whoever is not to be contacted gets none', async () => {
  const fate = await fateAfter(async ({ on, person }) => {
    await on.at.inside((tx) =>
      changeContact(tx, on.at, { id: person.contactId, patch: { doNotContact: true } }),
    )
  })
  expect(fate).toEqual(stoppedBy('do_not_contact'))
})

test('whoever was deleted gets none', async () => {
  const fate = await fateAfter(async ({ on, person }) => {
    await on.at.inside((tx) => deleteContact(tx, on.at, person.contactId))
  })
  expect(fate).toEqual(stoppedBy('contact_deleted'))
})

test('a closed campaign is followed by nothing', async () => {
  const fate = await fateAfter(async ({ on }) => {
    const wish = { id: on.campaignId, status: 'closed' } as const
    await on.at.inside((tx) => setCampaignStatus(on.parts, tx, on.actor, wish))
  })
  expect(fate).toEqual(stoppedBy('campaign_closed'))
})

test('what was erased is followed by nothing', async () => {
  const fate = await fateAfter(async ({ on }) => {
    await on.at.inside((tx) => sql`update message set erased_at = kontor_now()`.execute(tx))
    await on.setNow('2026-01-09T09:00:00Z')
    await on.read()
    await on.tick()
  })
  expect(fate).toEqual(stoppedBy('erased'))
})

test('a person stops it, by name', async () => {
  const { on, person } = await invited()
  await day(on)
  const of = { courseIds: [await on.course(person)] }
  await on.at.inside((tx) => endFollowUps(on.parts, tx, on.actor, { of, why: 'follow_ups_stopped' }))
  expect(await mailsTo(on.at, person.id)).toEqual([
    'invitation accepted',
    'bulk suppressed follow_ups_stopped',
  ])
  await on.deliver()
  expect(await on.stands(person)).toBe('stopped 2 follow_ups_stopped')
  const { rows } = await on.at.inside((tx) =>
    sql`select reason from submission where kind = 'bulk'`.execute(tx),
  )
  expect(rows).toEqual([{ reason: { code: 'follow_ups_stopped', values: { name: 'Anna Keller' } } }])
})

test('all of a campaign are stopped at once', async () => {
  const { on, person } = await invited()
  const of = { campaignId: on.campaignId }
  const count = await on.at.inside((tx) =>
    endFollowUps(on.parts, tx, on.actor, { of, why: 'follow_ups_stopped' }),
  )
  expect([count, await on.stands(person)]).toEqual([1, 'stopped 1 follow_ups_stopped'])
})

test('an undecided "no, thanks" holds it, and the decision settles it', async () => {
  const { on, person } = await invited()
  await day(on)
  await on.answers(person, 'No, thanks.')
  await on.leave()
  expect((await mailsTo(on.at, person.id)).at(-1)).toBe('bulk held decline_undecided')
  expect(await on.stands(person)).toBe('waiting 2')
  await decided(on, 'accepted')
  expect((await mailsTo(on.at, person.id)).at(-1)).toBe('bulk cancelled declined')
  expect(await on.stands(person)).toBe('stopped 2 declined')
})

test('meant otherwise, it was an answer all the same', async () => {
  const { on, person } = await invited()
  await on.answers(person, 'No, thanks.')
  expect(await on.stands(person)).toBe('waiting 1 2026-01-09T09:00Z')
  await day(on)
  expect(await mailsTo(on.at, person.id)).toEqual(['invitation accepted'])
  await decided(on, 'dismissed')
  expect(await on.stands(person)).toBe('stopped 1 answered')
})

test('nothing follows a mail that did not leave', async () => {
  seeds += 1
  await db.setNow(monday)
  const on = await followUpScene(db, `stop-${seeds}`)
  const [person] = await on.people('Mia Ford')
  if (person === undefined) throw new Error('member')
  await on.launch([person], [firstWords])
  on.outside.fault(on.address, {
    call: 'send',
    effect: { kind: 'rejected', why: 'recipient_invalid', permanent: true, diagnostic: 'no' },
  })
  await on.leave()
  expect(await on.stands(person)).toBe('stopped 1 before_unsent')
})

async function decided(on: FollowUpScene, verdict: 'accepted' | 'dismissed'): Promise<void> {
  const { personId, workspaceId } = on.at
  await on.at.inside(async (tx) => {
    const { rows } = await sql<{ id: string }>`select id from suggestion where state = 'open'`.execute(tx)
    const suggestion = await decideSuggestion(tx, rows[0]?.id ?? '', { verdict, personId })
    const { contactId = '', campaignId = null, kind = '' } = suggestion ?? {}
    const payload = { kind, contactId, campaignId, personId }
    await on.at.emit(tx, { workspaceId, type: `suggestion.${verdict}`, payload })
  })
  await on.deliver()
}

/** A report about the mail, by the standard (RFC 3464). */
function bounceOf(raw: string, to: string, status: string): string {
  return [
    'From: Mail Delivery Subsystem <mailer-daemon@people.practice.example>',
    `To: ${to}`,
    'Subject: Delivery Status Notification',
    `Message-ID: <dsn-${status}-${headerOf(raw, 'Message-ID').slice(1)}`,
    'Auto-Submitted: auto-replied',
    `In-Reply-To: ${headerOf(raw, 'Message-ID')}`,
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'About your mail.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.people.practice.example',
    '',
    `Final-Recipient: rfc822; ${addressOf('Mia Ford')}`,
    `Action: ${status.startsWith('5') ? 'failed' : 'delayed'}`,
    `Status: ${status}`,
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${headerOf(raw, 'Message-ID')}`,
    '--b--',
    '',
  ].join('\r\n')
}
