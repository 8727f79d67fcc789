/** The peers of the crash storm by name, for the worker processes that open them. */
import { bullmq } from './bullmq.ts'
import { graphile } from './graphile.ts'
import type { PeerIdiom } from './peer.ts'
import { pgBoss } from './pg-boss.ts'

const concurrency = 16

const peers: Readonly<Record<string, (socket?: string) => PeerIdiom>> = {
  'graphile-worker': () => graphile({ concurrency }),
  'graphile-worker-once': () => graphile({ concurrency, attempts: 1 }),
  'pg-boss': () => pgBoss({ loops: concurrency }),
  bullmq: () => bullmq({ concurrency, over: 'postgres' }),
  'bullmq-redis': (socket) =>
    bullmq({ concurrency, over: 'redis', ...(socket === undefined ? {} : { socket }) }),
}

export const peerNames = Object.keys(peers)

export function peerNamed(name: string, socket?: string): PeerIdiom {
  const peer = peers[name]
  if (peer === undefined) throw new Error(`there is no peer ${name}`)
  return peer(socket)
}
