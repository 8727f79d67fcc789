/** The same suite against a mail server that is not ours: Dovecot, with SMTP that delivers into it and files copies. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Level } from '../../mailboxes/consent.ts'
import type { ProviderUnderTest } from '../../mailboxes/provider.contract.ts'
import { providerContract } from '../../mailboxes/provider.contract.ts'
import { wallClock } from '../../platform/clock/index.ts'
import type { Dovecot } from '../../testing/dovecot.ts'
import { hasDovecot, startDovecot } from '../../testing/dovecot.ts'
import type { SmtpServer, TakenMail } from '../../testing/smtp-server.ts'
import { startSmtpServer } from '../../testing/smtp-server.ts'
import { imapAdapter, imapEndpoint } from './index.ts'
import type { Places } from './places.ts'

const signal = new AbortController().signal
const passwords = new Map<string, string>()
const cuts = new Map<string, 'cut_before' | 'cut_after'>()
let dovecot: Dovecot
let smtp: SmtpServer
let aheadSeconds = 0
let drawn = 0

const now = async () => wallClock.now().add({ seconds: aheadSeconds })

async function carry({ from, to, raw }: TakenMail): Promise<'answer' | 'cut'> {
  const cut = cuts.get(from)
  cuts.delete(from)
  if (cut === 'cut_before') return 'cut'
  const bytes = Buffer.from(raw, 'latin1')
  await dovecot.deliver(from, bytes, 'Sent')
  await dovecot.deliver(to, bytes)
  return cut === undefined ? 'answer' : 'cut'
}

const server = { host: 'mail.kontor.test', port: 465, security: 'tls' } as const
const places: Places = {
  serversFor: async () => ({ smtp: server, imap: server }),
  reach: async ({ host }, speaks) => {
    const port = speaks === 'smtp' ? smtp.port : dovecot.port
    return { ok: true, place: { host: '127.0.0.1', port, servername: host, security: 'none' } }
  },
  filesSent: async () => true,
}

async function signedIn(address: string, name: string, level: Level) {
  const adapter = imapAdapter({ endpoint: imapEndpoint(), places, clock: wallClock, productNow: now })
  const password = passwords.get(address) ?? ''
  const done = await adapter.password?.signIn({ address, name, password }, level, signal)
  if (done?.ok !== true) throw new Error(JSON.stringify(done))
  const same = async () => ({ ok: true, value: done.value.tokens.accessToken }) as const
  return { provider: adapter.open({ current: same, renewed: same }), traits: adapter.traits }
}

async function account(address: string, password = 'practice'): Promise<void> {
  passwords.set(address, password)
  await dovecot.setPassword(address, password)
}

async function openDovecot(): Promise<ProviderUnderTest> {
  drawn += 1
  aheadSeconds = 0
  const address = `anna.${drawn}@kontor.example`
  const other = `ben.${drawn}@kontor.example`
  await account(address)
  await account(other)
  const mine = await signedIn(address, 'Anna Keller', 'full')
  const others = await signedIn(other, 'Ben Ito', 'full')
  const folders = { spam: 'Junk', archive: 'Archive' } as const
  return {
    ...mine,
    address,
    name: 'Anna Keller',
    other: { address: other, provider: others.provider },
    now,
    deliver: (raw, where) => dovecot.deliver(address, raw, where === undefined ? 'INBOX' : folders[where]),
    async disturb(next) {
      cuts.set(address, next)
    },
    throttle: () => Promise.reject(new Error('SMTP and IMAP name no time')),
    expireCursors: () => dovecot.renumber(address),
    sendOnly: async () => (await signedIn(address, 'Anna Keller', 'send_only')).provider,
    endGrant: async () => {
      await account(address, 'changed')
      await dovecot.renumber(address)
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
    dovecot = await startDovecot()
    smtp = await startSmtpServer({ carry, login: (user, password) => passwords.get(user) === password })
  })
  afterAll(async () => {
    await smtp[Symbol.asyncDispose]()
    await dovecot[Symbol.asyncDispose]()
  })

  providerContract(
    'dovecot',
    { patience: [], lacks: ['aliases', 'shared mailboxes', 'late copies', 'thread ids', 'push'] },
    openDovecot,
  )

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
    const wire = await dovecot.rawLog(at.address)
    expect(page.value.changes.length).toBe(100)
    expect(wire).toContain('<99@home.example>')
    expect(/private|X-Secret|mum@home/i.exec(wire)).toBeNull()
    const asked = [...wire.matchAll(/FETCH \S+ (\(.*\))/g)].map(([, what]) => what)
    expect(new Set(asked)).toEqual(
      new Set(['(UID BODY.PEEK[HEADER.FIELDS (message-id in-reply-to references)])']),
    )
  })
})
