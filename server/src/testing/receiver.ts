/** Where a provider of a test's world knocks: says back what it is asked, and keeps the rest in order. */
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Knock } from '../mailboxes/provider.ts'

export interface Receiver extends AsyncDisposable {
  readonly url: string
  /** The next knock that nobody has taken yet. */
  next(): Promise<Knock>
}

/** `answered` gives the status of each knock, 200 unless given. */
export async function startReceiver(
  answered: (knock: Knock) => Promise<number> = () => Promise.resolve(200),
): Promise<Receiver> {
  const kept: Knock[] = []
  const waiting: ((knock: Knock) => void)[] = []
  const server = createServer((request, answer) => {
    void wholeBody(request).then(async (body) => {
      const asked = new URL(request.url ?? '', url()).searchParams
      const token = asked.get('validationToken')
      const knock = { body, asked, url: url(), authorization: request.headers.authorization }
      const status = token === null ? await answered(knock) : 200
      answer.writeHead(status, { 'content-type': 'text/plain' }).end(token ?? '')
      if (token !== null) return
      const first = waiting.shift()
      if (first === undefined) kept.push(knock)
      else first(knock)
    })
  })
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: url(),
    next: () =>
      new Promise((resolve) => {
        const first = kept.shift()
        if (first === undefined) waiting.push(resolve)
        else resolve(first)
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

async function wholeBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
