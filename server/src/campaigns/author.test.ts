import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { changeContact, deleteContact, suppress } from '../contacts/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Submission } from '../sending/index.ts'
import { submissionById } from '../sending/store-submission.ts'
import type { CampaignGround, MemberGround } from '../testing/campaign.ts'
import { acceptWaiting, groundCampaign, groundMembers, mailsTo, stateOf } from '../testing/campaign.ts'
import { testDatabase, testStart } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { addressOf } from '../testing/outbox.ts'
import { campaignAuthor, decidedOtherwise } from './author.ts'
import { sendInvitations } from './launch.ts'
import { cancelForDeleted, noteInvited } from './listen.ts'
import { changeCampaign, changeText, setCampaignStatus } from './manage.ts'
import { memberStates } from './member.ts'
import { campaignOverviews } from './store-campaign.ts'
import { moveMember } from './store-member.ts'

const { database } = await testDatabase()
let on: CampaignGround
beforeAll(async () => {
  on = await groundCampaign(await ground(database, { seed: 'author' }))
})

interface Waiting extends MemberGround {
  readonly submission: Submission
}

async function waiting(name: string, at = on, key = `invite-${name}`): Promise<Waiting> {
  const [member] = await groundMembers(at, [name])
  if (member === undefined) throw new Error('no member')
  const wish = { actor: at.actor, campaignId: at.campaignId, key, memberIds: [member.id] }
  const submission = await at.at.inside(async (tx) => {
    await sendInvitations(at.parts, tx, wish)
    const { rows } = await sql<{
      id: string
    }>`select id from submission where member_id = ${member.id}`.execute(tx)
    return await submissionById(tx, rows[0]?.id ?? '')
  })
  if (submission === undefined) throw new Error('nothing waits')
  return { ...member, submission }
}

function truth({ submission }: Waiting, at = on) {
  return at.at.inside((tx) => campaignAuthor(at.parts).stillTrue(tx, submission))
}

function written({ submission }: Waiting, at = on) {
  return at.at.inside((tx) => campaignAuthor(at.parts).render(tx, submission))
}

test('an invitation is written from the frozen text with the values of the moment', async () => {
  const at = await groundCampaign(await ground(database, { seed: 'written' }))
  const text = {
    kind: 'invitation',
    language: 'en',
    subject: '{{ campaign }}, {{ name }}',
    body: 'Hi {{ name }}',
  } as const
  await at.at.inside((tx) => changeText(at.parts, tx, at.actor, { campaignId: at.campaignId, text }))
  const mail = await waiting('Abe Frozen', at)
  await at.at.inside(async (tx) => {
    await changeText(at.parts, tx, at.actor, {
      campaignId: at.campaignId,
      text: { ...text, subject: 'Later' },
    })
    await changeContact(tx, at.at, { id: mail.contactId, patch: { name: 'Abe <b>New</b> {{ sender }}' } })
  })
  const outcome = await written(mail, at)
  const brief = `http://127.0.0.1:3210/b/${mail.token}`
  const off = `http://127.0.0.1:3210/u/${mail.token}`
  expect(outcome).toEqual({
    ok: true,
    rendered: {
      subject: 'Spring Breads, Abe <b>New</b> {{ sender }}',
      text: `Hi Abe <b>New</b> {{ sender }}\n\n${brief}\n\nWould you rather not hear from us? Say so here:\n${off}\n`,
      html:
        '<div style="font-size:16px;line-height:26px;max-width:640px"><p style="margin:0 0 16px">Hi Abe ' +
        `&lt;b&gt;New&lt;/b&gt; {{ sender }}</p><p style="margin:24px 0"><a href="${brief}" style="display:inline-block;` +
        'padding:12px 20px;background:#2A3FC4;color:#FFFFFF;border-radius:6px;text-decoration:none;font-weight:600">' +
        `View the brief</a></p><p style="margin:32px 0 0;font-size:13px;color:#5B6066"><a href="${off}" ` +
        'style="color:#5B6066">Would you rather not hear from us? Say so here.</a></p></div>',
      files: [],
    },
  })
})

