import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Database } from '../platform/db/index.ts'
import { openDatabase } from '../platform/db/index.ts'
import type { SteppedClock } from '../testing/clock.ts'
import { steppedClock } from '../testing/clock.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import type { Lines } from '../testing/lines.ts'
import { createLines } from '../testing/lines.ts'
import { groundContact } from '../testing/outbox.ts'
import { fieldsOf } from '../testing/push.ts'
import type { Scene } from '../testing/receiving.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import { startAttending } from './attending.ts'
import { onMailboxChanged, onMailboxDisconnected } from './jobs.ts'
import { usualPolling } from './polling.ts'
import type { Learning } from './store-learning.ts'
import { learningsWith } from './store-learning.ts'
import { attendChannel, claimAttendance, standAttendance } from './store-attendance.ts'

const db = await testDatabase()
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(db.database, { seed: 'attending' })
  mia = await groundContact(at, 'Mia Ford')
})

interface AttendedScene extends Scene {
  readonly lines: Lines
  /** The clock of the loop. */
  readonly attending: SteppedClock
  /** Attends as one process. */
  start(process?: { readonly database?: Database; readonly most?: number }): AsyncDisposable
}

/** A mailbox at an endpoint of its own, whose server tells over connections. */
async function scene(name: string): Promise<AttendedScene> {
  const s = await receivingScene(db, at, { name, contactId: mia })
  const key = `attended-${name}`
  await at.inside((tx) => sql`update mailbox set endpoint = ${key} where id = ${s.mailboxId}`.execute(tx))
  const lines = createLines()
  const attending = steppedClock()
  const { endpoint, adapter } = s.outside
  return {
    ...s,
    lines,
    attending,
    start: ({ database = db.database, most = 200 } = {}) =>
      startAttending({
        ...s.receiving,
        database,
        clock: attending,
        mostAttended: most,
        openMailbox: () => Promise.resolve({ ok: true, value: { ...s.provider, attend: lines.attend } }),
        endpoints: {
          all: () => Promise.resolve([{ ...endpoint, key }]),
          adapter: () => ({ ...adapter, attends: true }),
        },
      }),
  }
}

interface Row {
  readonly attended: boolean
  readonly standing: boolean
  readonly held: boolean
  readonly off: string | null
  readonly waits: number
}

async function row({ mailboxId }: Scene): Promise<Row | undefined> {
  const { rows } = await at.inside((tx) =>
    sql<Row>`select attend_id is not null as attended, stands_since is not null as standing, off_reason as off,
        coalesce(until_at > kontor_now(), false) as held,
        extract(epoch from try_at - kontor_now())::float8 as waits
      from mailbox_attendance where mailbox_id = ${mailboxId}`.execute(tx),
  )
  return rows[0]
}

/** Resolves once the row is so. */
async function until(s: Scene, so: (found: Row | undefined) => boolean): Promise<Row | undefined> {
  for (;;) {
    const found = await row(s)
    if (so(found)) return found
  }
}
const stands = (s: Scene) => until(s, (found) => found?.standing === true && found.held)
const left = (s: Scene) => until(s, (found) => found?.attended === false)

async function due(s: Scene): Promise<boolean> {
  const { rows } = await db.database.call((own) =>
    sql<{ mailbox_id: string }>`select mailbox_id from due_pulls(1000)`.execute(own),
  )
  return rows.some((one) => one.mailbox_id === s.mailboxId)
}

async function untilDue(s: Scene): Promise<void> {
  while (!(await due(s))) await due(s)
}

async function wake(): Promise<void> {
  await db.database.call((own) => sql`select pg_notify(${attendChannel}, '')`.execute(own))
}

/** A look after so long, in which the process lived. */
async function lookAfter(s: Scene, duration: Temporal.DurationLike): Promise<number> {
  await db.step(duration)
  await wake()
  await stands(s)
  await s.pull()
  return (await fieldsOf(at, s.mailboxId)).dueInSeconds
}

/** What the page of the mailbox says. */
async function learningOf({ mailboxId }: Scene): Promise<Learning | undefined> {
  await at.inside((tx) => sql`update mailbox set provider = 'imap' where id = ${mailboxId}`.execute(tx))
  return (await at.inside((tx) => learningsWith(usualPolling)(tx, [mailboxId]))).get(mailboxId)
}

/** Looks until a notice is served, so that nothing is due. */
async function calm(s: Scene): Promise<void> {
  for (let looks = 0; looks < 4; looks++) await lookAfter(s, { seconds: 11 })
  expect(await due(s)).toBe(false)
}

