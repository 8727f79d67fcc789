/**
 * What has to be proved against a provider's live service, one question after the other, through the port that the
 * product itself uses: mails to the account's own address, and what becomes of them. Reads nothing but these mails.
 *
 * Each answer stands beside what Kontor counts on, so that a service that changed shows as `differs`. The questions
 * follow the list in docs/provider-quirks.md.
 */
import {
  compose,
  defaultLimits,
  header,
  newMessageId,
  newToken,
  parseMessage,
  parseMessageIds,
  tokenOf,
} from '../mail/index.ts'
import type { Adapter, Level, SignedIn } from '../mailboxes/consent.ts'
import type { Change, MailProvider, Outcome } from '../mailboxes/provider.ts'
import type { HttpClient } from '../platform/http-client/index.ts'
import type { Finding, Letter } from './live-finding.ts'
import { told } from './live-finding.ts'
import { gmailRaw, microsoftRaw } from './live-raw.ts'

export interface LiveAccount {
  readonly adapter: Adapter
  readonly provider: MailProvider
  readonly signedIn: SignedIn
  readonly level: Level
  /** Where the provider's interface begins, for what the port does not ask. */
  readonly apiUrl: string
  readonly http: HttpClient
}

export interface LiveMachines {
  /** Waits so many milliseconds; real time at the live service. */
  readonly sleep: (ms: number) => Promise<void>
  readonly now: () => Temporal.Instant
  /** Distinguishes one run from another; 32 hexadecimal digits. */
  readonly id: string
  /** Also hands over a mail as large as the port allows. */
  readonly large: boolean
}

const callMs = 60_000
const looks = 24
const betweenLooksMs = 5_000
const largeMargin = 100_000

/** Asks everything; yields each answer as it comes. */
export async function* liveChecks(account: LiveAccount, machines: LiveMachines): AsyncGenerator<Finding> {
  const { provider, signedIn, level, adapter } = account
  const full = level === 'full'
  yield same(
    'Permissions that the sign-in gave',
    permissions(true, full),
    permissions(signedIn.granted.send, signedIn.granted.read),
  )
  yield told('Names of these permissions', signedIn.tokens.scopes.join(' '))
  yield await refreshed(account)
  const identity = await provider.identity(signal())
  yield same(
    'Address of the account',
    signedIn.account.address,
    valueOf(identity, (one) => one.address),
  )
  const identities = await provider.identities(signal())
  yield told(
    'Addresses that it may send as',
    valueOf(identities, (list) => list.map((one) => one.address).join(' ')),
  )
  const start = full ? await provider.changesSince(undefined, signal()) : undefined
  const letter = await letterOf(account, machines, 'small')
  const before = machines.now()
  const accepted = await provider.send(letter.raw, undefined, signal())
  yield same(
    'A mail to the own address is taken',
    'taken',
    valueOf(accepted, () => 'taken'),
  )
  if (!accepted.ok) return
  yield told(
    'Ids in the answer to it',
    `message ${accepted.value.providerMessageId ?? 'none'}, thread ${accepted.value.providerThreadId ?? 'none'}`,
  )
  if (full)
    yield* afterwards(account, machines, letter, {
      before,
      cursor: start?.ok === true ? start.value.cursor : undefined,
    })
  const { accessToken } = signedIn.tokens
  const { large } = machines
  const bare = {
    ...account,
    accessToken,
    large,
    letter: (name: string, size?: number) => letterOf(account, machines, name, size),
  }
  if (adapter.traits.key === 'gmail') yield* gmailRaw(bare)
  if (adapter.traits.key === 'microsoft') yield* microsoftRaw(bare)
  if (!large) return
  const size = adapter.traits.maxRawBytes - largeMargin
  const heavy = await letterOf(account, machines, 'large', size)
  yield same(
    `A mail of ${size} bytes is taken`,
    'taken',
    valueOf(await provider.send(heavy.raw, undefined, signal()), () => 'taken'),
  )
}

