/**
 * The other side of the wire, in a process of its own: takes mails as Gmail does or by a plain request, renews tokens
 * that rotate, and remembers what it took and when. Prints its address; ends with its standard input.
 *
 * `stallEvery`: one of so many mails is taken and never answered; `answerMs`: the others are answered so much after they
 * were taken. `slowEvery`: one of so many renewals is late or fails.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { nanoseconds } from './parts.ts'

export interface ProviderWish {
  readonly stallEvery?: number
  readonly answerMs?: number
  readonly slowEvery?: number
}
/** What it tells of itself. */
export interface ProviderRecord {
  readonly taken: readonly (readonly [at: number, subject: string])[]
  readonly stalls: number
  readonly renewals: { readonly granted: number; readonly refused: number; readonly failed: number }
  /** The refresh token that is good now, by grant. */
  readonly good: Readonly<Record<string, string>>
}

const lateMs = 1500
const wish = JSON.parse(process.argv[2] ?? '{}') as ProviderWish
const taken: [number, string][] = []
const byMessageId = new Map<string, string>()
const generation = new Map<string, number>()
const renewals = { granted: 0, refused: 0, failed: 0 }
let stalls = 0
let asked = 0

const server = createServer((request, response) => {
  void read(request).then((body) => answer(request, body, response))
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.stdin.resume()
process.stdin.once('end', () => process.exit(0))

function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://provider')
  if (pathname === '/gmail/v1/users/me/messages/send') {
    const { raw } = JSON.parse(body.toString()) as { raw: string }
    const id = take(Buffer.from(raw, 'base64url'))
    json(response, { id, threadId: `t${id}` })
  } else if (pathname === '/upload/gmail/v1/users/me/messages/send') {
    const id = take(body.subarray(body.indexOf('message/rfc822')))
    json(response, { id, threadId: `t${id}` })
  } else if (pathname === '/send') {
    const id = take(body)
    if (wish.stallEvery !== undefined && taken.length % wish.stallEvery === 0) stalls += 1
    else setTimeout(() => json(response, { id }), wish.answerMs ?? 0)
  } else if (pathname === '/count') json(response, { taken: taken.length })
  else if (pathname === '/find') {
    const id = byMessageId.get(bare(searchParams.get('id') ?? ''))
    json(response, id === undefined ? {} : { id })
  } else if (pathname === '/google/token') renew(new URLSearchParams(body.toString()), response)
  else json(response, record())
}

function take(raw: Buffer): string {
  const head = raw.subarray(0, 4096).toString('latin1')
  const id = `m${taken.length}`
  taken.push([nanoseconds(), /^Subject: (.*)\r?$/m.exec(head)?.[1] ?? ''])
  const messageId = /^Message-ID:\s*(\S+)/im.exec(head)?.[1]
  if (messageId !== undefined) byMessageId.set(bare(messageId), id)
  return id
}

// RFC 9700 §4.14.2: a refresh token that was used is refused from then on.
function renew(form: URLSearchParams, response: ServerResponse): void {
  const [grant = '', given = ''] = (form.get('refresh_token') ?? '').split('#')
  asked += 1
  const strange = wish.slowEvery !== undefined && asked % wish.slowEvery === 0
  if (strange && (asked / (wish.slowEvery ?? 1)) % 2 === 1) {
    renewals.failed += 1
    json(response, { error: 'temporarily_unavailable' }, 503)
    return
  }
  const current = generation.get(grant) ?? 0
  if (Number(given) !== current) {
    renewals.refused += 1
    json(response, { error: 'invalid_grant' }, 400)
    return
  }
  renewals.granted += 1
  generation.set(grant, current + 1)
  const tokens = {
    access_token: `access ${grant} ${current + 1}`,
    refresh_token: `${grant}#${current + 1}`,
    expires_in: 3600,
    token_type: 'Bearer',
  }
  if (strange) setTimeout(() => json(response, tokens), lateMs)
  else json(response, tokens)
}

function record(): ProviderRecord {
  const good = Object.fromEntries([...generation].map(([grant, n]) => [grant, `${grant}#${n}`]))
  return { taken, stalls, renewals, good }
}

function json(response: ServerResponse, of: unknown, status = 200): void {
  const text = JSON.stringify(of)
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text)
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function bare(messageId: string): string {
  return messageId.replace(/^</, '').replace(/>$/, '')
}
