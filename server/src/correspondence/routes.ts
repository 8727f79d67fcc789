/**
 * Files over HTTP, whoever's mail they go with: uploads in parts, and what lies behind a link, which is served as bytes to
 * save and never as a page.
 */
import { Done } from '@kontor/api/common'
import { OpenFile, Upload, UploadNew } from '@kontor/api/inbox'
import { z } from 'zod'
import {
  brokenField,
  bytesToSave,
  createRoutes,
  guardRole,
  openRoute,
  problem,
  saveAs,
  serve,
  workspaceRoute,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { refusedByProviders } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { readLinkToken } from '../platform/link-token/index.ts'
import type { Actor } from '../team/index.ts'
import { largestFile, partBytes } from './files.ts'
import { countDownload, linkByHash } from './store-file-link.ts'
import type { Upload as StoredUpload } from './store-upload.ts'
import { deleteUpload } from './store-upload.ts'
import { addPart, beginUpload, completeUpload } from './upload.ts'

const begin = workspaceRoute({
  method: 'post',
  path: '/uploads',
  summary: 'Begin to upload a file for a mail',
  body: UploadNew,
  answer: Upload,
})
const finish = workspaceRoute({
  method: 'post',
  path: '/uploads/{id}/finish',
  summary: 'All parts of the file are here',
  answer: Upload,
})
const drop = workspaceRoute({
  method: 'delete',
  path: '/uploads/{id}',
  summary: 'Forget an uploaded file',
  answer: Done,
})
const behind = openRoute({
  method: 'get',
  path: '/public/files/{token}',
  summary: 'What lies behind a link in a mail',
  answer: OpenFile,
})

const done = { ok: true as const }

export function fileRoutes({
  database,
  ids,
}: {
  readonly database: Database
  readonly ids: Ids
}): OpenAPIHono<Env> {
  const routes = createRoutes()
  const inside = <T>(actor: Actor, fn: (tx: Tx) => Promise<T>) => database.inWorkspace(actor.workspaceId, fn)

  serve(routes, begin, async (c) => {
    const actor = c.get('actor')
    const file = c.req.valid('json')
    if (file.size > largestFile) throw problem(413, 'file_too_large', { limit: largestFile })
    const wish = { ...file, id: ids.uuid(), by: actor.personId }
    return present(await inside(actor, (tx) => beginUpload(tx, wish)))
  })
  routes.put('/workspaces/:workspaceId/uploads/:id/parts/:n', guardRole('member'), async (c) => {
    const asked = z
      .object({ id: z.uuid(), n: z.coerce.number().int().min(0).max(1000) })
      .safeParse(c.req.param())
    if (!asked.success) throw problem(404, 'not_found')
    const { id, n } = asked.data
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const outcome = await inside(c.get('actor'), (tx) => addPart(tx, id, { n, bytes }))
    if (outcome === 'not_found') throw problem(404, 'not_found')
    if (outcome === 'wrong_size') throw brokenField('part', 'wrong_size')
    return c.json(done)
  })
  serve(routes, finish, async (c) => {
    const actor = c.get('actor')
    const { id } = c.req.valid('param')
    const outcome = await inside(actor, (tx) => completeUpload(tx, actor.workspaceId, id))
    if (outcome === 'not_found') throw problem(404, 'not_found')
    if (outcome === 'incomplete') throw problem(409, 'upload_incomplete')
    return present(outcome)
  })
  serve(routes, drop, async (c) => {
    await inside(c.get('actor'), (tx) => deleteUpload(tx, c.req.valid('param').id))
    return done
  })

  async function openLink(token: string) {
    const read = readLinkToken(token)
    const link =
      read === undefined
        ? undefined
        : await database.inWorkspace(read.workspaceId, (tx) => linkByHash(tx, read.hash))
    if (read === undefined || link === undefined) throw problem(404, 'link_unknown')
    if (link.over) throw problem(410, 'file_link_over')
    return { ...link, workspaceId: read.workspaceId }
  }
  serve(routes, behind, async (c) => {
    const { filename, size, expiresAt, senderName, language } = await openLink(c.req.valid('param').token)
    return {
      filename,
      size,
      senderName,
      language,
      ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toString() }),
    }
  })
  routes.get('/public/files/:token/content', async (c) => {
    const { id, workspaceId, sha256, filename, size } = await openLink(c.req.param('token'))
    await database.inWorkspace(workspaceId, (tx) => countDownload(tx, id))
    return c.body(streamOf(workspaceId, sha256), 200, {
      ...bytesToSave,
      'content-length': String(size),
      'content-disposition': saveAs(filename),
    })
  })
  return routes

  /** Chunk by chunk, each in a transaction of its own: a slow reader holds no connection. */
  function streamOf(workspaceId: string, sha256: string): ReadableStream<Uint8Array> {
    let n = 0
    return new ReadableStream({
      async pull(stream) {
        const chunk = await database.inWorkspace(workspaceId, (tx) =>
          blobs.chunk(tx, workspaceId, { sha256, n }),
        )
        n += 1
        if (chunk === undefined) stream.close()
        else stream.enqueue(chunk)
      },
    })
  }
}

function present({ id, filename, contentType, size, sha256 }: StoredUpload): z.input<typeof Upload> {
  const linkOnly = refusedByProviders(filename)
  return { id, filename, contentType, size, whole: sha256 !== undefined, partBytes, linkOnly }
}