test('a person who reads German is written to with du or Sie as the campaign sets it', async () => {
  const at = await groundCampaign(await ground(database, { seed: 'german' }))
  const [member] = await groundMembers(at, ['Ben Deutsch'])
  await at.at.inside(async (tx) => {
    await changeContact(tx, at.at, { id: member?.contactId ?? '', patch: { language: 'de' } })
    await changeCampaign(at.parts, tx, at.actor, {
      id: at.campaignId,
      patch: { formality: 'sie', brandName: 'Nord' },
    })
  })
  const mail = await waiting('Ben Deutsch Two', at)
  await at.at.inside((tx) => changeContact(tx, at.at, { id: mail.contactId, patch: { language: 'de' } }))
  const wish = {
    actor: at.actor,
    campaignId: at.campaignId,
    key: 'german-launch',
    memberIds: [member?.id ?? ''],
  }
  const submission = await at.at.inside(async (tx) => {
    await sendInvitations(at.parts, tx, wish)
    const { rows } = await sql<{
      id: string
    }>`select id from submission where member_id = ${member?.id}`.execute(tx)
    return await submissionById(tx, rows[0]?.id ?? '')
  })
  if (member === undefined || submission === undefined) throw new Error('nothing waits')
  const outcome = await written({ ...member, submission }, at)
  expect(outcome?.ok && [outcome.rendered.subject, outcome.rendered.text.split('\n')[0]]).toEqual([
    'Haben Sie Interesse an Spring Breads?',
    'Guten Tag Ben Deutsch,',
  ])
  expect(outcome?.ok && outcome.rendered.html).toContain('>Briefing ansehen</a>')
})

test('who answers for a person gets a copy only at an address that may be written to', async () => {
  const mail = await waiting('Mona Gement')
  const copyTo = async (address: string) => {
    const patch = { agent: { name: 'Office', address, cc: true } }
    await on.at.inside((tx) => changeContact(tx, on.at, { id: mail.contactId, patch }))
    const outcome = await written(mail)
    return outcome?.ok === true ? outcome.rendered.cc : 'not written'
  }
  expect(await copyTo('Office@people.practice.example')).toEqual(['Office@people.practice.example'])
  expect(await copyTo(mail.submission.toAddress.toUpperCase())).toBeUndefined()
  await on.at.inside((tx) =>
    suppress(tx, on.at, { addressKey: 'office@people.practice.example', reason: 'complaint', evidence: '' }),
  )
  expect(await copyTo('Office@people.practice.example')).toBeUndefined()
})

test('a value that was lost meanwhile holds the mail and names the variable', async () => {
  const at = await groundCampaign(await ground(database, { seed: 'missing' }))
  const text = { kind: 'invitation', language: 'en', subject: 'Hi', body: 'Hi {{ handle }}' } as const
  await at.at.inside((tx) => changeText(at.parts, tx, at.actor, { campaignId: at.campaignId, text }))
  const [member] = await groundMembers(at, ['Cleo Handle'])
  const none = await at.at.inside((tx) =>
    sendInvitations(at.parts, tx, { ...at, key: 'without-handle', memberIds: [member?.id ?? ''] }),
  )
  expect(none).toMatchObject({ ok: true, queued: 0, leftOut: 1, replayed: false })
  await at.at.inside((tx) =>
    changeContact(tx, at.at, { id: member?.contactId ?? '', patch: { handle: '@cleo' } }),
  )
  await at.at.inside((tx) =>
    sendInvitations(at.parts, tx, { ...at, key: 'with-handle', memberIds: [member?.id ?? ''] }),
  )
  const { rows } = await at.at.inside((tx) => sql<{ id: string }>`select id from submission`.execute(tx))
  const submission = await at.at.inside((tx) => submissionById(tx, rows[0]?.id ?? ''))
  if (member === undefined || submission === undefined) throw new Error('nothing waits')
  await at.at.inside((tx) => changeContact(tx, at.at, { id: member.contactId, patch: { handle: '' } }))
  expect(await written({ ...member, submission }, at)).toEqual({
    ok: false,
    hold: { code: 'missing_variable', values: { name: 'handle' } },
  })
})

