/**
 * Files of messages over HTTP: downloads that cannot run, images by their bytes, the layout of a received mail for a
 * sandboxed frame, and the end of a link.
 *
 * Whatever came from outside is served as bytes to save, never as a page: `attachment`, no sniffing, a policy that
 * allows nothing. An image is shown only when its first bytes say that it is one. A mail's own layout is a document
 * without scripts, forms, frames and requests; remote images load when the reader asked for them.
 */
import { Done } from '@kontor/api/common'
import { z } from 'zod'
import { placeOfLink, revokeLink } from '../correspondence/index.ts'
import { bytesToSave, guardRole, problem, saveAs, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { imageTypeOf } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import { frameDocument, framePolicy } from './frame.ts'
import { visiblePlace } from './routes-existing.ts'
import { attachmentBlob, htmlOf, inlineImages } from './store-file.ts'
import { sightOf } from './store-sight.ts'

const end = workspaceRoute({
  method: 'delete',
  path: '/file-links/{id}',
  summary: 'End a link to a file',
  answer: Done,
})
const done = { ok: true as const }

export function addFileRoutes(routes: OpenAPIHono<Env>, { database }: { readonly database: Database }): void {
  const inside = <T>(actor: Actor, fn: (tx: Tx) => Promise<T>) => database.inWorkspace(actor.workspaceId, fn)

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
    return c.body(bytes, 200, { ...bytesToSave, 'content-disposition': saveAs(filename) })
  })
  routes.get(`${attachment}/image`, guardRole('viewer'), async (c) => {
    const { bytes } = await fileOf(c.get('actor'), c.req.param())
    const type = imageTypeOf(bytes)
    if (type === undefined) throw problem(415, 'no_image')
    return c.body(bytes, 200, {
      ...bytesToSave,
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
}
