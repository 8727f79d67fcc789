import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { changeContact } from '../contacts/index.ts'
import { submissionById } from '../sending/store-submission.ts'
import type { MessageTexts } from '../templates/index.ts'
import { changeTemplate, createTemplate } from '../templates/index.ts'
import type { CampaignGround, MemberGround } from '../testing/campaign.ts'
import { acceptWaiting, groundCampaign, groundMembers, mailsTo } from '../testing/campaign.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { campaignAuthor } from './author.ts'
import { launchMailing } from './launch.ts'
import { planMailing } from './plan.ts'

const { database } = await testDatabase({ poolSize: 8 })
let seeds = 0

async function begin(): Promise<CampaignGround> {
  seeds += 1
  return await groundCampaign(await ground(database, { seed: `same-message-${seeds}` }))
}

const first: MessageTexts = { en: { subject: 'News', body: 'First' } }
const second: MessageTexts = { en: { subject: 'News', body: 'Second' } }

async function template(on: CampaignGround, texts: MessageTexts): Promise<string> {
  const writer = { ...on.at, authorId: on.at.personId }
  const wish = { name: 'News', kind: 'bulk', texts } as const
  const made = await on.at.inside((tx) => createTemplate(tx, writer, wish, []))
  if (!made.ok) throw new Error(made.code)
  return made.template.id
}

async function change(on: CampaignGround, id: string, texts: MessageTexts): Promise<void> {
  const writer = { ...on.at, authorId: on.at.personId }
  const wish = { id, name: 'News', kind: 'bulk', texts } as const
  const changed = await on.at.inside((tx) => changeTemplate(tx, writer, wish, []))
  if (!changed.ok) throw new Error(changed.code)
}

interface Said {
  readonly texts: MessageTexts
  readonly setId?: string
}

/** How many mails the plan promises, and how many the launch queues. */
async function send(
  on: CampaignGround,
  people: readonly MemberGround[],
  said: Said,
): Promise<readonly [number, number]> {
  const { actor, mailboxId, campaignId } = on
  const wish = { actor, mailboxId, campaignId, audience: { ids: people.map(({ id }) => id) } }
  const text = { kind: 'bulk', ...said } as const
  const planned = await on.at.inside((tx) => planMailing(on.parts, tx, wish, text))
  const key = `key-${on.at.ids.uuid()}`
  const sent = await on.at.inside((tx) => launchMailing(on.parts, tx, { ...wish, key }, text))
  if (!planned.ok || !sent.ok) throw new Error('refused')
  return [planned.plan.total, sent.queued]
}

async function two(on: CampaignGround): Promise<readonly [MemberGround, MemberGround]> {
  const [had, fresh] = await groundMembers(on, ['Ava Had', 'Ben New'])
  if (had === undefined || fresh === undefined) throw new Error('members')
  return [had, fresh]
}

test('a template that changes between the plan and the button is still its mail, in the words that were planned', async () => {
  const on = await begin()
  const [had, fresh] = await two(on)
  const setId = await template(on, first)
  await change(on, setId, second)
  expect(await send(on, [had], { texts: first, setId })).toEqual([1, 1])
  await acceptWaiting(on.at, had.id)
  expect(await send(on, [had, fresh], { texts: second, setId })).toEqual([1, 1])
  const { rows } = await on.at.inside((tx) =>
    sql`select v.body from submission s join template_version v on v.template_id = s.template_id
      and v.version = s.template_version order by s.id`.execute(tx),
  )
  expect(rows).toEqual([{ body: 'First' }, { body: 'Second' }])
})

type Ways = (on: CampaignGround) => Promise<readonly [Said, Said]>
const ways: readonly [string, Ways][] = [
  [
    'written freely, then kept as a template and chosen',
    async (on) => [{ texts: first }, { texts: first, setId: await template(on, first) }],
  ],
  [
    'of a template, then written freely',
    async (on) => [{ texts: first, setId: await template(on, first) }, { texts: first }],
  ],
  [
    'of two templates',
    async (on) => [
      { texts: first, setId: await template(on, first) },
      { texts: first, setId: await template(on, first) },
    ],
  ],
  [
    'with another text in the other language, and other ends of lines',
    (): ReturnType<Ways> =>
      Promise.resolve([
        { texts: { en: { subject: 'News', body: 'First\nline' } } },
        {
          texts: {
            en: { subject: ' News', body: 'First\r\nline\n' },
            de: { subject: 'Neues', body: 'Erstes' },
          },
        },
      ]),
  ],
]

