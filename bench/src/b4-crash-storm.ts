/**
 * B4: crash storm. Two workers send to a provider that takes every mail, answers a tenth of a second later, and of fifty
 * answers one never. After every so many mails one worker is killed (SIGKILL) and another started. What came twice, what
 * never came, and of what can nobody say?
 *
 * The peers do what their documentation says of failures and dead workers: the job runs again. None can ask a provider
 * whether a mail arrived, and none was built to; Kontor can, and asks before it sends anything again. Nobody's clock is
 * moved, so Kontor's run lasts as long as its leases do: the time from first to last is no comparison of speed.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Bench, Contender, Run } from './bench.ts'
import type { Program, Provider } from './children.ts'
import { startProgram, startProvider } from './children.ts'
import { freshDatabase } from './database.ts'
import { fill } from './engines/kontor-ground.ts'
import type { Load } from './load.ts'
import { mails } from './load.ts'
import { peerNamed, peerNames } from './peers/named.ts'
import { redisLacks, startRedis } from './peers/redis.ts'
import type { PeerSenderSays, PeerSenderWish } from './programs/peer-sender.ts'
import type { SenderSays, SenderWish } from './programs/sender.ts'

const workers = 2
const provides = { stallEvery: 50, answerMs: 100 }
const lookMs = 250

interface Size {
  readonly load: Load
  readonly kills: number
  readonly seconds: number
}
/** One side of the storm: starts workers and knows what is still open. */
interface Side {
  start(provider: Provider, n: number): Promise<Program<never>>
  recover?(pid: number): Promise<void>
  open(): Promise<{ readonly waiting: number; readonly unknown: number; readonly givenUp: number }>
}

export const crashStormBench: Bench = {
  line: 'Crash storm: workers are killed while a provider takes mails and does not always answer',
  numbers: { mails: 1000, kills: 10, seconds: 420 },
  contenders({ mails: wanted = 0, kills = 0, seconds = 0 }) {
    const mailboxes = 50
    const size = {
      load: { mailboxes, mailsPerMailbox: Math.ceil(wanted / mailboxes), cap: 300 },
      kills,
      seconds,
    }
    const beside = (name: string): [string, Contender] => {
      const needs = name === 'bullmq-redis' ? { lacks: redisLacks } : {}
      return [name, { idiom: peerNamed(name).idiom, ...needs, run: () => peerStorm(name, size) }]
    }
    return {
      kontor: {
        idiom:
          "the product's dispatcher and reconciler, everything that is written for a mail; it asks the provider for what is in doubt",
        run: () => kontorStorm(size),
      },
      ...Object.fromEntries(peerNames.map(beside)),
    }
  },
}

async function kontorStorm(size: Size): Promise<Run> {
  await using database = await freshDatabase()
  await fill(database.admin, size.load)
  return await storm(size, {
    start: async (provider, n) => {
      const wish: SenderWish = {
        url: database.appUrl,
        worker: `bench-${n}`,
        over: 'plain',
        provider: provider.url,
      }
      return await begun(startProgram<SenderSays>('sender', wish))
    },
    async open() {
      const { rows } = await database.admin.query<{ waiting: number; unknown: number; givenUp: number }>(
        `select count(*) filter (where state in ('queued', 'leased', 'in_doubt'))::int as waiting,
           count(*) filter (where state = 'in_doubt')::int as unknown,
           count(*) filter (where state in ('held', 'failed'))::int as "givenUp" from submission`,
      )
      return rows[0] ?? { waiting: 0, unknown: 0, givenUp: 0 }
    },
  })
}

async function peerStorm(name: string, size: Size): Promise<Run> {
  await using database = await freshDatabase()
  await using redis = name === 'bullmq-redis' ? await startRedis() : undefined
  await using peer = await peerNamed(name, redis?.socket).open(database)
  await peer.add(mails(size.load))
  return await storm(size, {
    start: async (provider) => {
      const wish: PeerSenderWish = {
        peer: name,
        adminUrl: database.adminUrl,
        provider: provider.url,
        ...(redis === undefined ? {} : { socket: redis.socket }),
      }
      return await begun(startProgram<PeerSenderSays>('peer-sender', wish))
    },
    ...(peer.recover === undefined ? {} : { recover: peer.recover }),
    open: async () => ({ unknown: 0, ...(await peer.open()) }),
  })
}

async function begun<Says extends { readonly says: string }>(
  program: Program<Says>,
): Promise<Program<never>> {
  await program.hear('ready' as never)
  program.tell('go')
  return program as unknown as Program<never>
}

async function storm({ load, kills, seconds }: Size, side: Side): Promise<Run> {
  await using provider = await startProvider(provides)
  const wanted = load.mailboxes * load.mailsPerMailbox
  const running = await Promise.all(Array.from({ length: workers }, (_, n) => side.start(provider, n)))
  const began = performance.now()
  const late = (): boolean => performance.now() - began > seconds * 1000
  for (let kill = 1; kill <= kills && !late(); kill++) {
    const due = (wanted * kill) / (kills + 1)
    while ((await provider.count()) < due && !late()) await pause(20)
    const which = kill % workers
    await running[which]?.kill()
    await side.recover?.(running[which]?.pid ?? 0)
    running[which] = await side.start(provider, workers + kill)
  }
  let left = await side.open()
  while (left.waiting > 0 && !late()) {
    await pause(lookMs)
    left = await side.open()
  }
  const lasted = (performance.now() - began) / 1000
  await Promise.all(running.map((worker) => worker.kill()))
  const { taken, stalls } = await provider.record()
  const times = new Map<string, number>()
  for (const [, subject] of taken) times.set(subject, (times.get(subject) ?? 0) + 1)
  return {
    figures: {
      sentTwiceOrMore: [...times.values()].filter((n) => n > 1).length,
      mailsTooMany: taken.length - times.size,
      neverSent: wanted - times.size,
      unknown: left.unknown,
      stillWaiting: left.waiting - left.unknown,
      givenUp: left.givenUp,
      mails: wanted,
      kills,
      stalls,
      seconds: lasted,
    },
  }
}
