/**
 * The ways of others to notice what came into a Gmail mailbox: own ports of ideas, as kind as each idea allows, and none of
 * their programs.
 *
 * - `push`: a notice comes over a webhook; the history since the stored id is asked for, and the id moves on. Where the provider
 *   has forgotten that history (404), it goes on from the id in the notice, as programs that follow push alone do. What fails is
 *   left to the next notice.
 * - `poll`: every minute the newest messages of the inbox are listed, and those that are new are read.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Seen } from './judge.ts'

export interface Peer extends AsyncDisposable {
  /** Everything it made visible, by this machine's clock. */
  readonly seen: readonly Seen[]
}

type Ask = (path: string, body?: object) => Promise<{ readonly status: number; readonly said: unknown }>

interface Place {
  /** Of the practice world. */
  readonly url: string
  readonly token: string
}

function asking({ url, token }: Place): Ask {
  return async (path, body) => {
    const answer = await fetch(`${url}/gmail/v1/users/me/${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    return { status: answer.status, said: answer.ok ? await answer.json() : await answer.text() }
  }
}

/** What both store, once each. False when the provider refused. */
function keeping(ask: Ask): { readonly seen: Seen[]; readonly take: (id: string) => Promise<boolean> } {
  const seen: Seen[] = []
  const taken = new Set<string>()
  return {
    seen,
    async take(id) {
      if (taken.has(id)) return true
      taken.add(id)
      const { status } = await ask(`messages/${id}?format=full`)
      if (status === 200) seen.push({ id, at: Date.now() })
      else taken.delete(id)
      return status === 200
    },
  }
}

interface History {
  readonly history?: readonly {
    readonly messagesAdded?: readonly { readonly message: { readonly id: string } }[]
  }[]
  readonly historyId: string
}

/** `watched` is told the address of the webhook, makes the topic and gives its name. */
export async function startPush(place: Place, watched: (endpoint: string) => Promise<string>): Promise<Peer> {
  const ask = asking(place)
  const { seen, take } = keeping(ask)
  let last = ''
  async function onNotice(historyId: string): Promise<void> {
    const query = `startHistoryId=${last}&historyTypes=messageAdded&maxResults=500`
    const { status, said } = await ask(`history?${query}`)
    if (status === 404) last = historyId
    if (status !== 200) return
    const { history = [], historyId: now } = said as History
    for (const { message } of history.flatMap(({ messagesAdded = [] }) => messagesAdded))
      if (!(await take(message.id))) return
    if (BigInt(now) > BigInt(last)) last = now
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const { message } = JSON.parse(body) as { message: { data: string } }
    const notice = JSON.parse(Buffer.from(message.data, 'base64').toString()) as {
      historyId: string | number
    }
    // answered first, so that a slow look is not taken for a deaf one
    response.writeHead(204).end()
    await onNotice(String(notice.historyId)).catch(() => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const topicName = await watched(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const { status, said } = await ask('watch', { topicName, labelIds: ['INBOX'] })
  if (status !== 200) throw new Error(`the watch was refused: ${status} ${String(said)}`)
  last = (said as { historyId: string }).historyId
  return {
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const pollMs = 60_000

export function startPoll(place: Place): Peer {
  const ask = asking(place)
  const { seen, take } = keeping(ask)
  const ended = new AbortController()
  async function look(): Promise<void> {
    const { status, said } = await ask('messages?labelIds=INBOX&maxResults=500')
    if (status !== 200) return
    const { messages = [] } = said as { messages?: { id: string }[] }
    for (const { id } of messages.toReversed()) if (!(await take(id))) return
  }
  async function loop(): Promise<void> {
    while (!ended.signal.aborted) {
      await look().catch(() => {})
      await pause(pollMs, undefined, { signal: ended.signal }).catch(() => {})
    }
  }
  const looping = loop()
  return {
    seen,
    async [Symbol.asyncDispose]() {
      ended.abort()
      await looping
    },
  }
}
