import { expect, test } from 'vitest'
import type { Database } from '../platform/db/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { Mailboxes } from './index.ts'
import { claimWatch, forgetWatch, keepWatch } from './index.ts'
import { watchSecretHash } from './push.ts'
import type { Office } from './shared-office.fixture.ts'
import { office } from './shared-office.fixture.ts'

const { database } = await testDatabase()
const { signal } = new AbortController()

/** An account and a shared mailbox that are watched, and a process in which whoever hears of an end is always first. */
async function raced(): Promise<Office & { readonly one: string; readonly mailboxes: Mailboxes }> {
  const world = await office(database)
  const one = await world.added()
  const { workspaceId } = world.at
  for (const which of [world.id, one]) {
    const urls = { notifyUrl: 'https://kontor.example/n', lifecycleUrl: 'https://kontor.example/l' }
    const watch = await (await world.open(which)).watch({ ...urls, secret: 's' }, signal)
    if (!watch.ok || watch.value === undefined) throw new Error('nothing is watched')
    const { until, handle } = watch.value
    await world.at.inside(async (tx) => {
      await claimWatch(tx, { workspaceId, mailboxId: which }, 'memory', 60)
      await keepWatch(tx, which, { handle, until, renewAt: until }, watchSecretHash('s'))
    })
  }
  const before = world.at.emitted.length
  const heardAtOnce: Database = {
    ...database,
    async inWorkspace(within, work) {
      const done = await database.inWorkspace(within, work)
      const heard = world.at.emitted.slice(before).map(({ subject = '' }) => subject)
      for (const which of heard) await world.at.inside((tx) => forgetWatch(tx, which))
      return done
    },
  }
  return { ...world, one, mailboxes: world.at.beside(heardAtOnce) }
}

const watchedOf = ({ at, anna, hello }: Office) =>
  [anna, hello].filter((address) => at.outside.watched(address) !== undefined)

const leave = { queue: 'hold', reassignTo: undefined, stored: 'keep' } as const

test('however soon others hear of it, the provider is told that a shared mailbox was disconnected, and then its account', async () => {
  const world = await raced()
  const { workspaceId, personId } = world.at
  const actor = { personId, role: 'owner' } as const
  await world.mailboxes.disconnect({ workspaceId, mailboxId: world.one, actor, ...leave }, signal)
  const first = watchedOf(world)
  await world.mailboxes.disconnect({ workspaceId, mailboxId: world.id, actor, ...leave }, signal)
  expect([first, watchedOf(world)]).toEqual([[world.anna], []])
})

test('however soon others hear of it, the provider is told that a shared mailbox is not read any more', async () => {
  const world = await raced()
  const mailbox = await world.mailbox(world.one)
  if (mailbox === undefined) throw new Error('it was not added')
  const { workspaceId, personId } = world.at
  const actor = { workspaceId, personId, role: 'owner', language: 'en', name: 'Anna Keller' } as const
  const fall = { level: 'send_only', stored: 'keep', fetchEarlier: false } as const
  await world.mailboxes.changeSharedLevel({ actor, mailbox, ...fall }, signal)
  expect(watchedOf(world)).toEqual([world.anna])
})

test('however soon others hear of it, the provider is told of all that lived on a grant that is given back', async () => {
  const world = await raced()
  const { workspaceId, personId } = world.at
  const narrower = { level: 'send_only', stored: 'keep', actor: { personId } } as const
  await world.mailboxes.giveBackWiderGrant({ workspaceId, mailboxId: world.id, ...narrower }, signal)
  expect(watchedOf(world)).toEqual([])
})
