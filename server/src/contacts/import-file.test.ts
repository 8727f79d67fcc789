import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../team/index.ts'
import { testDatabase, testStart } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { createContact } from './change.ts'
import { bareDraft } from './contact.ts'
import type { ImportWish } from './import/wish.ts'
import { beginImport, previewImport, readFile, sendPart, startImport, stopImport } from './import-file.ts'
import { continueImport } from './import-lines.ts'
import { contactPage } from './store-list.ts'
import { failedLines, importById } from './store-import.ts'

const { database } = await testDatabase({ poolSize: 8 })
let seeds = 0
let at: Ground
beforeAll(async () => {
  at = await fresh()
})

async function fresh(): Promise<Ground> {
  seeds += 1
  return await ground(database, { seed: `import-${seeds}` })
}

function actor({ personId, workspaceId }: Ground): Actor {
  return { personId, name: 'Anna Keller', role: 'owner', workspaceId, language: 'en' }
}

const plain: ImportWish = {
  roles: ['name', 'address'],
  headed: true,
  onKnown: 'fill',
  language: 'en',
  basis: 'none',
  basisSource: '',
  tags: [],
}

async function sent(on: Ground, text: string | Uint8Array): Promise<string> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  return await on.inside(async (tx) => {
    const { id } = await beginImport(tx, on, { fileName: 'list.csv', by: on.personId })
    const part = 700
    for (let n = 0; n * part < bytes.length && n < 60; n++) {
      const size = bytes.length > 40_000 ? bytes.length : part
      await sendPart(tx, on, { importId: id, n, content: bytes.subarray(n * size, (n + 1) * size) })
      if (size === bytes.length) break
    }
    const read = await readFile(tx, on, { importId: id })
    if (!read.ok) throw new Error(read.code)
    return id
  })
}

function start(on: Ground, importId: string, wish: Partial<ImportWish> = {}) {
  return on.inside((tx) => startImport(tx, on, actor(on), { importId, wish: { ...plain, ...wish } }))
}

async function goOn(on: Ground, importId: string): Promise<void> {
  const event = {
    workspaceId: on.workspaceId,
    id: on.ids.uuid(),
    type: 'import.advanced',
    subject: importId,
    at: Temporal.Instant.from(testStart),
    payload: { state: 'running' },
  }
  await on.inside((tx) => continueImport(on)(tx, event))
}

async function figures(on: Ground, id: string): Promise<readonly unknown[]> {
  const found = await on.inside((tx) => importById(tx, id))
  return [found?.state, found?.added, found?.filled, found?.known, found?.failed]
}

const everybody = async (on: Ground) => (await on.inside((tx) => contactPage(tx, { limit: 100 }))).rows

async function add(on: Ground, name: string, address: string, more = {}): Promise<string> {
  const made = await on.inside((tx) => createContact(tx, on, { ...bareDraft, name, address, ...more }))
  if (!made.ok) throw new Error(made.refusal.code)
  return made.contact.id
}

test('a file is read in parts, whatever wrote it, and its columns are guessed', async () => {
  const text = 'Name;E-Mail;Schuhgröße\r\nJörg Müller;joerg@x.example;44\r\n'
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text.repeat(20), 'utf16le')])
  const id = await sent(at, utf16)
  const read = await at.inside((tx) => readFile(tx, at, { importId: id }))
  expect(read).toMatchObject({
    ok: true,
    import: { encoding: 'utf-16le', separator: ';', lines: 40, state: 'read' },
    headed: true,
    roles: ['name', 'address', 'custom:schuhgroesse'],
    sample: expect.arrayContaining([['Jörg Müller', 'joerg@x.example', '44']]),
  })
})

