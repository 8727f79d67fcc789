import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { dispatch } from '../testing/dispatch.ts'
import type { SendingParts } from '../sending/parts.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { addressOf, groundContact, leaseAll, queueMails } from '../testing/outbox.ts'
import type { Scene } from '../testing/receiving.ts'
import { answerTo, headerOf, lastSent, receivingScene } from '../testing/receiving.ts'
import { onSubmissionAccepted } from './jobs.ts'
import { readBeginning, readMessage } from './reading.ts'
import { outageReports } from './store-outage.ts'

const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(database, { seed: 'pull' })
  mia = await groundContact(at, 'Mia Ford')
})

const scene = (name: string) => receivingScene(db, at, { name, contactId: mia })

test('a reply is captured with its evidence, its new text, and its history folded', async () => {
  const s = await scene('reply')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Yes, gladly.'))
  await s.pull()
  const [reply, ...rest] = await s.captured()
  expect({ ...reply, quoted: reply?.quoted.includes('> Hello') }).toEqual({
    kind: 'reply',
    text: 'Yes, gladly.',
    quoted: true,
    evidence: ['token', 'provider-thread'],
  })
  expect(rest).toEqual([])
})

const foreign =
  'From: Shop <news@shop.example>\r\nSubject: Sale\r\nMessage-ID: <sale@shop.example>\r\n\r\nBuy.\r\n'

test('pulling again captures nothing twice', async () => {
  const s = await scene('again')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Yes.'))
  await s.pull()
  s.outside.expireCursors(s.address)
  await s.pull()
  expect((await s.captured()).length).toBe(1)
})

test('foreign mail that the provider tells twice in a page stops nothing', async () => {
  const s = await scene('told-twice')
  const sent = await s.send('a')
  s.outside.deliver(s.address, foreign)
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Yes.'))
  const changesSince: typeof s.provider.changesSince = async (...call) => {
    const page = await s.provider.changesSince(...call)
    if (!page.ok) return page
    return { ok: true, value: { ...page.value, changes: [...page.value.changes, ...page.value.changes] } }
  }
  await s.pull({ openMailbox: async () => ({ ok: true, value: { ...s.provider, changesSince } }) })
  expect((await s.captured()).map(({ text }) => text)).toEqual(['Yes.'])
})

test('foreign mail is seen by its identifiers alone: no header and no content is asked for', async () => {
  const s = await scene('foreign')
  const sent = await s.send('a')
  const subject = headerOf(sent.raw, 'Subject')
  s.outside.deliver(
    s.address,
    `From: twin@elsewhere.example\r\nTo: ${s.address}\r\nSubject: Re: ${subject}\r\nMessage-ID: <twin@elsewhere.example>\r\n\r\nprivate`,
  )
  s.outside.deliver(
    s.address,
    `From: ${addressOf('Mia Ford')}\r\nTo: ${s.address}\r\nSubject: something new\r\nMessage-ID: <new@people.practice.example>\r\n\r\nnot an answer`,
  )
  const before = s.outside.calls.length
  await s.pull()
  expect(s.outside.calls.slice(before)).toEqual([`${s.address} changesSince`])
  expect(await s.captured()).toEqual([])
})

test('a mail of our contact with our subject and nothing else of ours is foreign: it is not opened and lies nowhere', async () => {
  const s = await scene('same-subject')
  const sent = await s.send('a')
  await s.pull()
  const before = s.outside.calls.length
  s.outside.deliver(
    s.address,
    answerTo(sent.raw, s.address, 'About something else.', { 'In-Reply-To': '', References: '' }),
  )
  await s.pull()
  expect(s.outside.calls.slice(before)).not.toContain(`${s.address} raw`)
  expect(await s.captured()).toEqual([])
})

test('an out-of-office note and a bounce are what they are', async () => {
  const s = await scene('kinds')
  const sent = await s.send('a')
  s.outside.deliver(
    s.address,
    answerTo(sent.raw, s.address, 'I am away.', { 'Auto-Submitted': 'auto-replied' }),
  )
  await s.pull()
  expect((await s.captured()).map((one) => one.kind)).toEqual(['auto_reply'])
})

test('after an expired cursor every answer is found, and a report says what was checked', async () => {
  const s = await scene('outage')
  const first = await s.send('a')
  const second = await s.send('b')
  await s.pull()
  s.outside.deliver(s.address, answerTo(first.raw, s.address, 'First.'))
  s.outside.deliver(s.address, answerTo(second.raw, s.address, 'Second!'))
  s.outside.expireCursors(s.address)
  await db.setNow('2026-01-05T16:40:00Z')
  await s.pull()
  expect((await s.captured()).map((one) => one.text).toSorted()).toEqual(['First.', 'Second!'])
  expect(await at.inside((tx) => outageReports(tx, s.mailboxId))).toEqual([
    {
      id: expect.any(String),
      from: Temporal.Instant.from('2026-01-05T09:00:00Z'),
      to: Temporal.Instant.from('2026-01-05T16:40:00Z'),
      recovered: 2,
      setAside: 0,
      complete: true,
      reason: 'expired',
    },
  ])
})

