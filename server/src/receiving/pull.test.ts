import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { ProviderTraits } from '../mailboxes/provider.ts'
import { silentLog } from '../platform/log/index.ts'
import { dispatch } from '../sending/dispatch.ts'
import type { SendingParts } from '../sending/parts.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { createMemoryProvider } from '../testing/memory-provider.ts'
import type { MemoryProvider } from '../testing/memory-provider.ts'
import { addressOf, groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { onSubmissionAccepted } from './jobs.ts'
import type { ReceivingParts } from './pull.ts'
import { pull } from './pull.ts'
import { readMessage } from './reading.ts'
import { beginReading, outageReports } from './store-position.ts'

const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(database, { seed: 'pull' })
  mia = await groundContact(at, 'Mia Ford')
})

interface Scene {
  readonly outside: MemoryProvider
  readonly address: string
  readonly mailboxId: string
  readonly receiving: ReceivingParts
  readonly sending: SendingParts
  pull(): Promise<void>
  /** Sends one mail to Mia; returns it as it lies in Sent. */
  send(key: string): Promise<{ id: string; threadId: string; raw: string }>
  captured(): Promise<{ kind: string; text: string; quoted: string; evidence: string[] }[]>
}

async function scene(name: string): Promise<Scene> {
  await db.setNow('2026-01-05T09:00:00Z')
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  const address = `${name}@brand.practice.example`
  const outside = createMemoryProvider({ now: () => Temporal.Instant.from('2026-01-05T09:00:00Z') })
  outside.account(address, 'Anna Keller')
  const mailboxId = await groundSender(at, { address })
  const traits: ProviderTraits = outside.adapter.traits
  const provider = { ...outside.open(address), traits }
  const parts = { database, emit: at.emit, ids: at.ids, log: silentLog }
  const receiving: ReceivingParts = {
    ...parts,
    openMailbox: () => Promise.resolve({ ok: true, value: provider }),
    read: readMessage,
  }
  const sending: SendingParts = {
    ...parts,
    openMailbox: () => Promise.resolve({ ok: true, value: provider }),
    authors: [
      {
        render: (_tx, mail) =>
          Promise.resolve({ ok: true, rendered: { subject: mail.subject ?? '', text: mail.text ?? '' } }),
        stillTrue: () => Promise.resolve({ verdict: 'true' }),
      },
    ],
  }
  await at.inside((tx) => beginReading(tx, mailboxId))
  const one: Scene = {
    outside,
    address,
    mailboxId,
    receiving,
    sending,
    pull: () => pull(receiving, { workspaceId: at.workspaceId, mailboxId }),
    send: async (key) => {
      await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 1, prefix: `${name}-${key}` })
      await leaseAll(database, 'w', (taken) => dispatch(sending, taken))
      const message = outside.messages(address).findLast((candidate) => candidate.own)
      if (message === undefined) throw new Error('nothing was sent')
      return { id: message.id, threadId: message.threadId, raw: new TextDecoder().decode(message.raw) }
    },
    captured: () =>
      at.inside(async (tx) => {
        const { rows } = await sql<{ kind: string; text: string; quoted: string; evidence: string[] }>`
          select kind, text, quoted, evidence from message where mailbox_id = ${mailboxId} and kind <> 'mail' order by occurred_at, id`.execute(
          tx,
        )
        return rows
      }),
  }
  await one.pull()
  return one
}

function headerOf(raw: string, name: string): string {
  const unfolded = raw.replaceAll(/\r\n[ \t]+/g, ' ')
  return new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? ''
}

