/** Taking back over HTTP: what is stored, its export, erasing it later, and the certificates. */
import { Language } from '@kontor/api/common'
import { Certificate, ErasureBegun, StoredMail } from '@kontor/api/privacy'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import { firstSentAt, storedMessages } from '../correspondence/index.ts'
import { createRoutes, guardRole, problem, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Mailbox } from '../mailboxes/index.ts'
import { mailboxById, maySteer } from '../mailboxes/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Actor } from '../team/index.ts'
import type { CertificateContent } from './certificate.ts'
import { openParts } from './certificate.ts'
import { certificatePaper } from './routes-paper.ts'
import { exportJsonLines, exportMbox } from './export.ts'
import type { CertificateRow } from './store-certificate.ts'
import { certificateById, certificatesOf } from './store-certificate.ts'
import { erasureById } from './store-erasure.ts'
import { eraseLater } from './take-back.ts'

export interface PrivacyRouteParts {
  readonly database: Database
  readonly ids: Ids
  readonly emit: Emit
}

const certificatePath = '/workspaces/:workspaceId/mailboxes/:id/certificates/:certificateId'

const stored = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/stored',
  summary: 'How much is stored of a mailbox',
  answer: StoredMail,
})
const certificates = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/certificates',
  summary: 'What was taken back of a mailbox, latest first, each with its certificate or what it waits for',
  answer: z.object({ rows: z.array(Certificate) }),
})
const erase = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/erase',
  summary: 'Erase what was kept of a mailbox that is disconnected',
  answer: ErasureBegun,
})

export function privacyRoutes(parts: PrivacyRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const { database } = parts

  serve(routes, stored, async (c) => {
    const actor = c.get('actor')
    return database.inWorkspace(actor.workspaceId, async (tx) => {
      const { id: mailboxId } = await steered(tx, actor, c.req.valid('param').id)
      const until = await databaseNow(tx)
      const all = await storedMessages(tx, { mailboxId, reach: 'everything', until })
      const received = await storedMessages(tx, { mailboxId, reach: 'received', until })
      const first = await firstSentAt(tx, mailboxId)
      return {
        ...all,
        received: received.messages,
        ...(first === undefined ? {} : { firstSentAt: first.toString() }),
      }
    })
  })

  serve(routes, certificates, async (c) => {
    const actor = c.get('actor')
    return database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await steered(tx, actor, c.req.valid('param').id)
      const rows: z.input<typeof Certificate>[] = []
      for (const row of await certificatesOf(tx, mailbox.id)) rows.push(await shown(tx, row))
      return { rows }
    })
  })

  serve(routes, erase, async (c) => {
    const actor = c.get('actor')
    return database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await steered(tx, actor, c.req.valid('param').id)
      if (mailbox.health !== 'disconnected') throw problem(409, 'mailbox_connected')
      return { messages: await eraseLater(parts, tx, mailbox, actor.personId) }
    })
  })

  routes.get(`${certificatePath}/file.json`, guardRole('viewer'), async (c) => {
    const { mailbox, content, seal } = await issued(c.get('actor'), c.req.param())
    return c.body(JSON.stringify({ ...content, seal }), 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': attachment(`certificate-${mailbox.address}.json`),
      'cache-control': 'no-store',
    })
  })

  routes.get(`${certificatePath}/file.pdf`, guardRole('viewer'), async (c) => {
    const { mailbox, content, seal } = await issued(c.get('actor'), c.req.param())
    const language = Language.catch('en').parse(c.req.query('language'))
    const { setPaper } = await import('../platform/paper/index.ts')
    const paper = certificatePaper(content, { seal, language, zone: mailbox.zone })
    return c.body(Uint8Array.from(await setPaper(paper)), 200, {
      'content-type': 'application/pdf',
      'content-language': language,
      'content-disposition': attachment(`certificate-${mailbox.address}.pdf`),
      'cache-control': 'no-store',
    })
  })

  /** A certificate that is complete; 404 for every other. */
  async function issued(
    actor: Actor,
    { id, certificateId }: { readonly id: string; readonly certificateId: string },
  ): Promise<{ mailbox: Mailbox; content: CertificateContent; seal: string }> {
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await steered(tx, actor, uuidOf(id))
      const row = await certificateById(tx, uuidOf(certificateId))
      if (row?.mailboxId !== mailbox.id || row.content === undefined || row.seal === undefined)
        throw problem(404, 'not_found')
      return { mailbox, content: row.content, seal: row.seal }
    })
  }

  for (const [ending, type, write] of [
    ['mbox', 'application/mbox', exportMbox],
    ['jsonl', 'application/jsonl; charset=utf-8', exportJsonLines],
  ] as const) {
    routes.get(`/workspaces/:workspaceId/mailboxes/:id/export.${ending}`, guardRole('viewer'), async (c) => {
      const actor = c.get('actor')
      const { workspaceId } = actor
      const mailbox = await database.inWorkspace(workspaceId, (tx) =>
        steered(tx, actor, uuidOf(c.req.param('id'))),
      )
      c.header('content-type', type)
      c.header('content-disposition', attachment(`${mailbox.address}.${ending}`))
      c.header('cache-control', 'no-store')
      return stream(c, async (out) => {
        for await (const part of write(parts, { workspaceId, mailboxId: mailbox.id })) {
          if (out.aborted) return
          await out.write(part)
        }
      })
    })
  }
  return routes
}

async function shown(tx: Tx, row: CertificateRow): Promise<z.input<typeof Certificate>> {
  const erasure = row.erasureId === undefined ? undefined : await erasureById(tx, row.erasureId)
  const erased = erasure === undefined || erasure.finishedAt !== undefined
  return {
    id: row.id,
    kind: row.kind,
    at: row.at.toString(),
    open: row.content === undefined ? [...openParts(row, erased)] : [],
    ...(erasure === undefined ? {} : { erasure: { done: erasure.messages, total: erasure.total } }),
    ...(row.content === undefined ? {} : { content: row.content }),
    ...(row.seal === undefined ? {} : { seal: row.seal }),
  }
}

/** What was taken back stays readable for who could take it back, also when the mailbox is gone. */
async function steered(tx: Tx, actor: Actor, id: string): Promise<Mailbox> {
  const mailbox = await mailboxById(tx, id)
  if (mailbox === undefined) throw problem(404, 'not_found')
  if (!maySteer(actor, mailbox)) throw problem(403, 'forbidden')
  return mailbox
}

function uuidOf(text: string): string {
  const id = z.uuid().safeParse(text)
  if (!id.success) throw problem(404, 'not_found')
  return id.data
}

function attachment(name: string): string {
  return `attachment; filename="${name.replaceAll(/[^\w.@-]+/g, '-')}"`
}
