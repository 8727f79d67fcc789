import { afterAll, beforeAll, expect, test } from 'vitest'
import { GMAIL_REFUSALS } from '../../../../practice/src/google/refusals.ts'
import type { ProviderUnderTest } from '../../mailboxes/provider.contract.ts'
import { lackedBy, providerContract } from '../../mailboxes/provider.contract.ts'
import { wallClock } from '../../platform/clock/index.ts'
import type { HttpClient } from '../../platform/http-client/index.ts'
import { HttpError, createHttpClient } from '../../platform/http-client/index.ts'
import { practiceHands } from '../../testing/practice-mailbox.ts'
import { meaning } from '../../testing/refused.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { practiceTime, startPracticeServer } from '../../testing/practice-server.ts'
import type { Receiver } from '../../testing/receiver.ts'
import { startReceiver } from '../../testing/receiver.ts'
import { gmailAdapter, googleEndpoint, practiceGoogleEndpoint } from './index.ts'
import { callsOf, practiceGmail, practiceTopic } from './practice.fixture.ts'
import { gmailHear, gmailPushFault } from './push.ts'

const waysToSay: Readonly<Record<string, string>> = {
  'by a sentence': 'sentence',
  'in seconds': 'seconds',
  'by a date': 'date',
}
const signal = new AbortController().signal
const http = createHttpClient({ allowedOrigins: () => [practice.url], timeoutMs: 10_000 })
let practice: PracticeServer
let receiver: Receiver
let drawn = 0