test.each([
  ['unknown_variable', 'Hi {{ nmae }}', { field: 'body', name: 'nmae' }],
  ['unknown_filter', 'Hi {{ name | shout }}', { field: 'body', name: 'shout' }],
  ['not_a_variable', 'Hi {{ first name }}', { field: 'body', text: '{{ first name }}' }],
])('a text with %s is not saved', async (code, body, values) => {
  const text = { kind: 'rejection', language: 'en', subject: 'S', body } as const
  const outcome = await on.at.inside((tx) =>
    changeText(on.parts, tx, on.actor, { campaignId: on.campaignId, text }),
  )
  expect(outcome).toEqual({ ok: false, code, values })
})

type Change = (tx: Tx, mail: Waiting) => Promise<unknown>
const changes: readonly [string, Change, object][] = [
  ['nothing happened', () => Promise.resolve(), { verdict: 'true' }],
  [
    'the person must not be contacted',
    (tx, mail) => changeContact(tx, on.at, { id: mail.contactId, patch: { doNotContact: true } }),
    { verdict: 'suppress', reason: { code: 'do_not_contact' } },
  ],
  [
    'the address bounced',
    (tx, mail) =>
      suppress(tx, on.at, { addressKey: mail.submission.toAddress, reason: 'bounce', evidence: '' }),
    { verdict: 'suppress', reason: { code: 'suppressed' } },
  ],
  [
    'the address was changed',
    (tx, mail) =>
      changeContact(tx, on.at, { id: mail.contactId, patch: { address: 'moved@people.practice.example' } }),
    {
      verdict: 'hold',
      reason: { code: 'address_changed', values: { address: 'moved@people.practice.example' } },
    },
  ],
  [
    'the person was deleted',
    (tx, mail) => deleteContact(tx, on.at, mail.contactId),
    { verdict: 'suppress', reason: { code: 'contact_deleted' } },
  ],
  [
    'the person declined',
    (tx, mail) => moveMember(tx, mail.id, 'declined'),
    { verdict: 'suppress', reason: { code: 'declined' } },
  ],
  [
    'the person applied',
    (tx, mail) => moveMember(tx, mail.id, 'applied'),
    { verdict: 'suppress', reason: { code: 'already_applied' } },
  ],
  [
    'the campaign was paused',
    (tx) => setCampaignStatus(on.parts, tx, on.actor, { id: on.campaignId, status: 'paused' }),
    { verdict: 'hold', reason: { code: 'campaign_paused' } },
  ],
]

test.each(changes)('when %s, the truth check says so', async (what, change, verdict) => {
  const mail = await waiting(`Dora ${what}`.replaceAll(',', ''))
  await on.at.inside((tx) => change(tx, mail))
  expect(await truth(mail)).toEqual(verdict)
  await on.at.inside((tx) =>
    setCampaignStatus(on.parts, tx, on.actor, { id: on.campaignId, status: 'running' }),
  )
})

test('a pause holds at once what waits, so that nobody is told a time for it, and it goes on when the campaign does', async () => {
  const at = await groundCampaign(await ground(database, { seed: 'pause' }))
  const mail = await waiting('Emil Held', at)
  await waiting('Hanna Held before', at)
  await at.at.inside((tx) =>
    sql`update submission set state = 'held', reason = '{"code": "by_person"}' where id <> ${mail.submission.id}`.execute(
      tx,
    ),
  )
  const [before] = await at.at.inside((tx) => campaignOverviews(tx, at.campaignId))
  expect(before).toMatchObject({ waiting: 2, pausable: 1 })
  const status = (to: 'paused' | 'running') =>
    at.at.inside((tx) => setCampaignStatus(at.parts, tx, at.actor, { id: at.campaignId, status: to }))
  await status('paused')
  const { rows } = await at.at.inside((tx) =>
    sql`select state, reason from submission where id = ${mail.submission.id}`.execute(tx),
  )
  expect(rows).toEqual([{ state: 'held', reason: { code: 'campaign_paused' } }])
  await status('running')
  expect((await at.at.inside((tx) => submissionById(tx, mail.submission.id)))?.state).toBe('queued')
  expect(await truth(mail, at)).toEqual({ verdict: 'true' })
})

