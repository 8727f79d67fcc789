/**
 * Gmail as an adapter of the ports to sign in, to send and to read. A translation and nothing else: what it asks for
 * and how it reads refusals stands in the files beside this one.
 */
import type { Adapter, OAuthEndpoint } from '../../mailboxes/consent.ts'
import type { AccessTokens, MailProvider, ProviderTraits } from '../../mailboxes/provider.ts'
import type { HttpClient } from '../../platform/http-client/index.ts'
import { succeeded } from '../shared/outcome.ts'
import { createGmailClient } from './client.ts'
import { gmailConsent } from './consent.ts'
import { gmailHear, gmailPushFault } from './push.ts'
import { changesBetween, changesSince, findSent, raw, threadHeaders, writtenBy } from './read.ts'
import { maxRawBytes, sendRaw } from './send.ts'
import { Anything, SendAsList, Userinfo, WatchAnswer, identitiesIn } from './translate.ts'

export { googleEndpoint, practiceGoogleEndpoint, practicePush } from './endpoint.ts'

export interface GmailOptions {
  readonly endpoint: OAuthEndpoint
  readonly http: HttpClient
  /** Real time, which counts the life of access tokens. */
  readonly now: () => Temporal.Instant
  /** Product time, in which "wait until" is told to the outbox. */
  readonly productNow: () => Promise<Temporal.Instant>
}

/** Gmail at one endpoint. */
export function gmailAdapter(options: GmailOptions): Adapter {
  const { push } = options.endpoint
  const hear = push === undefined ? undefined : gmailHear(options, push)
  return {
    traits: gmailTraits(options.endpoint),
    consent: gmailConsent(options),
    push: hear === undefined ? {} : { hear, faultOf: gmailPushFault },
    open: (tokens) => openGmail(options, tokens),
  }
}

function gmailTraits(endpoint: OAuthEndpoint): ProviderTraits {
  return {
    key: 'gmail',
    maxRawBytes,
    threadId: 'decides',
    keepsMessageId: false,
    sentSearchUrl({ to, subject }) {
      if (endpoint.webUrl === undefined) return undefined
      const search = `in:sent to:${to} subject:"${subject.replaceAll('"', ' ')}"`
      return `${endpoint.webUrl}#search/${encodeURIComponent(search)}`
    },
  }
}

function openGmail({ endpoint, http, productNow }: GmailOptions, tokens: AccessTokens): MailProvider {
  const gmail = createGmailClient({ endpoint, http, tokens, now: productNow })
  const me = '/gmail/v1/users/me'
  return {
    async identity(signal) {
      const answer = await gmail(
        { path: endpoint.userinfoUrl, fields: undefined, answer: Userinfo, asked: 'question' },
        signal,
      )
      if (!answer.ok) return answer
      const { sub, email: address, name } = answer.value
      return succeeded({ accountId: sub, address, name })
    },
    send: (message, threadId, signal) => sendRaw(gmail, message, threadId, signal),
    changesSince: (cursor, signal) => changesSince(gmail, cursor, signal),
    changesBetween: (range, page, signal) => changesBetween(gmail, range, page, signal),
    threadHeaders: (id, signal) => threadHeaders(gmail, id, signal),
    writtenBy: ({ providerMessageId }, addresses, signal) =>
      writtenBy(gmail, providerMessageId, addresses, signal),
    raw: (id, signal) => raw(gmail, id, signal),
    findSent: (hints, signal, looked) => findSent(gmail, hints, signal, looked),
    async identities(signal) {
      const fields = 'sendAs(sendAsEmail,displayName,signature,isPrimary,verificationStatus)'
      const list = await gmail(
        { path: `${me}/settings/sendAs`, fields, answer: SendAsList, asked: 'question' },
        signal,
      )
      return list.ok ? succeeded(identitiesIn(list.value)) : list
    },
    async watch({ previous }, signal) {
      if (endpoint.push === undefined) return succeeded(undefined)
      // no label is filtered for: a rule of the person may archive an answer
      const body = { type: 'application/json', bytes: JSON.stringify({ topicName: endpoint.push.topic }) }
      const answer = await gmail(
        { path: `${me}/watch`, fields: 'expiration', answer: WatchAnswer, asked: 'question', body },
        signal,
      )
      if (!answer.ok) return answer
      const until = Temporal.Instant.fromEpochMilliseconds(Number(answer.value.expiration))
      return succeeded({ until, handle: '', begun: previous === undefined })
    },
    async unwatch(_handle, signal) {
      const body = { type: 'application/json', bytes: '{}' }
      const answer = await gmail(
        { path: `${me}/stop`, fields: undefined, answer: Anything, asked: 'question', body },
        signal,
      )
      return answer.ok ? succeeded(undefined) : answer
    },
  }
}
