import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { recogniseBarred, suppress } from '../contacts/index.ts'
import { history } from '../correspondence/index.ts'
import { followMessages } from '../inbox/index.ts'
import { verifyLedger } from '../mailboxes/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Database } from '../platform/db/index.ts'
import { openSecretBox } from '../platform/secret-box/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { addressOf, groundContact } from '../testing/outbox.ts'
import type { Scene } from '../testing/receiving.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import { placesOf } from '../testing/whole-text.ts'
import { erasePiece } from './erase.ts'
import type { EraseParts } from './parts.ts'
import type { Erasure } from './store-erasure.ts'
import { dueErasures, erasureById } from './store-erasure.ts'
import { certificatesOf } from './store-certificate.ts'
import { beginTakingBack } from './take-back.ts'

const db = await testDatabase()
const keyed = openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(9) }], current: 'a' })

interface World {
  readonly at: Ground
  readonly mia: string
  readonly parts: EraseParts
}

let drawn = 0

/** A workspace of its own, so that its tables can be searched as a whole. */
async function world(): Promise<World> {
  drawn += 1
  const at = await ground(db.database, { seed: `erase-${drawn}` })
  const mia = await groundContact(at, 'Mia Ford')
  return { at, mia, parts: { database: db.database, ids: at.ids, emit: at.emit, keyed } }
}

const picture = Buffer.from('Zimtschnecke as a picture').toString('base64')

function withFile(raw: string): string {
  const [head = '', ...body] = raw.split('\r\n\r\n')
  const type = 'Content-Type: multipart/mixed; boundary=z'
  return [
    head.replace(/Content-Type: .*/, type),
    '',
    '--z',
    'Content-Type: text/plain',
    '',
    body.join('\r\n\r\n'),
    '--z',
    'Content-Type: image/png; name=Zimtschnecke.png',
    'Content-Transfer-Encoding: base64',
    '',
    picture,
    '--z--',
    '',
  ].join('\r\n')
}

/** A mailbox with a sent mail, an answer with a file, and a mail written by hand, all shown in the inbox. */
async function correspondence({ at, mia }: World, name: string): Promise<Scene> {
  const s = await receivingScene(db, at, { name, contactId: mia })
  const sent = await s.send('Zimtschnecke')
  const answer = answerTo(sent.raw, s.address, 'Zimtschnecke, gern. Nein, danke.')
  s.outside.deliver(s.address, withFile(answer))
  await s.pull()
  const byHand = answerTo(sent.raw, addressOf('Mia Ford'), 'Zimtschnecke by hand.', {
    From: `Anna Keller <${s.address}>`,
  })
  await s.provider.send(new TextEncoder().encode(byHand), sent.threadId, new AbortController().signal)
  await s.pull()
  await showInInbox(at)
  return s
}

async function showInInbox(at: Ground): Promise<void> {
  for (const event of at.emitted.splice(0)) {
    if (event.type !== 'submission.accepted' && event.type !== 'message.captured') continue
    const told = { ...event, id: at.ids.uuid(), at: Temporal.Instant.fromEpochMilliseconds(0) }
    await at.inside((tx) => followMessages(at)(tx, told))
  }
}

async function begin(
  { at, parts }: World,
  s: Scene,
  kind: 'disconnected' | 'narrowed',
  stored: 'keep' | 'erase' = 'erase',
): Promise<void> {
  await at.inside((tx) =>
    beginTakingBack(parts, tx, {
      kind,
      mailboxId: s.mailboxId,
      personId: at.personId,
      stored,
      queue: 'hold',
    }),
  )
}

/** Works until nothing is due in this workspace. Returns the erasures. */
async function eraseAll({ at, parts }: World, database: Database = db.database): Promise<Erasure[]> {
  const ids = new Set<string>()
  for (;;) {
    const due = (await dueErasures(database, 100)).filter((one) => one.workspaceId === at.workspaceId)
    if (due.length === 0) break
    for (const one of due) {
      ids.add(one.erasureId)
      await erasePiece({ ...parts, database }, one)
    }
  }
  return await at.inside(async (tx) => {
    const all: Erasure[] = []
    for (const id of ids) {
      const erasure = await erasureById(tx, id)
      if (erasure !== undefined) all.push(erasure)
    }
    return all
  })
}