test('in a closed campaign nothing is true any more', async () => {
  const at = await groundCampaign(await ground(database, { seed: 'closing' }))
  const mail = await waiting('Finn Closed', at)
  await at.at.inside((tx) => sql`update campaign set status = 'closed'`.execute(tx))
  expect(await truth(mail, at)).toEqual({ verdict: 'suppress', reason: { code: 'campaign_closed' } })
})

test('a person who got this kind of mail in this campaign does not get it again', async () => {
  const mail = await waiting('Gus Again')
  await on.at.inside((tx) =>
    on.parts.enqueue(tx, [{ ...mail.submission, key: 'by-another-way', toAddress: addressOf('Gus Again') }]),
  )
  await on.at.inside((tx) =>
    sql`update submission set state = 'leased', lease_id = id, lease_until = kontor_now() where key = 'by-another-way'`.execute(
      tx,
    ),
  )
  await on.at.inside((tx) =>
    sql`update submission set state = 'accepted', accepted_at = kontor_now(), settled_at = kontor_now() where key = 'by-another-way'`.execute(
      tx,
    ),
  )
  expect(await truth(mail)).toEqual({ verdict: 'suppress', reason: { code: 'already_sent' } })
})

test('a direct mail is not ours to judge or to write', async () => {
  const mail = await waiting('Hugo Direct')
  const direct = { ...mail, submission: { ...mail.submission, kind: 'direct' as const } }
  expect([await truth(direct), await written(direct)]).toEqual([undefined, undefined])
})

test('a member is invited when the provider took the invitation, and not before', async () => {
  const mail = await waiting('Iris Invited')
  await acceptWaiting(on.at, mail.id)
  expect(await stateOf(on.at, mail.id)).toBe('added')
  const event = {
    workspaceId: on.at.workspaceId,
    id: on.at.ids.uuid(),
    type: 'submission.accepted',
    at: Temporal.Instant.from(testStart),
    payload: { kind: 'invitation', memberId: mail.id, campaignId: on.campaignId },
  }
  await on.at.inside((tx) =>
    noteInvited(on.at.emit)(tx, { ...event, payload: { ...event.payload, kind: 'bulk' } }),
  )
  expect(await stateOf(on.at, mail.id)).toBe('added')
  for (const _ of [1, 2]) await on.at.inside((tx) => noteInvited(on.at.emit)(tx, event))
  expect(await stateOf(on.at, mail.id)).toBe('invited')
  expect(
    on.at.emitted.filter((told) => told.type === 'member.changed' && told.subject === mail.id),
  ).toHaveLength(1)
})

test('deleting a person cancels what waits and keeps what left', async () => {
  const left = await waiting('Jan Left')
  await acceptWaiting(on.at, left.id)
  const stays = await waiting('Jan Waits')
  for (const { contactId } of [left, stays]) {
    await on.at.inside((tx) => deleteContact(tx, on.at, contactId))
    const told = on.at.emitted.findLast((event) => event.type === 'contact.deleted')
    if (told === undefined) throw new Error('nobody was told')
    const event = { ...told, id: on.at.ids.uuid(), at: Temporal.Instant.from(testStart) }
    await on.at.inside((tx) => cancelForDeleted(on.parts)(tx, event))
  }
  expect([await mailsTo(on.at, left.id), await mailsTo(on.at, stays.id)]).toEqual([
    ['invitation accepted'],
    ['invitation cancelled contact_deleted'],
  ])
})

test('a decision is told only while it stands', () => {
  const of = (kind: 'approval' | 'rejection' | 'bulk') =>
    Object.fromEntries(memberStates.map((state) => [state, decidedOtherwise({ state }, kind) ?? 'true']))
  const other = 'decided_otherwise'
  const said = { withdrawn: 'withdrawn', declined: 'declined' }
  const none = { added: other, invited: other, viewed: other, applied: other }
  expect(of('approval')).toEqual({ ...none, approved: 'true', rejected: other, ...said })
  expect(of('rejection')).toEqual({ ...none, approved: other, rejected: 'true', ...said })
  expect(Object.values(of('bulk'))).toEqual([
    'true',
    'true',
    'true',
    'true',
    'true',
    'true',
    'withdrawn',
    'declined',
  ])
})
