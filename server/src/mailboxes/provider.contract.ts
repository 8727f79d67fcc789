/**
 * What every provider does behind the port, whatever it speaks on the wire. Run for each adapter against the practice
 * world and for the provider in memory; a fake that passes it may stand for a provider in the tests above.
 *
 * Facts only: ids, bytes and kinds of failure. How an adapter asks is its own business and its own tests.
 */
import { expect, test } from 'vitest'
import type { Accepted, Change, MailProvider, Outcome, ProviderTraits } from './provider.ts'

/** One mailbox of an outside world, and the hands of a test in that world. */
export interface ProviderUnderTest {
  readonly provider: MailProvider
  readonly traits: ProviderTraits
  readonly address: string
  readonly name: string
  /** Another mailbox of the same world. */
  readonly other: { readonly address: string; readonly provider: MailProvider }
  now(): Promise<Temporal.Instant>
  /** Lets a raw message arrive; `spam` where the provider would put it there. */
  deliver(raw: string, where?: 'spam' | 'archive'): Promise<void>
  /** What the world does to the next send from this mailbox. */
  disturb(next: 'cut_before' | 'cut_after'): Promise<void>
  /** Makes the provider ask for patience until then. */
  throttle(until: Temporal.Instant): Promise<void>
  /** Every cursor so far is too old. */
  expireCursors(): Promise<void>
}

const signal = new AbortController().signal
let drawn = 0