test('nothing of a file is lost: new, known and failed lines are all there', async () => {
  const on = await fresh()
  await add(on, 'Known Kim', 'kim@x.example')
  const id = await sent(
    on,
    'Name,Email,Language,Size\nAnn,ann@x.example,de,38\nKim,KIM@x.example,,39\nBob,bob@,,\nAnn again,ann@x.example,,\nCem,cem@x.example,fr,\n',
  )
  const wish = { roles: ['name', 'address', 'language', 'custom:size'] } as const
  const preview = await on.inside((tx) => previewImport(tx, { importId: id, wish: { ...plain, ...wish } }))
  expect(preview).toMatchObject({ added: 1, filled: 1, known: 0, failed: 3 })
  expect((await everybody(on)).map(({ name }) => name)).toEqual(['Known Kim'])
  expect(await start(on, id, wish)).toMatchObject({ ok: true })
  expect(await figures(on, id)).toEqual(['done', 1, 1, 0, 3])
  expect(await everybody(on)).toMatchObject([
    { name: 'Ann', address: 'ann@x.example', language: 'de', custom: { size: '38' } },
    { name: 'Known Kim', address: 'kim@x.example', custom: { size: '39' } },
  ])
  const failed = await on.inside((tx) => failedLines(tx, id, { after: 0, limit: 10 }))
  expect(failed.map(({ line, code, detail, cells }) => [line, code, detail, cells[0]])).toEqual([
    [4, 'address_invalid', 'bob@', 'Bob'],
    [5, 'duplicate', '2', 'Ann again'],
    [6, 'language_unknown', 'fr', 'Cem'],
  ])
})

test('the same file twice, and a double click, change nothing the second time', async () => {
  const on = await fresh()
  const text = 'Name,Email\nAnn,ann@x.example\nBob,bob@x.example\n'
  const id = await sent(on, text)
  const outcomes = await Promise.all([1, 2, 3].map(() => start(on, id)))
  expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
  expect(await figures(on, id)).toEqual(['done', 2, 0, 0, 0])
  const again = await sent(on, text)
  await start(on, again)
  expect(await figures(on, again)).toEqual(['done', 0, 0, 2, 0])
  expect(await start(on, id, { onKnown: 'replace' })).toEqual({ ok: false, code: 'import_started' })
})

test('known people are left, filled or replaced as wished, and never unblocked', async () => {
  const on = await fresh()
  const text = 'Name,Email,Land,Tags,Dnc\nNew Name,kim@x.example,DE,b,no\n'
  const roles = ['name', 'address', 'country', 'tags', 'do_not_contact'] as const
  const id = await add(on, 'Kim', 'kim@x.example', { country: 'AT', tags: ['a'] })
  await on.inside((tx) => sql`update contact set do_not_contact = true where id = ${id}`.execute(tx))
  const after = async (onKnown: ImportWish['onKnown']) => {
    await start(on, await sent(on, text), { roles, onKnown })
    const [kim] = await everybody(on)
    return [kim?.name, kim?.country, kim?.tags, kim?.doNotContact]
  }
  expect(await after('leave')).toEqual(['Kim', 'AT', ['a'], true])
  expect(await after('fill')).toEqual(['Kim', 'AT', ['a', 'b'], true])
  expect(await after('replace')).toEqual(['New Name', 'DE', ['a', 'b'], true])
})

test('a line whose addresses belong to two people is not guessed at', async () => {
  const on = await fresh()
  await add(on, 'One', 'one@x.example')
  await add(on, 'Two', 'two@x.example')
  const id = await sent(on, 'Email,Other\none@x.example,two@x.example\n')
  await start(on, id, { roles: ['address', 'other_address'] })
  expect(await on.inside((tx) => failedLines(tx, id, { after: 0, limit: 9 }))).toMatchObject([
    { line: 2, code: 'addresses_of_two', detail: 'one@x.example' },
  ])
})

