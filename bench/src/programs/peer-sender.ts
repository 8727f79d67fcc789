/**
 * A worker of a queue engine in a process of its own: sends each mail by a plain request and lets the engine do what it
 * does when an answer does not come.
 */
import pg from 'pg'
import { peerNamed } from '../peers/named.ts'

export interface PeerSenderWish {
  readonly peer: string
  readonly adminUrl: string
  readonly socket?: string
  readonly provider: string
}
export type PeerSenderSays = { readonly says: 'ready' }

const callMs = 5000

const { peer, adminUrl, socket, provider } = JSON.parse(process.argv[2] ?? '{}') as PeerSenderWish
const admin = new pg.Pool({ connectionString: adminUrl, max: 2 })
const { open } = peerNamed(peer, socket)
const queue = await open({ adminUrl, admin })
await queue.work(async ({ mailbox, n }) => {
  const answer = await fetch(`${provider}/send`, {
    method: 'POST',
    body: `Subject: ${mailbox} ${n}\r\n\r\nHello`,
    signal: AbortSignal.timeout(callMs),
  })
  await answer.arrayBuffer()
  return 'done'
})
process.on('disconnect', () => process.exit(0))
process.send?.({ says: 'ready' } satisfies PeerSenderSays)
