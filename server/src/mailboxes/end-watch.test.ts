import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { MailboxesGround } from '../testing/mailboxes-ground.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import { claimWatch, forgetWatch, keepWatch, mailboxById } from './index.ts'
import { watchSecretHash } from './push.ts'

const { database } = await testDatabase()
const { signal } = new AbortController()
let at: MailboxesGround
beforeAll(async () => {
  at = await mailboxesGround(database, { seed: 'end-watch' })
})

/** A connected mailbox that its provider watches. */
async function watched(address: string): Promise<string> {
  const id = await at.connect(address)
  const opened = await at.mailboxes.open(at.workspaceId, id, 'watch')
  if (!opened.ok) throw new Error(opened.failure.diagnostic)
  const wish = {
    notifyUrl: 'https://kontor.example/n',
    lifecycleUrl: 'https://kontor.example/l',
    secret: 's',
  }
  const watch = await opened.value.watch(wish, signal)
  if (!watch.ok || watch.value === undefined) throw new Error('nothing is watched')
  const { until, handle } = watch.value
  await at.inside(async (tx) => {
    await claimWatch(tx, { workspaceId: at.workspaceId, mailboxId: id }, 'memory', 60)
    await keepWatch(tx, id, { handle, until, renewAt: until }, watchSecretHash('s'))
  })
  return id
}

async function actor(id: string): Promise<{ personId: string; role: 'owner' }> {
  const mailbox = await at.inside((tx) => mailboxById(tx, id))
  return { personId: mailbox?.ownerId ?? '', role: 'owner' }
}

async function disconnect(id: string): Promise<void> {
  const ended = await at.mailboxes.disconnect(
    {
      workspaceId: at.workspaceId,
      mailboxId: id,
      actor: await actor(id),
      queue: 'hold',
      reassignTo: undefined,
      stored: 'keep',
    },
    signal,
  )
  expect(ended).toMatchObject({ ok: true, revoked: true })
}

const lastCalls = (address: string) =>
  at.outside.calls.filter((call) => call.startsWith(`${address} `)).slice(-1)

test('a mailbox that is disconnected is not watched any more, and the provider is told while it still listens', async () => {
  const address = 'anna@watched.example'
  const id = await watched(address)
  await disconnect(id)
  expect([at.outside.watched(address), lastCalls(address)]).toEqual([undefined, [`${address} unwatch`]])
  expect(await at.inside((tx) => forgetWatch(tx, id))).toBe(undefined)
})

test('an access token whose time is over is renewed for it', async () => {
  const address = 'ben@watched.example'
  const id = await watched(address)
  await at.clock.step({ hours: 2 })
  await disconnect(id)
  expect(at.outside.watched(address)).toBe(undefined)
})

test('a mailbox that becomes Send Only is not watched any more', async () => {
  const address = 'cleo@watched.example'
  const id = await watched(address)
  await at.mailboxes.giveBackWiderGrant(
    {
      workspaceId: at.workspaceId,
      mailboxId: id,
      level: 'send_only',
      actor: await actor(id),
      stored: 'keep',
    },
    signal,
  )
  expect(at.outside.watched(address)).toBe(undefined)
})

test('a provider that does not end the watch does not keep a mailbox from being disconnected', async () => {
  const address = 'dora@watched.example'
  const id = await watched(address)
  at.outside.fault(address, { call: 'unwatch', effect: { kind: 'transient', diagnostic: '503' } })
  await disconnect(id)
  expect(at.outside.watched(address)).toBeDefined()
})
