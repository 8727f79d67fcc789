/**
 * Owns the files of the web page. Files whose name holds a hash may be kept for ever; the page itself is asked for
 * anew each time, and is the answer to every address that is a page of the application.
 */
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import { problem } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'

const forEver = 'public, max-age=31536000, immutable'
const askAgain = 'no-cache'
const verifier = '/verify-access-log.html'

/** `folder` is what `npm run build` makes; undefined when it was not run. */
export function mountWebPage(app: Hono<Env>, folder: string | undefined): void {
  if (folder === undefined) {
    app.get('*', (c) => c.text('The web page has not been built yet: npm run build\n', 404))
    return
  }
  app.use('*', async (c, next) => {
    await next()
    if (!c.res.ok) return
    // opened from here its script may not run, and it is meant for a machine that does not ask us
    if (c.req.path === verifier) c.res.headers.set('content-disposition', 'attachment')
    c.res.headers.set('cache-control', c.req.path.startsWith('/assets/') ? forEver : askAgain)
  })
  app.use('*', serveStatic({ root: folder, precompressed: true }))
  app.get('/assets/*', () => {
    throw problem(404, 'not_found')
  })
  app.get('*', serveStatic({ root: folder, path: 'index.html', precompressed: true }))
}