/** Sends one mail, and something happens between the provider's word and our record of it; then what follows from it. */
async function sendWhile(s: Scene, key: string, happens: (raw: string) => Promise<void>): Promise<void> {
  await queueMails(at, { mailboxId: s.mailboxId, contactId: mia, kind: 'direct', count: 1, prefix: key })
  const events: { subject?: string; payload: Readonly<Record<string, unknown>> }[] = []
  const watched: SendingParts = {
    ...s.sending,
    emit: async (tx, ...news) => {
      events.push(...news.filter(({ type }) => type === 'submission.accepted'))
      await at.emit(tx, ...news)
    },
    openMailbox: async (...args) => {
      const opened = await s.sending.openMailbox(...args)
      if (!opened.ok) return opened
      return {
        ok: true,
        value: {
          ...opened.value,
          send: async (...call) => {
            const accepted = await opened.value.send(...call)
            await happens(lastSent(s.outside, s.address).raw)
            return accepted
          },
        },
      }
    },
  }
  await leaseAll(database, 'w', (taken) => dispatch(watched, taken))
  for (const event of events) {
    await at.inside((tx) =>
      onSubmissionAccepted(tx, {
        id: at.ids.uuid(),
        at: Temporal.Instant.from('2026-01-05T09:00:00Z'),
        workspaceId: at.workspaceId,
        type: 'submission.accepted',
        ...event,
      }),
    )
  }
}

test('an answer that arrives before our record settles is captured when the thread becomes ours', async () => {
  const s = await scene('early')
  await sendWhile(s, 'early', async (raw) => {
    s.outside.deliver(s.address, answerTo(raw, s.address, 'Very quick.'))
    await s.pull()
    expect(await s.captured()).toEqual([])
  })
  await s.pull()
  expect((await s.captured()).map((one) => [one.kind, one.text])).toEqual([['reply', 'Very quick.']])
})

test('an answer is captured also when its thread becomes ours while the pull that met it is under way', async () => {
  const s = await scene('meanwhile')
  const earlier = await s.send('a')
  const reading = Promise.withResolvers<void>()
  const settled = Promise.withResolvers<void>()
  let pulling: Promise<void> | undefined
  await sendWhile(s, 'meanwhile', async (raw) => {
    s.outside.deliver(s.address, answerTo(raw, s.address, 'Very quick.'))
    s.outside.deliver(s.address, answerTo(earlier.raw, s.address, 'In good time.'))
    pulling = s.pull({
      read: async (bytes) => {
        reading.resolve()
        await settled.promise
        return readMessage(bytes)
      },
    })
    await reading.promise
  })
  settled.resolve()
  await pulling
  await s.pull()
  expect((await s.captured()).map((one) => one.text).toSorted()).toEqual(['In good time.', 'Very quick.'])
})

test.each([
  ['seconds', { seconds: 17 }],
  ['nine-days', { hours: 9 * 24 }],
] as const)(
  'an answer whose thread becomes ours during a pull survives the death of the process that kept its identifier: found %s later',
  async (later, gone) => {
    const s = await scene(`overtaken-${later}`)
    const earlier = await s.send('a')
    const reading = Promise.withResolvers<void>()
    const settled = Promise.withResolvers<void>()
    let pulling: Promise<void> | undefined
    let left = Number.POSITIVE_INFINITY
    await sendWhile(s, `overtaken-${later}`, async (raw) => {
      s.outside.deliver(s.address, answerTo(raw, s.address, 'Very quick.'))
      s.outside.deliver(s.address, answerTo(earlier.raw, s.address, 'In good time.'))
      pulling = s.pull({
        database: {
          ...database,
          async inWorkspace(workspaceId, fn) {
            if (left === 0) throw new Error('the process died here')
            left -= 1
            return await database.inWorkspace(workspaceId, fn)
          },
        },
        read: async (bytes) => {
          reading.resolve()
          await settled.promise
          return readMessage(bytes)
        },
      })
      await reading.promise
    })
    // the page alone is stored
    left = 1
    settled.resolve()
    await expect(pulling).rejects.toThrow('the process died here')
    expect((await s.captured()).map((one) => one.text)).toEqual(['In good time.'])
    await db.step(gone)
    s.outside.deliver(s.address, foreign)
    await s.pull()
    expect((await s.captured()).map((one) => one.text).toSorted()).toEqual(['In good time.', 'Very quick.'])
  },
)

test('a message that cannot be read is set aside, blocks nothing, and is read later', async () => {
  const s = await scene('broken')
  const sent = await s.send('a')
  const other = await s.send('b')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Broken first.'))
  s.outside.deliver(s.address, answerTo(other.raw, s.address, 'Fine.'))
  s.outside.fault(s.address, { call: 'raw', effect: { kind: 'transient', diagnostic: '503' } })
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Fine.'])
  await db.step({ seconds: 31 })
  await s.pull()
  expect((await s.captured()).map((one) => one.text).toSorted()).toEqual(['Broken first.', 'Fine.'])
})

