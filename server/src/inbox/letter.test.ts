import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { parseMessage } from '../mail/index.ts'
import { dispatch } from '../testing/dispatch.ts'
import { silentLog } from '../platform/log/index.ts'
import { steppedClock } from '../testing/clock.ts'
import { testDatabase } from '../testing/database.ts'
import type { InboxGround } from '../testing/inbox.ts'
import { conversationWith, inboxGround } from '../testing/inbox.ts'
import { groundSender, leaseAll } from '../testing/outbox.ts'
import { directAuthor } from './author.ts'
import { followMessages } from './follow.ts'

const { database, setNow, step } = await testDatabase()

async function asked(seed: string) {
  await setNow('2026-01-05T08:00:00Z')
  const at = await inboxGround(database, seed)
  const contactId = await at.contact('Mia Ford')
  await at.heard({
    contactId,
    text: 'When do we start?',
    from: 'mo@people.practice.example',
    to: [`anna.${seed}@brand.practice.example`, 'mia.ford@people.practice.example'],
  })
  const id = await conversationWith(at, contactId)
  const answer = (key: string, more: object = {}, actor = at.ben) =>
    at.call(actor, 'POST', `/conversations/${id}/answers`, {
      key,
      mailboxId: at.mailboxId,
      text: 'Monday',
      ...more,
    })
  const look = async (actor = at.ben) => (await at.call(actor, 'GET', `/conversations/${id}`)).body
  return { at, id, contactId, answer, look }
}

/** Sends what waits with a provider that takes everything; returns the messages as they left. */
async function leave(at: InboxGround) {
  const raws: Uint8Array[] = []
  const parts = {
    database,
    emit: at.emit,
    ids: at.ids,
    log: silentLog,
    clock: steppedClock(),
    authors: [directAuthor],
    openMailbox: (workspaceId: string) =>
      Promise.resolve({
        ok: true as const,
        value: {
          send: (raw: Uint8Array) => {
            if (workspaceId === at.workspaceId) raws.push(raw)
            return Promise.resolve({ ok: true as const, value: { providerMessageId: at.ids.uuid() } })
          },
        },
      }),
  }
  await leaseAll(database, 'test', (lease) =>
    dispatch(parts as unknown as Parameters<typeof dispatch>[0], lease),
  )
  for (const event of at.emitted.filter(
    ({ type, workspaceId }) => type === 'submission.accepted' && workspaceId === at.workspaceId,
  ))
    await at.inside((tx) =>
      followMessages(at)(tx, {
        ...event,
        id: at.ids.uuid(),
        at: Temporal.Instant.from('2026-01-05T08:00:00Z'),
      }),
    )
  return await Promise.all(raws.map((raw) => parseMessage(raw)))
}

test('an answer goes to who wrote last, to the others with “answer all”, with layout, plain twin and files', async () => {
  const { at, answer, look } = await asked('letter-all')
  const { replyTo, replyAll } = await look()
  expect([replyTo, replyAll]).toEqual([
    { address: 'mo@people.practice.example', name: 'Mia Ford' },
    ['mia.ford@people.practice.example'],
  ])
  const uploadId = await at.upload(at.ben, 'Contract.pdf', Buffer.from('%PDF-1.7'))
  const told = await answer('with-everything', {
    to: 'mo@people.practice.example',
    cc: ['mia.ford@people.practice.example', 'Mia.Ford@people.practice.example'],
    html: '<p>On <b>Monday</b></p><ul><li>shoot</li></ul><script>x</script>',
    files: [{ uploadId }],
  })
  expect(told.status).toBe(200)
  expect((await look())['history']).toMatchObject([
    {},
    {
      rich: '<p>On <strong>Monday</strong></p><ul><li>shoot</li></ul>',
      attachments: [{ filename: 'Contract.pdf' }],
    },
  ])
  const [mail] = await leave(at)
  expect(mail?.to.map(({ address }) => address)).toEqual(['mo@people.practice.example'])
  expect(mail?.cc.map(({ address }) => address)).toEqual(['mia.ford@people.practice.example'])
  expect(mail?.text?.trim()).toBe('On Monday\n\n * shoot')
  expect(mail?.html).toContain('<p>On <strong>Monday</strong></p>')
  expect(
    mail?.attachments.map(({ filename, content }) => [filename, Buffer.from(content).toString()]),
  ).toEqual([['Contract.pdf', '%PDF-1.7']])
  const sent = ((await look())['history'] as { id: string; to: string; attachments: { id: string }[] }[])[1]
  expect(sent?.to).toBe('mo@people.practice.example, mia.ford@people.practice.example')
  const file = await at.open(at.vera, `/messages/${sent?.id}/attachments/${sent?.attachments[0]?.id}`)
  expect(await file.text()).toBe('%PDF-1.7')
})

