import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import type { MailboxesGround } from '../testing/mailboxes-ground.ts'
import { verifyLedger } from './index.ts'
import type { Purpose } from './ledger.ts'
import { latestEntries } from './store-ledger.ts'

const testing = await testDatabase()
const { signal } = new AbortController()
const foreign =
  'From: mia@people.example\r\nTo: anna@x.example\r\nMessage-ID: <a@people.example>\r\n\r\nText\r\n'

async function open(at: MailboxesGround, id: string, purpose: Purpose) {
  const opened = await at.mailboxes.open(at.workspaceId, id, purpose)
  if (!opened.ok) throw new Error(opened.failure.diagnostic)
  return opened.value
}

async function lines(at: MailboxesGround, id: string) {
  const entries = await at.inside((tx) => latestEntries(tx, id, { before: undefined, limit: 200 }))
  return entries
    .toReversed()
    .map((e) => [e.seq, e.phase, e.call, e.purpose, e.depth, e.touched, e.times, e.outcome ?? ''].join(' '))
}

const signedIn = '1 after signIn connect nothing 0 1 ok'

/** Behind the walls, as somebody with the database in hand. */
async function tamper(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: testing.adminUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

test('each call has a line before and a line after it, as deep as it looked', async () => {
  const at = await mailboxesGround(testing.database, { seed: 'depth' })
  const id = await at.connect('anna@depth.example')
  const { providerMessageId } = at.outside.deliver('anna@depth.example', foreign)
  const mailbox = await open(at, id, 'rescan')
  const cursor = await mailbox.changesSince(undefined, signal)
  at.outside.deliver('anna@depth.example', foreign)
  await mailbox.changesSince(cursor.ok ? cursor.value.cursor : '', signal)
  await mailbox.threadHeaders(providerMessageId, signal)
  await mailbox.raw(providerMessageId, signal)
  await mailbox.raw('gone', signal)
  await mailbox.send(
    Buffer.from('To: mia@people.example\r\nReferences: <s.token-01@x.example>\r\n\r\n'),
    undefined,
    signal,
  )
  const since = at.clock.now()
  await mailbox.findSent(
    {
      token: 's.token-01@x.example',
      messageId: 'x@y.example',
      to: 'mia@people.example',
      since,
      attemptedAt: since,
    },
    signal,
  )
  expect(await lines(at, id)).toEqual([
    signedIn,
    '2 before changesSince rescan identifiers 0 1 ',
    '3 after changesSince rescan identifiers 0 1 ok',
    '4 before changesSince rescan identifiers 0 1 ',
    '5 after changesSince rescan identifiers 1 1 ok',
    '6 before threadHeaders rescan thread_headers 1 1 ',
    '7 after threadHeaders rescan thread_headers 1 1 ok',
    '8 before raw rescan content 1 1 ',
    '9 after raw rescan content 1 1 ok',
    '10 before raw rescan content 1 1 ',
    '11 after raw rescan content 1 1 not_found',
    '12 before send rescan nothing 0 1 ',
    '13 after send rescan nothing 1 1 ok',
    '14 before findSent rescan thread_headers 0 1 ',
    '15 after findSent rescan thread_headers 1 1 ok',
  ])
  expect(await at.inside((tx) => verifyLedger(tx, id))).toEqual({ ok: true, entries: 15, breaks: [] })
})

test('calls side by side are entered before any of them is made, in one unbroken chain', async () => {
  const at = await mailboxesGround(testing.database, { seed: 'side by side' })
  const id = await at.connect('anna@beside.example')
  const ids = [1, 2, 3].map(() => at.outside.deliver('anna@beside.example', foreign).providerMessageId)
  const mailbox = await open(at, id, 'pull')
  await Promise.all(ids.map((one) => mailbox.raw(one, signal)))
  const [first, ...calls] = await lines(at, id)
  expect(first).toBe(signedIn)
  expect(calls.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
    '2 before raw',
    '3 before raw',
    '4 before raw',
    '5 after raw',
    '6 after raw',
    '7 after raw',
  ])
  expect(await at.inside((tx) => verifyLedger(tx, id))).toEqual({ ok: true, entries: 7, breaks: [] })
})

test('polls that find nothing become one line when the hour is over', async () => {
  await testing.setNow('2026-01-05T08:00:00Z')
  const at = await mailboxesGround(testing.database, { seed: 'polls' })
  const id = await at.connect('anna@polls.example')
  const mailbox = await open(at, id, 'pull')
  let cursor: string | undefined
  for (let n = 0; n < 5; n++) {
    const page = await mailbox.changesSince(cursor, signal)
    cursor = page.ok ? page.value.cursor : undefined
  }
  expect(await lines(at, id)).toEqual([signedIn])
  at.outside.deliver('anna@polls.example', foreign)
  await mailbox.changesSince(cursor, signal)
  await testing.setNow('2026-01-05T09:10:00Z')
  await mailbox.changesSince(cursor, signal)
  expect(await lines(at, id)).toEqual([
    signedIn,
    '2 after changesSince pull identifiers 1 1 ok',
    '3 before changesSince pull identifiers 0 6 ',
    '4 after changesSince pull identifiers 1 1 ok',
  ])
  const entries = await at.inside((tx) => latestEntries(tx, id, { before: 4, limit: 1 }))
  expect(entries[0]?.at.toString()).toBe('2026-01-05T08:00:00Z')
  expect(await at.inside((tx) => verifyLedger(tx, id))).toEqual({ ok: true, entries: 4, breaks: [] })
})