test('after everything was erased no word, file name or byte of it is left in any table', async () => {
  const here = await world()
  const s = await correspondence(here, 'nowhere')
  const { at } = here
  expect(await placesOf(db.adminUrl, at.workspaceId, 'Zimtschnecke')).toEqual([
    'attachment',
    'blob_chunk',
    'conversation',
    'message',
    'submission',
    'thread',
  ])
  await begin(here, s, 'disconnected')
  const [erasure] = await eraseAll(here)
  // the key of the submission, which this test chose
  expect(await placesOf(db.adminUrl, at.workspaceId, 'Zimtschnecke')).toEqual(['submission'])
  const { rows } = await at.inside((tx) =>
    sql<{
      words: number
    }>`select num_nonnulls(subject, text, raw_sha256, message_id) as words from submission`.execute(tx),
  )
  expect(rows).toEqual([{ words: 0 }])
  const { rows: suggested } = await at.inside((tx) => sql`select 1 from suggestion`.execute(tx))
  expect(suggested).toEqual([])
  expect(erasure).toMatchObject({ step: 'done', messages: 3, attachments: 1, words: 1, total: 3 })
})

test('that somebody answered, of what kind and when, stays, without a word', async () => {
  const here = await world()
  const s = await correspondence(here, 'skeleton')
  await begin(here, s, 'disconnected')
  await eraseAll(here)
  const left = await here.at.inside((tx) => history(tx, { contactId: here.mia, campaignId: undefined }))
  expect(left.map((one) => [one.kind, one.text, one.fromAddress, one.erasedAt === undefined])).toEqual([
    ['mail', '', '', false],
    ['reply', '', '', false],
    ['own', '', '', false],
  ])
})

test('with Send Only what was received goes and what Kontor sent stays', async () => {
  const here = await world()
  const s = await correspondence(here, 'narrowed')
  await begin(here, s, 'narrowed')
  const [erasure] = await eraseAll(here)
  const left = await here.at.inside((tx) => history(tx, { contactId: here.mia, campaignId: undefined }))
  expect(left.map((one) => [one.kind, one.erasedAt === undefined])).toEqual([
    ['mail', true],
    ['reply', false],
    ['own', false],
  ])
  expect([erasure?.messages, erasure?.words, erasure?.identifiers]).toEqual([2, 0, 0])
  const { rows } = await here.at.inside((tx) =>
    sql<{ subject: string; snippet: string }>`select subject, snippet from conversation`.execute(tx),
  )
  expect(rows).toEqual([{ subject: expect.stringContaining('Zimtschnecke'), snippet: 'Hello' }])
})

test('a conversation that lies in two mailboxes shows what the other still has', async () => {
  const here = await world()
  const s = await correspondence(here, 'first')
  const other = await receivingScene(db, here.at, { name: 'second', contactId: here.mia })
  const sent = await other.send('b')
  other.outside.deliver(other.address, answerTo(sent.raw, other.address, 'Still here.'))
  await other.pull()
  await showInInbox(here.at)
  await begin(here, s, 'disconnected')
  await eraseAll(here)
  const { rows } = await here.at.inside((tx) =>
    sql<{ snippet: string }>`select snippet from conversation`.execute(tx),
  )
  expect(rows).toEqual([{ snippet: 'Still here.' }])
})

test('a file that another mailbox also holds stays for it', async () => {
  const here = await world()
  const s = await correspondence(here, 'shared-file')
  const other = await receivingScene(db, here.at, { name: 'shared-other', contactId: here.mia })
  const sent = await other.send('b')
  other.outside.deliver(other.address, withFile(answerTo(sent.raw, other.address, 'The same picture.')))
  await other.pull()
  await begin(here, s, 'disconnected')
  await eraseAll(here)
  const { rows } = await here.at.inside((tx) =>
    sql<{
      files: number
    }>`select count(*)::int as files from attachment a join blob b using (workspace_id, sha256)`.execute(tx),
  )
  expect(rows).toEqual([{ files: 1 }])
})