/** The suite. `open` gives a fresh mailbox each time. */
export function providerContract(name: string, open: () => Promise<ProviderUnderTest>): void {
  const fact = (sentence: string, check: (at: ProviderUnderTest) => Promise<void>) =>
    // oxlint-disable-next-line vitest/expect-expect -- every check asserts
    test(`${name}: ${sentence}`, async () => check(await open()))

  fact('the account behind the grant is told', async ({ provider, address, name: person }) => {
    expect(await provider.identity(signal)).toEqual({
      ok: true,
      value: { accountId: expect.any(String), address, name: person },
    })
  })

  fact('without a cursor there is a position and no changes', async (at) => {
    await at.deliver(letter(at, 'before'))
    expect(await at.provider.changesSince(undefined, signal)).toEqual({
      ok: true,
      value: { changes: [], cursor: expect.any(String), more: false },
    })
  })

  fact('where nothing happened there are no changes, and the next cursor works', async ({ provider }) => {
    const first = await position(provider)
    const quiet = value(await provider.changesSince(first, signal))
    expect([quiet.changes, quiet.more]).toEqual([[], false])
    expect(value(await provider.changesSince(quiet.cursor, signal)).changes).toEqual([])
  })

  fact('a message that arrives is one change, by identifiers alone and not own', async (at) => {
    const cursor = await position(at.provider)
    await at.deliver(letter(at, 'arrives'))
    expect(await changesAfter(at.provider, cursor)).toEqual([
      { providerMessageId: expect.any(String), providerThreadId: expect.any(String), own: false },
    ])
  })

  fact('the same cursor gives the same changes', async (at) => {
    const cursor = await position(at.provider)
    await at.deliver(letter(at, 'again'))
    const first = await changesAfter(at.provider, cursor)
    expect(await changesAfter(at.provider, cursor)).toEqual(first)
  })

  fact('a cursor that moved on does not repeat', async (at) => {
    const cursor = await position(at.provider)
    await at.deliver(letter(at, 'once'))
    const page = value(await at.provider.changesSince(cursor, signal))
    await at.deliver(letter(at, 'later'))
    const later = await changesAfter(at.provider, page.cursor)
    expect(later.length).toBe(1)
    expect(later).not.toEqual(page.changes)
  })

  fact('many changes come in their order, each once', async (at) => {
    const cursor = await position(at.provider)
    const subjects = Array.from({ length: 12 }, (_unused, n) => `row ${n}`)
    for (const subject of subjects) await at.deliver(letter(at, subject))
    const changes = await changesAfter(at.provider, cursor)
    const found: string[] = []
    for (const { providerMessageId } of changes) {
      found.push(subjectOf(value(await at.provider.raw(providerMessageId, signal)).raw))
    }
    expect(found).toEqual(subjects)
  })

  fact('what lands in spam is a change', async (at) => {
    const cursor = await position(at.provider)
    await at.deliver(letter(at, 'spam'), 'spam')
    expect((await changesAfter(at.provider, cursor)).length).toBe(1)
  })

  fact('what is archived on arrival is a change', async (at) => {
    const cursor = await position(at.provider)
    await at.deliver(letter(at, 'archive'), 'archive')
    expect((await changesAfter(at.provider, cursor)).length).toBe(1)
  })

  fact('what the mailbox sends is a change marked as own', async (at) => {
    const cursor = await position(at.provider)
    const accepted = value(await at.provider.send(ours(at, {}), undefined, signal))
    const own = (await changesAfter(at.provider, cursor)).filter((change) => change.own)
    expect(own.length).toBe(1)
    if (accepted.providerMessageId !== undefined) {
      expect(own[0]?.providerMessageId).toBe(accepted.providerMessageId)
    }
  })

  fact('a cursor that is too old says so', async (at) => {
    const cursor = await position(at.provider)
    await at.deliver(letter(at, 'missed'))
    await at.expireCursors()
    expect(kindOf(await at.provider.changesSince(cursor, signal))).toBe('cursor_expired')
  })

  fact('a text that is no cursor counts as one that is too old', async ({ provider }) => {
    expect(kindOf(await provider.changesSince('not a cursor', signal))).toBe('cursor_expired')
  })

  fact('the headers of a match come as they were written, and nothing else', async (at) => {
    const [change] = await arrived(
      at,
      letter(at, 'headers', [
        'In-Reply-To: <parent@outside.example>',
        'References: <root@outside.example> <parent@outside.example>',
        'Auto-Submitted: auto-replied',
        'X-Secret: never asked for',
      ]),
    )
    expect(await at.provider.threadHeaders(change?.providerMessageId ?? '', signal)).toEqual({
      ok: true,
      value: {
        messageId: expect.stringMatching(/^<headers\.\d+@outside\.example>$/),
        inReplyTo: '<parent@outside.example>',
        references: '<root@outside.example> <parent@outside.example>',
      },
    })
  })

  fact('headers that a message does not have are left out', async (at) => {
    const [change] = await arrived(at, letter(at, 'bare'))
    const headers = value(await at.provider.threadHeaders(change?.providerMessageId ?? '', signal))
    expect(Object.keys(headers).toSorted()).toEqual(['messageId'])
  })

  fact('the headers of a message that is not there are not found', async ({ provider }) => {
    expect(kindOf(await provider.threadHeaders(nowhere, signal))).toBe('not_found')
  })

  fact('a raw message is what arrived, to the byte', async (at) => {
    const before = await at.now()
    const text = letter(at, 'bytes', [], 'Grüße an alle\r\n.\r\n..zwei Punkte\r\n')
    const [change] = await arrived(at, text)
    const got = value(await at.provider.raw(change?.providerMessageId ?? '', signal))
    expect(Buffer.from(got.raw).toString('utf8')).toBe(text)
    expect([got.own, got.providerThreadId]).toEqual([false, change?.providerThreadId])
    expect(Math.abs(got.receivedAt.since(before).total('seconds'))).toBeLessThan(60)
  })

  fact('a raw message of our own is known as own', async (at) => {
    const cursor = await position(at.provider)
    await at.provider.send(ours(at, {}), undefined, signal)
    const own = (await changesAfter(at.provider, cursor)).find((change) => change.own)
    expect(value(await at.provider.raw(own?.providerMessageId ?? '', signal)).own).toBe(true)
  })

  fact('a raw message that is not there is not found', async ({ provider }) => {
    expect(kindOf(await provider.raw(nowhere, signal))).toBe('not_found')
  })

  fact('a message that is sent reaches its recipient with our token in References', async (at) => {
    const cursor = await position(at.other.provider)
    await at.provider.send(ours(at, { token: 'arrives-there' }), undefined, signal)
    const [change] = await changesAfter(at.other.provider, cursor)
    const headers = value(await at.other.provider.threadHeaders(change?.providerMessageId ?? '', signal))
    expect(headers.references).toContain('<s.arrives-there@kontor.example>')
  })

  fact('whether our Message-ID survives is told truly', async (at) => {
    const cursor = await position(at.other.provider)
    await at.provider.send(ours(at, { messageId: 'mine@kontor.example' }), undefined, signal)
    const [change] = await changesAfter(at.other.provider, cursor)
    const { messageId } = value(
      await at.other.provider.threadHeaders(change?.providerMessageId ?? '', signal),
    )
    expect(messageId === '<mine@kontor.example>').toBe(at.traits.keepsMessageId)
  })

  fact('an answer to what was sent lies in the same thread', async (at) => {
    const sent = value(await at.provider.send(ours(at, { token: 'thread-one' }), undefined, signal))
    const seen = await messageIdOf(at.provider, sent)
    const answer = letter(at, 'Re: hello', [
      `In-Reply-To: ${seen}`,
      `References: <s.thread-one@kontor.example> ${seen}`,
    ])
    const [change] = await arrived(at, answer)
    if (at.traits.threadIdDecides) expect(change?.providerThreadId).toBe(sent.providerThreadId)
    expect(change?.own).toBe(false)
  })

  fact('a mail sent into a thread stays in it', async (at) => {
    const first = value(await at.provider.send(ours(at, { token: 'thread-two' }), undefined, signal))
    const follows = await messageIdOf(at.provider, first)
    const next = ours(at, { token: 'thread-two', follows })
    const second = value(await at.provider.send(next, first.providerThreadId, signal))
    expect(second.providerThreadId).toBe(first.providerThreadId)
  })

  fact('a thread that the provider does not know is no reason not to send', async (at) => {
    const sent = await at.provider.send(ours(at, {}), '00000000deadbeef', signal)
    expect(sent.ok).toBe(true)
  })

  fact(
    'a cut after the provider accepted has an unknown outcome, and the mail is found by its token',
    async (at) => {
      const since = await at.now()
      await at.disturb('cut_after')
      const raw = ours(at, { token: 'cut-after', messageId: 'cut.after@kontor.example' })
      expect(kindOf(await at.provider.send(raw, undefined, signal))).toBe('unknown_outcome')
      const hints = {
        token: 's.cut-after@kontor.example',
        messageId: 'cut.after@kontor.example',
        to: at.other.address,
        since,
      }
      const looked: string[] = []
      const found = value(await at.provider.findSent(hints, signal, (id) => looked.push(id)))
      expect(looked).toContain(found?.providerMessageId)
      expect(found?.messageId).toMatch(/^[^<>]+@[^<>]+$/)
      expect(subjectOf(value(await at.provider.raw(found?.providerMessageId ?? '', signal)).raw)).toBe(
        'hello',
      )
    },
  )

  fact(
    'a cut before the provider accepted has an unknown outcome, and the mail is surely not there',
    async (at) => {
      const since = await at.now()
      await at.provider.send(ours(at, { token: 'another' }), undefined, signal)
      await at.disturb('cut_before')
      const raw = ours(at, { token: 'cut-before' })
      expect(kindOf(await at.provider.send(raw, undefined, signal))).toBe('unknown_outcome')
      const hints = {
        token: 's.cut-before@kontor.example',
        messageId: 'cut.before@kontor.example',
        to: at.other.address,
        since,
      }
      expect(await at.provider.findSent(hints, signal)).toEqual({ ok: true, value: undefined })
    },
  )

  fact('a provider that asks for patience names the time', async (at) => {
    const until = (await at.now()).add({ minutes: 2 }).round('second')
    await at.throttle(until)
    const refused = await at.provider.send(ours(at, {}), undefined, signal)
    expect(refused).toEqual({
      ok: false,
      failure: { kind: 'throttled', until, diagnostic: expect.any(String) },
    })
  })

  fact('a mail that is too large is refused for good', async (at) => {
    const raw = new Uint8Array(at.traits.maxRawBytes + 1)
    expect(await at.provider.send(raw, undefined, signal)).toEqual({
      ok: false,
      failure: { kind: 'rejected', why: 'too_large', permanent: true, diagnostic: expect.any(String) },
    })
  })

  fact('a mail to nobody is refused for good', async (at) => {
    const raw = Buffer.from(`From: ${at.address}\r\nSubject: nobody\r\n\r\nText\r\n`)
    expect(await at.provider.send(raw, undefined, signal)).toEqual({
      ok: false,
      failure: {
        kind: 'rejected',
        why: 'recipient_invalid',
        permanent: true,
        diagnostic: expect.any(String),
      },
    })
  })

  fact('a look by date finds what arrived, spam and own mail too, and nothing later', async (at) => {
    const from = await at.now()
    await at.deliver(letter(at, 'dated'))
    await at.deliver(letter(at, 'dated spam'), 'spam')
    await at.provider.send(ours(at, {}), undefined, signal)
    const to = (await at.now()).add({ seconds: 2 })
    const found = await between(at.provider, { from, to })
    expect(found.map((change) => (change.own ? 'own' : 'theirs')).toSorted()).toEqual([
      'own',
      'theirs',
      'theirs',
    ])
    const later = { from: to.add({ hours: 1 }), to: to.add({ hours: 2 }) }
    expect(await between(at.provider, later)).toEqual([])
  })

  fact('the address of the mailbox is an identity, and the primary one', async ({ provider, address }) => {
    const identities = value(await provider.identities(signal))
    expect(identities.filter((identity) => identity.primary).map((identity) => identity.address)).toEqual([
      address,
    ])
  })

  fact('push that is not configured is no failure', async ({ provider }) => {
    expect(await provider.watch(signal)).toEqual({ ok: true, value: undefined })
    expect(await provider.unwatch(signal)).toEqual({ ok: true, value: undefined })
  })
}