/** What no program sees: a person answers it and writes it into docs/provider-quirks.md. */
export const byHand: Readonly<Record<'gmail' | 'microsoft', readonly string[]>> = {
  gmail: [
    'Sign in once more with --send-only: has the page for a single permission a box to tick?',
    'Write from Kontor to another provider and show the original there: does DKIM cover List-Unsubscribe and List-Unsubscribe-Post (h=)?',
    'Let Kontor follow up under Send Only: do Gmail, Outlook and Apple Mail show both mails as one conversation?',
    'Write from Kontor to an address with letters beyond ASCII before the @: does it arrive, or is it refused with a reason?',
    'Copy somebody blindly (Bcc): do the others see nothing of it, and does the copy arrive?',
    'Are the limits on support.google.com and the terms of the security review (CASA) still those that the help names?',
    'Repeat this check with a company account and with a personal one.',
  ],
  microsoft: [
    'In a fresh organisation without changes: can a person without a role connect with Send Only, and is Full Access sent to an admin? With a verified publisher and without?',
    'Send 31 mails within a minute: are the last ones refused (429), or taken and delayed?',
    'Where an account is barred from sending: which status and which code come with ErrorMessageSubmissionBlocked, and with a full mailbox?',
    'Write from Kontor to another provider and show the original there: does DKIM cover List-Unsubscribe and List-Unsubscribe-Post (h=)?',
    'Move a mail to another folder: does its id stay the same, and is it told of as a new one?',
    'Write from Kontor to an address with letters beyond ASCII before the @: does it arrive, or is it refused with a reason?',
    'Copy somebody blindly (Bcc): do the others see nothing of it, and does the copy arrive?',
    'In Graph Explorer, with Mail.ReadWrite, make a draft under the header Prefer: IdType="ImmutableId" and send it: does its id find the copy in Sent? (Kontor makes no drafts.)',
    'In Graph Explorer, with Mail.ReadBasic alone, ask a message for its body: is it refused (403), or left out? (Kontor never asks for this permission.)',
    'With a personal account: after how many mails of a day is sending refused, and with which code?',
    'Connect the same account by SMTP and IMAP: does one copy lie in Sent after a mail, or two?',
    'Repeat this check with a company account and with a personal one.',
  ],
}

/** What only Full Access can see: the copy in Sent, the copy that arrived, their headers, and the ways of refusing. */
async function* afterwards(
  { provider, adapter, signedIn }: LiveAccount,
  { sleep, now }: LiveMachines,
  letter: Letter,
  { before, cursor }: { readonly before: Temporal.Instant; readonly cursor: string | undefined },
): AsyncGenerator<Finding> {
  const hints = {
    messageId: letter.messageId,
    token: letter.token,
    to: signedIn.account.address,
    since: before,
    attemptedAt: before,
  }
  const copy = await until(sleep, async () => {
    const found = await provider.findSent(hints, signal())
    return found.ok ? found.value : undefined
  })
  yield same(
    'The copy in Sent is found by what we know of the mail',
    'found',
    copy === undefined ? 'not found' : 'found',
  )
  yield told('Seconds until it was found', String(Math.round(before.until(now()).total('seconds'))))
  const seen = cursor === undefined ? [] : await changesAfter(provider, cursor, sleep)
  yield same('New mail is seen by its identifiers', 'seen', seen.length > 0 ? 'seen' : 'not seen')
  yield told(
    'Identifiers that a mail to oneself makes',
    `${seen.length}, of them own ${seen.filter((one) => one.own).length}`,
  )
  const sentId = copy?.providerMessageId ?? seen.find((one) => one.own)?.providerMessageId
  const arrivedId = seen.find((one) => !one.own)?.providerMessageId ?? sentId
  if (sentId !== undefined) {
    yield same(
      'Its id in Sent is the one under which it is seen as new',
      'the same',
      seen.some((one) => one.providerMessageId === sentId) ? 'the same' : 'another',
    )
    const headers = await provider.threadHeaders(sentId, signal())
    const token = (text: string | undefined) =>
      parseMessageIds(text ?? '').some((id) => tokenOf(id) === letter.token)
    yield same(
      'Our token in References can be asked for alone',
      'there',
      valueOf(headers, (one) => (token(one.references) ? 'there' : 'missing')),
    )
  }
  if (arrivedId !== undefined) yield* survivors(provider, adapter, arrivedId, letter)
  const expired = cursor === undefined ? undefined : await provider.changesSince(spoilt(cursor), signal())
  if (expired !== undefined)
    yield same(
      'A position that is too old',
      'cursor_expired',
      valueOf(expired, () => 'answered'),
    )
  yield same(
    'A message that does not exist',
    'not_found',
    valueOf(await provider.raw((arrivedId ?? 'a').replaceAll(/./g, '0'), signal()), () => 'given'),
  )
}

