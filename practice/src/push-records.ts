/** The record of what this world told other programs of changes, and of what it left out on order. */
import { isoTime } from './clock.ts'
import { type Listed, type Page, pageOf } from './records.ts'
import type { Store } from './store/store.ts'

/** `answered` with its status, `unanswered`; `lost` on order; `dropped` because there were too many. */
export type PushOutcome = 'answered' | 'unanswered' | 'lost' | 'dropped'

export interface PushRecord {
  readonly at: number
  readonly mailbox: string
  readonly kind: string
  readonly url: string
  /** From 1; 0 for what never left. */
  readonly attempt: number
  readonly outcome: PushOutcome
  readonly status: number
  readonly body: string
}

export function recordPush(store: Store, push: PushRecord): void {
  store.run(
    'insert into push_record (at, mailbox, kind, url, attempt, outcome, status, body) values (?, ?, ?, ?, ?, ?, ?, ?)',
    push.at,
    push.mailbox,
    push.kind,
    push.url,
    push.attempt,
    push.outcome,
    push.status,
    push.body,
  )
}

export type ListedPush = Listed &
  Omit<PushRecord, 'at' | 'outcome' | 'body'> & { readonly outcome: string; readonly body: unknown }

export function pushesSince(store: Store, page: Page): readonly ListedPush[] {
  return pageOf(store, 'push_record', '*', page).map((row) => ({
    seq: row.int('seq'),
    at: isoTime(row.int('at')),
    mailbox: row.text('mailbox'),
    kind: row.text('kind'),
    url: row.text('url'),
    attempt: row.int('attempt'),
    outcome: row.text('outcome'),
    status: row.int('status'),
    body: row.json('body'),
  }))
}
