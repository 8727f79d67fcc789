import { pageOf } from '@kontor/api/common'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../team/index.ts'
import {
  asActor,
  brokenField,
  createRoutes,
  cutPage,
  decodeCursor,
  openRoute,
  problem,
  serve,
  workspaceRoute,
} from './index.ts'

const workspaceId = '01890000-0000-7000-8000-000000000001'
const anna: Actor = {
  personId: '01890000-0000-7000-8000-00000000000a',
  name: 'Anna Keller',
  role: 'member',
  workspaceId,
  language: 'en',
}
const Row = z.object({ id: z.number(), name: z.string() })
const list = workspaceRoute({
  method: 'get',
  path: '/rows',
  summary: 'Rows',
  query: z.object({ cursor: z.string().optional(), limit: z.coerce.number().max(3).optional() }),
  answer: pageOf(Row),
})
const add = workspaceRoute({
  method: 'post',
  path: '/rows/{rowId}',
  summary: 'Add a row',
  body: z.object({ name: z.string().min(1), size: z.number().max(9).optional() }),
  answer: Row,
  role: 'admin',
})
const leak = openRoute({ method: 'get', path: '/leak/{token}', summary: 'A wrong answer', answer: Row })

function app(actor: Actor = anna) {
  const routes = createRoutes()
  serve(routes, list, async (c) => {
    const { cursor, limit = 2 } = c.req.valid('query')
    const after = decodeCursor(cursor, z.tuple([z.number()]))?.[0] ?? 0
    const rows = [1, 2, 3].filter((id) => id > after).map((id) => ({ id, name: `row ${id}`, secret: 'x' }))
    return cutPage(rows.slice(0, limit + 1), limit, (row) => [row.id])
  })
  serve(routes, add, async (c) => {
    const { name } = c.req.valid('json')
    if (name === 'taken') throw problem(409, 'name_taken', { by: 'Ben' })
    if (name === 'odd') throw brokenField('name', 'odd')
    return { id: 7, name: `${name} by ${c.get('actor').name} ${c.req.valid('param').rowId.length}` }
  })
  serve(routes, leak, async () => JSON.parse('{"id":"seven"}') as { id: number; name: string })
  return asActor(actor, routes)
}
const post = (body: unknown, actor: Actor = { ...anna, role: 'admin' }, id = workspaceId) =>
  app(actor).request(`/workspaces/${workspaceId}/rows/${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

test('pages follow one another and show only what the schema names', async () => {
  const first = (await (await app().request(`/workspaces/${workspaceId}/rows`)).json()) as { next: string }
  expect(first).toEqual({
    rows: [
      { id: 1, name: 'row 1' },
      { id: 2, name: 'row 2' },
    ],
    next: 'WzJd',
  })
  const second = await app().request(`/workspaces/${workspaceId}/rows?cursor=${first.next}`)
  expect(await second.json()).toEqual({ rows: [{ id: 3, name: 'row 3' }] })
})

test('a cursor that is not ours is a broken field', async () => {
  for (const cursor of ['?', 'e30', 'WyJ4Il0']) {
    const answer = await app().request(`/workspaces/${workspaceId}/rows?cursor=${cursor}`)
    expect(await answer.json()).toEqual({
      type: 'urn:kontor:problem:invalid',
      title: 'Bad Request',
      status: 400,
      code: 'invalid',
      fields: [{ path: 'cursor', code: 'invalid_format', message: 'invalid_format' }],
    })
  }
})

test('the handler sees body, parameters and actor', async () => {
  expect(await (await post({ name: 'new' })).json()).toEqual({ id: 7, name: 'new by Anna Keller 36' })
})

test('every broken field is named', async () => {
  const answer = await post({ size: 10 })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
  expect(await answer.json()).toMatchObject({
    code: 'invalid',
    fields: [
      { path: 'name', code: 'required' },
      { path: 'size', code: 'number_too_big' },
    ],
  })
})

test('refusals carry their code, values and status', async () => {
  const told = async (answer: Response) => {
    const { status, code, values } = (await answer.json()) as {
      status: number
      code: string
      values?: unknown
    }
    return values === undefined ? [status, code] : [status, code, values]
  }
  expect(await told(await post({ name: 'taken' }))).toEqual([409, 'name_taken', { by: 'Ben' }])
  expect(await told(await post({ name: 'x' }, anna))).toEqual([403, 'forbidden', { needed: 'admin' }])
  expect(await told(await post('{'))).toEqual([400, 'malformed'])
  expect(await told(await post({ name: 'nul \0' }))).toEqual([400, 'malformed'])
  expect(await told(await post({ name: 'x' }, { ...anna, role: 'owner' }, 'no-uuid'))).toEqual([
    404,
    'not_found',
  ])
})

test('an answer that does not fit its schema is our error in tests', async () => {
  await expect(app().request('/leak/1')).rejects.toThrow('an answer does not fit its schema')
})
