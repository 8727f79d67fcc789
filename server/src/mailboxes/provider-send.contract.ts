/** What every provider does when it sends: what arrives, what is found in Sent, what a refusal or a silence means. */
import { expect } from 'vitest'
import type { Fact, Under } from './provider-hands.contract.ts'
import {
  arrived,
  changesAfter,
  expectPatience,
  hintsOf,
  ids,
  kindOf,
  letter,
  messageIdOf,
  nowhere,
  ours,
  position,
  sentOurs,
  signal,
  subjectOf,
  value,
} from './provider-hands.contract.ts'

export function sendingContract(fact: Fact, { patience }: Under): void {
  fact('a message that is sent reaches its recipient with our token in References', async (at) => {
    const cursor = await position(at.other.provider)
    await at.provider.send(ours(at, { token: 'arrives-there' }).bytes, undefined, signal)
    const [change] = await changesAfter(at.other.provider, cursor)
    const headers = value(await at.other.provider.threadHeaders(change?.providerMessageId ?? '', signal))
    expect(headers.references).toContain('<s.arrives-there@kontor.example>')
  })

  fact('whether our Message-ID survives is told truly', async (at) => {
    const cursor = await position(at.other.provider)
    await at.provider.send(ours(at, { messageId: 'mine@kontor.example' }).bytes, undefined, signal)
    const [change] = await changesAfter(at.other.provider, cursor)
    const { messageId } = value(
      await at.other.provider.threadHeaders(change?.providerMessageId ?? '', signal),
    )
    expect(messageId === '<mine@kontor.example>').toBe(at.traits.keepsMessageId)
  })

  fact('the copy of what was sent is found in Sent, with its ids', async (at) => {
    const cursor = await position(at.provider)
    const mail = ours(at)
    const accepted = value(await at.provider.send(mail.bytes, undefined, signal))
    const found = value(await at.provider.findSent(await hintsOf(at, mail), signal))
    const [own] = (await changesAfter(at.provider, cursor)).filter((change) => change.own)
    expect(found).toEqual({
      providerMessageId: own?.providerMessageId,
      providerThreadId: own?.providerThreadId,
      messageId: expect.stringMatching(/^[^<>@]+@[^<>]+$/),
    })
    expect({ ...found, ...accepted }).toEqual(found)
  })

  fact(
    'an answer to what was sent lies in the same thread',
    async (at) => {
      const sent = await sentOurs(at, ours(at, { token: 'thread-one' }))
      const seen = await messageIdOf(at.provider, sent)
      const answer = letter(at, 'Re: hello', [
        `In-Reply-To: ${seen}`,
        `References: <s.thread-one@kontor.example> ${seen}`,
      ])
      const [change] = await arrived(at, answer)
      expect([change?.providerThreadId, change?.own]).toEqual([sent.providerThreadId, false])
    },
    'thread ids',
  )

  fact(
    'a mail sent into a thread stays in it',
    async (at) => {
      const first = await sentOurs(at, ours(at, { token: 'thread-two' }))
      const follows = await messageIdOf(at.provider, first)
      const second = await sentOurs(at, ours(at, { token: 'thread-two', follows }), first.providerThreadId)
      expect(second.providerThreadId).toBe(first.providerThreadId)
    },
    'thread ids',
  )

  fact('a thread that the provider does not know is no reason not to send', async (at) => {
    const sent = await at.provider.send(ours(at).bytes, '00000000deadbeef', signal)
    expect(sent.ok).toBe(true)
  })

  fact('a cut after the provider accepted has an unknown outcome, and the mail is found', async (at) => {
    const mail = ours(at)
    const hints = await hintsOf(at, mail)
    await at.disturb('cut_after')
    expect(kindOf(await at.provider.send(mail.bytes, undefined, signal))).toBe('unknown_outcome')
    const looked: string[] = []
    const found = value(await at.provider.findSent(hints, signal, (id) => looked.push(id)))
    expect(looked).toContain(found?.providerMessageId)
    expect(subjectOf(value(await at.provider.raw(found?.providerMessageId ?? '', signal)).raw)).toBe('hello')
  })

  fact(
    'a cut before the provider accepted has an unknown outcome, and after a while the mail is surely not there',
    async (at) => {
      await at.provider.send(ours(at).bytes, undefined, signal)
      const mail = ours(at)
      const hints = await hintsOf(at, mail)
      await at.disturb('cut_before')
      expect(kindOf(await at.provider.send(mail.bytes, undefined, signal))).toBe('unknown_outcome')
      await at.elapse(120)
      expect(await at.provider.findSent(hints, signal)).toEqual({ ok: true, value: undefined })
    },
  )

  fact(
    'while a copy may still be filed nothing is surely absent, and then it is found',
    async (at) => {
      await at.fileSentAfter(50)
      const mail = ours(at)
      const hints = await hintsOf(at, mail)
      const cursor = await position(at.provider)
      await at.provider.send(mail.bytes, undefined, signal)
      expect(kindOf(await at.provider.findSent(hints, signal))).toBe('transient')
      const before = value(await at.provider.changesSince(cursor, signal))
      await at.elapse(51)
      const found = value(await at.provider.findSent(hints, signal))
      const after = await changesAfter(at.provider, before.cursor)
      expect([before.changes, after]).toEqual([[], [{ ...ids(found), own: true }]])
    },
    'late copies',
  )

  fact('a Message-ID that was not kept is no reason not to find the mail', async (at) => {
    const mail = ours(at)
    const hints = await hintsOf(at, mail)
    await at.provider.send(mail.bytes, undefined, signal)
    await at.elapse(120)
    const found = value(await at.provider.findSent({ ...hints, messageId: 'another@kontor.example' }, signal))
    expect(subjectOf(value(await at.provider.raw(found?.providerMessageId ?? '', signal)).raw)).toBe('hello')
  })

  for (const way of patience) {
    fact(`a provider that asks for patience (${way}) names the time, for sending`, async (at) => {
      const until = (await at.now()).add({ minutes: 2 }).round('second')
      await at.throttle(until, way, 'sending')
      await expectPatience(at, until, () => at.provider.send(ours(at).bytes, undefined, signal))
    })

    fact(`a provider that asks for patience (${way}) names the time, for reading`, async (at) => {
      const cursor = await position(at.provider)
      const until = (await at.now()).add({ minutes: 2 }).round('second')
      await at.throttle(until, way, 'everything')
      await expectPatience(at, until, () => at.provider.changesSince(cursor, signal))
    })
  }

  fact(
    'a grant that may send alone sends, and says of reading what is missing',
    async (at) => {
      const provider = await at.sendOnly()
      const missing = {
        ok: false,
        failure: { kind: 'scope_missing', missing: ['read'], diagnostic: expect.any(String) },
      }
      expect((await provider.send(ours(at).bytes, undefined, signal)).ok).toBe(true)
      expect(await provider.changesSince(undefined, signal)).toEqual(missing)
      expect(await provider.threadHeaders(nowhere, signal)).toEqual(missing)
      expect(await provider.raw(nowhere, signal)).toEqual(missing)
    },
    'own grant',
  )

  fact('a grant that has ended does not work any more, for sending nor for reading', async (at) => {
    const cursor = await position(at.provider)
    await at.endGrant()
    const sent = await at.provider.send(ours(at).bytes, undefined, signal)
    const read = await at.provider.changesSince(cursor, signal)
    expect([kindOf(sent), kindOf(read)]).toEqual(['unauthorised', 'unauthorised'])
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

  fact('mails sent side by side are each found by their own token', async (at) => {
    const mails = [ours(at), ours(at), ours(at)]
    const hints = await Promise.all(mails.map((mail) => hintsOf(at, mail)))
    await Promise.all(mails.map(({ bytes }) => at.provider.send(bytes, undefined, signal)))
    const found = []
    for (const hint of hints) found.push(value(await at.provider.findSent(hint, signal))?.providerMessageId)
    expect(new Set(found).size).toBe(3)
    expect(found).not.toContain(undefined)
  })

  fact('what was sent arrives as one change that is not the recipient’s own', async (at) => {
    const cursor = await position(at.other.provider)
    await at.provider.send(ours(at).bytes, undefined, signal)
    expect((await changesAfter(at.other.provider, cursor)).map(({ own }) => own)).toEqual([false])
  })

  fact('what arrived from somebody else counts for no copy of what was sent', async (at) => {
    const mail = ours(at)
    const hints = await hintsOf(at, mail)
    await at.provider.send(mail.bytes, undefined, signal)
    await at.elapse(120)
    expect(await at.other.provider.findSent(hints, signal)).toEqual({
      ok: true,
      value: undefined,
    })
  })

  fact('letters beyond ASCII arrive as they were written', async (at) => {
    const cursor = await position(at.other.provider)
    const words = 'Grüße aus Łódź, 東京 und 👋🏽'
    const mail = Buffer.from(ours(at).bytes).toString().replace('Hello', words)
    await at.provider.send(Buffer.from(mail), undefined, signal)
    const [change] = await changesAfter(at.other.provider, cursor)
    const { raw } = value(await at.other.provider.raw(change?.providerMessageId ?? '', signal))
    expect(Buffer.from(raw).toString()).toContain(words)
  })
}
