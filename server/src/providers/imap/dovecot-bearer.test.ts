/** Tokens at a mail server that is not ours: Dovecot asks the provider of the practice world what each one is worth. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../testing/database.ts'
import type { Dovecot } from '../../testing/dovecot.ts'
import { hasDovecot, startDovecot } from '../../testing/dovecot.ts'
import type { SmtpServer } from '../../testing/smtp-server.ts'
import { startSmtpServer } from '../../testing/smtp-server.ts'
import type { BearerGround } from './bearer.fixture.ts'
import { bearerGround, practiceClient } from './bearer.fixture.ts'
import type { Places } from './places.ts'

const { database } = await testDatabase()
const { signal } = new AbortController()
const hours = 3_600_000

describe.skipIf(!hasDovecot()).each([
  ['OAUTHBEARER', ['OAUTHBEARER', 'XOAUTH2']],
  ['XOAUTH2', ['XOAUTH2']],
] as const)('at a Dovecot where %s is the best', (mechanism, mechanisms) => {
  let dovecot: Dovecot
  let relay: SmtpServer
  let on: BearerGround

  beforeAll(async () => {
    const atDovecot = (usual: Places): Places => ({
      ...usual,
      reach: async (server, speaks) => {
        const reached = await usual.reach(server, speaks)
        if (!reached.ok || (speaks === 'smtp' && dovecot.submissionPort === 0)) return reached
        const port = speaks === 'smtp' ? dovecot.submissionPort : dovecot.port
        return { ok: true, place: { ...reached.place, port } }
      },
    })
    on = await bearerGround(database, `dovecot-${mechanism}`, atDovecot)
    const url = new URL('/post/oauth/introspect', on.practice.url)
    url.username = practiceClient.id
    url.password = practiceClient.secret
    relay = await startSmtpServer()
    dovecot = await startDovecot({
      tokens: { mechanisms, introspectionUrl: url.href, scope: 'imap' },
      ...(hasDovecot('submission') ? { relayPort: relay.port } : {}),
    })
  })
  afterAll(async () => {
    await dovecot[Symbol.asyncDispose]()
    await relay[Symbol.asyncDispose]()
    await on[Symbol.asyncDispose]()
  })

  const address = (name: string) => `${name}.${mechanism.toLowerCase()}@post.practice.example`
  const signIns = async (who: string) =>
    [...(await dovecot.log()).matchAll(/Login: user=<([^>]*)>, method=(\S+),/g)]
      .filter(([, user]) => user === who)
      .map(([, , method]) => method)

  const refusals = async (who: string) =>
    [...(await dovecot.log()).matchAll(/\(auth failed, [^)]*\): user=<([^>]*)>, method=(\S+),/g)]
      .filter(([, user]) => user === who)
      .map(([, , method]) => method)

  test('a mailbox whose person signed in at the provider is read', async () => {
    const who = address('anna')
    const [provider] = await on.connected(who)
    const position = await provider.changesSince(undefined, signal)
    await dovecot.deliver(who, 'Message-ID: <a@b.example>\r\nSubject: Hello\r\n\r\nText\r\n')
    const page = await provider.changesSince(position.ok ? position.value.cursor : '', signal)
    expect(page.ok && page.value.changes.length).toBe(1)
    expect(new Set(await signIns(who))).toEqual(new Set([mechanism]))
  })

  test('a connection that tells of new mail is signed in with a token, too', async () => {
    const who = address('ines')
    const [provider] = await on.connected(who)
    const came = Promise.withResolvers<string>()
    const line = await provider.attend?.(() => came.resolve('came'), signal)
    if (line?.ok !== true || line.value === undefined) throw new Error(JSON.stringify(line))
    await dovecot.deliver(who, 'Message-ID: <i@b.example>\r\nSubject: Hello\r\n\r\nText\r\n')
    expect(await came.promise).toBe('came')
    await line.value[Symbol.asyncDispose]()
  })

  test('a token that ran out is refused there, renewed once, and the question answered', async () => {
    const who = address('nora')
    const [provider] = await on.connected(who)
    await on.practice.control('/clock', { advanceMs: 2 * hours })
    const before = [on.tokenRequests(), (await signIns(who)).length] as const
    expect((await provider.changesSince(undefined, signal)).ok).toBe(true)
    expect([on.tokenRequests() - before[0], (await signIns(who)).length - before[1]]).toEqual([1, 1])
    expect(await refusals(who)).toEqual([mechanism])
  })

  test('a token that is good for nothing any more, and cannot be renewed, needs its person', async () => {
    const who = address('ola')
    const [provider, id] = await on.connected(who)
    const before = (await signIns(who)).length
    await on.practice.control('/grants/end', { mailbox: who })
    expect(await provider.changesSince(undefined, signal)).toMatchObject({
      ok: false,
      failure: { kind: 'unauthorised', why: 'revoked' },
    })
    expect([await on.health(id), (await signIns(who)).length - before, await refusals(who)]).toEqual([
      { health: 'reconnect_needed', health_reason: 'revoked' },
      0,
      [mechanism],
    ])
  })

  test.skipIf(!hasDovecot('submission'))(
    'a mail leaves over SMTP with a token, and once, also where the token had run out',
    async () => {
      const who = address('rosa')
      const letter = (n: number) =>
        Buffer.from(`From: ${who}\r\nTo: ${who}\r\nSubject: s\r\nMessage-ID: <${n}.${who}>\r\n\r\nText\r\n`)
      const [provider] = await on.connected(who)
      const sent = [(await provider.send(letter(1), undefined, signal)).ok]
      await on.practice.control('/clock', { advanceMs: 2 * hours })
      const before = on.tokenRequests()
      sent.push((await provider.send(letter(2), undefined, signal)).ok)
      expect([sent, on.tokenRequests() - before]).toEqual([[true, true], 1])
      expect(relay.received.filter(({ from }) => from === who).length).toBe(2)
      expect(await dovecot.log()).toMatch(
        new RegExp(`submission-login: .*user=<${who}>, method=${mechanism}`),
      )
    },
  )

  test.skipIf(!hasDovecot('submission'))(
    'a mail waits while Dovecot cannot ask what the token is worth, and costs no token',
    async () => {
      const who = address('sina')
      const [provider, id] = await on.connected(who)
      const before = on.tokenRequests()
      await on.practice.control('/faults', {
        fail: { status: 503, method: 'oauth2.introspect', mailbox: who },
      })
      const letter = Buffer.from(`From: ${who}\r\nTo: ${who}\r\nSubject: s\r\n\r\nText\r\n`)
      const sent = await provider.send(letter, undefined, signal)
      expect([sent.ok ? 'sent' : sent.failure.kind, on.tokenRequests() - before]).toEqual(['throttled', 0])
      expect([(await on.health(id))?.health, relay.received.filter(({ from }) => from === who)]).toEqual([
        'active',
        [],
      ])
    },
  )

  test('while Dovecot cannot ask what a token is worth, nobody is taken for locked out', async () => {
    const who = address('pia')
    const [provider, id] = await on.connected(who)
    const before = on.tokenRequests()
    await on.practice.control('/faults', { fail: { status: 503, method: 'oauth2.introspect', mailbox: who } })
    const asked = await provider.changesSince(undefined, signal)
    await on.practice.control('/faults', {})
    expect(asked).toMatchObject({ ok: false, failure: { kind: 'transient' } })
    expect([on.tokenRequests() - before, (await on.health(id))?.health]).toEqual([0, 'active'])
  })
})
