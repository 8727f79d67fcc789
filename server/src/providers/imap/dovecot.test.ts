/** The same suite against a mail server that is not ours: Dovecot, with SMTP that delivers into it and files copies. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProviderUnderTest } from '../../mailboxes/provider.contract.ts'
import { lackedBy, providerContract } from '../../mailboxes/provider.contract.ts'
import { kindOf, position, value } from '../../mailboxes/provider-hands.contract.ts'
import { wallClock } from '../../platform/clock/index.ts'
import { hasDovecot } from '../../testing/dovecot.ts'
import type { DovecotWorld } from './dovecot.fixture.ts'
import { startDovecotWorld } from './dovecot.fixture.ts'

const signal = new AbortController().signal
let world: DovecotWorld
let aheadSeconds = 0
let drawn = 0

const now = async () => wallClock.now().add({ seconds: aheadSeconds })

async function openDovecot(): Promise<ProviderUnderTest> {
  drawn += 1
  aheadSeconds = 0
  const address = `anna.${drawn}@kontor.example`
  const other = `ben.${drawn}@kontor.example`
  await world.account(address)
  await world.account(other)
  const mine = await world.signedIn(address, 'Anna Keller', 'full')
  const others = await world.signedIn(other, 'Ben Ito', 'full')
  const folders = { spam: 'Junk', archive: 'Archive', trash: 'Trash' } as const
  return {
    ...mine,
    address,
    name: 'Anna Keller',
    other: { address: other, provider: others.provider },
    now,
    deliver: (raw, where) =>
      world.dovecot.deliver(address, raw, where === undefined ? 'INBOX' : folders[where]),
    async disturb(next) {
      world.cut(address, next)
    },
    throttle: () => Promise.reject(new Error('SMTP and IMAP name no time')),
    expireCursors: () => world.dovecot.renumber(address),
    sendOnly: async () => (await world.signedIn(address, 'Anna Keller', 'send_only')).provider,
    endGrant: async () => {
      await world.account(address, 'changed')
      await world.dovecot.renumber(address)
    },
    async elapse(seconds) {
      aheadSeconds += seconds
    },
    watchWish: () => ({
      notifyUrl: 'https://kontor.example/n',
      lifecycleUrl: 'https://kontor.example/l',
      secret: 's',
    }),
    shared: () => Promise.reject(new Error('nothing is shared here')),
    alias: () => Promise.reject(new Error('IMAP lists no addresses')),
    fileSentAfter: () => Promise.reject(new Error('a copy is filed at once')),
  }
}

describe.skipIf(!hasDovecot())('against Dovecot', () => {
  beforeAll(async () => {
    world = await startDovecotWorld({}, now)
  })
  afterAll(() => world[Symbol.asyncDispose]())

  providerContract('dovecot', { patience: [], lacks: lackedBy.dovecot }, openDovecot)

  test('what arrives was delivered over LMTP, and nobody has mail who has no mailbox', async () => {
    const at = await openDovecot()
    const cursor = await at.provider.changesSince(undefined, signal)
    const text = `From: ben@home.example\r\nTo: ${at.address}\r\nSubject: traced\r\n\r\nText\r\n`
    await at.deliver(text)
    const page = cursor.ok ? await at.provider.changesSince(cursor.value.cursor, signal) : cursor
    const [change] = page.ok ? page.value.changes : []
    const got = await at.provider.raw(change?.providerMessageId ?? '', signal)
    const trace = (got.ok ? Buffer.from(got.value.raw).toString() : '').replace(text, '')
    expect(trace).toMatch(
      /^Return-Path: .*\r\nDelivered-To: .*\r\nReceived: from [^;]* with LMTP\r\n[^;]*;.*\r\n$/,
    )
    await expect(world.dovecot.deliver('nobody@kontor.example', text)).rejects.toThrow('550 5.1.1')
  })

  const toAnna = (at: { readonly address: string }, subject: string) =>
    `From: ben@home.example\r\nTo: ${at.address}\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@home.example>\r\n\r\nText\r\n`

  test('what lies in a folder that got another name is not told again, and what arrives in a new one is', async () => {
    const at = await openDovecot()
    await world.dovecot.makeFolder(at.address, 'Filed')
    await world.dovecot.put(at.address, toAnna(at, 'old'), 'Filed')
    aheadSeconds += 3 * 86_400
    const cursor = await position(at.provider)
    await world.dovecot.renameFolder(at.address, 'Filed', 'Last year')
    const renamed = value(await at.provider.changesSince(cursor, signal))
    expect([renamed.changes, renamed.more]).toEqual([[], false])
    aheadSeconds -= 3 * 86_400
    const before = await position(at.provider)
    await world.dovecot.makeFolder(at.address, 'New')
    await world.dovecot.put(at.address, toAnna(at, 'new'), 'New')
    const made = value(await at.provider.changesSince(before, signal))
    expect(made.changes.map(({ providerMessageId }) => providerMessageId)).toEqual([
      expect.stringMatching(/^New;/),
    ])
  })

  test('of old mail that its owner throws away nothing is told', async () => {
    const at = await openDovecot()
    aheadSeconds += 3 * 86_400
    const cursor = await position(at.provider)
    await world.dovecot.put(at.address, toAnna(at, 'thrown'), 'Trash')
    expect(value(await at.provider.changesSince(cursor, signal)).changes).toEqual([])
  })

  test('a draft that its owner threw away is no mail, and an answer that was thrown away is one', async () => {
    const at = await openDovecot()
    const cursor = await position(at.provider)
    const draft = `From: Anna Keller <${at.address}>\r\nTo: mia@home.example\r\nSubject: draft\r\n\r\nNever sent.\r\n`
    await world.dovecot.put(at.address, draft, 'Trash')
    await world.dovecot.put(at.address, toAnna(at, 'answer'), 'Trash')
    const { changes } = value(await at.provider.changesSince(cursor, signal))
    const read = await Promise.all(
      changes.map(async ({ providerMessageId }) => kindOf(await at.provider.raw(providerMessageId, signal))),
    )
    expect(read).toEqual(['not_found', 'ok'])
  })

  test('of a hundred foreign mails nothing but three headers ever stands on the wire', async () => {
    const at = await openDovecot()
    const cursor = await at.provider.changesSince(undefined, signal)
    for (let n = 0; n < 100; n++) {
      await at.deliver(
        `From: mum@home.example\r\nTo: ${at.address}\r\nSubject: private\r\nX-Secret: s\r\nMessage-ID: <${n}@home.example>\r\n\r\nprivate text\r\n`,
      )
    }
    const page = cursor.ok ? await at.provider.changesSince(cursor.value.cursor, signal) : cursor
    if (!page.ok) throw new Error(page.failure.diagnostic)
    for (const { providerMessageId } of page.value.changes)
      await at.provider.threadHeaders(providerMessageId, signal)
    const wire = await world.dovecot.rawLog(at.address)
    expect(page.value.changes.length).toBe(100)
    expect(wire).toContain('<99@home.example>')
    expect(/private|X-Secret|mum@home/i.exec(wire)).toBeNull()
    const asked = [...wire.matchAll(/FETCH \S+ (\(.*\))/g)].map(([, what]) => what)
    expect(new Set(asked)).toEqual(
      new Set(['(UID BODY.PEEK[HEADER.FIELDS (message-id in-reply-to references)])']),
    )
  })
})
