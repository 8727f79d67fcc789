/**
 * Lists from files over HTTP: a file in parts, reading it, the preview, the import and how far it is, the lines that
 * failed as a file of their own; and the whole list as a file.
 */
import { Done } from '@kontor/api/common'
import * as api from '@kontor/api/contacts'
import { bodyLimit } from 'hono/body-limit'
import type { z } from 'zod'
import {
  brokenField,
  createRoutes,
  done,
  guardRole,
  problem,
  ProblemError,
  serve,
  workspaceRoute,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Actor } from '../team/index.ts'
import type { Writer } from './contact.ts'
import { exportCsv } from './export.ts'
import { csvHead, csvRowAsRead } from './import/write-csv.ts'
import { problemWords } from './import/problem-words.ts'
import { isRole } from './import/roles.ts'
import type { ImportWish } from './import/wish.ts'
import type { ImportRefusal, ReadFile } from './import-file.ts'
import {
  beginImport,
  previewImport,
  readFile,
  seeImport,
  sendPart,
  startImport,
  stopImport,
} from './import-file.ts'
import type { ContactImport } from './store-import.ts'
import { failedLines, importById, importRows, linesAfter } from './store-import.ts'

export interface ImportRouteParts {
  readonly database: Database
  readonly ids: Ids
  readonly emit: Emit
}

const mostPart = 1024 * 1024
const mostImports = 20
const failedAtOnce = 2000

const importing = {
  list: workspaceRoute({
    method: 'get',
    path: '/contacts/imports',
    summary: 'Imports, newest first',
    answer: api.ContactImports,
  }),
  begin: workspaceRoute({
    method: 'post',
    path: '/contacts/imports',
    summary: 'Begin an import; the file follows in parts',
    body: api.ContactImportNew,
    answer: api.ContactImport,
  }),
  read: workspaceRoute({
    method: 'post',
    path: '/contacts/imports/{id}/read',
    summary: 'Read the file that was sent',
    body: api.ContactImportRead,
    answer: api.ContactImportFile,
  }),
  see: workspaceRoute({
    method: 'get',
    path: '/contacts/imports/{id}',
    summary: 'What an import is about and how far it is',
    answer: api.ContactImportFile,
  }),
  preview: workspaceRoute({
    method: 'post',
    path: '/contacts/imports/{id}/preview',
    summary: 'What would become of every line',
    body: api.ContactImportWish,
    answer: api.ContactImportPreview,
  }),
  start: workspaceRoute({
    method: 'post',
    path: '/contacts/imports/{id}/start',
    summary: 'Import; the same wish again changes nothing',
    body: api.ContactImportWish,
    answer: api.ContactImport,
  }),
  stop: workspaceRoute({
    method: 'post',
    path: '/contacts/imports/{id}/stop',
    summary: 'Stop an import; what was taken in stays',
    answer: api.ContactImport,
  }),
  failed: workspaceRoute({
    method: 'get',
    path: '/contacts/imports/{id}/failed',
    summary: 'The first lines that failed, with the reason',
    answer: api.ContactImportFailed,
  }),
}

