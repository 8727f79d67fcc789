/**
 * SMTP and IMAP as an adapter of the ports: sends over SMTP, files the copy in Sent, reads over IMAP. A translation and
 * nothing else; what is asked for stands in the files beside this one.
 */
import type { Adapter, ConsentProvider, Endpoint } from '../../mailboxes/consent.ts'
import type { AccessTokens, MailProvider, Outcome, ProviderTraits } from '../../mailboxes/provider.ts'
import { addressKey } from '../../mail/address.ts'
import type { Clock } from '../../platform/clock/index.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import { attendInbox } from './attend.ts'
import { changesBetween, changesSince } from './changes.ts'
import type { Places } from './places.ts'
import { findSent, raw, threadHeaders, writtenBy } from './read.ts'
import type { Secret } from './secret.ts'
import { readSecret } from './secret.ts'
import { sendRaw } from './send.ts'
import { imapSession } from './session.ts'
import type { Credential, Credentials } from './signing-in.ts'
import { passwordSignIn } from './sign-in.ts'

export { bearerConsent } from './consent.ts'
export { imapEndpoint, imapOAuthEndpoint, practiceImapEndpoint } from './endpoint.ts'
export { internetPlaces, namedPlaces, type Places, practicePlaces } from './places.ts'

export interface ImapOptions {
  readonly endpoint: Endpoint
  /** How people sign in at the provider, where they do; else by password, on our own page. */
  readonly consent?: ConsentProvider
  readonly places: Places
  /** Real time. */
  readonly clock: Clock
  /** Product time, in which "wait until" is told to the outbox. */
  readonly productNow: () => Promise<Temporal.Instant>
}

/** What most servers take; one that takes less says so when it is asked (RFC 1870). */
const maxRawBytes = 25 * 1024 * 1024
/** After so long a server that files copies by itself has done so. */
const filedWithinSeconds = 60

export function imapAdapter(options: ImapOptions): Adapter {
  const { places, clock } = options
  return {
    traits,
    consent: options.consent ?? consentOf(),
    attends: true,
    ...(options.consent === undefined
      ? { password: passwordSignIn({ places, now: () => clock.now() }) }
      : {}),
    open: (tokens) => openImap(options, tokens),
  }
}

const traits: ProviderTraits = {
  key: 'imap',
  maxRawBytes,
  threadId: 'none',
  keepsMessageId: true,
  sentSearchUrl: () => undefined,
}

/** Nobody is sent anywhere: the page is our own, and the state in its address finds the wish again. */
function consentOf(): ConsentProvider {
  return {
    authorizeUrl: async ({ redirectUri, state, level, loginHint }) => {
      const page = new URL('/settings/integrations/sign-in', redirectUri)
      page.searchParams.set('state', state)
      page.searchParams.set('level', level)
      if (loginHint !== undefined) page.searchParams.set('address', loginHint)
      return page.href
    },
    exchange: async () =>
      failed({ kind: 'unauthorised', why: 'denied', diagnostic: 'signed in by password alone' }),
    refresh: async () =>
      failed({ kind: 'unauthorised', why: 'password_refused', diagnostic: 'a password is not renewed' }),
    consentPage: () => undefined,
    verifySettings: async () => ({ verdict: 'works', detail: '' }),
  }
}

function openImap({ places, clock, productNow }: ImapOptions, tokens: AccessTokens): MailProvider {
  async function secretNow(signal: AbortSignal): Promise<Outcome<Secret>> {
    const held = await tokens.current(signal)
    return held.ok ? succeeded(readSecret(held.value)) : held
  }
  async function reached(held: Outcome<string>, speaks: 'smtp' | 'imap'): Promise<Outcome<Credential>> {
    if (!held.ok) return held
    const secret = readSecret(held.value)
    const server = secret[speaks]
    if (server === undefined)
      return failed({ kind: 'scope_missing', missing: ['read'], diagnostic: 'no IMAP server is known' })
    const found = await places.reach(server, speaks)
    if (found.ok) return succeeded({ place: found.place, secret, text: held.value })
    return failed({ kind: 'transient', diagnostic: `${server.host}: ${found.verdict} ${found.detail}` })
  }
  const credentialsAt = (speaks: 'smtp' | 'imap'): Credentials => ({
    current: async (signal) => await reached(await tokens.current(signal), speaks),
    renewed: async ({ text }, signal) => await reached(await tokens.renewed(text, signal), speaks),
  })
  const connecting = { clock, productNow, credentials: credentialsAt('imap') }
  const ask = imapSession(connecting)
  return {
    async identity(signal) {
      const held = await secretNow(signal)
      if (!held.ok) return held
      const { address, name } = held.value
      return succeeded({ accountId: addressKey(address), address, name })
    },
    send: (bytes, _threadId, signal) =>
      sendRaw({ ask, productNow, credentials: credentialsAt('smtp') }, bytes, signal),
    async changesSince(cursor, signal) {
      const now = await productNow()
      return await ask(signal, (client) => changesSince(client, cursor, now))
    },
    changesBetween: (range, page, signal) => ask(signal, (client) => changesBetween(client, range, page)),
    threadHeaders: (id, signal) => ask(signal, (client) => threadHeaders(client, id)),
    writtenBy: ({ providerMessageId }, addresses, signal) =>
      ask(signal, (client) => writtenBy(client, providerMessageId, addresses)),
    async raw(id, signal) {
      const held = await secretNow(signal)
      return held.ok ? await ask(signal, (client) => raw(client, id, held.value.address)) : held
    },
    async findSent(hints, signal, looked) {
      const held = await secretNow(signal)
      if (!held.ok) return held
      const now = await productNow()
      const found = await ask(signal, (client) => findSent(client, hints, now, looked))
      if (!found.ok || found.value !== undefined) return found
      // where we file the copy ourselves, a mail may have left without one
      if (!(await places.filesSent(held.value.smtp)))
        return failed({
          kind: 'not_found',
          diagnostic: 'nothing in Sent, where this server files nothing by itself',
        })
      const waited = hints.attemptedAt.until(now).total('seconds')
      return waited >= filedWithinSeconds ? found : failed({ kind: 'transient', diagnostic: 'not filed yet' })
    },
    async identities(signal) {
      const held = await secretNow(signal)
      return held.ok
        ? succeeded([{ address: held.value.address, name: held.value.name, primary: true }])
        : held
    },
    watch: async () => succeeded(undefined),
    unwatch: async () => succeeded(undefined),
    attend: (moved, signal) => attendInbox(connecting, moved, signal),
  }
}