function replyTo(raw: string, to: string, text: string, more: Readonly<Record<string, string>> = {}): string {
  const id = headerOf(raw, 'Message-ID')
  const headers = {
    From: `Mia Ford <${addressOf('Mia Ford')}>`,
    To: to,
    Subject: `Re: ${headerOf(raw, 'Subject')}`,
    'Message-ID': `<reply-${text.length}@people.practice.example>`,
    'In-Reply-To': id,
    References: `${headerOf(raw, 'References')} ${id}`,
    Date: 'Mon, 05 Jan 2026 09:05:00 +0000',
    'Content-Type': 'text/plain; charset=utf-8',
    ...more,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return `${lines.join('\r\n')}\r\n\r\n${text}\r\n\r\nOn Mon, 5 Jan 2026 at 09:00, Anna Keller wrote:\r\n> Hello\r\n`
}

test('a reply is captured with its evidence, its new text, and its history folded', async () => {
  const s = await scene('reply')
  const sent = await s.send('a')
  s.outside.deliver(s.address, replyTo(sent.raw, s.address, 'Yes, gladly.'))
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

test('pulling again captures nothing twice', async () => {
  const s = await scene('again')
  const sent = await s.send('a')
  s.outside.deliver(s.address, replyTo(sent.raw, s.address, 'Yes.'))
  await s.pull()
  s.outside.expireCursors(s.address)
  await s.pull()
  expect((await s.captured()).length).toBe(1)
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

test('an out-of-office note and a bounce are what they are', async () => {
  const s = await scene('kinds')
  const sent = await s.send('a')
  s.outside.deliver(
    s.address,
    replyTo(sent.raw, s.address, 'I am away.', { 'Auto-Submitted': 'auto-replied' }),
  )
  await s.pull()
  expect((await s.captured()).map((one) => one.kind)).toEqual(['auto_reply'])
})

test('after an expired cursor every answer is found, and a report says what was checked', async () => {
  const s = await scene('outage')
  const first = await s.send('a')
  const second = await s.send('b')
  await s.pull()
  s.outside.deliver(s.address, replyTo(first.raw, s.address, 'First.'))
  s.outside.deliver(s.address, replyTo(second.raw, s.address, 'Second!'))
  s.outside.expireCursors(s.address)
  await db.setNow('2026-01-05T16:40:00Z')
  await s.pull()
  expect((await s.captured()).map((one) => one.text).toSorted()).toEqual(['First.', 'Second!'])
  const [report] = await at.inside((tx) => outageReports(tx, s.mailboxId))
  expect([report?.recovered, report?.complete]).toEqual([2, true])
})

test('an answer that arrives before our record settles is captured when the thread becomes ours', async () => {
  const s = await scene('early')
  await queueMails(at, { mailboxId: s.mailboxId, contactId: mia, kind: 'direct', count: 1, prefix: 'early' })
  const events: { subject?: string; payload: Readonly<Record<string, unknown>> }[] = []
  const watched: SendingParts = {
    ...s.sending,
    emit: async (tx, event) => {
      if (event.type === 'submission.accepted') events.push(event)
      await at.emit(tx, event)
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
            const message = s.outside.messages(s.address).findLast((one) => one.own)
            s.outside.deliver(
              s.address,
              replyTo(new TextDecoder().decode(message?.raw), s.address, 'Very quick.'),
            )
            await s.pull()
            return accepted
          },
        },
      }
    },
  }
  await leaseAll(database, 'w', (taken) => dispatch(watched, taken))
  expect(await s.captured()).toEqual([])
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
  await s.pull()
  expect((await s.captured()).map((one) => [one.kind, one.text])).toEqual([['reply', 'Very quick.']])
})

test('a message that cannot be read is set aside, blocks nothing, and is read later', async () => {
  const s = await scene('broken')
  const sent = await s.send('a')
  const other = await s.send('b')
  s.outside.deliver(s.address, replyTo(sent.raw, s.address, 'Broken first.'))
  s.outside.deliver(s.address, replyTo(other.raw, s.address, 'Fine.'))
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
  s.outside.deliver(s.address, replyTo(sent.raw, s.address, 'Later.'))
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

test('a mail that the owner wrote by hand into the thread belongs to the conversation and is no answer', async () => {
  const s = await scene('hand')
  const sent = await s.send('a')
  s.outside.deliver(s.address, replyTo(sent.raw, s.address, 'A question?'))
  await s.pull()
  const provider = s.outside.open(s.address)
  const byHand = replyTo(sent.raw, addressOf('Mia Ford'), 'Answered on the phone.', {
    From: `Anna Keller <${s.address}>`,
  })
  await provider.send(new TextEncoder().encode(byHand), sent.threadId, new AbortController().signal)
  await s.pull()
  expect((await s.captured()).map((one) => one.kind)).toEqual(['reply', 'own'])
})
