/**
 * The access log as a decorator around the port: one entry before each call and one after it, in short transactions of
 * their own, with the ids it touched and how deep it looked. Nothing reaches a provider past it. What is called side by
 * side in one workspace is entered together.
 *
 * If the entry before cannot be written, the call is not made. If the one after cannot, the outcome of the call still
 * counts (a mail that was accepted stays accepted) and the log shows a call without an end.
 */
import type { Database } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { SecretBox } from '../platform/secret-box/index.ts'
import { takingTurns } from '../platform/turns/index.ts'
import type { Depth } from './ledger-chain.ts'
import { idHash } from './ledger-chain.ts'
import type { Changes, MailProvider, Outcome } from './provider.ts'
import type { Entering, NewLedgerEntry, Touched } from './store-ledger.ts'
import { appendEntries, countPoll, pollCall, pollPurpose } from './store-ledger.ts'

/** Why a mailbox is opened; stands in its access log. */
export type Purpose =
  | 'send'
  | 'find_sent'
  | 'pull'
  | 'rescan'
  | 'identities'
  | 'connect'
  | 'disconnect'
  | 'token'
  | 'watch'

export interface LedgerOf {
  readonly workspaceId: string
  readonly mailboxId: string
  readonly purpose: Purpose
}

export interface LedgerOptions {
  readonly database: Database
  readonly ids: Ids
  readonly box: SecretBox
  readonly log: Log
}

/** One call to be recorded: what it is, what it asks about, and what its answer touched. */
export interface RecordedCall<T> {
  readonly call: string
  readonly depth: Depth
  readonly asks: readonly string[]
  /** Ids touched, by what the call answered; undefined when it failed. */
  readonly touches: (value: T | undefined) => readonly string[]
  readonly ask: () => Promise<Outcome<T>>
}

export type Recorder = <T>(of: LedgerOf, recorded: RecordedCall<T>) => Promise<Outcome<T>>

const enteredAtOnce = 32

/** Writes the entries around a call. */
export function createRecorder(options: LedgerOptions): Recorder {
  const { database, ids, box, log } = options

  function touching(mailboxId: string, providerIds: readonly string[]): Touched {
    const context = `ledger:${mailboxId}`
    return {
      providerIds,
      freshKey: () => box.seal(ids.token(32), context),
      hash(sealedKey, touched) {
        const key = Buffer.from(box.open(sealedKey, context), 'base64url')
        return [...new Set(touched)].map((id) => idHash(key, id))
      },
    }
  }

  const enter = takingTurns<Entering>(async (workspaceId, entering) => {
    await database.inWorkspace(workspaceId, (tx) => appendEntries(tx, ids, entering))
  }, enteredAtOnce)

  return async (of, { call, depth, asks, touches, ask }) => {
    const { workspaceId, mailboxId, purpose } = of
    const poll = call === pollCall && purpose === pollPurpose
    const entered = (end: Pick<NewLedgerEntry, 'phase' | 'outcome'>, providerIds: readonly string[]) => {
      const entry = { call, purpose, depth, times: 1, ...end }
      return enter(workspaceId, { mailboxId, entry, touched: touching(mailboxId, providerIds) })
    }
    if (poll) await database.inWorkspace(workspaceId, (tx) => countPoll(tx, ids, mailboxId))
    else await entered({ phase: 'before', outcome: undefined }, asks)
    const outcome = await ask()
    const touched = touches(outcome.ok ? outcome.value : undefined)
    if (poll && outcome.ok && touched.length === 0) return outcome
    try {
      await entered({ phase: 'after', outcome: outcome.ok ? 'ok' : outcome.failure.kind }, touched)
    } catch (error) {
      log.error(
        { error, mailboxId, call },
        'the end of a provider call could not be written to the access log',
      )
    }
    return outcome
  }
}

/** The same provider, with every call in the access log of the mailbox. */
export function withLedger(provider: MailProvider, record: Recorder, of: LedgerOf): MailProvider {
  const none = () => []
  const ofChanges = (answer: Pick<Changes, 'changes' | 'passed'> | undefined) => [
    ...(answer?.changes.map((change) => change.providerMessageId) ?? []),
    ...(answer?.passed ?? []),
  ]
  const one = (id: string | undefined) => (id === undefined ? [] : [id])
  const { attend } = provider
  return {
    identity: (signal) =>
      record(of, {
        call: 'identity',
        depth: 'nothing',
        asks: [],
        touches: none,
        ask: () => provider.identity(signal),
      }),
    send: (raw, threadId, signal) =>
      record(of, {
        call: 'send',
        depth: 'nothing',
        asks: [],
        touches: (accepted) => one(accepted?.providerMessageId),
        ask: () => provider.send(raw, threadId, signal),
      }),
    changesSince: (cursor, signal) =>
      record(of, {
        call: pollCall,
        depth: 'identifiers',
        asks: [],
        touches: ofChanges,
        ask: () => provider.changesSince(cursor, signal),
      }),
    changesBetween: (range, page, signal) =>
      record(of, {
        call: 'changesBetween',
        depth: 'identifiers',
        asks: [],
        touches: ofChanges,
        ask: () => provider.changesBetween(range, page, signal),
      }),
    threadHeaders: (id, signal) =>
      record(of, {
        call: 'threadHeaders',
        depth: 'thread_headers',
        asks: [id],
        touches: () => [id],
        ask: () => provider.threadHeaders(id, signal),
      }),
    writtenBy: (message, addresses, signal) =>
      record(of, {
        call: 'writtenBy',
        depth: 'thread_headers',
        asks: [message.providerMessageId],
        touches: () => [message.providerMessageId],
        ask: () => provider.writtenBy(message, addresses, signal),
      }),
    raw: (id, signal) =>
      record(of, {
        call: 'raw',
        depth: 'content',
        asks: [id],
        touches: () => [id],
        ask: () => provider.raw(id, signal),
      }),
    findSent: (hints, signal, looked) => {
      const seen: string[] = []
      const look = (id: string) => {
        seen.push(id)
        looked?.(id)
      }
      return record(of, {
        call: 'findSent',
        depth: 'thread_headers',
        asks: [],
        touches: () => seen,
        ask: () => provider.findSent(hints, signal, look),
      })
    },
    identities: (signal) =>
      record(of, {
        call: 'identities',
        depth: 'nothing',
        asks: [],
        touches: none,
        ask: () => provider.identities(signal),
      }),
    watch: (wish, signal) =>
      record(of, {
        call: 'watch',
        depth: 'nothing',
        asks: [],
        touches: none,
        ask: () => provider.watch(wish, signal),
      }),
    unwatch: (handle, signal) =>
      record(of, {
        call: 'unwatch',
        depth: 'nothing',
        asks: [],
        touches: none,
        ask: () => provider.unwatch(handle, signal),
      }),
    ...(attend && {
      attend: (moved, signal) =>
        record(of, {
          call: 'attend',
          depth: 'nothing',
          asks: [],
          touches: none,
          ask: () => attend(moved, signal),
        }),
    }),
  }
}