test('what came after the decision is not erased', async () => {
  const here = await world()
  const s = await correspondence(here, 'later')
  const [first] = s.outside.messages(s.address)
  await begin(here, s, 'narrowed')
  await db.step({ minutes: 1 })
  s.outside.deliver(s.address, answerTo(new TextDecoder().decode(first?.raw), s.address, 'After that.'))
  await s.pull()
  await eraseAll(here)
  expect((await s.captured()).map((one) => one.text)).toEqual(['', '', 'After that.'])
})

test.each(['inside', 'after'] as const)(
  'a process that dies %s any piece leaves an erasure that another finishes, with every message counted once',
  async (where) => {
    const here = await world()
    const s = await correspondence(here, `dies-${where}`)
    await begin(here, s, 'disconnected')
    for (let deaths = 0; deaths < 4; deaths++) {
      let died = false
      const dying: Database = {
        ...db.database,
        inWorkspace: async (workspaceId, fn) => {
          const value = await db.database.inWorkspace(workspaceId, async (tx) => {
            const result = await fn(tx)
            if (where === 'inside') throw new Error('the process died here')
            return result
          })
          died = true
          if (value !== undefined) throw new Error('the process died here')
          return value
        },
      }
      const [due] = (await dueErasures(db.database, 100)).filter(
        (one) => one.workspaceId === here.at.workspaceId,
      )
      if (due !== undefined)
        await expect(erasePiece({ ...here.parts, database: dying }, due)).rejects.toThrow('died')
      expect(died).toBe(where === 'after' && due !== undefined)
    }
    await eraseAll(here)
    const [certificate] = await here.at.inside((tx) => certificatesOf(tx, s.mailboxId))
    const erasure = await here.at.inside((tx) => erasureById(tx, certificate?.erasureId ?? ''))
    expect([erasure?.step, erasure?.messages, erasure?.attachments]).toEqual(['done', 3, 1])
  },
)

test('two processes that erase at once count nothing twice', async () => {
  const here = await world()
  const s = await correspondence(here, 'at-once')
  await begin(here, s, 'disconnected')
  const results = await Promise.all([eraseAll(here), eraseAll(here), eraseAll(here)])
  const [erasure] = results.flat()
  expect([erasure?.step, erasure?.messages]).toEqual(['done', 3])
})

test('the access log stays whole, and its hashes name nothing any more', async () => {
  const here = await world()
  const s = await correspondence(here, 'log')
  await begin(here, s, 'disconnected')
  await eraseAll(here)
  expect(await here.at.inside((tx) => verifyLedger(tx, s.mailboxId))).toMatchObject({ ok: true })
  const { rows } = await here.at.inside((tx) =>
    sql<{
      key: string | null
    }>`select id_key as key from ledger_head where mailbox_id = ${s.mailboxId}`.execute(tx),
  )
  expect(rows.filter((row) => row.key !== null)).toEqual([])
})

test('a barred address that belongs to nobody is kept as a keyed hash and barred again when it is entered again', async () => {
  const here = await world()
  const { at } = here
  const s = await correspondence(here, 'barred')
  const writer = { workspaceId: at.workspaceId, emit: at.emit }
  for (const [addressKey, reason] of [
    ['stranger@people.practice.example', 'bounce'],
    [addressOf('Mia Ford'), 'unsubscribed'],
  ] as const)
    await at.inside((tx) => suppress(tx, writer, { addressKey, reason, evidence: 'said so' }))
  await begin(here, s, 'disconnected')
  const [erasure] = await eraseAll(here)
  expect(erasure?.suppressions).toBe(1)
  expect(await placesOf(db.adminUrl, at.workspaceId, 'stranger@people')).toEqual([])
  const barred = async () => {
    const { rows } = await at.inside((tx) =>
      sql<{
        line: string
      }>`select concat_ws(' ', address_key, reason) as line from suppression order by 1`.execute(tx),
    )
    return rows.map((row) => row.line)
  }
  expect(await barred()).toEqual([
    expect.stringMatching(/^keyed:[\w-]{43} bounce$/),
    `${addressOf('Mia Ford')} unsubscribed`,
  ])
  const contactId = at.ids.uuid()
  await at.inside(async (tx) => {
    await sql`insert into contact (workspace_id, id, name) values (${at.workspaceId}, ${contactId}, 'Stranger')`.execute(
      tx,
    )
    await sql`insert into contact_address (workspace_id, contact_id, address, address_key, preferred)
      values (${at.workspaceId}, ${contactId}, 'stranger@people.practice.example', 'stranger@people.practice.example', true)`.execute(
      tx,
    )
    await recogniseBarred(keyed)(tx, {
      workspaceId: at.workspaceId,
      type: 'contact.changed',
      subject: contactId,
      payload: {},
      id: at.ids.uuid(),
      at: Temporal.Instant.fromEpochMilliseconds(0),
    })
  })
  expect(await barred()).toEqual([
    `${addressOf('Mia Ford')} unsubscribed`,
    'stranger@people.practice.example bounce',
  ])
})

