import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { blobs } from '../platform/blob/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { Post } from '../testing/post.ts'
import { createDispatcher } from './dispatch.ts'
import { leaseSeconds } from './store-lease.ts'
import { lease } from './lease.ts'
import type { SendingParts } from './parts.ts'
import type { MailAuthor } from './ports.ts'

const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
let round = 0
beforeAll(async () => {
  at = await ground(database, { seed: 'together' })
  mia = await groundContact(at, 'Mia Ford')
})
beforeEach(async () => {
  await db.setNow('2026-01-05T09:00:00Z')
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  round++
})

const senders = ['anna', 'ben', 'cleo']

/** One mail waits in each of three mailboxes; they are leased together. */
async function leased() {
  for (const name of senders) {
    const mailboxId = await groundSender(at, { address: `${name}${round}@brand.practice.example` })
    await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 1, prefix: `${name}${round}` })
  }
  const leases = await lease(database, { mailboxes: 10, ttlSeconds: leaseSeconds, worker: 'w' })
  expect(leases.length).toBe(3)
  return leases
}

async function send(parts: SendingParts, before: () => Promise<unknown> = () => Promise.resolve()) {
  const leases = await leased()
  await before()
  await Promise.allSettled(createDispatcher(parts)(leases))
}

/** State, attempts and messages of each sender's mail. */
async function facts() {
  const rows = await at.inside(async (tx) => {
    const found = await sql<{ key: string; fact: string }>`
      select s.key, s.state || ' ' || (select count(*) from attempt a where a.submission_id = s.id) || ' '
        || (select count(*) from message m where m.submission_id = s.id) as fact from submission s`.execute(
      tx,
    )
    return found.rows
  })
  const of = new Map(rows.map(({ key, fact }) => [key, fact]))
  return senders.map((name) => `${name} ${of.get(`${name}${round}-0`)}`)
}

const isBens = ({ subject = '' }: { readonly subject?: string }) => subject.startsWith('ben')

/** An author for whom something is different with Ben's mail. */
function author(parts: SendingParts, different: Partial<MailAuthor>): SendingParts {
  const [usual] = parts.authors
  if (usual === undefined) throw new Error('nobody writes')
  const one: MailAuthor = {
    render: (tx, mail) => ((isBens(mail) && different.render) || usual.render)(tx, mail),
    stillTrue: (tx, mail) => ((isBens(mail) && different.stillTrue) || usual.stillTrue)(tx, mail),
  }
  return { ...parts, authors: [one] }
}

test('mails that were leased together are written down in one transaction before their calls and in one after them', async () => {
  const post = new Post(database, at)
  const calls: PromiseWithResolvers<void>[] = []
  post.onSend = async () => {
    const call = Promise.withResolvers<void>()
    calls.push(call)
    if (calls.length === senders.length) for (const { resolve } of calls) resolve()
    await call.promise
  }
  await send(post.parts)
  expect(await facts()).toEqual(['anna accepted 1 1', 'ben accepted 1 1', 'cleo accepted 1 1'])
  const { rows } = await at.inside((tx) =>
    sql`select count(distinct r.xmin::text)::int as before, count(distinct m.xmin::text)::int as after
      from message m join reference r on r.thread_id = m.thread_id and r.kind = 'token'
      where m.from_address like ${`%${round}@brand.practice.example`}`.execute(tx),
  )
  expect(rows).toEqual([{ before: 1, after: 1 }])
})

test('a mail whose author fails keeps back none of those that were leased with it', async () => {
  const post = new Post(database, at)
  const failing = author(post.parts, { render: () => Promise.reject(new Error('no words')) })
  await send(failing)
  expect(await facts()).toEqual(['anna accepted 1 1', 'ben leased 0 0', 'cleo accepted 1 1'])
  expect(post.taken.length).toBe(2)
})

test('a mail that may not leave any more is left out, and the others leave', async () => {
  const post = new Post(database, at)
  await send(
    author(post.parts, {
      stillTrue: () => Promise.resolve({ verdict: 'suppress', reason: { code: 'declined' } }),
    }),
  )
  expect(await facts()).toEqual(['anna accepted 1 1', 'ben suppressed 0 0', 'cleo accepted 1 1'])
})

