/**
 * What has to be proved against a live service beyond the port: bare requests to its HTTP interface, with the token of the
 * sign-in. They tell what the adapters hide (a status that is answered by trying otherwise) or never come to (the limits).
 */
import type { Endpoint } from '../mailboxes/index.ts'
import type { HttpClient, HttpRequest } from '../platform/http-client/index.ts'
import type { Finding, Letter } from './live-finding.ts'
import { told } from './live-finding.ts'

export interface Bare {
  readonly http: HttpClient
  /** Where the provider's interface begins, as the endpoint has it. */
  readonly apiUrl: string
  readonly accessToken: string
  /** A mail to the account itself, of so many bytes at least. */
  readonly letter: (name: string, size?: number) => Promise<Letter>
  /** Also asks where the limits of a request lie. */
  readonly large: boolean
}

const mebibyte = 1_048_576
const longestSaid = 200

/** Where the interface of a provider that signs in begins. @throws where there is none */
export function apiUrlOf(endpoint: Endpoint): string {
  if ('apiUrl' in endpoint && typeof endpoint.apiUrl === 'string') return endpoint.apiUrl
  throw new Error(`${endpoint.key} has no interface over HTTP`)
}

/** Of Gmail: the status of a thread that is not there, the address for batches, the limit of a body in JSON. */
export async function* gmailRaw(bare: Bare): AsyncGenerator<Finding> {
  const send = async (raw: Uint8Array, more: object = {}) =>
    await asked(bare, {
      url: `${bare.apiUrl}/gmail/v1/users/me/messages/send`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...more, raw: Buffer.from(raw).toString('base64url') }),
    })
  const stranger = await bare.letter('foreign')
  yield told(
    'Status of a mail into a thread that does not exist',
    await send(stranger.raw, { threadId: 'ffffffffffffffff' }),
  )
  const part = '--b\r\nContent-Type: application/http\r\n\r\nGET /gmail/v1/users/me/profile\r\n\r\n--b--\r\n'
  for (const path of ['/batch', '/batch/gmail/v1'])
    yield told(
      `Status of several questions at once at ${path} (Kontor asks none so)`,
      await asked(bare, {
        url: `${bare.apiUrl}${path}`,
        method: 'POST',
        headers: { 'content-type': 'multipart/mixed; boundary=b' },
        body: part,
      }),
    )
  if (!bare.large) return
  for (const size of [4 * mebibyte, 6 * mebibyte]) {
    const { raw } = await bare.letter(`json-${size}`, size)
    yield told(`Status of a mail of ${raw.byteLength} bytes as JSON`, await send(raw))
  }
}

/** Of Graph: where exactly the limit of a request lies. */
export async function* microsoftRaw(bare: Bare): AsyncGenerator<Finding> {
  if (!bare.large) return
  for (const size of [4_000_000, 4 * mebibyte, 4 * mebibyte + 4]) {
    // base64 makes four bytes of three
    const { raw } = await bare.letter(`mime-${size}`, Math.floor(size * 0.75) - 4096)
    const body = Buffer.concat([raw, Buffer.alloc(Math.floor(size * 0.75) - raw.byteLength, '\r\n')])
    const text = body.toString('base64')
    yield told(
      `Status of a request of ${text.length} bytes`,
      await asked(bare, {
        url: `${bare.apiUrl}/me/sendMail`,
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: text,
      }),
    )
  }
}

async function asked({ http, accessToken }: Bare, request: HttpRequest): Promise<string> {
  try {
    const headers = { ...request.headers, authorization: `Bearer ${accessToken}` }
    const answer = await http.request({ ...request, headers, timeoutMs: 120_000 })
    const said = answer.status < 300 ? '' : answer.text().replaceAll(/\s+/g, ' ').slice(0, longestSaid)
    return `${answer.status} ${said}`.trim()
  } catch (error) {
    return error instanceof Error ? error.message : 'no answer'
  }
}
