import { beforeAll, expect, test } from 'vitest'
import { asActor } from '../http-kit/index.ts'
import { blobs } from '../platform/blob/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { InboxGround } from '../testing/inbox.ts'
import { inboxGround } from '../testing/inbox.ts'
import { filesLimit, fitted } from './files.ts'
import { forgetStale } from './jobs.ts'
import { fileRoutes } from './routes.ts'

const { database, step } = await testDatabase()
let at: InboxGround
beforeAll(async () => {
  at = await inboxGround(database, 'uploads')
})

test('a file goes up in parts, repeated ones count once, and is finished when all of it is here', async () => {
  const content = Buffer.alloc(1_048_576 + 300_000, 'kontor')
  const begun = await at.call(at.ben, 'POST', '/uploads', {
    filename: '../Vertrag.pdf',
    contentType: 'application/pdf; name=x',
    size: content.length,
  })
  expect(begun.body).toMatchObject({
    filename: 'Vertrag.pdf',
    contentType: 'application/pdf',
    whole: false,
    partBytes: 1_048_576,
    linkOnly: false,
  })
  const id = String(begun.body['id'])
  const routes = asActor(at.ben, fileRoutes({ ...at, database }))
  const put = async (n: number | string, bytes: Buffer) => {
    const path = `/workspaces/${at.workspaceId}/uploads/${id}/parts/${n}`
    return (await routes.request(path, { method: 'PUT', body: new Uint8Array(bytes) })).status
  }
  const finish = () => at.call(at.ben, 'POST', `/uploads/${id}/finish`)
  expect(await put(1, content.subarray(1_048_576))).toBe(200)
  expect([(await finish()).status, (await finish()).body['code']]).toEqual([409, 'upload_incomplete'])
  expect([
    await put(0, content.subarray(0, 1000)),
    await put(2, Buffer.alloc(1)),
    await put('x', Buffer.alloc(1)),
  ]).toEqual([400, 400, 404])
  expect([
    await put(0, content.subarray(0, 1_048_576)),
    await put(0, content.subarray(0, 1_048_576)),
  ]).toEqual([200, 200])
  const both = await Promise.all([finish(), finish()])
  expect(both.map(({ body }) => body['whole'])).toEqual([true, true])
  expect(await put(0, content.subarray(0, 1_048_576))).toBe(404)
  expect((await at.call(at.vera, 'POST', '/uploads', { filename: 'a', size: 1 })).status).toBe(403)
  const program = await at.call(at.ben, 'POST', '/uploads', { filename: 'setup.exe', size: 2 })
  expect(program.body['linkOnly']).toBe(true)
  const huge = await at.call(at.ben, 'POST', '/uploads', { filename: 'a', size: 200_000_000 })
  expect([huge.status, huge.body['code']]).toEqual([413, 'file_too_large'])
})

test('what nobody keeps is forgotten after a week', async () => {
  const lost = await at.upload(at.ben, 'lost.pdf', Buffer.from('abc'))
  const kept = await at.upload(at.ben, 'kept.pdf', Buffer.from('abc'))
  const contactId = await at.contact('Kim Keep')
  await at.call(at.ben, 'POST', '/drafts', { contactId, text: 'x', files: [{ uploadId: kept }] })
  await step({ days: 8 })
  await forgetStale(at)
  expect((await at.call(at.ben, 'POST', `/uploads/${lost}/finish`)).status).toBe(404)
  expect((await at.call(at.ben, 'POST', `/uploads/${kept}/finish`)).status).toBe(200)
})

test('an upload that is thrown away takes its bytes with it, unless they are kept elsewhere', async () => {
  const [alone, twice] = [Buffer.from('only once'), Buffer.from('here twice')]
  const ids = [
    await at.upload(at.ben, 'a.pdf', alone),
    await at.upload(at.ben, 'b.pdf', twice),
    await at.upload(at.ben, 'c.pdf', twice),
  ]
  const stored = (bytes: Buffer) =>
    at.inside(async (tx) => {
      const { sha256 } = await blobs.put(tx, at.workspaceId, bytes)
      return sha256
    })
  const [first, second] = [await stored(alone), await stored(twice)]
  for (const id of ids.slice(0, 2)) await at.call(at.ben, 'DELETE', `/uploads/${id}`)
  const left = (sha256: string) => at.inside((tx) => blobs.get(tx, at.workspaceId, sha256))
  expect(await left(first)).toBeUndefined()
  expect(Buffer.from((await left(second)) ?? [])).toEqual(twice)
})

test('the largest files go as links until the others fit under the limit', () => {
  const limit = filesLimit(3_145_728)
  expect(limit).toBe(2_250_909)
  const [small, middle, large] = [{ size: 1_000_000 }, { size: 1_200_000 }, { size: 2_250_909 }]
  expect(fitted([small, middle], limit)).toEqual({ attached: [small, middle], linked: [] })
  expect(fitted([small, large, middle], limit)).toEqual({ attached: [small, middle], linked: [large] })
  expect(fitted([{ size: limit + 1 }], limit).attached).toEqual([])
  expect(fitted([{ size: 1 }], filesLimit(0)).attached).toEqual([])
})
