import { exportOf, sampleEntries } from '@kontor/api/ledger/samples.fixture'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createRecorder, withLedger } from '../mailboxes/ledger.ts'
import { appendEntry, entriesAfter } from '../mailboxes/store-ledger.ts'
import { silentLog } from '../platform/log/index.ts'
import { openSecretBox } from '../platform/secret-box/index.ts'
import { erasePiece } from '../privacy/erase.ts'
import { beginTakingBack } from '../privacy/index.ts'
import { dueErasures } from '../privacy/store-erasure.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact } from '../testing/outbox.ts'
import type { Scene } from '../testing/receiving.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import { verifyDatabase, verifyExport } from './verify-ledger.ts'

const db = await testDatabase()
const boxOf = (byte: number) =>
  openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(byte) }], current: 'a' })
const box = boxOf(3)

interface World extends Scene {
  readonly at: Ground
  read(): Promise<void>
  verify(other?: typeof box): Promise<{ line: Awaited<ReturnType<typeof verifyDatabase>>; said: string[] }>
}

/** A mailbox whose calls are recorded, with two answers and a foreign mail. */
async function world(name: string): Promise<World> {
  const at = await ground(db.database, { seed: name })
  const contactId = await groundContact(at, 'Mia Ford')
  const scene = await receivingScene(db, at, { name, contactId })
  const record = createRecorder({ database: db.database, ids: at.ids, box, log: silentLog })
  const read = () =>
    scene.pull({
      openMailbox: (workspaceId, mailboxId, purpose) =>
        Promise.resolve({
          ok: true,
          value: {
            ...withLedger(scene.provider, record, { workspaceId, mailboxId, purpose }),
            traits: scene.provider.traits,
          },
        }),
    })
  const sent = await scene.send('a')
  scene.outside.deliver(scene.address, answerTo(sent.raw, scene.address, 'Gladly.'))
  scene.outside.deliver(scene.address, 'From: x@y.example\r\nMessage-ID: <f@y.example>\r\n\r\nForeign\r\n')
  await read()
  scene.outside.deliver(scene.address, answerTo(sent.raw, scene.address, 'And one more thing.'))
  await read()
  return {
    ...scene,
    at,
    read,
    async verify(other = box) {
      const said: string[] = []
      const parts = { database: db.database, box: other }
      const line = await verifyDatabase(parts, scene.address, (sentence) => said.push(sentence))
      return { line, said }
    },
  }
}