test('what a connection tells of makes the mailbox due at once, and it is looked at seldom otherwise', async () => {
  const s = await scene('tells')
  const sent = await s.send('a')
  await using _loop = s.start()
  await stands(s)
  expect(await due(s)).toBe(true)
  await calm(s)
  expect(await lookAfter(s, { hours: 3 })).toBe(120)
  expect(await learningOf(s)).toEqual({ by: 'connection', lookSeconds: { least: 60, most: 120 } })
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'At once.'))
  s.lines.tell()
  await untilDue(s)
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['At once.'])
})

test('a copy in Sent is nothing that a connection would have told of; a mail filed past the inbox is', async () => {
  const s = await scene('seldom')
  await using _loop = s.start()
  await stands(s)
  await calm(s)
  await s.send('a')
  expect(await lookAfter(s, { seconds: 5 })).toBe(60)
  s.outside.deliver(s.address, 'From: a@b.example\r\nMessage-ID: <filed@b.example>\r\n\r\nPast the inbox.')
  await lookAfter(s, { hours: 3 })
  expect(await lookAfter(s, { seconds: 5 })).toBe(5)
  s.lines.tell()
  await untilDue(s)
  await calm(s)
  expect(await lookAfter(s, { seconds: 5 })).toBe(60)
})

test('a connection that breaks makes the mailbox due, and is made anew after a pause', async () => {
  const s = await scene('breaks')
  await using _loop = s.start()
  await stands(s)
  await calm(s)
  s.lines.cut()
  const { waits = 0 } = (await left(s)) ?? {}
  expect(await due(s)).toBe(true)
  expect(waits).toBeGreaterThanOrEqual(5)
  expect(waits).toBeLessThanOrEqual(7)
  await db.step({ seconds: 7 })
  await wake()
  await s.lines.opened(1)
  await stands(s)
})

test('while no connection lasts, the pauses grow up to ten minutes and a quarter of it', async () => {
  const s = await scene('grows')
  s.lines.answer = { ok: false, failure: { kind: 'transient', diagnostic: 'refused' } }
  await using _loop = s.start()
  const waits: number[] = []
  for (let n = 0; n < 12; n++) {
    const found = await until(s, (one) => one?.attended === false && one.waits > 0)
    waits.push(found?.waits ?? 0)
    expect(found?.off).toBe('refused')
    await db.step({ seconds: found?.waits ?? 0 })
    await wake()
  }
  expect(waits[0]).toBeLessThanOrEqual(7)
  expect(waits.at(-1)).toBeGreaterThanOrEqual(600)
  expect(waits.at(-1)).toBeLessThanOrEqual(750)
})

test('a server that cannot tell is polled as ever, and asked again only hours later', async () => {
  const s = await scene('plain')
  s.lines.answer = { ok: true, value: undefined }
  await using _loop = s.start()
  const found = await until(s, (one) => one?.off === 'not_offered')
  expect(found?.waits).toBeGreaterThanOrEqual(6 * 3600)
  expect(await learningOf(s)).toEqual({
    by: 'looks',
    lookSeconds: { least: 5, most: 120 },
    why: 'not_offered',
  })
  await db.step({ hours: 3 })
  await s.pull()
  expect((await fieldsOf(at, s.mailboxId)).dueInSeconds).toBe(120)
})

test('where a connection is the one too many beside which nobody can look, it is left for hours, and looking goes on', async () => {
  const s = await scene('crowded')
  await using _loop = s.start()
  await stands(s)
  await calm(s)
  const crowd = () =>
    s.outside.fault(s.address, { call: 'changesSince', effect: { kind: 'transient', diagnostic: 'no room' } })
  crowd()
  await lookAfter(s, { seconds: 60 })
  expect(await row(s)).toMatchObject({ standing: true, off: null })
  crowd()
  await db.step({ seconds: 30 })
  await s.pull()
  expect(await left(s)).toMatchObject({ off: 'crowded', waits: 6 * 3600 })
  await s.lines.opened(0)
  expect((await fieldsOf(at, s.mailboxId)).dueInSeconds).toBeLessThanOrEqual(10)
  await db.step({ seconds: 10 })
  await s.pull()
  expect(await learningOf(s)).toMatchObject({ by: 'looks', why: 'crowded' })
  await db.step({ hours: 6 })
  await wake()
  await stands(s)
  expect(s.lines.asked).toBe(2)
})