test('ids of the provider stand in the log as hashes under a key of the mailbox', async () => {
  const at = await mailboxesGround(testing.database, { seed: 'hashes' })
  const ids = [await at.connect('anna@hashes.example'), await at.connect('ben@hashes.example')]
  const { providerMessageId } = at.outside.deliver('anna@hashes.example', foreign)
  const keys: string[] = []
  for (const id of ids) {
    await (await open(at, id, 'pull')).raw(providerMessageId, signal)
    const [entry] = await at.inside((tx) => latestEntries(tx, id, { before: undefined, limit: 1 }))
    keys.push(...(entry?.touchedKeys ?? []))
  }
  expect(keys.length).toBe(2)
  expect(new Set([...keys, providerMessageId]).size).toBe(3)
})

test.each([
  ['changed', `update ledger_entry set depth = 'content' where seq = 2 and mailbox_id = $id`, 2, ['changed']],
  ['removed', `delete from ledger_entry where seq = 2 and mailbox_id = $id`, 2, ['missing']],
  ['cut off at the end', `delete from ledger_entry where seq >= 3 and mailbox_id = $id`, 3, ['cut_off']],
  [
    'written twice',
    `insert into ledger_entry select workspace_id, uuidv7(), mailbox_id, seq, at, phase, call, purpose, depth, touched,
       touched_keys, times, outcome, previous, hash from ledger_entry where seq = 3 and mailbox_id = $id`,
    3,
    ['repeated'],
  ],
  ['forgotten with the whole log', `delete from ledger_entry where mailbox_id = $id`, 1, ['cut_off']],
  ['kept while its head is gone', `delete from ledger_head where mailbox_id = $id`, 1, ['added']],
  [
    'slipped in',
    `insert into ledger_entry select workspace_id, uuidv7(), mailbox_id, 6, at, phase, call, purpose, depth, touched,
       touched_keys, times, outcome, hash, hash from ledger_entry where seq = 5 and mailbox_id = $id`,
    6,
    ['changed', 'added'],
  ],
  [
    'put into another order',
    `update ledger_entry set seq = 7 - seq where seq in (3, 4) and mailbox_id = $id`,
    3,
    ['changed', 'changed', 'detached'],
  ],
])('an entry that was %s is found', async (how, statement, brokenAt, kinds) => {
  const at = await mailboxesGround(testing.database, { seed: `tamper ${how}` })
  const id = await at.connect('anna@tamper.example')
  const mailbox = await open(at, id, 'identities')
  await mailbox.identity(signal)
  await mailbox.raw('nowhere', signal)
  expect(await at.inside((tx) => verifyLedger(tx, id))).toEqual({ ok: true, entries: 5, breaks: [] })
  await tamper(statement.replaceAll('$id', `'${id}'`))
  const check = await at.inside((tx) => verifyLedger(tx, id))
  expect([check.ok, check.brokenAt]).toEqual([false, brokenAt])
  expect(check.breaks.map(({ kind }) => kind)).toEqual(kinds)
})

test('the product itself can neither change nor remove an entry', async () => {
  const at = await mailboxesGround(testing.database, { seed: 'append-only' })
  const id = await at.connect('anna@append-only.example')
  await (await open(at, id, 'identities')).identity(signal)
  const client = new pg.Client({ connectionString: testing.url })
  await client.connect()
  const refusals: unknown[] = []
  for (const statement of ["update ledger_entry set depth = 'nothing'", 'delete from ledger_entry']) {
    await client.query(statement).catch((error: unknown) => refusals.push(error))
  }
  await client.end()
  expect(refusals.map((error) => (error instanceof pg.DatabaseError ? error.code : error))).toEqual([
    '42501',
    '42501',
  ])
})

test('calls at the same time make one chain', async () => {
  const at = await mailboxesGround(testing.database, { seed: 'at-once' })
  const id = await at.connect('anna@at-once.example')
  const mailbox = await open(at, id, 'identities')
  await Promise.all(Array.from({ length: 10 }, () => mailbox.identity(signal)))
  expect(await at.inside((tx) => verifyLedger(tx, id))).toEqual({ ok: true, entries: 21, breaks: [] })
})

test('an entry that is written during a check is no break', async () => {
  const at = await mailboxesGround(testing.database, { seed: 'during' })
  const id = await at.connect('anna@during.example')
  const mailbox = await open(at, id, 'identities')
  const check = await testing.database.atOneMoment(at.workspaceId, async (tx) => {
    await verifyLedger(tx, id)
    await mailbox.identity(signal)
    return await verifyLedger(tx, id)
  })
  expect(check).toEqual({ ok: true, entries: 1, breaks: [] })
})

test('a Send Only mailbox is not asked to read, and no line is written', async () => {
  const at = await mailboxesGround(testing.database, { seed: 'send-only' })
  const id = await at.connect('anna@send-only.example', 'send_only')
  const mailbox = await open(at, id, 'pull')
  const refused = await Promise.all([
    mailbox.changesSince(undefined, signal),
    mailbox.raw('any', signal),
    mailbox.threadHeaders('any', signal),
    mailbox.identities(signal),
  ])
  expect(new Set(refused.map((outcome) => (outcome.ok ? 'ok' : outcome.failure.kind)))).toEqual(
    new Set(['scope_missing']),
  )
  expect([await lines(at, id), at.outside.calls]).toEqual([[signedIn], []])
})
