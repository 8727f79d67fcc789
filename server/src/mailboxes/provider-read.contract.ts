/** What every provider does when it is read: identifiers, cursors, headers, bytes. */
import { expect } from 'vitest'
import type { Fact } from './provider-hands.contract.ts'
import {
  arrived,
  between,
  changesAfter,
  kindOf,
  letter,
  nowhere,
  ours,
  position,
  signal,
  subjectOf,
  value,
} from './provider-hands.contract.ts'

/** What a server that delivers writes before a message (RFC 5321 §4.4). */
const trace = /^(?:(?:Return-Path|Delivered-To|Received): .*\r\n(?:[ \t].*\r\n)*)+/

export function readingContract(fact: Fact): void {
  fact(
    'the account behind the grant is told',
    async ({ provider, address, name: person }) => {
      expect(await provider.identity(signal)).toEqual({
        ok: true,
        value: { accountId: expect.any(String), address, name: person },
      })
    },
    'own grant',
  )

  fact('an access token whose time is over is renewed unseen', async (at) => {
    await at.elapse(2 * 3600)
    expect((await at.provider.identity(signal)).ok).toBe(true)
  })

  fact('without a cursor there is a position and no changes', async (at) => {
    await at.deliver(letter(at, 'before'))
    expect(await at.provider.changesSince(undefined, signal)).toMatchObject({
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
      {
        providerMessageId: expect.any(String),
        ...(at.traits.threadId === 'none' ? {} : { providerThreadId: expect.any(String) }),
        own: false,
      },
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

  fact('what is thrown away on arrival is a change', async (at) => {
    const cursor = await position(at.provider)
    await at.deliver(letter(at, 'trash'), 'trash')
    expect((await changesAfter(at.provider, cursor)).length).toBe(1)
  })

  fact('what the mailbox sends is a change marked as own', async (at) => {
    const cursor = await position(at.provider)
    const accepted = value(await at.provider.send(ours(at).bytes, undefined, signal))
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

  const thread = {
    messageId: expect.stringMatching(/^<headers\.\d+@outside\.example>$/),
    inReplyTo: '<parent@outside.example>',
    references: '<root@outside.example> <parent@outside.example>',
  }

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
      value: thread,
    })
  })

  fact('headers that a message does not have are left out', async (at) => {
    const [change] = await arrived(at, letter(at, 'bare'))
    const headers = value(await at.provider.threadHeaders(change?.providerMessageId ?? '', signal))
    expect(headers).toEqual({ messageId: expect.stringMatching(/^<bare\.\d+@outside\.example>$/) })
  })

  fact('whether one of some addresses wrote a message is told as yes or no', async (at) => {
    const [change] = await arrived(at, letter(at, 'writer'))
    const message = {
      providerMessageId: change?.providerMessageId ?? '',
      providerThreadId: change?.providerThreadId ?? '',
    }
    const by = async (...addresses: string[]) =>
      value(await at.provider.writtenBy(message, addresses, signal))
    expect([
      await by('somebody@people.practice.example'),
      await by('x@outside.example', 'Somebody@People.practice.example'),
      await by('x@outside.example'),
      await by(),
    ]).toEqual([true, true, false, false])
  })

  fact('the headers of a message that is not there are not found', async ({ provider }) => {
    expect(kindOf(await provider.threadHeaders(nowhere, signal))).toBe('not_found')
  })

  fact('a raw message is what arrived, to the byte, behind the trace of its delivery', async (at) => {
    const before = await at.now()
    const text = letter(at, 'bytes', [], 'Grüße an alle\r\n.\r\n..zwei Punkte\r\n')
    const [change] = await arrived(at, text)
    const got = value(await at.provider.raw(change?.providerMessageId ?? '', signal))
    expect(Buffer.from(got.raw).toString('utf8').replace(trace, '')).toBe(text)
    expect([got.own, got.providerThreadId]).toEqual([false, change?.providerThreadId])
    expect(Math.abs(got.receivedAt.since(before).total('seconds'))).toBeLessThan(60)
  })

  fact('a raw message of our own is known as own', async (at) => {
    const cursor = await position(at.provider)
    await at.provider.send(ours(at).bytes, undefined, signal)
    const own = (await changesAfter(at.provider, cursor)).find((change) => change.own)
    expect(value(await at.provider.raw(own?.providerMessageId ?? '', signal)).own).toBe(true)
  })

  fact('a raw message that is not there is not found', async ({ provider }) => {
    expect(kindOf(await provider.raw(nowhere, signal))).toBe('not_found')
  })

  fact(
    'a look by date finds what arrived, spam, what was thrown away and own mail too, and nothing later',
    async (at) => {
      const from = await at.now()
      await at.deliver(letter(at, 'dated'))
      await at.deliver(letter(at, 'dated spam'), 'spam')
      await at.deliver(letter(at, 'dated trash'), 'trash')
      await at.provider.send(ours(at).bytes, undefined, signal)
      const to = (await at.now()).add({ seconds: 2 })
      const found = await between(at.provider, { from, to })
      expect(found.map((change) => (change.own ? 'own' : 'theirs')).toSorted()).toEqual([
        'own',
        'theirs',
        'theirs',
        'theirs',
      ])
      const later = { from: to.add({ hours: 1 }), to: to.add({ hours: 2 }) }
      expect(await between(at.provider, later)).toEqual([])
    },
  )

  fact('the address of the mailbox is an identity, and the primary one', async ({ provider, address }) => {
    const identities = value(await provider.identities(signal))
    expect(identities.filter((identity) => identity.primary).map((identity) => identity.address)).toEqual([
      address,
    ])
  })

  fact(
    'what is watched is promised until a time, goes on when it is asked for again, and ends',
    async (at) => {
      const first = value(await at.provider.watch(at.watchWish(), signal))
      expect(first).toMatchObject({ begun: true })
      const again = { ...at.watchWish(), previous: first?.handle ?? '' }
      await at.elapse(60)
      const second = value(await at.provider.watch(again, signal))
      expect(second).toMatchObject({ begun: false, handle: first?.handle })
      const ahead = (await at.now()).until(second?.until ?? (await at.now()))
      expect(ahead.total('days')).toBeGreaterThan(6)
      expect(await at.provider.unwatch(first?.handle ?? '', signal)).toEqual({ ok: true, value: undefined })
      expect(await at.provider.unwatch(first?.handle ?? '', signal)).toEqual({ ok: true, value: undefined })
    },
    'push',
  )

  fact(
    'a mailbox that may only send is not watched',
    async (at) => {
      expect(kindOf(await (await at.sendOnly()).watch(at.watchWish(), signal))).not.toBe('ok')
    },
    'push',
  )

  fact(
    'a connection that is kept open tells that a mail came, and nothing once it is closed',
    async (at) => {
      let told = 0
      let heard = Promise.withResolvers<void>()
      const attendance = await at.provider.attend?.(() => {
        told += 1
        heard.resolve()
      }, signal)
      const open = attendance === undefined ? undefined : value(attendance)
      await at.deliver(letter(at, 'told'))
      await heard.promise
      heard = Promise.withResolvers()
      await at.deliver(letter(at, 'told again'))
      await heard.promise
      await open?.[Symbol.asyncDispose]()
      const before = told
      await arrived(at, letter(at, 'untold'))
      expect([before >= 2, told]).toEqual([true, before])
    },
    'attendance',
  )

  fact(
    'a mailbox that may only send tells over no connection',
    async (at) => {
      const asked = await (await at.sendOnly()).attend?.(() => {}, signal)
      expect(asked === undefined ? 'none' : kindOf(asked)).toBe('scope_missing')
    },
    'attendance',
  )

  fact(
    'a message without a Message-ID is a change like any other, and has none among its headers',
    async (at) => {
      const nameless = letter(at, 'nameless').replace(/^Message-ID: .*\r\n/m, '')
      const [change] = await arrived(at, nameless)
      const headers = value(await at.provider.threadHeaders(change?.providerMessageId ?? '', signal))
      expect(headers.messageId).toBeUndefined()
    },
  )

  fact('two messages with the same Message-ID are two changes', async (at) => {
    const cursor = await position(at.provider)
    const twin = letter(at, 'twin')
    await at.deliver(twin)
    await at.deliver(twin)
    const changes = await changesAfter(at.provider, cursor)
    expect(new Set(changes.map(({ providerMessageId }) => providerMessageId)).size).toBe(2)
  })

  fact('identifiers folded over several lines are all told', async (at) => {
    const folded = 'References: <one@outside.example>\r\n <two@outside.example>\r\n\t<three@outside.example>'
    const [change] = await arrived(at, letter(at, 'folded', [folded]))
    const { references = '' } = value(
      await at.provider.threadHeaders(change?.providerMessageId ?? '', signal),
    )
    expect(references.split(/\s+/)).toEqual([
      '<one@outside.example>',
      '<two@outside.example>',
      '<three@outside.example>',
    ])
  })

  fact('a message of a megabyte is read to the byte', async (at) => {
    const raw = letter(at, 'long', [], `${'0123456789'.repeat(7)}\r\n`.repeat(14_000))
    const [change] = await arrived(at, raw)
    const read = value(await at.provider.raw(change?.providerMessageId ?? '', signal)).raw
    expect(Buffer.from(read).toString().endsWith(raw)).toBe(true)
  })
}
