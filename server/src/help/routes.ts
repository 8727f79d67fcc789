/**
 * Serves the help article as a PDF, to everybody: an IT department reads it before anybody has an account. Who is signed
 * in finds the support contacts at its end. Set once per language, contacts and process.
 */
import { createHash } from 'node:crypto'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { Language } from '@kontor/api/common'
import type { SupportContacts } from '@kontor/api/server'
import { createRoutes } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import { fileNameOf, helpPaper } from './routes-paper.ts'

type Print = { readonly bytes: Uint8Array<ArrayBuffer>; readonly tag: string; readonly name: string }

export interface HelpParts {
  /** Whom this request may be told to ask; undefined for strangers and where nobody is named. */
  readonly contactsFor: (cookie: string | undefined) => Promise<SupportContacts | undefined>
}

export function helpRoutes({ contactsFor }: HelpParts): OpenAPIHono<Env> {
  const prints = new Map<string, Promise<Print>>()
  const routes = createRoutes()
  routes.get('/public/help.pdf', async (c) => {
    const language = Language.catch('en').parse(c.req.query('language'))
    const contacts = await contactsFor(c.req.header('cookie'))
    const key = JSON.stringify([language, contacts])
    const pending = prints.get(key) ?? print(language, contacts)
    prints.set(key, pending)
    pending.catch(() => prints.delete(key))
    const { bytes, tag, name } = await pending
    c.header('etag', tag)
    c.header('cache-control', 'no-cache')
    if (c.req.header('if-none-match') === tag) return c.body(null, 304)
    return c.body(bytes, 200, {
      'content-type': 'application/pdf',
      'content-language': language,
      'content-disposition': `attachment; filename="${name}"`,
    })
  })
  return routes
}

/** The library comes with the first wish for a PDF; most processes never have one. */
async function print(language: Language, contacts: SupportContacts | undefined): Promise<Print> {
  const { setPaper } = await import('../platform/paper/index.ts')
  const paper = helpPaper(language, contacts)
  const bytes = Uint8Array.from(await setPaper(paper))
  const digest = createHash('sha256').update(bytes).digest('hex')
  return { bytes, tag: `"${digest.slice(0, 32)}"`, name: fileNameOf(paper) }
}
