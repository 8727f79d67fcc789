/** Mails of the outbox in the words of the contract. */
import type {
  AgainPlan as AgainShown,
  MailboxPlan,
  MovePlan as MoveShown,
  OutboxRow,
} from '@kontor/api/outbox'
import type { z } from 'zod'
import type { ProviderTraits } from '../mailboxes/provider.ts'
import { instantText } from '../platform/clock/index.ts'
import type { AgainPlan } from './again.ts'
import type { MovePlan, WaitingRow } from './outbox.ts'
import type { SendingPlan } from './plan.ts'
import type { HeldCode } from './reasons.ts'
import { shownReason, waysOut } from './reasons.ts'
import type { OutboxEntry } from './store-outbox.ts'

type Shown = z.input<typeof OutboxRow>

export function waitingRow({ entry, expected }: WaitingRow): Shown {
  const { at } = expected
  return {
    ...rowOf(entry),
    ...(at === undefined || at === 0 || at === Infinity ? {} : { expectedAt: instantText(at) }),
    ...(expected.position === 0 ? {} : { position: expected.position }),
    reason: shownReason(entry, expected.reason) ?? expected.reason,
  }
}

export function settledRow(entry: OutboxEntry, traits: ProviderTraits | undefined): Shown {
  const { doubt, reason } = entry
  const url =
    doubt === undefined ? undefined : traits?.sentSearchUrl({ to: entry.to, subject: entry.subject })
  return {
    ...rowOf(entry),
    reason: shownReason(entry) ?? { code: entry.state },
    ...(entry.acceptedAt === undefined ? {} : { acceptedAt: entry.acceptedAt.toString() }),
    ...(entry.settledAt === undefined ? {} : { settledAt: entry.settledAt.toString() }),
    ...(entry.doubts === 0 ? {} : { doubts: entry.doubts }),
    ...(entry.state === 'held' ? { waysOut: [...(waysOut[reason?.code as HeldCode] ?? ['cancel'])] } : {}),
    ...(doubt === undefined ? {} : { doubt: doubtOf(doubt, reason?.values?.['diagnostic']) }),
    ...(url === undefined ? {} : { sentSearchUrl: url }),
  }
}

function rowOf(entry: OutboxEntry): Omit<Shown, 'reason'> {
  return {
    id: entry.id,
    kind: entry.kind,
    state: entry.state,
    mailboxId: entry.mailboxId,
    mailboxAddress: entry.mailboxAddress,
    ...(entry.contactId === undefined ? {} : { contactId: entry.contactId }),
    to: entry.to,
    toName: entry.toName,
    subject: entry.subject,
    ...(entry.campaignId === undefined ? {} : { campaignId: entry.campaignId }),
    ...(entry.campaignName === undefined ? {} : { campaignName: entry.campaignName }),
    enqueuedAt: entry.enqueuedAt.toString(),
    ...(entry.authorName === undefined ? {} : { authorName: entry.authorName }),
    ...(entry.notBefore === undefined ? {} : { notBefore: entry.notBefore.toString() }),
    ...(entry.promisedFor === undefined ? {} : { promisedFor: entry.promisedFor.toString() }),
    ...(entry.againOf === undefined ? {} : { againOf: entry.againOf }),
  }
}

function doubtOf(
  doubt: NonNullable<OutboxEntry['doubt']>,
  diagnostic: string | number | undefined,
): NonNullable<Shown['doubt']> {
  return {
    since: doubt.since.toString(),
    diagnostic: String(diagnostic ?? ''),
    looks: doubt.looks,
    ...(doubt.lookedAt === undefined ? {} : { lookedAt: doubt.lookedAt.toString() }),
    ...(doubt.lookAgainAt === undefined ? {} : { lookAgainAt: doubt.lookAgainAt.toString() }),
    ...(doubt.found === undefined ? {} : { found: doubt.found }),
  }
}

export function shownAgain({ total, mailboxes, leftOutBy }: AgainPlan): z.input<typeof AgainShown> {
  return {
    total,
    leftOutBy: Object.fromEntries(leftOutBy),
    mailboxes: mailboxes.map(({ address, ...plan }) => ({ address, ...shownPlan(plan) })),
  }
}

export function shownMove({
  held,
  ...plan
}: MovePlan & { readonly mailboxId: string }): z.input<typeof MoveShown> {
  return { ...shownPlan(plan), held }
}

export function shownPlan({
  mailboxId,
  total,
  days,
  delays,
  firstAt,
  lastAt,
}: SendingPlan & { readonly mailboxId: string; readonly total: number }): z.input<typeof MailboxPlan> {
  return {
    mailboxId,
    total,
    days: [...days],
    delays: [...delays],
    ...(firstAt === undefined ? {} : { firstAt: firstAt.toString() }),
    ...(lastAt === undefined ? {} : { lastAt: lastAt.toString() }),
  }
}