const nowhere = '00000000deadbeef'

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.diagnostic}`)
  return outcome.value
}

function kindOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.failure.kind
}

async function position(provider: MailProvider): Promise<string> {
  return value(await provider.changesSince(undefined, signal)).cursor
}

async function changesAfter(provider: MailProvider, cursor: string): Promise<Change[]> {
  const all: Change[] = []
  for (let at = cursor; ; ) {
    const page = value(await provider.changesSince(at, signal))
    all.push(...page.changes)
    if (!page.more) return all
    at = page.cursor
  }
}

async function arrived(at: ProviderUnderTest, raw: string): Promise<Change[]> {
  const cursor = await position(at.provider)
  await at.deliver(raw)
  return changesAfter(at.provider, cursor)
}

async function between(
  provider: MailProvider,
  range: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
): Promise<Change[]> {
  const all: Change[] = []
  for (let page: string | undefined; ; ) {
    const part = value(await provider.changesBetween(range, page, signal))
    all.push(...part.changes)
    if (part.page === undefined) return all
    page = part.page
  }
}

async function messageIdOf(provider: MailProvider, sent: Accepted): Promise<string> {
  const headers = await provider.threadHeaders(sent.providerMessageId ?? '', signal)
  return value(headers).messageId ?? ''
}

function letter(
  at: ProviderUnderTest,
  subject: string,
  fields: readonly string[] = [],
  text = 'Text\r\n',
): string {
  drawn += 1
  return [
    'From: Somebody <somebody@people.practice.example>',
    `To: ${at.address}`,
    `Subject: ${subject}`,
    'Date: Tue, 10 Mar 2026 09:00:00 +0000',
    `Message-ID: <${subject.replaceAll(/\W/g, '-')}.${drawn}@outside.example>`,
    ...fields,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
  ].join('\r\n')
}

function ours(
  at: ProviderUnderTest,
  { token = `token-${(drawn += 1)}`, messageId = `ours.${(drawn += 1)}@kontor.example`, follows = '' },
): Uint8Array {
  return Buffer.from(
    [
      `From: ${at.name} <${at.address}>`,
      `To: ${at.other.address}`,
      'Subject: hello',
      'Date: Tue, 10 Mar 2026 09:00:00 +0000',
      `Message-ID: <${messageId}>`,
      `References: <s.${token}@kontor.example> ${follows}`.trim(),
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Hello\r\n',
    ].join('\r\n'),
  )
}

function subjectOf(raw: Uint8Array): string {
  return /^subject: (.*)\r$/im.exec(Buffer.from(raw).toString('utf8'))?.[1] ?? ''
}