/** Which of our headers reach a reader unchanged. */
async function* survivors(
  provider: MailProvider,
  { traits }: Adapter,
  id: string,
  letter: Letter,
): AsyncGenerator<Finding> {
  const got = await provider.raw(id, signal())
  if (!got.ok) {
    yield same('The mail that arrived can be read', 'read', got.failure.kind)
    return
  }
  const sent = await parseMessage(letter.raw, defaultLimits)
  const come = await parseMessage(got.value.raw, defaultLimits)
  const kept = (name: string) =>
    header(come.headers, name)?.trim() === header(sent.headers, name)?.trim()
      ? 'kept'
      : (header(come.headers, name) ?? 'gone')
  yield same(
    'Our Message-ID',
    traits.keepsMessageId ? 'kept' : 'replaced',
    kept('message-id') === 'kept' ? 'kept' : 'replaced',
  )
  for (const name of survivingHeaders) yield same(`Our ${name}`, 'kept', kept(name.toLowerCase()))
}

const survivingHeaders = [
  'References',
  'Reply-To',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Auto-Submitted',
  'X-Auto-Response-Suppress',
  'Subject',
]

async function refreshed({ adapter, signedIn, level }: LiveAccount): Promise<Finding> {
  const { refreshToken } = signedIn.tokens
  const question = 'The sign-in can be renewed without the person'
  if (refreshToken === undefined) return same(question, 'renewed', 'no refresh token came')
  const fresh = await adapter.consent.refresh(refreshToken, { level }, signal())
  return same(
    question,
    'renewed',
    valueOf(fresh, () => 'renewed'),
  )
}

/** What came after a cursor, looked for until something did. */
async function changesAfter(
  provider: MailProvider,
  cursor: string,
  sleep: LiveMachines['sleep'],
): Promise<readonly Change[]> {
  const found = await until(sleep, async () => {
    const changes: Change[] = []
    for (let from = cursor; ; ) {
      const page = await provider.changesSince(from, signal())
      if (!page.ok) return undefined
      changes.push(...page.value.changes)
      if (!page.value.more) return changes.length === 0 ? undefined : changes
      from = page.value.cursor
    }
  })
  return found ?? []
}

async function until<T>(
  sleep: LiveMachines['sleep'],
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (let n = 0; n < looks; n++) {
    const found = await look()
    if (found !== undefined) return found
    await sleep(betweenLooksMs)
  }
  return undefined
}

/** A position that no provider can know any more, of the same form. */
function spoilt(cursor: string): string {
  return /^\d+$/.test(cursor) ? '1' : cursor.replaceAll(/[a-z0-9](?=[^/]{0,12}$)/gi, '0')
}

async function letterOf(
  { signedIn }: LiveAccount,
  { id, now }: LiveMachines,
  name: string,
  size = 0,
): Promise<Letter> {
  const { address } = signedIn.account
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const token = `${id}${name}`
  const root = newToken(token, domain)
  const messageId = newMessageId(`live.${token}`, domain)
  const self = { address, name: '' }
  const raw = await compose({
    from: self,
    to: [self],
    replyTo: self,
    subject: `Kontor live check, ${name}`,
    text: `This mail was written by a check of Kontor. You can delete it.\r\n${fillLine.repeat(Math.floor(size / fillLine.length))}`,
    messageId,
    references: [root],
    date: now(),
    boundarySeed: token,
    headers: {
      listUnsubscribe: { https: `https://kontor.invalid/u/${token}`, oneClick: true },
      autoSubmitted: 'auto-generated',
      autoResponseSuppress: ['All'],
    },
  })
  return { raw, messageId, token }
}

const fillLine = `${'.'.repeat(70)}\r\n`

function permissions(send: boolean, read: boolean): string {
  return [send ? 'send' : '', read ? 'read' : ''].filter((one) => one !== '').join(' and ') || 'none'
}

function valueOf<T>(outcome: Outcome<T>, say: (value: T) => string): string {
  return outcome.ok ? say(outcome.value) : `${outcome.failure.kind}: ${outcome.failure.diagnostic}`
}

function same(question: string, assumed: string, seen: string): Finding {
  const holds = seen === assumed || seen.startsWith(`${assumed}: `)
  return { question, assumed, seen, verdict: holds ? 'as assumed' : 'differs' }
}

function signal(): AbortSignal {
  return AbortSignal.timeout(callMs)
}
