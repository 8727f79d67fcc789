/** A stand-in for the product's public brief pages: answers as they do and remembers what was asked of it. */
import { type Server, createServer } from 'node:http'

export interface Visit {
  readonly verb: string
  readonly path: string
  readonly body: unknown
}

export interface BriefPage extends AsyncDisposable {
  readonly url: string
  readonly visits: Visit[]
  /** Status of the answers from now on. */
  answerWith(status: number): void
}

export async function startBriefPage(): Promise<BriefPage> {
  const visits: Visit[] = []
  let status = 200
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString('utf8')
      visits.push({
        verb: request.method ?? '',
        path: request.url ?? '',
        body: text === '' ? undefined : JSON.parse(text),
      })
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    visits,
    answerWith(next) {
      status = next
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
