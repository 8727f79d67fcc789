import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { InboxGround } from '../testing/inbox.ts'
import { inboxGround } from '../testing/inbox.ts'
import { groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { capacities, waitWhenReturned } from './index.ts'
import { standingsOf } from './outlook.ts'

const db = await testDatabase()
let at: InboxGround
let mia: string
let leo: string
beforeAll(async () => {
  at = await inboxGround(db.database, 'returned')
  mia = await at.contact('Mia Ford')
  leo = await at.contact('Leo Brandt')
})

interface Report {
  readonly about?: 'us' | 'them'
  readonly at?: string
  readonly kind?: 'bounce' | 'reply'
}

/** A mailbox in which a mail waits, and reports that came to it. */
async function waiting(name: string) {
  await db.setNow('2026-01-05T09:00:00Z')
  const mailboxId = await groundSender(at, { address: `${name}@returned.example` })
  await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 1, prefix: name })
  at.emitted.length = 0
  return {
    mailboxId,
    /** Captured as receiving does it, then told to the handler. */
    async hear(contactId: string, report: Report = {}) {
      const { about = 'us', at: when = '2026-01-05T08:59:00Z', kind = 'bounce' } = report
      const ours = { address: 'somebody@people.example', ours: true }
      const recipients =
        about === 'us' ? [{ ...ours, permanent: false, blamesSender: true }] : [{ ...ours, permanent: true }]
      const id = await at.heard({ contactId, mailboxId, kind, text: 'Returned', at: when })
      await at.inside(async (tx) => {
        await sql`update message set bounce = ${JSON.stringify({ recipients })}::jsonb where id = ${id}`.execute(
          tx,
        )
        await waitWhenReturned(at.emit)(tx, {
          workspaceId: at.workspaceId,
          id: at.ids.uuid(),
          type: 'message.captured',
          at: Temporal.Instant.from('2026-01-05T09:00:00Z'),
          payload: { mailboxId, kind, at: when, recipients },
        })
      })
    },
    async standing() {
      const [found] = await at.inside((tx) => standingsOf(tx, [mailboxId]))
      const shown = (await at.inside((tx) => capacities(tx, [mailboxId]))).get(mailboxId)
      if (found?.facts.throttledWhy !== 'returned') return 'goes on'
      return `waits until ${shown?.throttledUntil?.toString() ?? 'nobody knows when'}`
    },
    async leaves() {
      const leases = await leaseAll(db.database, 'w', () => Promise.resolve())
      return leases.filter((one) => one.mailboxId === mailboxId).length
    },
    told: () =>
      at.emitted
        .filter(({ type }) => type.startsWith('mailbox.'))
        .map(({ type, payload }) => [type, payload]),
  }
}

test('after reports about mails to two people nothing more leaves for hours, and that is said', async () => {
  const { hear, standing, leaves, told } = await waiting('blamed')
  await hear(leo, { at: '2026-01-05T08:50:00Z' })
  await hear(mia)
  expect([await standing(), await leaves()]).toEqual(['waits until 2026-01-05T12:59:00Z', 0])
  expect(told()).toEqual([
    ['mailbox.returned', { people: 1 }],
    ['mailbox.throttled', { until: '2026-01-05T12:59:00Z' }],
    ['mailbox.returned', { people: 2 }],
  ])
  await db.setNow('2026-01-05T12:59:00Z')
  expect(await leaves()).toBe(1)
})

test('who got one mail of ours cannot stop its mailbox, however many reports they write about it', async () => {
  const { hear, standing, leaves, told } = await waiting('forged')
  for (const minute of ['01', '02', '03']) await hear(mia, { at: `2026-01-05T08:${minute}:00Z` })
  expect([await standing(), await leaves()]).toEqual(['goes on', 1])
  expect(told().at(-1)).toEqual(['mailbox.returned', { people: 1 }])
})

test('two reports far apart are not about one state of the mailbox', async () => {
  const { hear, standing } = await waiting('apart')
  await hear(leo, { at: '2026-01-05T04:00:00Z' })
  await hear(mia)
  expect(await standing()).toBe('goes on')
})

test('a report from the future makes a mailbox wait no longer than one of now', async () => {
  const { hear, standing } = await waiting('future')
  await hear(leo)
  await hear(mia, { at: '2031-01-05T08:59:00Z' })
  expect(await standing()).toBe('waits until 2026-01-05T13:00:00Z')
})

test.each<[string, Report]>([
  ['about a recipient', { about: 'them' }],
  ['of long ago', { at: '2026-01-04T09:00:00Z' }],
  ['that is a reply', { kind: 'reply' }],
])('reports %s stop nothing', async (name, report) => {
  const { hear, standing } = await waiting(name.replaceAll(' ', '-'))
  await hear(leo, report)
  await hear(mia, report)
  expect(await standing()).toBe('goes on')
})
