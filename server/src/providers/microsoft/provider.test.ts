import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { GRAPH_REFUSALS } from '../../../../practice/src/microsoft/refusals.ts'
import type { ProviderUnderTest } from '../../mailboxes/provider.contract.ts'
import { lackedBy, providerContract } from '../../mailboxes/provider.contract.ts'
import { practiceHands } from '../../testing/practice-mailbox.ts'
import { meaning } from '../../testing/refused.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import type { Receiver } from '../../testing/receiver.ts'
import { startReceiver } from '../../testing/receiver.ts'
import { startPracticeServer } from '../../testing/practice-server.ts'
import { practiceMicrosoft } from './practice.fixture.ts'
import { hear } from './watch.ts'

const { signal } = new AbortController()
let practice: PracticeServer
let receiver: Receiver
let drawn = 0

beforeAll(async () => {
  practice = await startPracticeServer()
  receiver = await startReceiver()
})
afterAll(async () => {
  await practice[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
})

const openMicrosoft = () => open('own')
const openShared = () => open('shared')

/** Olga's own mailbox, or one that is shared with her. */
async function open(place: 'own' | 'shared'): Promise<ProviderUnderTest> {
  await practice.control('/faults', { sentCopyAfterMs: 0 })
  drawn += 1
  const olga = `olga.${drawn}@office.practice.example`
  const shared = place === 'own' ? undefined : { address: `hello.${drawn}@office.practice.example` }
  const { address } = shared ?? { address: olga }
  const other = `nils.${drawn}@office.practice.example`
  await practice.account(olga, 'Olga Brandt')
  await practice.account(other, 'Nils Roth')
  if (shared !== undefined)
    await practice.control('/accounts', { address, name: 'Hello', sharedWith: [{ address: olga }] })
  const mine = await practiceMicrosoft(practice, olga, 'full', shared)
  const others = await practiceMicrosoft(practice, other, 'full')
  return {
    provider: mine.provider,
    traits: mine.traits,
    address,
    name: 'Olga Brandt',
    other: { address: other, provider: others.provider },
    ...practiceHands(practice, address),
    async endGrant() {
      await practice.control('/grants/end', { mailbox: olga })
    },
    async shared() {
      const lent = { address: `press.${(drawn += 1)}@office.practice.example` }
      const rights = async (may: object) => {
        const sharedWith = [{ address: olga, ...may }]
        await practice.control('/accounts', { ...lent, name: 'Press', sharedWith })
      }
      await rights({})
      return { ...lent, rights, provider: (await practiceMicrosoft(practice, olga, 'full', lent)).provider }
    },
    async throttle(until, patience, asked) {
      await practice.control('/faults', {
        throttle: {
          mailbox: address,
          until: until.toString(),
          all: asked === 'everything',
          ...(patience === 'in seconds' ? { retryAfter: 'seconds' } : {}),
        },
      })
    },
    sendOnly: async () => (await practiceMicrosoft(practice, olga, 'send_only', shared)).provider,
    watchWish: () => ({ notifyUrl: receiver.url, lifecycleUrl: receiver.url, secret: 's' }),
    async fileSentAfter(seconds) {
      await practice.control('/faults', { sentCopyAfterMs: seconds * 1000 })
    },
  }
}

providerContract(
  'microsoft',
  { patience: ['by a date', 'in seconds'], lacks: lackedBy.microsoft },
  openMicrosoft,
)

providerContract(
  'microsoft, a shared mailbox',
  {
    patience: ['by a date', 'in seconds'],
    lacks: lackedBy['microsoft, a shared mailbox'],
  },
  openShared,
)

const Calls = z.object({
  calls: z.array(z.object({ method: z.string(), fields: z.array(z.string()) })),
})

test('nothing but identifiers and the headers of a match comes back until a message is opened', async () => {
  const at = await openMicrosoft()
  const cursor = await at.provider.changesSince(undefined, signal)
  if (!cursor.ok) throw new Error(cursor.failure.diagnostic)
  await at.deliver(
    [
      'From: mia@people.practice.example',
      'To: x',
      'Subject: private',
      'Message-ID: <a@b.example>',
      'In-Reply-To: <c@d.example>',
      '',
      'Text',
    ].join('\r\n'),
  )
  const page = await at.provider.changesSince(cursor.value.cursor, signal)
  const [change] = page.ok ? page.value.changes : []
  const providerMessageId = change?.providerMessageId ?? ''
  await at.provider.threadHeaders(providerMessageId, signal)
  await at.provider.writtenBy(
    { providerMessageId, providerThreadId: change?.providerThreadId ?? '' },
    ['mia@people.practice.example'],
    signal,
  )
  const now = await at.now()
  await at.provider.changesBetween(
    { from: now.subtract({ hours: 1 }), to: now.add({ hours: 1 }) },
    undefined,
    signal,
  )
  const answer = await practice.control(`/records/calls?since=0&mailbox=${encodeURIComponent(at.address)}`)
  const mail = Calls.parse(answer).calls.filter(({ method }) =>
    /^graph\.me\.\w*(?:Message|Mime)/i.test(method),
  )
  const seen = new Set(mail.flatMap(({ fields }) => fields).filter((field) => !field.includes('@odata')))
  expect([...seen].toSorted()).toEqual([
    'id',
    'singleValueExtendedProperties[String 0x1035]',
    'singleValueExtendedProperties[String 0x1042]',
    'value',
    'value[].conversationId',
    'value[].id',
  ])
})

test('a look is four requests, of the 10,000 that Microsoft allows a mailbox in ten minutes', async () => {
  const at = await openMicrosoft()
  const cursor = await at.provider.changesSince(undefined, signal)
  await at.deliver('From: mia@people.practice.example\r\nTo: x\r\nSubject: one\r\n\r\nText\r\n')
  const asked = async () => {
    const path = `/records/calls?since=0&mailbox=${encodeURIComponent(at.address)}`
    return Calls.parse(await practice.control(path)).calls.length
  }
  const before = await asked()
  await at.provider.changesSince(cursor.ok ? cursor.value.cursor : '', signal)
  expect((await asked()) - before).toBe(4)
})

test('what Graph posts of a new mail carries the secret of its subscription, and nothing of the mail is needed', async () => {
  const at = await openMicrosoft()
  const watch = await at.provider.watch({ ...at.watchWish(), secret: 'only of this one' }, signal)
  const handle = watch.ok ? watch.value?.handle : undefined
  await at.deliver(
    'From: mia@people.practice.example\r\nTo: x\r\nSubject: private\r\nMessage-ID: <p@b.example>\r\n\r\nText\r\n',
  )
  const knock = await receiver.next()
  expect(knock.body).not.toContain('private')
  expect(await hear(knock)).toEqual({
    kind: 'rung',
    status: 202,
    rings: [{ handle, secret: 'only of this one', tells: 'change' }],
  })
})

test('a mail of exactly the size that Microsoft takes is sent, and one of a byte more is not', async () => {
  const at = await openMicrosoft()
  const head = `From: ${at.address}\r\nTo: ${at.other.address}\r\nSubject: large\r\n\r\n`
  const ofSize = (bytes: number) => Buffer.from(head + 'x'.repeat(bytes - head.length))
  const { maxRawBytes } = at.traits
  const [most, more] = [
    await at.provider.send(ofSize(maxRawBytes), undefined, signal),
    await at.provider.send(ofSize(maxRawBytes + 1), undefined, signal),
  ]
  expect([most.ok, more]).toMatchObject([true, { ok: false, failure: { why: 'too_large' } }])
})

test('of a subscription that we lost sight of, a new one takes the place', async () => {
  const at = await openMicrosoft()
  const lost = await at.provider.watch(at.watchWish(), signal)
  const again = await at.provider.watch(at.watchWish(), signal)
  expect([lost.ok, again.ok && again.value?.begun]).toEqual([true, true])
  expect(again.ok && lost.ok && again.value?.handle !== lost.value?.handle).toBe(true)
})

test.each(['unanswered', 'refused', 'garbled'])(
  'an address of ours that Graph asks in vain (%s) is our set-up, not the mailbox, and is asked again',
  async (as) => {
    const at = await openMicrosoft()
    await practice.control('/faults', { handshake: { as, times: 1, mailbox: at.address } })
    const [first, second] = [
      await at.provider.watch(at.watchWish(), signal),
      await at.provider.watch(at.watchWish(), signal),
    ]
    expect([first, second]).toMatchObject([
      { ok: false, failure: { kind: 'our_config' } },
      { ok: true, value: { begun: true } },
    ])
  },
)

test('a subscription that Graph made although its answer never came is replaced by the next one', async () => {
  const at = await openMicrosoft()
  await practice.control('/faults', {
    handshake: { as: 'late', ms: 1, mailbox: at.address },
    cutAfterAccept: { method: 'graph.subscriptions.create', times: 1, mailbox: at.address },
  })
  const unheard = await at.provider.watch(at.watchWish(), signal)
  const again = await at.provider.watch(at.watchWish(), signal)
  expect([unheard.ok, again.ok && again.value?.begun]).toEqual([false, true])
})

const refusals = {
  ErrorMessageSubmissionBlocked: ['send', 'unauthorised account_suspended'],
  ErrorSendAsDenied: ['send', 'sender_refused'],
  ErrorExceededMessageLimit: ['send', 'quota_day'],
  ErrorExceededMaxRecipientLimitBlock: ['send', 'quota_day'],
  ErrorQuotaExceeded: ['send', 'rejected mailbox_full'],
  MailboxNotEnabledForRESTAPI: ['read', 'unauthorised mailbox_unavailable'],
  ErrorNonExistentMailbox: ['read', 'unauthorised mailbox_unavailable'],
  ErrorAccessDenied: ['read', 'scope_missing'],
  InvalidAuthenticationToken: ['read', 'unauthorised token_refused'],
  ErrorServerBusy: ['send', 'throttled'],
  ServiceUnavailable: ['send', 'transient'],
  ErrorInternalServerTransientError: ['send', 'unknown_outcome'],
  ErrorItemNotFound: ['message', 'not_found'],
  insufficient_claims: ['read', 'unauthorised token_refused'],
  insufficient_claims_403: ['read', 'unauthorised organisation_policy'],
  syncStateNotFound: ['read', 'cursor_expired'],
  SyncStateNotFound: ['read', 'cursor_expired'],
  syncStateInvalid: ['read', 'cursor_expired'],
  resyncRequired: ['read', 'cursor_expired'],
  InvalidSyncStateData: ['read', 'cursor_expired'],
} as const

test.each(Object.entries(refusals))(
  '%s, ordered of the practice world, means %j',
  async (as, [asked, meant]) => {
    const at = await openMicrosoft()
    const refuse = async () => {
      await practice.control('/faults', { refused: { as, mailbox: at.address } })
      return () => fetch(`${practice.url}/control/faults?kind=refused`, { method: 'DELETE' })
    }
    expect(await meaning(at, asked, refuse)).toBe(meant)
  },
)

test('of every refusal that the practice world knows it stands above what it means', () => {
  expect(Object.keys(refusals).toSorted()).toEqual([...GRAPH_REFUSALS.keys()].toSorted())
})