test.each(ways)('the same words %s go to nobody twice', async (_how, saidOf) => {
  const on = await begin()
  const [had, fresh] = await two(on)
  const [before, again] = await saidOf(on)
  expect(await send(on, [had], before)).toEqual([1, 1])
  expect(await send(on, [had], again)).toEqual([0, 0])
  await acceptWaiting(on.at, had.id)
  expect(await send(on, [had, fresh], again)).toEqual([1, 1])
})

test('the same words of two templates at once go to each person once', async () => {
  const on = await begin()
  const people = await two(on)
  const sets = await Promise.all([template(on, first), template(on, first)])
  const said = [...sets.map((setId) => ({ texts: first, setId })), { texts: first }]
  const counts = await Promise.all(said.map((each) => send(on, people, each)))
  expect(counts.map(([, queued]) => queued).toSorted((a, b) => a - b)).toEqual([0, 0, 2])
  for (const { id } of people) expect(await mailsTo(on.at, id)).toEqual(['bulk queued'])
})

test('a waiting mail is withheld when its words left by another template meanwhile', async () => {
  const on = await begin()
  const [person] = await two(on)
  const elsewhere = await template(on, second)
  await send(on, [person], { texts: second, setId: elsewhere })
  await acceptWaiting(on.at, person.id)
  const setId = await template(on, first)
  await send(on, [person], { texts: first, setId })
  const verdict = async () => {
    const { rows } = await on.at.inside((tx) =>
      sql<{ id: string }>`select id from submission where state = 'queued'`.execute(tx),
    )
    const mail = await on.at.inside((tx) => submissionById(tx, rows[0]?.id ?? ''))
    if (mail === undefined) throw new Error('nothing waits')
    return await on.at.inside((tx) => campaignAuthor(on.parts).stillTrue(tx, mail))
  }
  expect(await verdict()).toEqual({ verdict: 'true' })
  await change(on, elsewhere, first)
  await on.at.inside((tx) =>
    sql`insert into submission (workspace_id, id, mailbox_id, key, kind, rank, contact_id, to_address, to_key, template_id,
        template_version, position_at)
      select workspace_id, uuidv7(), mailbox_id, 'other-way', kind, rank, contact_id, to_address, to_key, template_id,
        2, position_at from submission where state = 'accepted'`.execute(tx),
  )
  await on.at.inside(async (tx) => {
    await sql`update submission set state = 'leased', lease_id = id, lease_until = kontor_now() where key = 'other-way'`.execute(
      tx,
    )
    await sql`update submission set state = 'accepted', accepted_at = kontor_now(), settled_at = kontor_now()
      where key = 'other-way'`.execute(tx)
  })
  expect(await verdict()).toEqual({ verdict: 'suppress', reason: { code: 'already_sent' } })
})

test('a text that grows past every limit holds its mail, and stops nothing else', async () => {
  const on = await begin()
  const [person] = await two(on)
  const fee = (value: string) =>
    on.at.inside((tx) =>
      changeContact(tx, on.at, { id: person.contactId, patch: { custom: { fee: value } } }),
    )
  const texts = { en: { subject: 'News', body: 'Hi {{ fee | replace: "a", fee | replace: "a", fee }}' } }
  await fee('a'.repeat(200))
  expect(await send(on, [person], { texts })).toEqual([0, 0])
  await fee('a')
  expect(await send(on, [person], { texts })).toEqual([1, 1])
  await fee('a'.repeat(200))
  const { rows } = await on.at.inside((tx) => sql<{ id: string }>`select id from submission`.execute(tx))
  const mail = await on.at.inside((tx) => submissionById(tx, rows[0]?.id ?? ''))
  if (mail === undefined) throw new Error('nothing waits')
  expect(await on.at.inside((tx) => campaignAuthor(on.parts).render(tx, mail))).toEqual({
    ok: false,
    hold: { code: 'cannot_be_written' },
  })
})
