import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { capacities, waitWhenReturned } from './index.ts'
import { standingsOf } from './outlook.ts'

const db = await testDatabase()
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(db.database, { seed: 'returned' })
  mia = await groundContact(at, 'Mia Ford')
})

/** A mailbox in which a mail waits, and a report that came at that time. */
async function waiting(name: string) {
  const mailboxId = await groundSender(at, { address: `${name}@returned.example` })
  await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 1, prefix: name })
  await db.setNow('2026-01-05T09:00:00Z')
  return {
    mailboxId,
    hear: (payload: object) =>
      at.inside((tx) =>
        waitWhenReturned(at.emit)(tx, {
          workspaceId: at.workspaceId,
          id: at.ids.uuid(),
          type: 'message.captured',
          at: Temporal.Instant.from('2026-01-05T09:00:00Z'),
          payload: { mailboxId, kind: 'bounce', at: '2026-01-05T08:59:00Z', ...payload },
        }),
      ),
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
  }
}

const blamed = [{ address: 'mia@people.example', permanent: false, blamesSender: true }]

test('after a report that our own mailbox may not send nothing more leaves from it for hours, and that is said', async () => {
  const { hear, mailboxId, standing, leaves } = await waiting('blamed')
  await hear({ recipients: blamed })
  expect([await standing(), await leaves()]).toEqual(['waits until 2026-01-05T12:59:00Z', 0])
  expect(at.emitted.at(-1)).toMatchObject({
    type: 'mailbox.throttled',
    subject: mailboxId,
    payload: { until: '2026-01-05T12:59:00Z' },
  })
  await db.setNow('2026-01-05T12:59:00Z')
  expect(await leaves()).toBe(1)
})

test.each([
  ['about a recipient', { recipients: [{ address: 'mia@people.example', permanent: true }] }],
  ['of long ago', { recipients: blamed, at: '2026-01-04T09:00:00Z' }],
  ['that is a reply', { recipients: blamed, kind: 'reply' }],
])('a report %s stops nothing', async (name, payload) => {
  const { hear, standing } = await waiting(name.replaceAll(' ', '-'))
  await hear(payload)
  expect(await standing()).toBe('goes on')
})
