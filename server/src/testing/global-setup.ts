/**
 * Holds the shared PostgreSQL for the length of a test run, so that it does not stop and start between files. It
 * starts beside the first tests: a run of pure rules does not wait for it.
 */
import { sweepTestDatabases, testServer } from './server.ts'

/** Called by vitest before the run; what it returns is called after. */
export function setup(): () => Promise<void> {
  const holding = (async () => {
    const server = await testServer()
    await sweepTestDatabases(server)
    return server
  })()
  holding.catch(() => {})
  return async () => {
    const server = await holding
    await server[Symbol.asyncDispose]()
  }
}