export function importRoutes(parts: ImportRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const within = <T>(actor: Actor, run: (tx: Tx, writer: Writer) => Promise<T>): Promise<T> => {
    const { workspaceId } = actor
    return parts.database.inWorkspace(workspaceId, (tx) =>
      run(tx, { workspaceId, ids: parts.ids, emit: parts.emit }),
    )
  }

  serve(routes, importing.list, async (c) => {
    const rows = await within(c.get('actor'), (tx) => importRows(tx, mostImports))
    return { rows: rows.map(shownImport) }
  })
  serve(routes, importing.begin, async (c) => {
    const actor = c.get('actor')
    const { fileName } = c.req.valid('json')
    return await within(actor, async (tx, writer) =>
      shownImport(await beginImport(tx, writer, { fileName, by: actor.personId })),
    )
  })
  routes.put(
    '/workspaces/:workspaceId/contacts/imports/:id/parts/:n',
    guardRole('member'),
    bodyLimit({
      maxSize: mostPart,
      onError: () => {
        throw problem(413, 'too_large')
      },
    }),
    async (c) => {
      const n = Number(c.req.param('n'))
      if (!Number.isInteger(n) || n < 0 || n > 63) throw brokenField('n', 'invalid_format')
      const importId = c.req.param('id')
      if (!/^[0-9a-f-]{36}$/i.test(importId)) throw problem(404, 'not_found')
      const content = new Uint8Array(await c.req.arrayBuffer())
      const taken = await within(c.get('actor'), (tx, writer) =>
        sendPart(tx, writer, { importId, n, content }),
      )
      if (!taken) throw problem(404, 'not_found')
      return c.json(Done.parse(done))
    },
  )
  serve(routes, importing.read, async (c) => {
    const wish = { importId: c.req.valid('param').id, separator: c.req.valid('json').separator }
    return await within(c.get('actor'), async (tx, writer) =>
      shownFile(accept(await readFile(tx, writer, wish))),
    )
  })
  serve(routes, importing.see, async (c) =>
    within(c.get('actor'), async (tx) => shownFile(accept(await seeImport(tx, c.req.valid('param').id)))),
  )
  serve(routes, importing.preview, async (c) => {
    const wish = { importId: c.req.valid('param').id, wish: wishOf(c.req.valid('json')) }
    return await within(c.get('actor'), async (tx) => {
      const { ok: _, people, problems, ...figures } = accept(await previewImport(tx, wish))
      const lines = new Map<number, readonly string[]>()
      for (const { line } of problems) {
        const [found] = await linesAfter(tx, wish.importId, { after: line - 1, limit: 1, open: false })
        if (found !== undefined) lines.set(line, found.cells)
      }
      return {
        ...figures,
        people: people.map(({ line, person }) => ({
          line,
          name: person.name ?? '',
          address: person.address,
          handle: person.handle ?? '',
          country: person.country ?? '',
          tags: [...person.tags],
          custom: { ...person.custom },
        })),
        problems: problems.map(({ line, code, detail, contactId }) => ({
          line,
          code,
          detail,
          cells: [...(lines.get(line) ?? [])],
          ...(contactId === undefined ? {} : { contactId }),
        })),
      }
    })
  })
  serve(routes, importing.start, async (c) => {
    const actor = c.get('actor')
    const wish = { importId: c.req.valid('param').id, wish: wishOf(c.req.valid('json')) }
    return await within(actor, async (tx, writer) =>
      shownImport(accept(await startImport(tx, writer, actor, wish)).import),
    )
  })
  serve(routes, importing.stop, async (c) =>
    within(c.get('actor'), async (tx) =>
      shownImport(accept(await stopImport(tx, c.req.valid('param').id)).import),
    ),
  )
  serve(routes, importing.failed, async (c) => {
    const rows = await within(c.get('actor'), (tx) =>
      failedLines(tx, c.req.valid('param').id, { after: 0, limit: 200 }),
    )
    return { rows: rows.map(({ cells, ...row }) => ({ ...row, cells: [...cells] })) }
  })
  // its own columns as they came, and before them what is wrong: mended, it can be imported as it is
  routes.get('/workspaces/:workspaceId/contacts/imports/:id/failed.csv', guardRole('viewer'), async (c) => {
    const importId = c.req.param('id')
    if (!/^[0-9a-f-]{36}$/i.test(importId)) throw problem(404, 'not_found')
    const { language } = c.get('actor')
    const text = await within(c.get('actor'), async (tx) => {
      const found = await importById(tx, importId)
      if (found === undefined) throw problem(404, 'not_found')
      const separator = found.separator ?? ','
      const [first] = await linesAfter(tx, importId, { after: 0, limit: 1, open: false })
      const heads = found.wish?.headed === true ? (first?.cells ?? []) : []
      const rows = [
        heads.length === 0
          ? csvHead([], separator)
          : `\ufeff${csvRowAsRead([...heads, ...(language === 'de' ? ['Problem', 'Zeile'] : ['Problem', 'Line'])], separator)}`,
      ]
      for (let after = 0; ; ) {
        const lines = await failedLines(tx, importId, { after, limit: failedAtOnce })
        for (const { line, cells, code, detail } of lines) {
          const padded = [
            ...cells,
            ...Array.from({ length: Math.max(0, heads.length - cells.length) }, () => ''),
          ]
          rows.push(csvRowAsRead([...padded, problemWords(code, detail, language), String(line)], separator))
        }
        if (lines.length < failedAtOnce) break
        after = lines.at(-1)?.line ?? after
      }
      return rows.join('')
    })
    return file(text, 'not-imported.csv')
  })
  routes.get('/workspaces/:workspaceId/contacts.csv', guardRole('viewer'), async (c) => {
    const actor = c.get('actor')
    const q = c.req.query('q')
    const text = await within(actor, async (tx) => {
      const pieces: string[] = []
      for await (const piece of exportCsv(tx, { q, language: actor.language })) pieces.push(piece)
      return pieces.join('')
    })
    return file(text, 'influencers.csv')
  })
  return routes
}

function file(text: string, name: string): Response {
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

function accept<T extends { readonly ok: true }>(outcome: T | ImportRefusal): T {
  if (outcome.ok) return outcome
  const { code, values } = outcome
  if (code === 'import_unknown') throw problem(404, 'not_found')
  throw new ProblemError(code === 'import_started' || code === 'import_not_read' ? 409 : 422, code, {
    values,
  })
}

function wishOf({ roles, ...wish }: z.output<typeof api.ContactImportWish>): ImportWish {
  const wrong = roles.findIndex((role) => !isRole(role))
  if (wrong !== -1) throw brokenField(`roles.${wrong}`, 'variable')
  return { ...wish, roles: roles.filter(isRole) }
}

function shownImport({
  createdAt,
  ...found
}: Omit<ContactImport, 'wish'>): z.input<typeof api.ContactImport> {
  return { ...found, createdAt: createdAt.toString() }
}

function shownFile({
  import: found,
  headed,
  roles,
  sample,
}: ReadFile): z.input<typeof api.ContactImportFile> {
  return {
    ...shownImport(found),
    headed,
    roles: [...roles],
    sample: sample.map((cells) => [...cells]),
  }
}
