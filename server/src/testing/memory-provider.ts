/**
 * A provider in memory for the tests of everything above the port: whole mailboxes, threads, cursors, sign-in and
 * tokens, with faults on order. It has passed the suite that the real adapters pass (provider.contract.ts).
 *
 * ```ts
 * const outside = createMemoryProvider({ now: () => clock.now() })
 * outside.account('anna@brand.example', 'Anna Keller')
 * outside.fault('anna@brand.example', { call: 'send', effect: 'crash_after' })
 * outside.deliver('anna@brand.example', 'From: …\r\n\r\n…')
 * ```
 * Calls that wait are answered at once; time comes from `now` alone.
 */
import { readAddresses } from '../mail/headers.ts'
import { addressKey } from '../mail/index.ts'
import type { ConsentProvider, Level, OAuthEndpoint, SharedMailbox, Tokens } from '../mailboxes/consent.ts'
import type { AccessTokens, Account, Identity, MailProvider, Outcome } from '../mailboxes/provider.ts'
import {
  adminNeeded,
  denied,
  failed,
  mailboxRefused,
  memoryEndpoint,
  rejected,
  revoked,
  senderRefused,
  succeeded,
  unknownOutcome,
} from './memory-answers.ts'
import type {
  MemoryFault,
  MemoryProvider,
  MemoryProviderOptions,
  SentRecord,
  SharedRights,
} from './memory-hands.ts'
import type { MemoryBox, MemoryMessage } from './memory-mail.ts'
import { fieldOf, file, fromAnother, headersOf, recipientsOf, withMessageId } from './memory-mail.ts'
import { changesAfter, changesWithin, sentIn } from './memory-read.ts'
import type { Watched } from './memory-watch.ts'
import { watchOn } from './memory-watch.ts'

/** Thrown where a test wanted the process to die. */
export class SimulatedCrash extends Error {
  override readonly name = 'SimulatedCrash'
}

const maxRawBytes = 36_700_160

interface MemoryAccount extends Account {
  watch: Watched | undefined
  readonly kept: Identity
  readonly aliases: Map<string, Identity>
  readonly box: MemoryBox
  readonly faults: {
    readonly call: keyof MailProvider
    readonly effect: MemoryFault['effect']
    left: number
  }[]
}
interface MemoryGrant {
  readonly key: string
  readonly send: boolean
  readonly read: boolean
  readonly shared: Level | undefined
  ended: boolean
}

function levelIn(text: string | null): Level | undefined {
  return text === 'full' || text === 'send_only' ? text : undefined
}