test('a throttled pull leaves the position where it was', async () => {
  const s = await scene('throttled')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Later.'))
  const until = Temporal.Instant.from('2026-01-05T09:10:00Z')
  s.outside.fault(s.address, {
    call: 'changesSince',
    effect: { kind: 'throttled', until, diagnostic: '429' },
  })
  await s.pull()
  expect(await s.captured()).toEqual([])
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Later.'])
})

async function nextLookIn({ mailboxId }: Scene): Promise<number | undefined> {
  const { rows } = await at.inside((tx) =>
    sql<{ seconds: number }>`select extract(epoch from due_at - kontor_now())::float8 as seconds
      from mailbox_position where mailbox_id = ${mailboxId}`.execute(tx),
  )
  return rows[0]?.seconds
}

test.each([
  ['in two seconds', '2026-01-05T09:00:02Z', 2],
  ['in ten minutes', '2026-01-05T09:10:00Z', 600],
  ['tomorrow', '2026-01-06T09:00:00Z', 3600],
])('a provider that says to come back %s is believed', async (when, until, seconds) => {
  const s = await scene(`told-${when.replaceAll(' ', '-')}`)
  const failure = { kind: 'throttled', until: Temporal.Instant.from(until), diagnostic: '429' } as const
  s.outside.fault(s.address, { call: 'changesSince', effect: failure })
  await s.pull()
  expect(await nextLookIn(s)).toBe(seconds)
  await s.pull()
  expect(await nextLookIn(s)).toBe(5)
})

test('a stumble is looked after at once, and ever more seldom while it lasts', async () => {
  const s = await scene('stumbles')
  const waits: (number | undefined)[] = []
  for (let n = 0; n < 6; n++) {
    s.outside.fault(s.address, { call: 'changesSince', effect: { kind: 'transient', diagnostic: '503' } })
    await s.pull()
    const wait = await nextLookIn(s)
    waits.push(wait)
    await db.step({ seconds: wait ?? 0 })
  }
  await s.pull()
  expect([...waits, await nextLookIn(s)]).toEqual([5, 5, 10, 20, 30, 30, 10])
})

test('the wait that a provider asked for is no part of a stumble that follows it', async () => {
  const s = await scene('waits-and-stumbles')
  const until = Temporal.Instant.from('2026-01-05T09:00:20Z')
  const effects = [
    { kind: 'throttled', until, diagnostic: '429' },
    { kind: 'transient', diagnostic: '503' },
    { kind: 'transient', diagnostic: '503' },
  ] as const
  const waits: (number | undefined)[] = []
  for (const effect of effects) {
    s.outside.fault(s.address, { call: 'changesSince', effect })
    await s.pull()
    waits.push(await nextLookIn(s))
    await db.step({ seconds: 20 })
  }
  expect(waits).toEqual([20, 5, 20])
})

test('a mail that the owner wrote by hand into the thread belongs to the conversation and is no answer', async () => {
  const s = await scene('hand')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'A question?'))
  await s.pull()
  const provider = s.outside.open(s.address)
  const byHand = answerTo(sent.raw, addressOf('Mia Ford'), 'Answered on the phone.', {
    From: `Anna Keller <${s.address}>`,
  })
  await provider.send(new TextEncoder().encode(byHand), sent.threadId, new AbortController().signal)
  await s.pull()
  expect((await s.captured()).map((one) => one.kind)).toEqual(['reply', 'own'])
})

test.each([
  ['that breaks the limits of reading twice', 0],
  ['over which its provider stumbled before, and that then breaks the limits of reading twice,', 2],
])('a message %s is read in part, and which limit it was is stored with it', async (_, stumbles) => {
  const s = await scene(`too-much-${stumbles}`)
  const sent = await s.send('a')
  const effect = { kind: 'transient', diagnostic: '503' } as const
  if (stumbles > 0) s.outside.fault(s.address, { call: 'raw', effect, times: stumbles })
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Heavy.'))
  const tried: string[] = []
  const read: Scene['receiving']['read'] = (raw, how) => {
    tried.push(how)
    return how === 'whole' ? Promise.reject(new Error('took longer than 10000 ms')) : readBeginning(raw)
  }
  for (const seconds of [0, 31, 31, 31, 301, 3601]) {
    await db.step({ seconds })
    await s.pull({ read })
  }
  const { rows } = await at.inside((tx) =>
    sql`select text, html, over_limit from message where mailbox_id = ${s.mailboxId} and kind = 'reply'`.execute(
      tx,
    ),
  )
  expect([tried, rows]).toEqual([
    ['whole', 'whole', 'beginning'],
    [{ text: 'Heavy.', html: null, over_limit: ['effort'] }],
  ])
})