beforeAll(async () => {
  practice = await startPracticeServer()
  receiver = await startReceiver()
  const { topic, account: serviceAccount } = practiceTopic
  await practice.control('/topics', { topic, endpoint: receiver.url, serviceAccount })
})
afterAll(async () => {
  await practice[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
})

const signedIn = (address: string, level: 'full' | 'send_only') => practiceGmail(practice, address, level)
const practiceNow = () => practiceTime(practice)

async function openGmail(): Promise<ProviderUnderTest> {
  drawn += 1
  const address = `anna.${drawn}@brand.practice.example`
  const other = `ben.${drawn}@brand.practice.example`
  await practice.account(address, 'Anna Keller')
  await practice.account(other, 'Ben Ito')
  const mine = await signedIn(address, 'full')
  const others = await signedIn(other, 'full')
  return {
    provider: mine.provider,
    traits: mine.traits,
    address,
    name: 'Anna Keller',
    other: { address: other, provider: others.provider },
    ...practiceHands(practice, address),
    async throttle(until, patience, asked) {
      const all = asked === 'everything'
      const retryAfter = waysToSay[patience]
      await practice.control('/faults', {
        throttle: { mailbox: address, until: until.toString(), all, retryAfter },
      })
    },
    sendOnly: async () => (await signedIn(address, 'send_only')).provider,
    watchWish: () => ({ notifyUrl: receiver.url, lifecycleUrl: receiver.url, secret: 's' }),
    fileSentAfter: () => Promise.reject(new Error('Gmail files a copy at once')),
  }
}

providerContract('gmail', { patience: Object.keys(waysToSay), lacks: lackedBy.gmail }, openGmail)

test('nothing but identifiers and the three headers comes back until a message is opened', async () => {
  const at = await openGmail()
  const cursor = await at.provider.changesSince(undefined, signal)
  if (!cursor.ok) throw new Error(cursor.failure.diagnostic)
  await at.deliver(
    'From: mia@people.practice.example\r\nTo: x\r\nSubject: private\r\nMessage-ID: <a@b.example>\r\n\r\nText\r\n',
  )
  const page = await at.provider.changesSince(cursor.value.cursor, signal)
  const id = page.ok ? (page.value.changes[0]?.providerMessageId ?? '') : ''
  await at.provider.threadHeaders(id, signal)
  await at.provider.changesBetween(
    {
      from: (await practiceNow()).subtract({ hours: 1 }),
      to: (await practiceNow()).add({ hours: 1 }),
    },
    undefined,
    signal,
  )
  const seen = new Set((await callsOf(practice, at.address)).flatMap((call) => call.fields))
  expect([...seen].toSorted()).toEqual([
    'historyId',
    'history[].messagesAdded[].message.id',
    'history[].messagesAdded[].message.threadId',
    'messages[].id',
    'messages[].threadId',
    'payload.headers[Message-ID]',
  ])
})

test('a mail above the limit of a JSON body is uploaded', async () => {
  const at = await openGmail()
  const head = `From: ${at.address}\r\nTo: ${at.other.address}\r\nSubject: large\r\n\r\n`
  const raw = Buffer.from(head + `${'x'.repeat(76)}\r\n`.repeat(60_000))
  expect(await at.provider.send(raw, undefined, signal)).toEqual({
    ok: true,
    value: { providerMessageId: expect.any(String), providerThreadId: expect.any(String) },
  })
  const cursor = await at.other.provider.changesBetween(
    { from: (await practiceNow()).subtract({ minutes: 1 }), to: await practiceNow() },
    undefined,
    signal,
  )
  const id = cursor.ok ? (cursor.value.changes[0]?.providerMessageId ?? '') : ''
  const got = await at.other.provider.raw(id, signal)
  expect(got.ok && Buffer.from(got.value.raw).includes('x'.repeat(76))).toBe(true)
})

test('a person who does not know what became of a mail is sent to the search in Sent', () => {
  const { traits } = gmailAdapter({
    endpoint: googleEndpoint(),
    http,
    now: () => wallClock.now(),
    productNow: () => practiceNow(),
  })
  expect(traits.sentSearchUrl({ to: 'mia@people.example', subject: 'A "new" brief' })).toBe(
    'https://mail.google.com/mail/u/0/#search/in%3Asent%20to%3Amia%40people.example%20subject%3A%22A%20%20new%20%20brief%22',
  )
})

test('a topic that is not there, or that lets nobody publish, is told apart for whoever set it up', async () => {
  const at = await openGmail()
  const { topic, account: serviceAccount } = practiceTopic
  const made = (more: object) =>
    practice.control('/topics', { topic, endpoint: receiver.url, serviceAccount, ...more })
  const fault = async () => {
    const watched = await at.provider.watch(at.watchWish(), signal)
    return watched.ok ? 'watched' : gmailPushFault(watched.failure)
  }
  await made({ publish: false })
  const shut = await fault()
  await fetch(`${practice.url}/control/topics?topic=${encodeURIComponent(topic)}`, { method: 'DELETE' })
  const missing = await fault()
  await made({})
  expect([shut, missing, await fault()]).toEqual(['publisher_missing', 'topic_missing', 'watched'])
})

test('what Pub/Sub posts of a new mail is genuine and names the mailbox, and nothing of the mail', async () => {
  const at = await openGmail()
  await at.provider.watch(at.watchWish(), signal)
  await at.deliver('From: mia@people.practice.example\r\nTo: x\r\nSubject: private\r\n\r\nText\r\n')
  const hear = gmailHear(
    { endpoint: practiceGoogleEndpoint(practice.url), http, now: () => wallClock.now() },
    practiceTopic,
  )
  for (;;) {
    const knock = await receiver.next()
    const heard = await hear?.(knock)
    expect(knock.body).not.toContain('private')
    expect(heard).toEqual({ kind: 'rung', status: 204, rings: [{ address: expect.any(String) }] })
    if (
      heard?.kind === 'rung' &&
      heard.rings.some((ring) => 'address' in ring && ring.address === at.address)
    )
      return
  }
})

test('a look that finds something costs six of the 6,000 units that Google allows a mailbox in a minute', async () => {
  const at = await openGmail()
  const cursor = await at.provider.changesSince(undefined, signal)
  await at.deliver('From: mia@people.practice.example\r\nTo: x\r\nSubject: one\r\n\r\nText\r\n')
  const kinds: string[] = []
  for (const unitsPerMinute of [5, 6]) {
    await practice.control('/faults', { unitsPerMinute })
    await at.elapse(60)
    const look = await at.provider.changesSince(cursor.ok ? cursor.value.cursor : '', signal)
    kinds.push(look.ok ? `${look.value.changes.length} change` : look.failure.kind)
  }
  await practice.control('/faults', { unitsPerMinute: 0 })
  expect(kinds).toEqual(['throttled', '1 change'])
})

test('Google that asks for patience without a time is asked again after half a minute', async () => {
  const at = await openGmail()
  const now = await at.now()
  await practice.control('/faults', {
    throttle: { mailbox: at.address, forMs: 600_000, retryAfter: 'none', times: 1 },
  })
  const bytes = Buffer.from(`From: ${at.address}\r\nTo: ${at.other.address}\r\nSubject: s\r\n\r\nText\r\n`)
  const sent = await at.provider.send(bytes, undefined, signal)
  if (sent.ok || sent.failure.kind !== 'throttled') throw new Error('not throttled')
  expect(Math.round(now.until(sent.failure.until).total('seconds'))).toBe(30)
})

test('a notice that comes while the keys of Google are away comes again, and rings then', async () => {
  const at = await openGmail()
  let away = true
  const flaky: HttpClient = {
    request: (...asked) =>
      away ? Promise.reject(new HttpError('cut', true, 'broke off')) : http.request(...asked),
  }
  const hear = gmailHear(
    { endpoint: practiceGoogleEndpoint(practice.url), http: flaky, now: () => wallClock.now() },
    practiceTopic,
  )
  const heard: unknown[] = []
  await using door = await startReceiver(async (knock) => {
    const one = await hear?.({ ...knock, url: receiver.url })
    heard.push(one?.kind)
    return one?.kind === 'rung' || one?.kind === 'refused' ? one.status : 500
  })
  const { topic, account: serviceAccount } = practiceTopic
  const made = (endpoint: string) =>
    practice.control('/topics', { topic, endpoint, audience: receiver.url, serviceAccount })
  await made(door.url)
  await at.provider.watch(at.watchWish(), signal)
  await door.next()
  away = false
  await at.elapse(10)
  await door.next()
  await made(receiver.url)
  expect(heard).toEqual(['refused', 'rung'])
})

const refusals = {
  domainPolicy: ['read', 'admin_needed'],
  accessNotConfigured: ['read', 'our_config'],
  failedPrecondition: ['read', 'unauthorised mailbox_unavailable'],
  dailyLimitExceeded: ['read', 'quota_day'],
  tooManyConcurrent: ['read', 'throttled'],
  authError: ['read', 'unauthorised token_refused'],
  insufficientPermissions: ['read', 'scope_missing'],
  backendError: ['send', 'unknown_outcome'],
  messageNotFound: ['message', 'not_found'],
  historyNotFound: ['read', 'cursor_expired'],
  invalidTo: ['send', 'rejected recipient_invalid'],
} as const

test.each(Object.entries(refusals))(
  '%s, ordered of the practice world, means %j',
  async (as, [asked, meant]) => {
    const at = await openGmail()
    const refuse = async () => {
      await practice.control('/faults', { refused: { as, mailbox: at.address } })
      return () => fetch(`${practice.url}/control/faults?kind=refused`, { method: 'DELETE' })
    }
    expect(await meaning(at, asked, refuse)).toBe(meant)
  },
)

test('of every refusal that the practice world knows it stands above what it means', () => {
  expect(Object.keys(refusals).toSorted()).toEqual([...GMAIL_REFUSALS.keys()].toSorted())
})
