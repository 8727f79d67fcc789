/** Files of mails to many, from the form to the recipient's mailbox. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { changeContact } from '../contacts/index.ts'
import { readLinkToken } from '../platform/link-token/index.ts'
import type { MemberGround } from '../testing/campaign.ts'
import { acceptWaiting, groundUpload, mailsTo } from '../testing/campaign.ts'
import { filesDesk, news, small, large, wishOf, linkIn } from '../testing/campaign-files.ts'
import { testDatabase } from '../testing/database.ts'
import { apply } from './creator/creator.ts'
import { decide } from './decide.ts'
import { sendInvitations } from './launch.ts'
import { changeFiles } from './manage.ts'
import { planInvitations, planMailing } from './plan.ts'
import { sendDecisions } from './send-decisions.ts'
import { applicationRows } from './store-application.ts'

const db = await testDatabase()
const { begin, bulk, leave, fetchLink } = filesDesk(db)

test('a message to many carries the small file, and a link of each person’s own to the one that is too large', async () => {
  const { on, at, members } = await begin()
  await at.inside((tx) =>
    changeContact(tx, at, { id: members[1]?.contactId ?? '', patch: { language: 'de' } }),
  )
  const uploads = [await groundUpload(at, 'Plan.pdf', small), await groundUpload(at, 'Film.mp4', large)]
  expect(await bulk(on, members, { uploads })).toBe(2)
  const mails = await leave(on)
  const [one, two] = ['ava.one@people.practice.example', 'ava.two@people.practice.example'].map((to) =>
    mails.get(to),
  )
  for (const mail of [one, two]) {
    expect(mail?.attachments.map(({ filename }) => filename)).toEqual(['Plan.pdf'])
    expect(Buffer.from(mail?.attachments[0]?.content ?? []).equals(small)).toBe(true)
    const link = linkIn(mail?.text)
    expect(mail?.html).toContain(`href="${link}"`)
    const file = await fetchLink(on, link)
    expect(Buffer.from(await file.arrayBuffer()).equals(large)).toBe(true)
  }
  expect(one?.text).toMatch(
    /^Hi Ava One\n\nFile to download until 5 April 2026:\nFilm\.mp4 \(2\.3 MB\)\nhttp\S+\n\nWould you rather/,
  )
  expect(two?.text).toContain('Datei zum Herunterladen bis 5. April 2026:\nFilm.mp4 (2,3 MB)')
  expect(linkIn(one?.text)).not.toBe(linkIn(two?.text))
})

test('the plan names the files of each letter, and says which go as a link', async () => {
  const { on, at, members } = await begin()
  const uploads = [
    await groundUpload(at, 'Film.mp4', large),
    await groundUpload(at, 'Plan.pdf', small),
    await groundUpload(at, 'setup.exe', Buffer.from('MZ')),
  ]
  const planned = await at.inside((tx) =>
    planMailing(on.parts, tx, wishOf(on, members), { kind: 'bulk', texts: { en: news }, uploads }),
  )
  expect(planned.ok ? planned.plan.preview.map(({ files }) => files) : planned.code).toEqual(
    members.map(() => [
      { filename: 'Film.mp4', size: large.length, asLink: true },
      { filename: 'Plan.pdf', size: small.length, asLink: false },
      { filename: 'setup.exe', size: 2, asLink: true },
    ]),
  )
})

test('an upload of another workspace, or one that is not here yet, stops the plan and the launch', async () => {
  const { on, at, members } = await begin()
  const elsewhere = await begin()
  const foreign = await groundUpload(elsewhere.at, 'Plan.pdf', small)
  const begun = at.ids.uuid()
  await at.inside((tx) =>
    sql`insert into upload (workspace_id, id, filename, content_type, size, uploaded_by)
      values (${at.workspaceId}, ${begun}, 'half.pdf', 'application/pdf', 9, ${at.personId})`.execute(tx),
  )
  for (const [id, why] of [
    [foreign, 'file_forgotten'],
    [begun, 'file_unknown'],
  ] as const) {
    const planned = await at.inside((tx) =>
      planMailing(on.parts, tx, wishOf(on, members), { kind: 'bulk', texts: { en: news }, uploads: [id] }),
    )
    expect(planned.ok || planned.code).toBe(why)
    expect(await bulk(on, members, { uploads: [id] })).toBe(why)
    const chosen = await at.inside((tx) =>
      changeFiles(on.parts, tx, on.actor, { campaignId: on.campaignId, kind: 'invitation', uploadIds: [id] }),
    )
    expect(chosen.ok || chosen.code).toBe(why)
  }
})

test('the same words with another file are another message; with the same file, whatever its name, the same', async () => {
  const { on, at, members } = await begin()
  const plan = await groundUpload(at, 'Plan.pdf', small)
  const renamed = await groundUpload(at, 'Plan (1).pdf', small)
  const film = await groundUpload(at, 'Film.mp4', Buffer.from('short'))
  const accept = async () => {
    for (const { id } of members) await acceptWaiting(at, id)
  }
  expect(await bulk(on, members)).toBe(2)
  await accept()
  expect(await bulk(on, members)).toBe(0)
  expect(await bulk(on, members, { uploads: [plan] })).toBe(2)
  expect(await mailsTo(at, members[0]?.id ?? '')).toEqual(['bulk accepted', 'bulk queued'])
  await accept()
  expect(await bulk(on, members, { uploads: [renamed] })).toBe(0)
  expect(await bulk(on, members, { uploads: [plan, film] })).toBe(2)
})

test('the same file under another name arrives under the name it has now; what waits keeps the one it had', async () => {
  const { on, at, members } = await begin()
  for (const [n, name] of ['Draft.pdf', 'Final.pdf'].entries())
    await bulk(on, members.slice(n, n + 1), { uploads: [await groundUpload(at, name, small)] })
  const mails = await leave(on)
  const carried = [...mails].map(([to, mail]) => [to, mail.attachments.map(({ filename }) => filename)])
  expect(Object.fromEntries(carried)).toEqual({
    'ava.one@people.practice.example': ['Draft.pdf'],
    'ava.two@people.practice.example': ['Final.pdf'],
  })
})

test('of one file under two names, the name that providers reject goes as a link and the other in the mail', async () => {
  const { on, at, members } = await begin(['Ira One'])
  const uploads = [await groundUpload(at, 'a.js', small), await groundUpload(at, 'a.txt', small)]
  await bulk(on, members, { uploads })
  const [mail] = (await leave(on)).values()
  expect(mail?.attachments.map(({ filename }) => filename)).toEqual(['a.txt'])
  expect(mail?.text).toContain('a.js (1.5 MB)')
})

test('a waiting message is not withheld because its words left with another file', async () => {
  const { on, at, members } = await begin()
  await bulk(on, members, { uploads: [await groundUpload(at, 'Plan.pdf', small)] })
  await bulk(on, members)
  const mails = await leave(on)
  expect(mails.size).toBe(2)
  expect(await mailsTo(at, members[0]?.id ?? '')).toEqual(['bulk accepted', 'bulk accepted'])
})

test('one key is one message: with another file it is refused, with the same it is the launch it made', async () => {
  const { on, at, members } = await begin()
  const [plan, film] = [
    await groundUpload(at, 'Plan.pdf', small),
    await groundUpload(at, 'Film.mp4', Buffer.from('short')),
  ]
  const key = 'one-key-one-message'
  expect(await bulk(on, members, { uploads: [plan], key })).toBe(2)
  expect(await bulk(on, members, { uploads: [film], key })).toBe('key_reused')
  expect(await bulk(on, members, { key })).toBe('key_reused')
  expect(await bulk(on, members, { uploads: [plan], key })).toBe(2)
  expect(await mailsTo(at, members[0]?.id ?? '')).toEqual(['bulk queued'])
})

test('an invitation carries the files chosen for it; what waits keeps its own when they are changed', async () => {
  const { on, at, members } = await begin(['Cleo One', 'Cleo Two'])
  const choose = async (...uploadIds: string[]) => {
    const told = await at.inside((tx) =>
      changeFiles(on.parts, tx, on.actor, { campaignId: on.campaignId, kind: 'invitation', uploadIds }),
    )
    return told.ok ? told.files.map(({ filename }) => filename) : told.code
  }
  const [first, second] = members
  const upload = await groundUpload(at, 'Product.pdf', small)
  expect(await choose(upload)).toEqual(['Product.pdf'])
  const invite = (member: MemberGround | undefined, key: string) =>
    at.inside((tx) =>
      sendInvitations(on.parts, tx, {
        actor: on.actor,
        campaignId: on.campaignId,
        memberIds: [member?.id ?? ''],
        key,
      }),
    )
  const planned = await at.inside((tx) =>
    planInvitations(on.parts, tx, {
      actor: on.actor,
      campaignId: on.campaignId,
      memberIds: [first?.id ?? ''],
    }),
  )
  expect(planned.ok && planned.plan.preview[0]?.files).toEqual([
    { filename: 'Product.pdf', size: small.length, asLink: false },
  ])
  await invite(first, 'invite-with-a-file')
  await db.step({ days: 8 })
  await at.inside((tx) => sql`delete from upload where id = ${upload}`.execute(tx))
  expect(await choose(upload, await groundUpload(at, 'Dates.pdf', Buffer.from('May')))).toEqual([
    'Product.pdf',
    'Dates.pdf',
  ])
  expect(await choose()).toEqual([])
  await invite(second, 'invite-without-file')
  const mails = await leave(on)
  const carried = [...mails].map(([to, mail]) => [to, mail.attachments.map(({ filename }) => filename)])
  expect(Object.fromEntries(carried)).toEqual({
    'cleo.one@people.practice.example': ['Product.pdf'],
    'cleo.two@people.practice.example': [],
  })
})

test('an approval and a rejection each carry the files that were chosen for them', async () => {
  const { on, at, members } = await begin(['Ida Yes', 'Jan No'])
  const approve = [await groundUpload(at, 'Contract.pdf', small)]
  const reject = [await groundUpload(at, 'Voucher.pdf', Buffer.from('thanks'))]
  for (const [kind, uploadIds] of [
    ['approval', approve],
    ['rejection', reject],
  ] as const)
    await at.inside((tx) =>
      changeFiles(on.parts, tx, on.actor, { campaignId: on.campaignId, kind, uploadIds }),
    )
  for (const [n, member] of members.entries()) {
    const link = readLinkToken(member.token)
    if (link === undefined) throw new Error('no token')
    await at.inside((tx) => apply(on.parts, tx, link, { message: 'I bake.' }))
    const rows = await at.inside((tx) => applicationRows(tx, on.campaignId, 'all'))
    const applicationId = rows.find((row) => row.memberId === member.id)?.id ?? ''
    const decision = n === 0 ? ('approved' as const) : ('rejected' as const)
    await at.inside((tx) =>
      decide(on.parts, tx, on.actor, { campaignId: on.campaignId, applicationId, decision }),
    )
  }
  await at.inside((tx) =>
    sendDecisions(on.parts, tx, { actor: on.actor, campaignId: on.campaignId, key: 'decided-with-files' }),
  )
  const mails = await leave(on)
  expect(
    [...mails.values()].flatMap(({ attachments }) => attachments.map(({ filename }) => filename)).join(),
  ).toBe('Contract.pdf,Voucher.pdf')
})
