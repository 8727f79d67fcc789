/** Files of mails to many while they wait and after they left: frozen, stored once, behind links that end. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { changeContact } from '../contacts/index.ts'
import { carriedBy } from '../inbox/carried.ts'
import { followMessages } from '../inbox/index.ts'
import { parseMessage } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import { cancelMail } from '../sending/index.ts'
import { ringAlarms } from '../sending/store-schedule.ts'
import { moveToQueued } from '../sending/store-submission.ts'
import type { MemberGround } from '../testing/campaign.ts'
import { acceptWaiting, groundUpload } from '../testing/campaign.ts'
import { filesDesk, news, small, large, wishOf, linkIn } from '../testing/campaign-files.ts'
import { testDatabase } from '../testing/database.ts'
import { launchMailing } from './launch.ts'
import { changeFiles } from './manage.ts'
import { planMailing } from './plan.ts'
import { campaignFiles } from './store-campaign-file.ts'

const db = await testDatabase()
const { begin, bulk, leave, fetchLink, loseFiles } = filesDesk(db)

test('the bytes of a file are stored once, however many mails carry it, and the mails are stored whole', async () => {
  const { on, at, members } = await begin(['Bea One', 'Bea Two', 'Bea Three'])
  const content = Buffer.alloc(1_000_000, 'stored once ')
  const uploads = [await groundUpload(at, 'Plan.pdf', content)]
  await bulk(on, members, { uploads })
  const mails = await leave(on)
  expect(mails.size).toBe(3)
  const { rows } = await at.inside((tx) =>
    sql<{ raw: string; bytes: number }>`select encode(s.raw_sha256, 'hex') as raw,
      (select sum(octet_length(content))::int from blob_chunk where workspace_id = ${at.workspaceId}) as bytes
      from submission s`.execute(tx),
  )
  expect(rows[0]?.bytes).toBeGreaterThan(1_000_000)
  expect(rows[0]?.bytes).toBeLessThan(1_100_000)
  for (const { raw } of rows) {
    const mail = await parseMessage(
      (await at.inside((tx) => blobs.get(tx, at.workspaceId, raw))) ?? Buffer.alloc(0),
    )
    expect(Buffer.from(mail.attachments[0]?.content ?? []).equals(content)).toBe(true)
  }
})

test('the plan shows a letter as it will be sent, also to somebody who reads another language', async () => {
  const { on, at, members } = await begin(['Hanno Deutsch'])
  await at.inside((tx) =>
    changeContact(tx, at, { id: members[0]?.contactId ?? '', patch: { language: 'de' } }),
  )
  const planned = await at.inside((tx) =>
    planMailing(on.parts, tx, wishOf(on, members), { kind: 'bulk', texts: { en: news } }),
  )
  await at.inside((tx) =>
    launchMailing(
      on.parts,
      tx,
      { ...wishOf(on, members), key: 'as-it-was-shown' },
      { kind: 'bulk', texts: { en: news } },
    ),
  )
  const [mail] = (await leave(on)).values()
  const shown = planned.ok ? planned.plan.preview[0]?.text : planned.code
  expect(shown).toContain('Would you rather not hear from us?')
  expect(mail?.text?.trim()).toBe(shown?.trim())
})

test('a file that was only chosen and never sent is gone when it is taken out', async () => {
  const { on, at } = await begin()
  const content = Buffer.from('only chosen')
  const upload = await groundUpload(at, 'Once.pdf', content)
  const wish = { campaignId: on.campaignId, kind: 'approval' as const }
  await at.inside((tx) => changeFiles(on.parts, tx, on.actor, { ...wish, uploadIds: [upload] }))
  const [file] = await at.inside((tx) => campaignFiles(tx, on.campaignId))
  const stored = () => at.inside((tx) => blobs.get(tx, at.workspaceId, file?.sha256 ?? ''))
  await at.inside((tx) => sql`delete from upload where id = ${upload}`.execute(tx))
  expect(Buffer.from((await stored()) ?? [])).toEqual(content)
  await at.inside((tx) => changeFiles(on.parts, tx, on.actor, { ...wish, uploadIds: [] }))
  expect(await stored()).toBeUndefined()
})

test('a mail whose file is gone is held with its name, in the mail or behind a link', async () => {
  const { on, at, members } = await begin(['Dora One', 'Dora Two'])
  const files: [string, Buffer][] = [
    ['Lost.pdf', Buffer.from('lost')],
    ['Film.mp4', Buffer.alloc(2_300_001, 'lost')],
  ]
  for (const [n, [name, content]] of files.entries())
    await bulk(on, members.slice(n, n + 1), { uploads: [await groundUpload(at, name, content)] })
  await loseFiles(at.workspaceId)
  expect((await leave(on)).size).toBe(0)
  const { rows } = await at.inside((tx) =>
    sql<{ state: string; reason: unknown }>`select state, reason from submission order by id`.execute(tx),
  )
  expect(rows).toEqual(
    files.map(([name]) => ({ state: 'held', reason: { code: 'file_gone', values: { name } } })),
  )
})

test('a mail that is moved to a mailbox which carries less is held, and leaves from the first again', async () => {
  const { on, at, members } = await begin(['Gala One'])
  await bulk(on, members, { uploads: [await groundUpload(at, 'Plan.pdf', small)] })
  const narrow = { ...on, parts: { ...on.parts, traits: () => ({ maxRawBytes: 1_048_576 }) } }
  expect((await leave(narrow)).size).toBe(0)
  const { rows } = await at.inside((tx) =>
    sql<{
      id: string
      state: string
      code: string
    }>`select id, state, reason->>'code' as code from submission`.execute(tx),
  )
  expect(rows).toMatchObject([{ state: 'held', code: 'files_too_large' }])
  await at.inside(async (tx) => {
    await moveToQueued(tx, rows[0]?.id ?? '', { states: ['held'] })
    await ringAlarms(tx, [on.mailboxId])
  })
  expect([...(await leave(on)).values()].map(({ attachments }) => attachments.length)).toEqual([1])
})

test('a link works ninety days from when its mail left, and not when the mail never leaves', async () => {
  const { on, at, members } = await begin(['Emma Late', 'Emma Never'])
  const [late, never] = members
  await bulk(on, members, { uploads: [await groundUpload(at, 'Film.mp4', large)] })
  const { rows } = await at.inside((tx) =>
    sql<{ id: string; token: string; member_id: string }>`select s.id, k.token, s.member_id from submission s
      join file_link k on k.submission_id = s.id`.execute(tx),
  )
  const of = (member: MemberGround | undefined) => rows.find((row) => row.member_id === member?.id)
  const status = async (member: MemberGround | undefined) =>
    (await fetchLink(on, `/f/${of(member)?.token}`)).status
  await at.inside((tx) => cancelMail(on.parts, tx, { id: of(never)?.id ?? '', by: 'Anna Keller' }))
  await db.step({ days: 100 })
  expect([await status(late), await status(never)]).toEqual([200, 410])
  await acceptWaiting(at, late?.id ?? '')
  await db.step({ days: 89 })
  expect(await status(late)).toBe(200)
  await db.step({ days: 2 })
  expect(await status(late)).toBe(410)
})

test('a link ends ninety days after the doubt whether its mail left, and after it failed', async () => {
  const { on, at, members } = await begin(['Hugo Doubt', 'Hugo Failed'])
  await bulk(on, members, { uploads: [await groundUpload(at, 'Film.mp4', large)] })
  const { rows } = await at.inside((tx) =>
    sql<{ id: string; token: string }>`select s.id, k.token from submission s
      join file_link k on k.submission_id = s.id order by s.id`.execute(tx),
  )
  const [doubt, failed] = rows.map(({ id }) => id)
  await at.inside(async (tx) => {
    await sql`update submission set state = 'leased', lease_id = uuidv7(), lease_until = kontor_now(), call_started_at = kontor_now()`.execute(
      tx,
    )
    await sql`update submission set state = 'in_doubt', in_doubt_since = kontor_now() where id = ${doubt}`.execute(
      tx,
    )
    await sql`update submission set state = 'failed', settled_at = kontor_now() where id = ${failed}`.execute(
      tx,
    )
  })
  const answers = () =>
    Promise.all(rows.map(async ({ token }) => (await fetchLink(on, `/f/${token}`)).status))
  await db.step({ days: 89 })
  expect(await answers()).toEqual([200, 200])
  await db.step({ days: 2 })
  expect(await answers()).toEqual([410, 410])
})

test('the conversation shows the files of a mail to many, waiting and sent, with what was fetched', async () => {
  const { on, at, members } = await begin(['Finn One'])
  const uploads = [await groundUpload(at, 'Plan.pdf', small), await groundUpload(at, 'Film.mp4', large)]
  await bulk(on, members, { uploads })
  const { rows } = await at.inside((tx) => sql<{ id: string }>`select id from submission`.execute(tx))
  const id = rows[0]?.id ?? ''
  const carried = async () => (await at.inside((tx) => carriedBy(tx, [id]))).get(id)
  expect(await carried()).toMatchObject({
    files: [{ filename: 'Plan.pdf' }],
    links: [{ filename: 'Film.mp4', downloads: 0 }],
  })
  expect((await carried())?.links[0]).not.toHaveProperty('expiresAt')
  const [mail] = (await leave(on)).values()
  await fetchLink(on, linkIn(mail?.text))
  for (const event of at.emitted.filter(({ type }) => type === 'submission.accepted'))
    await at.inside((tx) =>
      followMessages(at)(tx, {
        ...event,
        id: at.ids.uuid(),
        at: Temporal.Instant.from('2026-01-05T09:00:00Z'),
      }),
    )
  const shown = await at.inside((tx) =>
    sql<{ filename: string }>`select filename from attachment`.execute(tx),
  )
  expect(shown.rows).toEqual([{ filename: 'Plan.pdf' }])
  expect((await carried())?.links).toMatchObject([{ filename: 'Film.mp4', downloads: 1 }])
})