test('a server that says at once that there is no room is not waited for as long as it says', async () => {
  const s = await scene('no-room')
  await using _loop = s.start()
  await stands(s)
  await calm(s)
  const in15Minutes = (await fieldsOf(at, s.mailboxId)).now.add({ minutes: 15 })
  s.outside.fault(s.address, {
    call: 'changesSince',
    effect: { kind: 'throttled', until: in15Minutes, diagnostic: 'LIMIT' },
  })
  await s.pull()
  expect((await left(s))?.off).toBe('crowded')
  expect((await fieldsOf(at, s.mailboxId)).dueInSeconds).toBeLessThanOrEqual(10)
})

test('a connection that came after looking began to fail is not the reason', async () => {
  const s = await scene('later')
  const crowd = () =>
    s.outside.fault(s.address, { call: 'changesSince', effect: { kind: 'transient', diagnostic: 'away' } })
  crowd()
  await s.pull()
  await db.step({ seconds: 5 })
  await using _loop = s.start()
  await stands(s)
  crowd()
  await s.pull()
  expect(await row(s)).toMatchObject({ standing: true, off: null })
})

test('of two processes one attends a mailbox, and the other takes over when it stops', async () => {
  const s = await scene('twice')
  await using other = openDatabase({ url: db.url, applicationName: 'kontor test other' })
  const first = s.start()
  await stands(s)
  await using _second = s.start({ database: other })
  await other.listen('kontor_test', () => {}).ready
  await wake()
  await s.attending.sleepers(2)
  expect([s.lines.asked, s.lines.open]).toEqual([1, 1])
  await calm(s)
  await first[Symbol.asyncDispose]()
  await s.lines.opened(1)
  await stands(s)
  expect([s.lines.asked, await due(s)]).toEqual([2, true])
})

test('a killed process frees its mailboxes at once, one that stands still after 45 seconds', async () => {
  for (const how of ['killed', 'still'] as const) {
    const s = await scene(how)
    const other = openDatabase({ url: db.url, applicationName: 'kontor test other' })
    await other.listen('kontor_test', () => {}).ready
    const ref = { workspaceId: at.workspaceId, mailboxId: s.mailboxId, attendId: at.ids.uuid() }
    const { attendId } = ref
    await at.inside(async (tx) => {
      await claimAttendance(tx, ref, { attendId, holder: other.presence ?? 0 })
      await standAttendance(tx, ref)
    })
    await using _loop = s.start()
    await wake()
    await s.attending.sleepers(1)
    expect([s.lines.asked, await due(s)]).toEqual([0, false])
    if (how === 'killed') await other[Symbol.asyncDispose]()
    else await db.step({ seconds: 45 })
    await s.attending.step({ seconds: 10 })
    await s.lines.opened(1)
    await stands(s)
    expect(await due(s)).toBe(true)
    if (how === 'still') await other[Symbol.asyncDispose]()
  }
})

test('a process keeps so many connections open and no more', async () => {
  const s = await scene('most')
  const twin = await receivingScene(db, at, { name: 'most-twin', contactId: mia })
  await at.inside((tx) =>
    sql`update mailbox set endpoint = 'attended-most' where id = ${twin.mailboxId}`.execute(tx),
  )
  await using _loop = s.start({ most: 1 })
  await s.lines.opened(1)
  await wake()
  await s.attending.sleepers(1)
  expect(s.lines.asked).toBe(1)
})

test('stopping closes the connection and gives the mailbox back', async () => {
  const s = await scene('stops')
  const loop = s.start()
  await stands(s)
  await loop[Symbol.asyncDispose]()
  expect([s.lines.open, (await row(s))?.attended]).toEqual([0, false])
})

test('the connection of a mailbox that is disconnected is closed, that of one that comes back made anew', async () => {
  const s = await scene('ended')
  await using _loop = s.start()
  await stands(s)
  const event = (payload: Readonly<Record<string, unknown>>) => ({
    id: at.ids.uuid(),
    at: Temporal.Instant.from('2026-01-05T09:00:00Z'),
    workspaceId: at.workspaceId,
    type: 'mailbox.reconnected',
    subject: s.mailboxId,
    payload,
  })
  await at.inside((tx) => onMailboxChanged(at)(tx, event({ level: 'full' })))
  await s.lines.opened(0)
  await s.lines.opened(1)
  await stands(s)
  expect(s.lines.asked).toBe(2)
  await at.inside((tx) => onMailboxDisconnected(tx, event({})))
  await s.lines.opened(0)
  expect(await row(s)).toBe(undefined)
})
