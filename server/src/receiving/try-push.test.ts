import { beforeAll, expect, test } from 'vitest'
import type { ProviderFailure, PushFault } from '../mailboxes/provider.ts'
import { databaseNow } from '../platform/clock/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact } from '../testing/outbox.ts'
import { hearing, knock, pushApp, pushEndpoint, watchingOf } from '../testing/push.ts'
import type { Scene } from '../testing/receiving.ts'
import { receivingScene } from '../testing/receiving.ts'
import { noticeIn, noticeSince, tryPush } from './try-push.ts'
import type { WatchingParts } from './watching.ts'

const db = await testDatabase()
const { signal } = new AbortController()
const account = 'push@ours.iam.gserviceaccount.com'
let at: Ground
let s: Scene

beforeAll(async () => {
  at = await ground(db.database, { seed: 'try-push' })
  s = await receivingScene(db, at, { name: 'tried', contactId: await groundContact(at, 'Mia Ford') })
})

/** What a provider of these tests means by its refusals. */
function faultOf({ diagnostic }: ProviderFailure): PushFault | undefined {
  if (diagnostic === 'no topic') return 'topic_missing'
  return diagnostic === 'no publisher' ? 'publisher_missing' : undefined
}

/** Parts whose provider names faults. */
function parts(more: Parameters<typeof watchingOf>[1] = {}): WatchingParts {
  const watching = watchingOf(s, more)
  const endpoint = watching.endpoints
  const adapter: WatchingParts['endpoints']['adapter'] = (place) => {
    const found = endpoint.adapter(place)
    return found && { ...found, push: { ...found.push, faultOf } }
  }
  return { ...watching, endpoints: { ...endpoint, adapter } }
}

test('without a mailbox that is read there nothing can be asked', async () => {
  const watching = parts()
  const [place] = await watching.endpoints.all()
  const elsewhere = {
    ...watching.endpoints,
    all: async () => (place ? [{ ...place, key: 'elsewhere' }] : []),
  }
  expect(await tryPush({ ...watching, endpoints: elsewhere }, 'elsewhere', signal)).toEqual({
    verdict: 'no_mailbox',
  })
})

test('what is missing here is named before anybody is asked', async () => {
  const calls = s.outside.calls.length
  expect(await tryPush(parts({ hear: undefined }), pushEndpoint, signal)).toEqual({ verdict: 'not_set_up' })
  expect(await tryPush(parts({ practice: false }), pushEndpoint, signal)).toEqual({
    verdict: 'no_public_address',
  })
  expect(s.outside.calls.length).toBe(calls)
})

test.each<readonly [ProviderFailure, object]>([
  [{ kind: 'not_found', diagnostic: 'no topic' }, { verdict: 'topic_missing' }],
  [{ kind: 'our_config', diagnostic: 'no publisher' }, { verdict: 'publisher_missing' }],
  [
    { kind: 'transient', diagnostic: '503' },
    { verdict: 'provider_refused', detail: '503' },
  ],
])('a refusal %j is told as %j', async (effect, told) => {
  const watching = parts()
  s.outside.fault(s.address, { call: 'watch', effect })
  expect(await tryPush(watching, pushEndpoint, signal)).toEqual(told)
})

test('a provider that publishes is heard at the door, or what came instead is said', async () => {
  const watching = parts()
  await db.step({ minutes: 5 })
  const trial = await tryPush(watching, pushEndpoint, signal)
  if (trial.verdict !== 'asked') throw new Error(`asked, not ${trial.verdict}`)
  const heard = () => noticeSince(watching, pushEndpoint, trial.since)
  const { app } = pushApp(db.database, s, hearing())
  expect(await heard()).toEqual({ verdict: 'waiting' })
  await knock(app, { kind: 'refused', status: 403, why: { fault: 'account', said: account } })
  expect(await heard()).toEqual({ verdict: 'account', detail: account })
  await knock(app, { kind: 'refused', status: 401, why: { fault: 'audience', said: 'kontor' } })
  expect(await heard()).toEqual({ verdict: 'audience', detail: 'kontor' })
  await knock(app, { ring: { address: 'nobody@brand.example' } })
  expect(await heard()).toEqual({ verdict: 'works' })
})

test('a flood of knocks is noted once in a while, by each process', async () => {
  const { app } = pushApp(db.database, s, hearing())
  const why = (said: string) => ({
    kind: 'refused' as const,
    status: 401 as const,
    why: { fault: 'audience' as const, said },
  })
  await db.step({ minutes: 5 })
  for (const said of ['first', 'second']) await knock(app, why(said))
  const since = await db.database.inSystem((tx) => databaseNow(tx))
  expect(await noticeSince(parts(), pushEndpoint, since)).toEqual({ verdict: 'audience', detail: 'first' })
})

test('what was heard before the trial does not count', () => {
  const since = Temporal.Instant.from('2026-03-10T09:00:00Z')
  const before = since.subtract({ seconds: 11 })
  expect(noticeIn({ takenAt: before, refused: { fault: 'account', said: '', at: before } }, since)).toEqual({
    verdict: 'waiting',
  })
})
