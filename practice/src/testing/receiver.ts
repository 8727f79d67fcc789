/** A program of this machine that is told things: it keeps what it was posted and answers as the test says. */
import { type Server, createServer } from 'node:http'
import { Reader } from '../json.ts'

export interface Received {
  readonly url: URL
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

export interface ReceiverAnswer {
  readonly status: number
  readonly type?: string
  readonly text?: string
}

export class Receiver implements AsyncDisposable {
  readonly received: Received[] = []
  readonly #server: Server
  answer: (received: Received) => ReceiverAnswer | Promise<ReceiverAnswer> = handshake

  constructor(server: Server) {
    this.#server = server
    server.on('request', (request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const received = {
          url: new URL(request.url ?? '/', this.url),
          headers: request.headers,
          text: Buffer.concat(parts).toString('utf8'),
        }
        this.received.push(received)
        void Promise.resolve(this.answer(received)).then(({ status, type = 'text/plain', text = '' }) =>
          response.writeHead(status, { 'content-type': type }).end(text),
        )
      })
    })
  }

  get url(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  }

  /** Bodies of what was told, without handshakes. */
  get told(): readonly Reader[] {
    return this.received
      .filter(({ url }) => !url.searchParams.has('validationToken'))
      .map(({ text }) => new Reader(JSON.parse(text)))
  }

  forget(): void {
    this.received.length = 0
    this.answer = handshake
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** Says the token of a handshake, and 202 to everything else. */
export function handshake({ url }: Received): ReceiverAnswer {
  const token = url.searchParams.get('validationToken')
  return token === null ? { status: 202 } : { status: 200, text: token }
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return new Receiver(server)
}
