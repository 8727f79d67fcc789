/**
 * The hands of the provider suite: what a test can do in an outside world, the mails it writes there, and short ways of
 * asking.
 */
import { expect, test } from 'vitest'
import type {
  Accepted,
  Change,
  MailProvider,
  Outcome,
  ProviderTraits,
  SentHints,
  WatchWish,
} from './provider.ts'
import type { Lack, Lacking } from './provider-lacks.contract.ts'

export interface Under {
  /** How this provider says until when to wait. */
  readonly patience: readonly string[]
  readonly lacks: Lacking
}

export interface SharedUnderTest {
  readonly provider: MailProvider
  readonly address: string
  rights(may: { readonly read: boolean; readonly sendAs: boolean }): Promise<void>
}

/** One mailbox of an outside world, and the hands of a test in that world. */
export interface ProviderUnderTest {
  readonly provider: MailProvider
  readonly traits: ProviderTraits
  readonly address: string
  readonly name: string
  /** Another mailbox of the same world. */
  readonly other: { readonly address: string; readonly provider: MailProvider }
  now(): Promise<Temporal.Instant>
  /** Lets a raw message arrive; elsewhere than in the inbox where the provider, or a rule of its owner, would put it there. */
  deliver(raw: string, where?: 'spam' | 'archive' | 'trash'): Promise<void>
  /** What the world does to the next send from this mailbox. */
  disturb(next: 'cut_before' | 'cut_after'): Promise<void>
  /** Makes the provider ask for patience until then, in one of its ways of saying so. */
  throttle(until: Temporal.Instant, patience: string, asked: 'sending' | 'everything'): Promise<void>
  /** Every cursor so far is too old. */
  expireCursors(): Promise<void>
  /** A mailbox that is shared with the account, over the account's grant; and what the account may do there. */
  shared(): Promise<SharedUnderTest>
  /** The same mailbox over a grant that may send and nothing else. */
  sendOnly(): Promise<MailProvider>
  /** Ends the grant behind `provider`, as a person does on the provider's own page. */
  endGrant(): Promise<void>
  /** Lets time pass in that world. */
  elapse(seconds: number): Promise<void>
  /** Where this world may knock. */
  watchWish(): WatchWish
  /** Another address of the account: its owner has confirmed it, or not (any more). */
  alias(address: string, accepted: boolean): Promise<void>
  /** Lets copies lie in Sent only after so long. */
  fileSentAfter(seconds: number): Promise<void>
}

export const signal = new AbortController().signal
let drawn = 0

export type Fact = (sentence: string, check: (at: ProviderUnderTest) => Promise<void>, needs?: Lack) => void

/** States a fact about one provider, each on a fresh mailbox. */
export function factsAbout(name: string, { lacks }: Under, open: () => Promise<ProviderUnderTest>): Fact {
  return (sentence, check, needs) =>
    // oxlint-disable-next-line vitest/expect-expect -- every check asserts
    test.skipIf(needs !== undefined && needs in lacks)(`${name}: ${sentence}`, async () =>
      check(await open()),
    )
}

export const nowhere = '00000000deadbeef'