test('a mail whose lease was lost is left to whoever holds it, and the others leave', async () => {
  const post = new Post(database, at)
  await send(post.parts, () =>
    at.inside((tx) =>
      sql`update submission set lease_id = uuidv7() where key = ${`ben${round}-0`}`.execute(tx),
    ),
  )
  expect(await facts()).toEqual(['anna accepted 1 1', 'ben leased 0 0', 'cleo accepted 1 1'])
  expect(post.taken.length).toBe(2)
})

test('an acceptance that cannot be recorded undoes none of those that came with it', async () => {
  const post = new Post(database, at)
  const bens = new Set<string>()
  const failing: SendingParts = {
    ...author(post.parts, {
      stillTrue: (_tx, mail) => {
        bens.add(mail.id)
        return Promise.resolve({ verdict: 'true' })
      },
    }),
    emit: async (tx, ...events) => {
      if (events.some(({ subject = '' }) => bens.has(subject))) throw new Error('no room for the event')
      await at.emit(tx, ...events)
    },
  }
  await send(failing)
  expect(await facts()).toEqual(['anna accepted 1 1', 'ben leased 1 0', 'cleo accepted 1 1'])
  expect(post.taken.length).toBe(3)
})

test('an intent whose writing was not heard of is not written twice: no call is made, and the mail leaves with the next lease', async () => {
  const post = new Post(database, at)
  let cut = true
  const unheard: SendingParts = {
    ...post.parts,
    database: {
      ...database,
      async inWorkspace(workspaceId, fn) {
        const done = await database.inWorkspace(workspaceId, fn)
        if (!cut) return done
        cut = false
        throw new Error('the connection was cut after the commit')
      },
    },
  }
  await send(unheard)
  expect([post.taken.length, await facts()]).toEqual([
    0,
    ['anna queued 1 0', 'ben queued 1 0', 'cleo queued 1 0'],
  ])
  await leaseAll(database, 'w', async (taken) => {
    await Promise.all(createDispatcher(post.parts)([taken]))
  })
  expect([post.taken.length, await facts()]).toEqual([
    3,
    ['anna accepted 2 1', 'ben accepted 2 1', 'cleo accepted 2 1'],
  ])
})

/** Mails of this kind carry a file that leaves room for nobody else. */
async function carrying(
  post: Post,
  which: (mail: { readonly subject?: string }) => boolean,
): Promise<SendingParts> {
  const { sha256 } = await at.inside((tx) => blobs.put(tx, at.workspaceId, Buffer.from('film')))
  const file = { filename: 'Film.mp4', contentType: 'video/mp4', size: 20_000_000, sha256 }
  const [usual] = post.parts.authors
  const filed: MailAuthor = {
    render: async (tx, mail) => {
      const outcome = await usual?.render(tx, mail)
      if (outcome?.ok !== true || !which(mail)) return outcome
      return { ok: true, rendered: { ...outcome.rendered, files: [file] } }
    },
    stillTrue: () => Promise.resolve({ verdict: 'true' }),
  }
  return { ...post.parts, authors: [filed] }
}

test('mails with large files are written and called for as there is room, and keep no small one back', async () => {
  const post = new Post(database, at)
  const second = Promise.withResolvers<void>()
  let [begun, inside, most] = [0, 0, 0]
  post.onSend = async () => {
    begun += 1
    most = Math.max(most, ++inside)
    if (begun === 1) await second.promise
    else second.resolve()
    // long enough for whoever may come in, too
    for (let n = 0; n < 30; n++) await at.inside((tx) => sql`select 1`.execute(tx))
    inside -= 1
  }
  await send(await carrying(post, ({ subject = '' }) => !subject.startsWith('anna')))
  expect(await facts()).toEqual(['anna accepted 1 1', 'ben accepted 1 1', 'cleo accepted 1 1'])
  expect(most).toBe(2)
  expect(post.taken.filter((raw) => raw.includes(Buffer.from('film').toString('base64'))).length).toBe(2)
})

test('when the process stops, mails that wait for room are given back at once and not called for', async () => {
  const post = new Post(database, at)
  const stopping = new AbortController()
  post.onSend = async () => stopping.abort()
  const dispatch = createDispatcher(await carrying(post, () => true), stopping.signal)
  await Promise.allSettled(dispatch(await leased()))
  const became = (await facts()).map((fact) => fact.slice(fact.indexOf(' ') + 1))
  expect(became.toSorted()).toEqual(['accepted 1 1', 'queued 0 0', 'queued 0 0'])
})