test('every column that names a file by its hash is looked at before the file is forgotten', async () => {
  const { rows } = await db.database.inSystem((tx) =>
    sql<{ name: string }>`
      select format('%s.%s', c.relname, a.attname) as name
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attname like '%sha256%' and c.relname not in ('blob', 'blob_chunk', 'migration')
        and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey))
      order by 1`.execute(tx),
  )
  expect(rows.map((row) => row.name)).toEqual(['message.raw_sha256', 'submission.raw_sha256'])
})

test('a mail and the file that it holds are gone together', async () => {
  const here = await world()
  const { at } = here
  const s = await correspondence(here, 'holding')
  const content = Buffer.alloc(5000, 'a file that is worth holding ')
  const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
  const lines = `${content.toString('base64').replaceAll(/.{76}(?=.)/g, '$&\r\n')}\r\n`
  // whatever is looked at in the order of its hash meets the file before the mail
  const raw = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']
    .map((subject) => `Subject: ${subject}\r\n\r\n${lines}`)
    .find((mail) => sha256(mail) > sha256(content))
  if (raw === undefined) throw new Error('no mail behind the file')
  const stored = await at.inside(async (tx) => {
    const file = await blobs.put(tx, at.workspaceId, content)
    const held = [{ sha256: file.sha256, content }]
    const mail = await blobs.put(tx, at.workspaceId, Buffer.from(raw), held)
    await sql`update submission set raw_sha256 = decode(${mail.sha256}, 'hex') where mailbox_id = ${s.mailboxId}`.execute(
      tx,
    )
    return [file.sha256, mail.sha256]
  })
  await begin(here, s, 'disconnected')
  await eraseAll(here)
  const { rows } = await at.inside((tx) =>
    sql`select from blob where sha256 = any (select decode(h, 'hex') from unnest(${stored}::text[]) h)`.execute(
      tx,
    ),
  )
  expect(rows).toHaveLength(0)
})

test('a file of a mail whose words were erased is gone, in the mail and behind a link', async () => {
  const here = await world()
  const s = await correspondence(here, 'carried')
  const files = await here.at.inside(async (tx) => {
    const put = async (text: string) => (await blobs.put(tx, here.at.workspaceId, Buffer.from(text))).sha256
    const [inside, behind] = [await put('in the mail'), await put('behind a link')]
    const { rows } = await sql<{
      id: string
    }>`select id from submission where mailbox_id = ${s.mailboxId}`.execute(tx)
    const id = rows[0]?.id
    await sql`insert into letter (workspace_id, submission_id, typed) values (kontor_workspace(), ${id}, '{}')`.execute(
      tx,
    )
    await sql`insert into letter_file (workspace_id, submission_id, n, filename, content_type, size, sha256)
      values (kontor_workspace(), ${id}, 0, 'a.pdf', 'application/pdf', 11, decode(${inside}, 'hex'))`.execute(
      tx,
    )
    await sql`insert into file_link (workspace_id, id, token_hash, token, submission_id, filename, content_type, size, sha256)
      values (kontor_workspace(), uuidv7(), '\\x00', 'secret', ${id}, 'b.pdf', 'application/pdf', 13, decode(${behind}, 'hex'))`.execute(
      tx,
    )
    return [inside, behind]
  })
  await begin(here, s, 'disconnected')
  await eraseAll(here)
  const left = await here.at.inside(async (tx) => {
    const { rows } = await sql`select id from file_link`.execute(tx)
    const stored = []
    for (const file of files) stored.push(await blobs.get(tx, here.at.workspaceId, file))
    return [rows.length, ...stored]
  })
  expect(left).toEqual([0, undefined, undefined])
})