export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.diagnostic}`)
  return outcome.value
}

export function kindOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.failure.kind
}

export async function position(provider: MailProvider): Promise<string> {
  return value(await provider.changesSince(undefined, signal)).cursor
}

export async function changesAfter(provider: MailProvider, cursor: string): Promise<Change[]> {
  const all: Change[] = []
  for (let at = cursor; ; ) {
    const page = value(await provider.changesSince(at, signal))
    all.push(...page.changes)
    if (!page.more) return all
    at = page.cursor
  }
}

export async function arrived(at: ProviderUnderTest, raw: string): Promise<Change[]> {
  const cursor = await position(at.provider)
  await at.deliver(raw)
  return changesAfter(at.provider, cursor)
}

export async function between(
  provider: MailProvider,
  range: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
): Promise<Change[]> {
  const all: Change[] = []
  for (let page: string | undefined; ; ) {
    const part = value(await provider.changesBetween(range, page, signal))
    all.push(...part.changes)
    if (part.page === undefined) return all
    page = part.page
  }
}

/** Whoever asks is told to wait until then. Seconds are whole and count from the answer, however long that took. */
export async function expectPatience(
  at: ProviderUnderTest,
  until: Temporal.Instant,
  ask: () => Promise<Outcome<unknown>>,
): Promise<void> {
  const before = await at.now()
  const outcome = await ask()
  const took = (await at.now()).since(before).total('milliseconds')
  if (outcome.ok || outcome.failure.kind !== 'throttled') throw new Error(`not throttled: ${kindOf(outcome)}`)
  const later = outcome.failure.until.since(until).total('milliseconds')
  expect(later).toBeGreaterThanOrEqual(0)
  expect(later).toBeLessThan(took + 1000)
}

export function ids(found: Accepted | undefined): Accepted {
  const { providerMessageId = '', providerThreadId = '' } = found ?? {}
  return { providerMessageId, providerThreadId }
}

/** Sends, and learns the ids of the copy where the answer did not tell them. */
export async function sentOurs(at: ProviderUnderTest, mail: Ours, thread?: string): Promise<Accepted> {
  const hints = await hintsOf(at, mail)
  const accepted = value(await at.provider.send(mail.bytes, thread, signal))
  if (accepted.providerMessageId !== undefined) return accepted
  return ids(value(await at.provider.findSent(hints, signal)))
}

export async function hintsOf(at: ProviderUnderTest, { token, messageId }: Ours): Promise<SentHints> {
  const now = await at.now()
  return {
    token: `s.${token}@kontor.example`,
    messageId,
    to: at.other.address,
    since: now.subtract({ seconds: 1 }),
    attemptedAt: now,
  }
}

export async function messageIdOf(provider: MailProvider, sent: Accepted): Promise<string> {
  const headers = await provider.threadHeaders(sent.providerMessageId ?? '', signal)
  return value(headers).messageId ?? ''
}

export function letter(
  at: ProviderUnderTest,
  subject: string,
  fields: readonly string[] = [],
  text = 'Text\r\n',
): string {
  drawn += 1
  return [
    'From: Somebody <somebody@people.practice.example>',
    `To: ${at.address}`,
    `Subject: ${subject}`,
    'Date: Tue, 10 Mar 2026 09:00:00 +0000',
    `Message-ID: <${subject.replaceAll(/\W/g, '-')}.${drawn}@outside.example>`,
    ...fields,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
  ].join('\r\n')
}

interface Ours {
  readonly bytes: Uint8Array
  readonly token: string
  readonly messageId: string
}

export function ours(
  at: ProviderUnderTest,
  {
    token = `token-number-${(drawn += 1)}`,
    messageId = `ours.${(drawn += 1)}@kontor.example`,
    follows = '',
    from = at.address,
  }: {
    readonly token?: string
    readonly messageId?: string
    readonly follows?: string
    readonly from?: string
  } = {},
): Ours {
  const lines = [
    `From: ${at.name} <${from}>`,
    `To: ${at.other.address}`,
    'Subject: hello',
    'Date: Tue, 10 Mar 2026 09:00:00 +0000',
    `Message-ID: <${messageId}>`,
    `References: <s.${token}@kontor.example> ${follows}`.trim(),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hello\r\n',
  ]
  return { bytes: Buffer.from(lines.join('\r\n')), token, messageId }
}

/** As whom the newest mail arrived at the other mailbox. */
export async function senderSeen(at: ProviderUnderTest, cursor: string): Promise<string> {
  const [change] = await changesAfter(at.other.provider, cursor)
  const { raw } = value(await at.other.provider.raw(change?.providerMessageId ?? '', signal))
  return /^from:.*?([^\s<]+@[^\s>]+)/im.exec(Buffer.from(raw).toString('utf8'))?.[1] ?? ''
}

export function subjectOf(raw: Uint8Array): string {
  return /^subject: (.*)\r$/im.exec(Buffer.from(raw).toString('utf8'))?.[1] ?? ''
}
