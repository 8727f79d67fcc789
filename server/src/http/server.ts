/**
 * Owns the listening socket. Disposing takes no more connections, ends the live streams, gives running requests a
 * moment to end and then cuts what is left.
 */
import { serve } from '@hono/node-server'
import type { Clock } from '../platform/clock/index.ts'
import type { App } from './app.ts'

export type HttpServer = AsyncDisposable & { readonly port: number }

export class PortInUseError extends Error {
  override readonly name = 'PortInUseError'
}

const graceMs = 5000

/** @throws PortInUseError with a sentence for a person. */
export async function listen(
  app: App,
  { port, host, clock }: { readonly port: number; readonly host: string | undefined; readonly clock: Clock },
): Promise<HttpServer> {
  const server = serve({ fetch: app.fetch, port, ...(host === undefined ? {} : { hostname: host }) })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const sentence = `Port ${port} is in use. Stop the other program, or start Kontor with PORT=<another port>.`
      reject(cause.code === 'EADDRINUSE' ? new PortInUseError(sentence, { cause }) : cause)
    })
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      await app[Symbol.asyncDispose]()
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      const inTime = new AbortController()
      await Promise.race([closed, clock.sleep(graceMs, inTime.signal)])
      inTime.abort()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}
