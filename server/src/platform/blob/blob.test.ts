import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../testing/database.ts'
import { blobs } from './index.ts'

const { database } = await testDatabase()
const workspace = '01890000-0000-7000-8000-000000000001'
const stranger = '01890000-0000-7000-8000-000000000002'
const bytes = Buffer.alloc(600 * 1024, 'kontor')

test('bytes come back whole and in chunks of 256 KiB, and are stored once', async () => {
  const first = await database.inWorkspace(workspace, (tx) => blobs.put(tx, workspace, bytes))
  const again = await database.inWorkspace(workspace, (tx) => blobs.put(tx, workspace, bytes))
  expect(again).toEqual(first)
  expect(first).toEqual({
    sha256: '2c0d576c79238774976841548c2bd1274111502f2e92f8e80c3731cc3d135513',
    size: 614_400,
  })
  const { whole, chunks } = await database.inWorkspace(workspace, async (tx) => {
    const parts: Uint8Array[] = []
    for await (const chunk of blobs.stream(tx, workspace, first.sha256)) parts.push(chunk)
    return { whole: await blobs.get(tx, workspace, first.sha256), chunks: parts }
  })
  expect(whole?.length === bytes.length && bytes.equals(whole)).toBe(true)
  expect(chunks.map((chunk) => chunk.length)).toEqual([262_144, 262_144, 90_112])
})

test('an empty file is a file', async () => {
  const read = await database.inWorkspace(workspace, async (tx) => {
    const { sha256 } = await blobs.put(tx, workspace, new Uint8Array())
    return blobs.get(tx, workspace, sha256)
  })
  expect(read).toEqual(Buffer.alloc(0))
})

test('another workspace does not find it, and a removed one is gone', async () => {
  const { sha256 } = await database.inWorkspace(workspace, (tx) =>
    blobs.put(tx, workspace, Buffer.from('mine')),
  )
  expect(await database.inWorkspace(stranger, (tx) => blobs.get(tx, workspace, sha256))).toBeUndefined()
  await database.inWorkspace(workspace, (tx) => blobs.remove(tx, workspace, sha256))
  expect(await database.inWorkspace(workspace, (tx) => blobs.get(tx, workspace, sha256))).toBeUndefined()
})

test('a blob of which a piece is gone is not there, and never shorter', async () => {
  const read = await database.inWorkspace(workspace, async (tx) => {
    const { sha256 } = await blobs.put(tx, workspace, Buffer.alloc(600 * 1024, 'in pieces'))
    await sql`delete from blob_chunk where sha256 = ${Buffer.from(sha256, 'hex')} and n = 2`.execute(tx)
    return blobs.get(tx, workspace, sha256)
  })
  expect(read).toBeUndefined()
})

test('bytes that hold a blob in base64 name it instead of storing it again, and come back as they were', async () => {
  const file = Buffer.alloc(300 * 1024, 'a file of its own')
  const small = Buffer.from('too small to be worth it')
  const inLines = (one: Buffer) => one.toString('base64').replaceAll(/.{76}/g, '$&\r\n')
  const mail = Buffer.from(`To: a\r\n\r\n--x\r\n${inLines(file)}\r\n--x\r\n${inLines(small)}\r\n--x--\r\n`)
  const read = await database.inWorkspace(workspace, async (tx) => {
    const held = []
    for (const content of [file, small])
      held.push({ content, sha256: (await blobs.put(tx, workspace, content)).sha256 })
    const { sha256 } = await blobs.put(tx, workspace, mail, held)
    const { rows } = await sql<{ bytes: number; named: number }>`
      select sum(octet_length(content))::int as bytes, count(file_sha256)::int as named from blob_chunk
      where sha256 = decode(${sha256}, 'hex')`.execute(tx)
    const parts: Uint8Array[] = []
    for await (const chunk of blobs.stream(tx, workspace, sha256)) parts.push(chunk)
    return { whole: await blobs.get(tx, workspace, sha256), streamed: Buffer.concat(parts), stored: rows[0] }
  })
  expect(mail.equals(read.whole ?? Buffer.alloc(0))).toBe(true)
  expect(mail.equals(read.streamed)).toBe(true)
  expect(read.stored?.named).toBe(1)
  expect(read.stored?.bytes).toBeLessThan(200)
})

test('a blob that is named to be held but is not in the bytes changes nothing', async () => {
  const read = await database.inWorkspace(workspace, async (tx) => {
    const { sha256: other } = await blobs.put(tx, workspace, bytes)
    const { sha256 } = await blobs.put(tx, workspace, Buffer.from('quite something else'), [
      { sha256: other, content: bytes },
    ])
    return await blobs.get(tx, workspace, sha256)
  })
  expect(Buffer.from(read ?? []).toString()).toBe('quite something else')
})
