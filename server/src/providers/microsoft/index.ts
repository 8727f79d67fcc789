/**
 * Microsoft 365 and Outlook.com as an adapter of the ports to sign in, to send and to read. A translation and nothing
 * else: what it asks for and how it reads refusals stands in the files beside this one.
 */
import type { Adapter, OAuthEndpoint, SharedMailbox } from '../../mailboxes/consent.ts'
import type { AccessTokens, MailProvider, ProviderTraits } from '../../mailboxes/provider.ts'
import type { HttpClient } from '../../platform/http-client/index.ts'
import { succeeded } from '../shared/outcome.ts'
import { changesBetween, changesSince } from './changes.ts'
import { createGraphClient } from './client.ts'
import { accountOf, microsoftConsent } from './consent.ts'
import { findSent, openInbox, raw, sentFolderOf, threadHeaders, writtenBy } from './look.ts'
import { maxRawBytes, sendRaw } from './send.ts'
import { isPersonal } from './translate.ts'
import { hear, unwatch, watch } from './watch.ts'

export { microsoftEndpoint, practiceMicrosoftEndpoint } from './endpoint.ts'

export interface MicrosoftOptions {
  readonly endpoint: OAuthEndpoint
  readonly http: HttpClient
  /** Real time, which counts the life of access tokens. */
  readonly now: () => Temporal.Instant
  /** Product time, in which "wait until" is told to the outbox. */
  readonly productNow: () => Promise<Temporal.Instant>
}

/** Microsoft at one endpoint. */
export function microsoftAdapter(options: MicrosoftOptions): Adapter {
  return {
    traits: microsoftTraits(options.endpoint),
    consent: microsoftConsent(options),
    push: { hear },
    shared: (accountId) => !isPersonal(accountId),
    open: (tokens, shared) => openMicrosoft(options, tokens, shared),
  }
}

function microsoftTraits(endpoint: OAuthEndpoint): ProviderTraits {
  return {
    key: 'microsoft',
    maxRawBytes,
    threadId: 'narrows',
    keepsMessageId: true,
    // Outlook has no address for a search, so the person looks in Sent
    sentSearchUrl: () => (endpoint.webUrl === undefined ? undefined : `${endpoint.webUrl}sentitems`),
  }
}

function openMicrosoft(
  options: MicrosoftOptions,
  tokens: AccessTokens,
  shared: SharedMailbox | undefined,
): MailProvider {
  const { endpoint, http, productNow: now } = options
  const graph = createGraphClient({ endpoint, http, tokens, shared, now })
  const reading = { graph, endpoint, now }
  const sentFolder = sentFolderOf(graph)
  return {
    identity: (signal) => accountOf(graph, undefined, signal),
    // the thread follows from the headers alone
    send: (message, _threadId, signal) => sendRaw(graph, message, signal),
    changesSince: (cursor, signal) => changesSince(reading, cursor, signal),
    changesBetween: (range, page, signal) => changesBetween(reading, range, page, signal),
    threadHeaders: (id, signal) => threadHeaders(graph, id, signal),
    writtenBy: (message, addresses, signal) => writtenBy(graph, message, addresses, signal),
    raw: (id, signal) => raw(graph, id, sentFolder, signal),
    findSent: (hints, signal, looked) => findSent(reading, hints, signal, looked),
    async identities(signal) {
      if (shared !== undefined) {
        const folder = await openInbox(graph, signal)
        return folder.ok ? succeeded([{ address: shared.address, name: '', primary: true }]) : folder
      }
      // Graph does not tell as whom else a user may send
      const account = await accountOf(graph, undefined, signal)
      if (!account.ok) return account
      const { address, name } = account.value
      return succeeded([{ address, name, primary: true }])
    },
    watch: async (wish, signal) => watch({ graph, shared }, wish, await now(), signal),
    unwatch: (handle, signal) => unwatch(graph, handle, signal),
  }
}
