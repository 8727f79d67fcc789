import { fork } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Database } from '../platform/db/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact } from '../testing/outbox.ts'
import type { Scene } from '../testing/receiving.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import type { OpenedMailbox } from './parts.ts'

const db = await testDatabase()
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(db.database, { seed: 'nothing-missed' })
  mia = await groundContact(at, 'Mia Ford')
})

const scene = (name: string, pageSize?: number) =>
  receivingScene(db, at, { name, contactId: mia, ...(pageSize === undefined ? {} : { pageSize }) })

const capturedEvents = () => at.emitted.filter((event) => event.type === 'message.captured').length

/** The provider of a scene whose `raw` waits until it is let go. */
function slow(s: Scene): { opened: OpenedMailbox; asked: Promise<void>; letGo: () => void } {
  const asked = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const opened: OpenedMailbox = {
    ...s.provider,
    raw: async (...call) => {
      asked.resolve()
      await gate.promise
      return s.provider.raw(...call)
    },
  }
  return { opened, asked: asked.promise, letGo: gate.resolve }
}

/** PostgreSQL has noticed that the only process that was known to be there is gone. */
async function goneFromDatabase(): Promise<void> {
  for (let known = true; known; ) {
    const { rows } = await db.database.inSystem((tx) =>
      sql`select from pg_locks where locktype = 'advisory' and classid = 27503
        and database = (select oid from pg_database where datname = current_database())`.execute(tx),
    )
    known = rows.length > 0
  }
}

test('a mailbox whose worker was killed in the middle of a pull is read by another within 16 seconds', async () => {
  const s = await scene('killed')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Yes.'))
  const worker = fork(
    new URL('killed-worker.fixture.ts', import.meta.url),
    [db.url, at.workspaceId, s.mailboxId],
    { execArgv: [] },
  )
  await once(worker, 'message')
  worker.kill('SIGKILL')
  await once(worker, 'exit')
  const before = s.outside.calls.length
  await s.pull()
  expect(s.outside.calls.length).toBe(before)
  await db.step({ seconds: 17 })
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Yes.'])
})

test('a worker that is known to be there frees its mailbox with its death, and no living one loses it', async () => {
  const s = await scene('known')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'At once.'))
  const worker = fork(
    new URL('killed-worker.fixture.ts', import.meta.url),
    [db.url, at.workspaceId, s.mailboxId, 'listens'],
    { execArgv: [] },
  )
  await once(worker, 'message')
  const before = s.outside.calls.length
  await s.pull()
  expect(s.outside.calls.length).toBe(before)
  worker.kill('SIGKILL')
  await once(worker, 'exit')
  await goneFromDatabase()
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['At once.'])
})

test('a living pull keeps its mailbox however long the provider takes', async () => {
  const s = await scene('patient')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Slowly.'))
  const { opened, asked, letGo } = slow(s)
  const first = s.pull({ openMailbox: () => Promise.resolve({ ok: true, value: opened }) })
  await asked
  const before = s.outside.calls.length
  for (let renewed = 0; renewed < 4; renewed++) {
    await db.step({ seconds: 10 })
    await s.clock.sleepers(1)
    await s.clock.step({ seconds: 4 })
    await s.clock.sleepers(1)
    await s.pull()
  }
  expect(s.outside.calls.length).toBe(before)
  letGo()
  await first
  expect((await s.captured()).map((one) => one.text)).toEqual(['Slowly.'])
})

test('a pull that was overtaken writes nothing and moves no cursor back', async () => {
  const s = await scene('overtaken')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Once.'))
  const { opened, asked, letGo } = slow(s)
  const events = capturedEvents()
  const first = s.pull({ openMailbox: () => Promise.resolve({ ok: true, value: opened }) })
  await asked
  await db.step({ seconds: 17 })
  await s.pull()
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Twice.'))
  await s.pull()
  letGo()
  await first
  const before = s.outside.calls.length
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Once.', 'Twice.'])
  expect(capturedEvents() - events).toBe(2)
  expect(s.outside.calls.slice(before)).toEqual([`${s.address} changesSince`])
})

test('two workers that pull at once store each answer once', async () => {
  const s = await scene('race')
  const sent = await s.send('a')
  for (const text of ['One.', 'Two.', 'Three.'])
    s.outside.deliver(s.address, answerTo(sent.raw, s.address, text))
  const events = capturedEvents()
  await Promise.all([s.pull(), s.pull(), s.pull(), s.pull()])
  expect((await s.captured()).map((one) => one.text)).toEqual(['One.', 'Two.', 'Three.'])
  expect(capturedEvents() - events).toBe(3)
})

/** A process that dies at its n-th transaction: before it begins, in it, or after it was committed. */
function dyingAt(
  n: number,
  where: 'before' | 'inside' | 'after',
): { database: Database; died: () => boolean } {
  let count = 0
  let died = false
  const die = () => {
    died = true
    throw new Error('the process died here')
  }
  const database: Database = {
    ...db.database,
    async inWorkspace(workspaceId, fn) {
      if (died) return die()
      count += 1
      const fatal = count === n
      if (fatal && where === 'before') die()
      const result = await db.database.inWorkspace(workspaceId, async (tx) => {
        const value = await fn(tx)
        if (fatal && where === 'inside') die()
        return value
      })
      if (fatal && where === 'after') die()
      return result
    },
  }
  return { database, died: () => died }
}

test.each([
  ['before', 'follows the cursor'],
  ['inside', 'follows the cursor'],
  ['after', 'follows the cursor'],
  ['before', 'looks again by date'],
  ['inside', 'looks again by date'],
  ['after', 'looks again by date'],
] as const)(
  'a process that dies %s any transaction while it %s loses no answer and stores none twice',
  async (where, how) => {
    const byDate = how === 'looks again by date'
    const s = await scene(`dies-${where}-${byDate ? 'date' : 'cursor'}`, byDate ? 8 : 2)
    const sent = await s.send('a')
    await s.pull()
    const texts: string[] = []
    for (let n = 1, dead = true; dead; n++) {
      const added = byDate ? [`no ${n}`] : [`no ${n} first`, `no ${n} second`, `no ${n} third`]
      for (const text of added) s.outside.deliver(s.address, answerTo(sent.raw, s.address, text))
      texts.push(...added)
      if (byDate) s.outside.expireCursors(s.address)
      const { database, died } = dyingAt(n, where)
      await s.pull({ database }).catch(() => undefined)
      dead = died()
      await db.step({ seconds: 17 })
      await s.pull()
      expect((await s.captured()).map((one) => one.text).toSorted()).toEqual(texts.toSorted())
    }
    expect(texts.length).toBeGreaterThan(5)
  },
)

test('an answer with the octet that PostgreSQL refuses is captured, and the octet shown as one that cannot be', async () => {
  const s = await scene('nul')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Yes\0 please.'))
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Yes\uFFFD please.'])
})
