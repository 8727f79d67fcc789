/**
 * Owns the choice of a port. An operator's choice stands, whatever comes of it. Without one, the remembered port of
 * the last start is taken, so that links and redirect addresses keep working; if it is busy, a free one.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'

/** A port to listen on. `file` is where an unchosen one is remembered. */
export async function choosePort(wish: {
  readonly number: number
  readonly chosen: boolean
  readonly file: string
  readonly host: string
}): Promise<number> {
  if (wish.chosen) return wish.number
  const remembered = Number(await readFile(wish.file, 'utf8').catch(() => '')) || wish.number
  for (const candidate of [remembered, wish.number, 0]) {
    const port = await tryPort(candidate, wish.host)
    if (port === undefined) continue
    if (port !== remembered) await writeFile(wish.file, `${port}\n`)
    return port
  }
  throw new Error('no port is free')
}

function tryPort(port: number, host: string): Promise<number | undefined> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined))
    })
  })
}
