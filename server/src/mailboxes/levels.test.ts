/** The two integration levels, row by row, as far as a mailbox itself decides them. Each test names its row. */
import { expect, test } from 'vitest'
import type { Level } from './consent.ts'
import type { OpenMailbox } from './open-mailbox.ts'
import type { Outcome, SentHints } from './provider.ts'
import { defaultOf, mailboxById, mailboxesOf } from './store.ts'
import { testDatabase } from '../testing/database.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import type { MailboxesGround } from '../testing/mailboxes-ground.ts'

const { database } = await testDatabase()
const signal = new AbortController().signal
let grounds = 0

async function opened(level: Level): Promise<{ at: MailboxesGround; mailbox: OpenMailbox; id: string }> {
  const at = await mailboxesGround(database, { seed: `levels-${++grounds}` })
  const id = await at.connect('anna@levels.example', level)
  const outcome = await at.mailboxes.open(at.workspaceId, id, 'send')
  if (!outcome.ok) throw new Error(outcome.failure.diagnostic)
  return { at, mailbox: outcome.value, id }
}
const raw = Buffer.from('From: anna@levels.example\r\nTo: mia@people.example\r\nSubject: Hello\r\n\r\nHello')
const told = (outcome: Outcome<unknown>) => (outcome.ok ? 'yes' : outcome.failure.kind)
const reading = (mailbox: OpenMailbox): Promise<Outcome<unknown>[]> => {
  const hints = {
    messageId: '<a@levels.example>',
    token: '<t@levels.example>',
    to: 'mia@people.example',
    since: Temporal.Instant.from('2026-01-05T08:00:00Z'),
    attemptedAt: Temporal.Instant.from('2026-01-05T08:00:00Z'),
  } as SentHints
  return Promise.all([mailbox.changesSince(undefined, signal), mailbox.findSent(hints, signal)])
}

test.each(['full', 'send_only'] as const)('row “send from the own address”: %s may', async (level) => {
  const { mailbox, at } = await opened(level)
  expect(told(await mailbox.send(raw, undefined, signal))).toBe('yes')
  expect(at.outside.sent).toHaveLength(1)
})

test.each(['full', 'send_only'] as const)(
  'row “several mailboxes, default address”: with %s the first is the default, and a second may be connected',
  async (level) => {
    const { at, id } = await opened(level)
    await at.connect('anna.two@levels.example', level)
    const [all, first] = await at.inside(async (tx) => [
      (await mailboxesOf(tx)).map(({ address }) => address),
      await defaultOf(tx, at.personId),
    ])
    expect([all, first]).toEqual([['anna@levels.example', 'anna.two@levels.example'], id])
  },
)

test.each(['full', 'send_only'] as const)('row “300 a day”: the limit of %s begins at 300', async (level) => {
  const { at, id } = await opened(level)
  const mailbox = await at.inside((tx) => mailboxById(tx, id))
  expect([mailbox?.dailyLimit, mailbox?.level]).toEqual([300, level])
})

test('rows “answers captured” and “bounces recognised”: Full Access reads, Send Only is not even asked to', async () => {
  const full = await opened('full')
  expect(told((await reading(full.mailbox))[0] as Outcome<unknown>)).toBe('yes')
  const only = await opened('send_only')
  const before = only.at.outside.calls.length
  expect(told((await reading(only.mailbox))[0] as Outcome<unknown>)).toBe('scope_missing')
  expect(only.at.outside.calls.length).toBe(before)
})

test('row “proof of an uncertain send”: looked up in Sent with Full Access, left to a person with Send Only', async () => {
  const full = await opened('full')
  expect(told((await reading(full.mailbox))[1] as Outcome<unknown>)).toBe('yes')
  const only = await opened('send_only')
  expect(told((await reading(only.mailbox))[1] as Outcome<unknown>)).toBe('scope_missing')
})