/** Behind the walls, as somebody with the database in hand. */
async function tamper(statement: string, mailboxId: string): Promise<void> {
  const client = new pg.Client({ connectionString: db.adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query(statement, [mailboxId])
    expect(rowCount).toBeGreaterThan(0)
  } finally {
    await client.end()
  }
}

test('a log that nobody touched agrees with what is stored', async () => {
  const { verify } = await world('whole')
  const { line, said } = await verify()
  expect(said).toEqual([])
  expect(line).toMatchObject({
    ok: true,
    mailboxes: 1,
    chain_breaks: 0,
    stored: 2,
    stored_without_entry: 0,
    stored_without_evidence: 0,
    identifiers_without_entry: 0,
    entries_without_mail: 0,
    erased: 0,
    not_comparable: 0,
    faults: [],
  })
})

test.each([
  [
    'an entry that was changed',
    `update ledger_entry set purpose = 'send' where seq = 2 and mailbox_id = $1`,
    [{ kind: 'changed', at: 2 }],
  ],
  [
    'an entry that was taken out',
    `delete from ledger_entry where seq = 3 and mailbox_id = $1`,
    [{ kind: 'missing', at: 3, until: 3 }],
  ],
  [
    'a log that was cut off',
    `delete from ledger_entry where seq > 4 and mailbox_id = $1`,
    [
      { kind: 'cut_off', at: 5 },
      { kind: 'stored_without_entry', message: expect.any(String) },
    ],
  ],
  [
    'content that no entry opened',
    `update message set provider_message_id = 'elsewhere'
      where id = (select id from message where kind = 'reply' and mailbox_id = $1 limit 1)`,
    [{ kind: 'stored_without_entry', message: expect.any(String) }],
  ],
  [
    'content without the evidence that it is an answer',
    `update message set evidence = '{}'
      where id = (select id from message where kind = 'reply' and mailbox_id = $1 limit 1)`,
    [{ kind: 'stored_without_evidence', message: expect.any(String) }],
  ],
  [
    'identifiers that no entry saw',
    `insert into unmatched_identifier (workspace_id, mailbox_id, provider_message_id)
      select workspace_id, id, 'never-seen' from mailbox where id = $1`,
    [{ kind: 'identifiers_without_entry', count: 1 }],
  ],
  [
    'erased content that is still there',
    `update message set erased_at = kontor_now() where kind = 'reply' and text = 'Gladly.' and mailbox_id = $1`,
    [{ kind: 'erased_with_content', message: expect.any(String) }],
  ],
] as const)('%s is named', async (what, statement, faults) => {
  const { verify, mailboxId, address } = await world(`tampered-${what.replaceAll(/\W+/g, '-')}`)
  await tamper(statement, mailboxId)
  const { line, said } = await verify()
  const named = faults.map((fault) => expect.objectContaining({ mailbox: address, ...fault }))
  expect(line).toMatchObject({ ok: false, faults: named })
  expect(said.length).toBeGreaterThan(0)
  expect(said[0]).toContain(`${address}: `)
})

test('a chain that was sealed anew without its openings is unbroken, and what is stored gives it away', async () => {
  const { at, verify, mailboxId } = await world('sealed-anew')
  const entries = await at.inside((tx) => entriesAfter(tx, mailboxId, { after: 0, until: 99, limit: 99 }))
  await tamper('delete from ledger_entry where mailbox_id = $1', mailboxId)
  await tamper(`update ledger_head set seq = 0, hash = '' where mailbox_id = $1`, mailboxId)
  for (const entry of entries.filter(({ depth }) => depth !== 'content'))
    await at.inside((tx) =>
      appendEntry(tx, at.ids, mailboxId, entry, {
        providerIds: entry.touchedKeys,
        freshKey: () => '',
        hash: (_key, keys) => keys,
      }),
    )
  const { line } = await verify()
  expect(line).toMatchObject({ ok: false, chain_breaks: 0, stored_without_entry: 2 })
})

test('what was opened and is not stored is counted, and is no fault', async () => {
  const { verify, mailboxId } = await world('dropped')
  await tamper(`delete from message where kind = 'reply' and text = 'Gladly.' and mailbox_id = $1`, mailboxId)
  expect((await verify()).line).toMatchObject({ ok: true, stored: 1, entries_without_mail: 1 })
})

test('erasing is told and breaks nothing, also when the mailbox is read again afterwards', async () => {
  const { at, verify, mailboxId, ...scene } = await world('erased')
  const parts = { database: db.database, ids: at.ids, emit: at.emit, keyed: box }
  const wish = { kind: 'narrowed', mailboxId, personId: at.personId, stored: 'erase', queue: 'hold' } as const
  await at.inside((tx) => beginTakingBack(parts, tx, wish))
  expect((await verify()).line).toMatchObject({ ok: true, erasing: 1, stored: 2 })
  for (;;) {
    const [due] = await dueErasures(db.database, 1)
    if (due === undefined) break
    await erasePiece(parts, due)
  }
  expect((await verify()).line).toMatchObject({ ok: true, erased: 2, erasing: 0, stored: 0 })
  await db.step({ minutes: 1 })
  const again = await scene.send('b')
  scene.outside.deliver(scene.address, answerTo(again.raw, scene.address, 'After that.'))
  await scene.read()
  expect((await verify()).line).toMatchObject({ ok: true, erased: 2, stored: 1, entries_without_mail: 0 })
})

test('what was stored while an erasure ended cannot be compared, and that is said', async () => {
  const { verify, mailboxId } = await world('destroyed')
  await tamper('update ledger_head set id_key = null where mailbox_id = $1', mailboxId)
  await tamper(
    `insert into erasure (workspace_id, id, mailbox_id, reach, total, step, finished_at)
      select workspace_id, gen_random_uuid(), id, 'received', 0, 'done', kontor_now() from mailbox where id = $1`,
    mailboxId,
  )
  expect((await verify()).line).toMatchObject({ ok: true, stored: 2, not_comparable: 2 })
})

test('a key that was destroyed by nobody’s erasure hides nothing', async () => {
  const { verify, mailboxId } = await world('key-gone')
  await tamper('update ledger_head set id_key = null where mailbox_id = $1', mailboxId)
  expect((await verify()).line).toMatchObject({ ok: false, stored_without_entry: 2 })
})

test('with another secret key the ids cannot be compared, and that is a fault', async () => {
  const { verify } = await world('other-key')
  const { line, said } = await verify(boxOf(4))
  expect(line).toMatchObject({ ok: false, chain_breaks: 0, ids_sealed: 1, stored_without_entry: 0 })
  expect(said.join()).toContain('secret key')
})

test('a mailbox that does not exist is not found to be in order', async () => {
  const said: string[] = []
  const parts = { database: db.database, box }
  const line = await verifyDatabase(parts, 'nobody@nowhere.example', (one) => said.push(one))
  expect([line.ok, said]).toEqual([false, ['There is no mailbox nobody@nowhere.example.']])
})

test('an export is verified without a database', () => {
  const entries = sampleEntries(4)
  const said: string[] = []
  expect(verifyExport(exportOf(entries))).toMatchObject({
    ok: true,
    mailbox: 'anna@brand.example',
    entries: 4,
  })
  const broken = verifyExport(exportOf(entries.slice(1), entries[3]), (sentence) => said.push(sentence))
  expect([broken.ok, said]).toEqual([false, ['Entry 1 is missing.']])
})

test('the command takes a file, and ends with 1 when it is broken, foreign or not there', async () => {
  const tool = fileURLToPath(new URL('verify-ledger.ts', import.meta.url))
  const folder = await mkdtemp(join(tmpdir(), 'kontor-verify-'))
  const run = (...args: string[]) =>
    promisify(execFile)(execPath, [tool, ...args], { cwd: folder }).then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    )
  try {
    const entries = sampleEntries(3)
    await writeFile(join(folder, 'good'), exportOf(entries))
    await writeFile(join(folder, 'foreign'), 'Dear Anna')
    const [good, foreign, none, help] = await Promise.all([
      run(join(folder, 'good')),
      run(join(folder, 'foreign')),
      run(join(folder, 'none')),
      run('--help'),
    ])
    expect([good.code, JSON.parse(good.stdout)]).toEqual([
      0,
      expect.objectContaining({ ok: true, entries: 3 }),
    ])
    expect([foreign.code, foreign.stderr]).toEqual([1, 'This file is no access log of Kontor.\n'])
    expect([none.code, none.stdout]).toEqual([1, ''])
    expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('--mailbox ADDRESS')])
  } finally {
    await rm(folder, { recursive: true })
  }
})