test('files too large for the provider are refused before anything waits; as a link they go', async () => {
  const { at, answer, look } = await asked('letter-link')
  const content = Buffer.alloc(2_300_000, 'kontor')
  const uploadId = await at.upload(at.ben, 'Video.mp4', content)
  const tooLarge = await answer('too-large-1', { files: [{ uploadId }] })
  expect([tooLarge.status, tooLarge.body['code'], tooLarge.body['values']]).toEqual([
    422,
    'files_too_large',
    { limit: 2_250_909 },
  ])
  expect((await look())['history']).toHaveLength(1)
  expect((await answer('as-a-link-1', { files: [{ uploadId, asLink: true }] })).status).toBe(200)
  const entry = (
    (await look())['history'] as { text: string; links: { id: string; downloads: number }[] }[]
  )[1]
  expect(entry?.text).toMatch(
    /^Monday\n\nFile to download until 5 April 2026:\nVideo\.mp4 \(2\.3 MB\)\nhttps:\/\/kontor\.example\/f\//,
  )
  const token = /\/f\/(\S+)/.exec(entry?.text ?? '')?.[1] ?? ''
  expect(await (await at.outside(`/public/files/${token}`)).json()).toEqual({
    filename: 'Video.mp4',
    size: 2_300_000,
    expiresAt: '2026-04-05T08:00:00Z',
    senderName: 'Anna Keller',
    language: 'en',
  })
  const download = await at.outside(`/public/files/${token}/content`)
  expect(Object.fromEntries(download.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': "attachment; filename*=UTF-8''Video.mp4",
    'content-length': '2300000',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  expect(content.equals(Buffer.from(await download.arrayBuffer()))).toBe(true)
  const link = ((await look())['history'] as { links: { id: string; downloads: number }[] }[])[1]?.links[0]
  expect(link).toMatchObject({ downloads: 1, revoked: false })
  const viewer = await at.call(at.vera, 'DELETE', `/file-links/${link?.id}`)
  expect(viewer.status).toBe(403)
  await at.call(at.ben, 'DELETE', `/file-links/${link?.id}`)
  const over = await at.outside(`/public/files/${token}/content`)
  expect([over.status, ((await over.json()) as { code: string }).code]).toEqual([410, 'file_link_over'])
  const unknown = await at.outside(`/public/files/${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)
  expect([unknown.status, (await at.outside('/public/files/nonsense')).status]).toEqual([404, 404])
})

test('a link expires', async () => {
  const { at, answer, look } = await asked('letter-expires')
  const uploadId = await at.upload(at.ben, 'a.txt', Buffer.from('abc'))
  await answer('a-link-that-ends', { files: [{ uploadId, asLink: true }] })
  const entry = ((await look())['history'] as { text: string }[])[1]
  const token = /\/f\/(\S+)/.exec(entry?.text ?? '')?.[1] ?? ''
  await step({ days: 89 })
  expect((await at.outside(`/public/files/${token}`)).status).toBe(200)
  await step({ days: 2 })
  expect((await at.outside(`/public/files/${token}`)).status).toBe(410)
})

test.each([
  [{ text: ' ' }, 'letter_empty'],
  [{ html: '<p><br></p>' }, 'letter_empty'],
  [{ to: 'stranger@people.practice.example' }, 'not_in_thread'],
  [{ cc: ['not an address'] }, 'cc_invalid'],
  [{ cc: ['boss@real.example'] }, 'practice_and_real'],
  [{ files: [{ uploadId: '01890000-0000-7000-8000-000000000000' }] }, 'file_unknown'],
])('an answer with %j is refused: %s', async (more, code) => {
  const { answer, look } = await asked(`letter-refused-${JSON.stringify(more).length}-${code}`)
  const { status, body } = await answer('refused-answer', more)
  expect([status, body['code']]).toEqual([422, code])
  expect((await look())['history']).toHaveLength(1)
})

test('programs are not attached, barred addresses get no copy', async () => {
  const { at, answer } = await asked('letter-barred')
  const uploadId = await at.upload(at.ben, 'setup.exe', Buffer.from('MZ'))
  expect((await answer('with-a-program', { files: [{ uploadId }] })).body['code']).toBe('file_type_refused')
  await at.inside((tx) =>
    sql`insert into suppression (workspace_id, address_key, reason) values (${at.workspaceId}, 'gone@people.practice.example', 'bounce')`.execute(
      tx,
    ),
  )
  const cc = await answer('with-a-copy-1', { cc: ['gone@people.practice.example'] })
  expect([cc.body['code'], cc.body['values']]).toEqual([
    'cc_suppressed',
    { address: 'gone@people.practice.example' },
  ])
})

test('for ten seconds a mail can be taken back: nothing leaves, the words are in the draft, the question is open', async () => {
  const { at, id, answer, look } = await asked('letter-undo')
  const uploadId = await at.upload(at.ben, 'Plan.pdf', Buffer.from('abc'))
  const html = '<p>On <strong>Monday</strong></p>'
  const { body } = await answer('undo-this-one', { undo: true, html, files: [{ uploadId }] })
  expect(await leave(at)).toEqual([])
  expect((await look())['history']).toMatchObject([{}, { submission: { mayTakeBack: true } }])
  const path = `/conversations/${id}/answers/${String(body['submissionId'])}/take-back`
  expect((await at.call(at.vera, 'POST', path)).status).toBe(403)
  expect((await at.call(at.ben, 'POST', path)).status).toBe(200)
  await step({ seconds: 20 })
  expect(await leave(at)).toEqual([])
  const after = await look()
  expect(after).toMatchObject({
    teamState: 'needs_reply',
    drafts: [{ authorName: 'Ben Weber', html, files: [{ filename: 'Plan.pdf', size: 3 }] }],
  })
  const again = await at.call(at.ben, 'POST', path)
  expect([again.status, again.body['code']]).toEqual([409, 'left_already'])
})

test('after ten seconds it leaves, and cannot be taken back', async () => {
  const { at, id, answer } = await asked('letter-left')
  const { body } = await answer('leaves-soon-1', { undo: true })
  await step({ seconds: 11 })
  expect(await leave(at)).toHaveLength(1)
  const path = `/conversations/${id}/answers/${String(body['submissionId'])}/take-back`
  const late = await at.call(at.ben, 'POST', path)
  expect([late.status, late.body['code']]).toEqual([409, 'left_already'])
})

test('what was begun after sending stays under what was taken back', async () => {
  const { at, id, contactId, answer, look } = await asked('letter-together')
  const { body } = await answer('first-thought-1', { undo: true })
  await at.call(at.ben, 'POST', '/drafts', { contactId, text: 'P.S.' })
  await at.call(at.ben, 'POST', `/conversations/${id}/answers/${String(body['submissionId'])}/take-back`)
  expect(await look()).toMatchObject({ drafts: [{ text: 'Monday\n\nP.S.' }] })
})

test('a mail for later waits for its time, and times that are past or far are refused', async () => {
  const { at, answer, look } = await asked('letter-later')
  const past = await answer('send-in-the-past', { notBefore: '2026-01-05T07:59:00Z' })
  const far = await answer('send-far-away-1', { notBefore: '2028-01-05T07:59:00Z' })
  expect([past.status, far.status]).toEqual([400, 400])
  await answer('send-tomorrow-1', { notBefore: '2026-01-06T08:00:00Z' })
  expect((await look())['history']).toMatchObject([
    {},
    { at: '2026-01-06T08:00:00Z', submission: { state: 'queued', mayTakeBack: true } },
  ])
  expect(await leave(at)).toEqual([])
  await setNow('2026-01-06T08:00:01Z')
  expect(await leave(at)).toHaveLength(1)
})

test('send and done in one step', async () => {
  const { answer, look } = await asked('letter-done')
  await answer('send-and-done-1', { teamState: 'done' })
  expect(await look()).toMatchObject({ teamState: 'done' })
})

test('a colleague who may not send from the mailbox answers from an own one; the mail still answers the message', async () => {
  const { at, answer, look } = await asked('letter-own')
  await at.inside((tx) =>
    sql`update mailbox set sharing = 'team_sees' where id = ${at.mailboxId}`.execute(tx),
  )
  const own = await groundSender(at, { address: 'ben.own@brand.practice.example' })
  await at.inside((tx) =>
    sql`update mailbox set owner_id = ${at.ben.personId}, sharing = 'team_sees' where id = ${own}`.execute(
      tx,
    ),
  )
  const view = await look()
  expect(view['closedSender']).toMatchObject({ mailboxId: at.mailboxId, ownerName: 'Anna Keller' })
  expect(view['senders']).toMatchObject([{ mailboxId: own, filesLimit: 2_250_909 }])
  const cc = ['anna.letter-own@brand.practice.example']
  expect((await answer('from-my-own-1', { mailboxId: own, cc })).status).toBe(200)
  const [mail] = await leave(at)
  expect(mail?.from?.address).toBe('ben.own@brand.practice.example')
  expect(mail?.subject).toBe('Re: Spring Breads')
  const { rows } = await at.inside((tx) =>
    sql<{
      answers: boolean
      mailbox: string
    }>`select s.answers_message_id is not null as answers, t.mailbox_id as mailbox
      from submission s join thread t on t.id = s.thread_id where s.kind = 'direct'`.execute(tx),
  )
  expect(rows).toEqual([{ answers: true, mailbox: own }])
})

test('a mail that is sent again carries its letter again', async () => {
  const { at, answer } = await asked('letter-again')
  const uploadId = await at.upload(at.ben, 'Plan.pdf', Buffer.from('abc'))
  const { body } = await answer('sent-again-one', { html: '<p><em>Hi</em></p>', files: [{ uploadId }] })
  const copy = at.ids.uuid()
  await at.inside(async (tx) => {
    await sql`update submission set state = 'cancelled', settled_at = kontor_now() where id = ${body['submissionId']}`.execute(
      tx,
    )
    await sql`insert into submission (workspace_id, id, mailbox_id, key, kind, rank, contact_id, to_address, to_key, subject, text, position_at, again_of)
      select workspace_id, ${copy}, mailbox_id, 'again', kind, rank, contact_id, to_address, to_key, subject, text, kontor_now(), id
      from submission where id = ${body['submissionId']}`.execute(tx)
    await sql`update mailbox_schedule set next_at = kontor_now() where mailbox_id = ${at.mailboxId}`.execute(
      tx,
    )
  })
  const [mail] = await leave(at)
  expect(mail?.html).toContain('<em>Hi</em>')
  expect(mail?.attachments).toHaveLength(1)
})
