/** A mail server that is not ours: Dovecot, with SMTP beside it that delivers into it and files copies. */
import type { Level } from '../../mailboxes/consent.ts'
import type { MailProvider, ProviderTraits } from '../../mailboxes/provider.ts'
import { wallClock } from '../../platform/clock/index.ts'
import type { Dovecot, DovecotTraits } from '../../testing/dovecot.ts'
import { startDovecot } from '../../testing/dovecot.ts'
import type { TakenMail } from '../../testing/smtp-server.ts'
import { startSmtpServer } from '../../testing/smtp-server.ts'
import { imapAdapter, imapEndpoint } from './index.ts'
import type { Places } from './places.ts'

const { signal } = new AbortController()
const server = { host: 'mail.kontor.test', port: 465, security: 'tls' } as const

export interface DovecotWorld extends AsyncDisposable {
  readonly dovecot: Dovecot
  readonly places: Places
  /** Makes an account, or changes its password. */
  account(address: string, password?: string): Promise<void>
  /** What becomes of the next mail of an address. */
  cut(from: string, how: 'cut_before' | 'cut_after'): void
  signedIn(
    address: string,
    name: string,
    level: Level,
  ): Promise<{ readonly provider: MailProvider; readonly traits: ProviderTraits }>
}

export async function startDovecotWorld(
  traits: DovecotTraits = {},
  productNow: () => Promise<Temporal.Instant> = async () => wallClock.now(),
): Promise<DovecotWorld> {
  const passwords = new Map<string, string>()
  const cuts = new Map<string, 'cut_before' | 'cut_after'>()
  const dovecot = await startDovecot(traits)
  const smtp = await startSmtpServer({ carry, login: (user, password) => passwords.get(user) === password })
  const places: Places = {
    serversFor: async () => ({ smtp: server, imap: server }),
    reach: async ({ host }, speaks) => {
      const port = speaks === 'smtp' ? smtp.port : dovecot.port
      return { ok: true, place: { host: '127.0.0.1', port, servername: host, security: 'none' } }
    },
    filesSent: async () => true,
  }

  async function carry({ from, to, raw }: TakenMail): Promise<'answer' | 'cut'> {
    const cut = cuts.get(from)
    cuts.delete(from)
    if (cut === 'cut_before') return 'cut'
    const bytes = Buffer.from(raw, 'latin1')
    await dovecot.fileSent(from, bytes)
    // anybody else's mailbox is at another server
    if (passwords.has(to)) await dovecot.deliver(to, bytes)
    return cut === undefined ? 'answer' : 'cut'
  }

  return {
    dovecot,
    places,
    async account(address, password = 'practice') {
      passwords.set(address, password)
      await dovecot.setPassword(address, password)
    },
    cut: (from, how) => void cuts.set(from, how),
    async signedIn(address, name, level) {
      const adapter = imapAdapter({ endpoint: imapEndpoint(), places, clock: wallClock, productNow })
      const password = passwords.get(address) ?? ''
      const done = await adapter.password?.signIn({ address, name, password }, level, signal)
      if (done?.ok !== true) throw new Error(JSON.stringify(done))
      const same = async () => ({ ok: true, value: done.value.tokens.accessToken }) as const
      return { provider: adapter.open({ current: same, renewed: same }), traits: adapter.traits }
    },
    async [Symbol.asyncDispose]() {
      await smtp[Symbol.asyncDispose]()
      await dovecot[Symbol.asyncDispose]()
    },
  }
}