test('ten thousand lines come in chunk by chunk; a process that dies loses its chunk alone', async () => {
  const on = await fresh()
  const lines = Array.from({ length: 10_000 }, (_, n) => `Person ${n},p${n}@x.example`)
  const id = await sent(on, `Name,Email\n${lines.join('\n')}\nlate twin,p3@x.example\n`)
  await start(on, id)
  expect(await figures(on, id)).toEqual(['running', 1000, 0, 0, 0])
  const dying = on.inside(async (tx) => {
    await continueImport(on)(tx, {
      workspaceId: on.workspaceId,
      id: on.ids.uuid(),
      type: 'import.advanced',
      subject: id,
      at: Temporal.Instant.from(testStart),
      payload: { state: 'running' },
    })
    throw new Error('the process died')
  })
  await expect(dying).rejects.toThrow('the process died')
  expect(await figures(on, id)).toEqual(['running', 1000, 0, 0, 0])
  await Promise.all([1, 2, 3].map(() => goOn(on, id)))
  for (let chunk = 0; chunk < 8; chunk++) await goOn(on, id)
  expect(await figures(on, id)).toEqual(['done', 10_000, 0, 0, 1])
  expect(await on.inside((tx) => failedLines(tx, id, { after: 0, limit: 9 }))).toMatchObject([
    { line: 10_002, code: 'duplicate', detail: '5' },
  ])
})

test('an import can be stopped and gone on with', async () => {
  const on = await fresh()
  const lines = Array.from({ length: 1500 }, (_, n) => `Person ${n},p${n}@x.example`)
  const id = await sent(on, `Name,Email\n${lines.join('\n')}`)
  await start(on, id)
  await on.inside((tx) => stopImport(tx, id))
  await goOn(on, id)
  expect(await figures(on, id)).toEqual(['stopped', 1000, 0, 0, 0])
  await start(on, id)
  expect(await figures(on, id)).toEqual(['done', 1500, 0, 0, 0])
})

test('two imports of the same people at once add each person once', async () => {
  const on = await fresh()
  const text = `Name,Email\n${Array.from({ length: 200 }, (_, n) => `P ${n},p${n}@x.example`).join('\n')}`
  const ids = [await sent(on, text), await sent(on, text)]
  await Promise.all(ids.map((id) => start(on, id)))
  const { rows } = await on.inside((tx) =>
    sql<{ n: number }>`select count(*)::int as n from contact`.execute(tx),
  )
  expect(rows[0]?.n).toBe(200)
  const added = await Promise.all(ids.map((id) => figures(on, id)))
  expect(added.map(([, n]) => Number(n)).reduce((sum, n) => sum + n, 0)).toBe(200)
})

test('what cannot be imported says why', async () => {
  const on = await fresh()
  const empty = await on.inside(async (tx) => {
    const { id } = await beginImport(tx, on, { fileName: 'x', by: on.personId })
    await sendPart(tx, on, { importId: id, n: 0, content: Buffer.from('\n \n') })
    return await readFile(tx, on, { importId: id })
  })
  expect(empty).toEqual({ ok: false, code: 'import_empty' })
  const id = await sent(on, 'Name\nAnn\n')
  expect(await start(on, id, { roles: ['name'] })).toEqual({ ok: false, code: 'no_address_column' })
  expect(await start(on, on.ids.uuid())).toEqual({ ok: false, code: 'import_unknown' })
})

test('after many new influencers at once the planner knows how many there are', async () => {
  const on = await fresh()
  const known = (): Promise<number> =>
    on.inside(async (tx) => {
      const { rows } = await sql<{
        rows: number
      }>`select reltuples::int as rows from pg_class where relname = 'contact'`.execute(tx)
      return rows[0]?.rows ?? -1
    })
  const lines = Array.from({ length: 600 }, (_, n) => `Person ${n},p${n}@many.practice.example`)
  const importId = await sent(on, ['name,address', ...lines].join('\n'))
  await start(on, importId)
  await goOn(on, importId)
  expect(await known()).toBeGreaterThanOrEqual(600)
})