/** An outside world of its own. */
export function createMemoryProvider(options: MemoryProviderOptions): MemoryProvider {
  const { now, pageSize = 100, rewritesMessageId = true, silent = false } = options
  const accounts = new Map<string, MemoryAccount>()
  const codes = new Map<string, MemoryGrant>()
  const refreshable = new Map<string, MemoryGrant>()
  const access = new Map<string, MemoryGrant>()
  const rightsIn = new Map<string, SharedRights>()
  const sent: SentRecord[] = []
  const calls: string[] = []
  let made = 0
  let refreshes = 0
  const endpoint: OAuthEndpoint = { ...memoryEndpoint, ...options.endpoint }

  function accountOf(address: string): MemoryAccount {
    const found = accounts.get(addressKey(address))
    if (found === undefined) throw new Error(`no account ${address}`)
    return found
  }

  function arrive(account: MemoryAccount, raw: Uint8Array, own: boolean, threadId?: string): MemoryMessage {
    made += 1
    return file(account.box, { id: `m-${made}`, raw, receivedAt: now(), own }, threadId)
  }

  function grantTokens(grant: MemoryGrant): Tokens {
    made += 1
    const accessToken = `access-${made}`
    access.set(accessToken, grant)
    const scopes = [...(grant.send ? ['send'] : []), ...(grant.read ? ['read'] : [])]
    return { accessToken, expiresAt: now().add({ hours: 1 }), scopes }
  }

  function struck(account: MemoryAccount, call: keyof MailProvider): MemoryFault['effect'] | undefined {
    const fault = account.faults.find((each) => each.call === call && each.left > 0)
    if (fault === undefined) return undefined
    fault.left -= 1
    return fault.effect
  }

  function accept(account: MemoryAccount, raw: Uint8Array, threadId: string | undefined): MemoryMessage {
    const [from] = readAddresses(fieldOf(raw, 'from') ?? '')
    const key = addressKey(from?.address ?? '')
    const known = key === addressKey(account.address) || account.aliases.has(key)
    const submitted = known ? raw : fromAnother(raw, account.address)
    const kept = rewritesMessageId
      ? withMessageId(submitted, `rewritten.${made + 1}@memory.example`)
      : submitted
    const thread = account.box.messages.some((each) => each.threadId === threadId) ? threadId : undefined
    const filed = arrive(account, kept, true, thread)
    for (const to of recipientsOf(raw)) {
      const recipient = accounts.get(to) ?? [...accounts.values()].find(({ aliases }) => aliases.has(to))
      if (recipient !== undefined) arrive(recipient, kept, false)
    }
    sent.push({
      from: account.address,
      raw,
      providerMessageId: filed.id,
      providerThreadId: filed.threadId,
      at: now(),
    })
    return filed
  }

  async function submit(
    account: MemoryAccount,
    raw: Uint8Array,
    threadId: string | undefined,
    signal: AbortSignal,
  ): ReturnType<MailProvider['send']> {
    const effect = struck(account, 'send')
    if (typeof effect === 'object') return failed(effect)
    if (effect === 'crash_before') throw new SimulatedCrash('before the provider accepted')
    if (effect === 'cut_before' || signal.aborted) return failed(unknownOutcome)
    if (raw.byteLength > maxRawBytes) return failed(rejected('too_large'))
    const recipients = recipientsOf(raw)
    if (recipients.length === 0 || recipients.some((key) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(key))) {
      return failed(rejected('recipient_invalid'))
    }
    const filed = accept(account, raw, threadId)
    if (effect === 'crash_after') throw new SimulatedCrash('after the provider accepted')
    if (effect === 'cut_after') return failed(unknownOutcome)
    return succeeded(silent ? {} : { providerMessageId: filed.id, providerThreadId: filed.threadId })
  }

  function openWith(
    allowed: (need: 'send' | 'read' | 'none') => Promise<Outcome<MemoryAccount>>,
  ): MailProvider {
    async function asked<T>(
      call: keyof MailProvider,
      need: 'send' | 'read' | 'none',
      answer: (account: MemoryAccount) => Outcome<T> | Promise<Outcome<T>>,
    ): Promise<Outcome<T>> {
      const account = await allowed(need)
      if (!account.ok) return account
      calls.push(`${account.value.address} ${call}`)
      if (call !== 'send') {
        const effect = struck(account.value, call)
        if (typeof effect === 'object') return failed(effect)
        if (effect !== undefined) throw new SimulatedCrash(call)
      }
      return answer(account.value)
    }

    const messageOf = (account: MemoryAccount, id: string): Outcome<MemoryMessage> => {
      const found = account.box.messages.find((each) => each.id === id)
      return found === undefined ? failed({ kind: 'not_found', diagnostic: id }) : succeeded(found)
    }

    return {
      identity: () =>
        asked('identity', 'none', ({ accountId, address, name }) => succeeded({ accountId, address, name })),
      send: (raw, threadId, signal) =>
        asked('send', 'send', (account) => submit(account, raw, threadId, signal)),
      changesSince: (cursor) =>
        asked('changesSince', 'read', ({ box }) => changesAfter(box, cursor, pageSize)),
      changesBetween: (range, page) =>
        asked('changesBetween', 'read', ({ box }) => changesWithin(box, range, { page, pageSize })),
      threadHeaders: (id) =>
        asked('threadHeaders', 'read', (account) => {
          const found = messageOf(account, id)
          return found.ok ? succeeded(headersOf(found.value.raw)) : found
        }),
      writtenBy: ({ providerMessageId }, addresses) =>
        asked('writtenBy', 'read', (account) => {
          const found = messageOf(account, providerMessageId)
          if (!found.ok) return found
          const [from] = readAddresses(fieldOf(found.value.raw, 'from') ?? '')
          const keys = new Set(addresses.map(addressKey))
          return succeeded(from !== undefined && keys.has(addressKey(from.address)))
        }),
      raw: (id) =>
        asked('raw', 'read', (account) => {
          const found = messageOf(account, id)
          if (!found.ok) return found
          const { raw, threadId: providerThreadId, receivedAt, own } = found.value
          return succeeded({ raw, providerThreadId, receivedAt, own })
        }),
      findSent: (hints, _signal, looked) =>
        asked('findSent', 'read', ({ box }) => sentIn(box, hints, { now: now(), looked })),
      identities: () =>
        asked('identities', 'read', ({ kept, aliases }) => succeeded([kept, ...aliases.values()])),
      watch: (wish) =>
        asked('watch', 'read', (account) => {
          made += 1
          const { watched, told } = watchOn(account.watch, wish, {
            now: now(),
            handle: `${account.address} ${made}`,
          })
          account.watch = watched
          return succeeded(told)
        }),
      unwatch: (handle) =>
        asked('unwatch', 'read', (account) => {
          if (account.watch?.handle === handle) account.watch = undefined
          return succeeded(undefined)
        }),
    }
  }

  /** The mailbox that is shared with the account of a grant, or why not. */
  function sharedOf(
    grant: MemoryGrant,
    need: 'send' | 'read' | 'none',
    { address }: SharedMailbox,
  ): Outcome<MemoryAccount> {
    const mailbox = accounts.get(addressKey(address))
    if (mailbox === undefined) return failed(mailboxRefused('unknown'))
    const rights = rightsIn.get(`${addressKey(address)} ${grant.key}`)
    const allowed = grant.shared === 'full' || (grant.shared === 'send_only' && need === 'send')
    if (!allowed || rights?.read !== true) return failed(mailboxRefused('no_right'))
    if (need === 'send' && !rights.sendAs) return failed(senderRefused)
    return succeeded(mailbox)
  }

  function openMailbox(tokens: AccessTokens, shared?: SharedMailbox): MailProvider {
    const signal = new AbortController().signal
    return openWith(async (need) => {
      const token = await tokens.current(signal)
      if (!token.ok) return token
      let grant = access.get(token.value)
      if (grant === undefined || grant.ended) {
        const fresh = await tokens.renewed(token.value, signal)
        if (!fresh.ok) return fresh
        grant = access.get(fresh.value)
      }
      if (grant === undefined || grant.ended) {
        return failed({ kind: 'unauthorised', why: 'token_refused', diagnostic: 'unknown token' })
      }
      if (need !== 'none' && !grant[need]) {
        return failed({ kind: 'scope_missing', missing: [need], diagnostic: 'not granted' })
      }
      return shared === undefined ? succeeded(accountOf(grant.key)) : sharedOf(grant, need, shared)
    })
  }

  const consent: ConsentProvider = {
    async authorizeUrl(request) {
      const url = new URL(endpoint.authorizeUrl)
      url.search = new URLSearchParams({
        state: request.state,
        redirect_uri: request.redirectUri,
        level: request.level,
        ...(request.shared === undefined ? {} : { shared: request.shared }),
      }).toString()
      return url.href
    },
    async exchange({ callbackUrl }) {
      const query = new URL(callbackUrl).searchParams
      if (query.get('error') === 'consent_required') return failed(adminNeeded)
      if (query.get('error') !== null) return failed(denied)
      const grant = codes.get(query.get('code') ?? '')
      if (grant === undefined) return failed({ kind: 'our_config', diagnostic: 'unknown code' })
      codes.delete(query.get('code') ?? '')
      made += 1
      const refreshToken = `refresh-${made}`
      refreshable.set(refreshToken, grant)
      const { accountId, address, name } = accountOf(grant.key)
      return succeeded({
        tokens: { ...grantTokens(grant), refreshToken },
        account: { accountId, address, name },
        granted: { send: grant.send, read: grant.read, shared: grant.shared },
      })
    },
    async refresh(refreshToken) {
      refreshes += 1
      const grant = refreshable.get(refreshToken)
      if (grant === undefined || grant.ended) return failed(revoked)
      return succeeded(grantTokens(grant))
    },
    async revoke(token) {
      const grant = refreshable.get(token) ?? access.get(token)
      if (grant !== undefined) grant.ended = true
      return succeeded({ endsOthers: false })
    },
    consentPage: () => undefined,
    verifySettings: async () => ({ verdict: 'works', detail: '' }),
    adminConsentUrl: ({ state, redirectUri }) =>
      `${endpoint.adminConsentUrl ?? ''}?${new URLSearchParams({ state, redirect_uri: redirectUri }).toString()}`,
  }

  return {
    endpoint,
    sent,
    calls,
    get refreshes() {
      return refreshes
    },
    adapter: {
      consent,
      shared: () => true,
      open: openMailbox,
      traits: {
        key: endpoint.provider,
        maxRawBytes,
        threadId: silent ? 'narrows' : 'decides',
        keepsMessageId: !rewritesMessageId,
        sentSearchUrl: () => undefined,
      },
    },
    account(address, name, signatureHtml) {
      const key = addressKey(address)
      if (accounts.has(key)) return
      accounts.set(key, {
        accountId: `account-${accounts.size + 1}`,
        address,
        name,
        box: { address, messages: [], epoch: 0 },
        faults: [],
        watch: undefined,
        aliases: new Map(),
        kept: { address, name, primary: true, ...(signatureHtml && { signatureHtml }) },
      })
    },
    alias(address, alias, state) {
      const { aliases, name } = accountOf(address)
      if (state === 'gone') aliases.delete(addressKey(alias))
      else aliases.set(addressKey(alias), { address: alias, name, primary: false })
    },
    share(mailbox, account, rights) {
      rightsIn.set(`${addressKey(mailbox)} ${addressKey(account)}`, rights)
    },
    deliver(address, raw, threadId) {
      const filed = arrive(accountOf(address), Buffer.from(raw), false, threadId)
      return { providerMessageId: filed.id, providerThreadId: filed.threadId }
    },
    messages: (address) => accountOf(address).box.messages,
    fault(address, { call, effect, times = 1 }) {
      accountOf(address).faults.push({ call, effect, left: times })
    },
    expireCursors(address) {
      accountOf(address).box.epoch += 1
    },
    watched: (address) => accountOf(address).watch,
    forgetWatch(address) {
      accountOf(address).watch = undefined
    },
    endGrants(address) {
      const key = addressKey(address)
      for (const grant of [...refreshable.values(), ...access.values()])
        if (grant.key === key) grant.ended = true
    },
    consent(authorizeUrl, answer) {
      const asked = new URL(authorizeUrl).searchParams
      const back = new URL(asked.get('redirect_uri') ?? '')
      back.searchParams.set('state', asked.get('state') ?? '')
      if (typeof answer === 'string') {
        back.searchParams.set('error', answer === 'cancel' ? 'access_denied' : 'consent_required')
        return back.href
      }
      made += 1
      codes.set(`code-${made}`, {
        key: addressKey(answer.account),
        send: answer.send ?? true,
        read: answer.read ?? asked.get('level') === 'full',
        shared: 'shared' in answer ? answer.shared : levelIn(asked.get('shared')),
        ended: false,
      })
      back.searchParams.set('code', `code-${made}`)
      return back.href
    },
    open: (address) => openWith(async () => succeeded(accountOf(address))),
  }
}
