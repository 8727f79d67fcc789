/**
 * Files over HTTP: uploads in parts, downloads that cannot run, images by their bytes, the layout of a received mail for a
 * sandboxed frame, and files behind links.
 *
 * Whatever came from outside is served as bytes to save, never as a page: `attachment`, no sniffing, a policy that
 * allows nothing. An image is shown only when its first bytes say that it is one. A mail's own layout is a document
 * without scripts, forms, frames and requests; remote images load when the reader asked for them.
 */
import { Done } from '@kontor/api/common'
import { OpenFile, Upload, UploadNew } from '@kontor/api/inbox'
import { z } from 'zod'
import { brokenField, guardRole, openRoute, problem, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { imageTypeOf } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import { largestFile, partBytes } from './files.ts'
import type { FollowParts } from './follow.ts'
import { frameDocument, framePolicy } from './frame.ts'
import { readLinkToken } from '../platform/link-token/index.ts'
import { visiblePlace } from './routes-existing.ts'
import { attachmentBlob, htmlOf, inlineImages } from './store-file.ts'
import { countDownload, linkByHash, placeOfLink, revokeLink } from './store-letter.ts'
import { sightOf } from './store-sight.ts'
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
const end = workspaceRoute({
  method: 'delete',
  path: '/file-links/{id}',
  summary: 'End a link to a file',
  answer: Done,
})
const behind = openRoute({
  method: 'get',
  path: '/public/files/{token}',
  summary: 'What lies behind a link in a mail',
  answer: OpenFile,
})

const done = { ok: true as const }
const bytesOnly = {
  'content-type': 'application/octet-stream',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
}

export function addFileRoutes(
  routes: OpenAPIHono<Env>,
  parts: FollowParts & { readonly database: Database },
): void {
  const { database } = parts
  const inside = <T>(actor: Actor, fn: (tx: Tx) => Promise<T>) => database.inWorkspace(actor.workspaceId, fn)

  serve(routes, begin, async (c) => {
    const actor = c.get('actor')
    const file = c.req.valid('json')
    if (file.size > largestFile) throw problem(413, 'file_too_large', { limit: largestFile })
    const wish = { ...file, id: parts.ids.uuid(), by: actor.personId }
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
  serve(routes, end, async (c) => {
    const actor = c.get('actor')
    const { id } = c.req.valid('param')
    await inside(actor, async (tx) => {
      const place = await placeOfLink(tx, id)
      if (place === undefined) throw problem(404, 'not_found')
      await visiblePlace(tx, actor, place)
      await revokeLink(tx, id)
    })
    return done
  })

  const file = z.object({ messageId: z.uuid(), id: z.uuid() })
  async function fileOf(actor: Actor, params: unknown) {
    const asked = file.safeParse(params)
    if (!asked.success) throw problem(404, 'not_found')
    const { messageId, id: attachmentId } = asked.data
    const found = await inside(actor, async (tx) => {
      const known = await attachmentBlob(tx, await sightOf(tx, actor.personId), { messageId, attachmentId })
      const bytes = known === undefined ? undefined : await blobs.get(tx, actor.workspaceId, known.sha256)
      return known === undefined || bytes === undefined
        ? undefined
        : { ...known, bytes: new Uint8Array(bytes) }
    })
    if (found === undefined) throw problem(404, 'not_found')
    return found
  }
  const attachment = '/workspaces/:workspaceId/messages/:messageId/attachments/:id'
  routes.get(attachment, guardRole('viewer'), async (c) => {
    const { filename, bytes } = await fileOf(c.get('actor'), c.req.param())
    return c.body(bytes, 200, { ...bytesOnly, 'content-disposition': saveAs(filename) })
  })
  routes.get(`${attachment}/image`, guardRole('viewer'), async (c) => {
    const { bytes } = await fileOf(c.get('actor'), c.req.param())
    const type = imageTypeOf(bytes)
    if (type === undefined) throw problem(415, 'no_image')
    return c.body(bytes, 200, {
      ...bytesOnly,
      'content-type': type,
      'content-disposition': 'inline',
      'cache-control': 'private, max-age=86400',
    })
  })
  routes.get('/workspaces/:workspaceId/messages/:id/html', guardRole('viewer'), async (c) => {
    const actor = c.get('actor')
    const asked = z.uuid().safeParse(c.req.param('id'))
    const images = c.req.query('images') === 'loaded' ? 'loaded' : 'blocked'
    const page = !asked.success
      ? undefined
      : await inside(actor, async (tx) => {
          const html = await htmlOf(tx, await sightOf(tx, actor.personId), asked.data)
          if (html === undefined) return undefined
          return frameDocument(html, images, await inlineImages(tx, actor.workspaceId, asked.data))
        })
    if (page === undefined) throw problem(404, 'not_found')
    return c.body(page, 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': framePolicy(images),
      'x-frame-options': 'SAMEORIGIN',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-store',
    })
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
    return { filename, size, expiresAt: expiresAt.toString(), senderName, language }
  })
  routes.get('/public/files/:token/content', async (c) => {
    const { id, workspaceId, sha256, filename, size } = await openLink(c.req.param('token'))
    await database.inWorkspace(workspaceId, (tx) => countDownload(tx, id))
    return c.body(streamOf(workspaceId, sha256), 200, {
      ...bytesOnly,
      'content-length': String(size),
      'content-disposition': saveAs(filename),
    })
  })

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
  return { id, filename, contentType, size, whole: sha256 !== undefined, partBytes }
}

// RFC 6266 §4.1, RFC 8187: percent-encoded, so no character of a name can end the header
function saveAs(filename: string): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(filename.toWellFormed()).replaceAll("'", '%27')}`
}
