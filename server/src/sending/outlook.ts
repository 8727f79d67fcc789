/**
 * Reads what the forecast needs of mailboxes (gates, what waits), and answers when given mails leave.
 */
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { forecast } from './forecast.ts'
import type { Expected, Outlook } from './forecast.ts'
import type { GateFacts } from './gates.ts'
import type { Cap, MailboxSettings, Schedule, ThrottledWhy } from './store-schedule.ts'
import { capsOf, chargesOf, mailboxesSettings, schedulesOf } from './store-schedule.ts'
import { mailboxesOfMails, nothingWaits, waitingIn } from './store-waiting.ts'
import type { Waiting } from './waiting-line.ts'

/** What decides over a mailbox at this moment. */
export interface Standing {
  readonly settings: MailboxSettings
  readonly cap: Cap
  readonly schedule: Schedule | undefined
  readonly facts: GateFacts
}

export async function standingsOf(tx: Tx, mailboxIds: readonly string[]): Promise<Standing[]> {
  const now = await databaseNow(tx)
  const all = await mailboxesSettings(tx, mailboxIds)
  const keys = all.map((mailbox) => mailbox.addressKey)
  const caps = await capsOf(tx, keys)
  const limited = keys.filter((key) => caps.get(key)?.rollingLimit !== undefined)
  const charges = limited.length === 0 ? new Map<string, number[]>() : await chargesOf(tx, limited)
  const schedules = await schedulesOf(tx, mailboxIds)
  return all.flatMap((settings) => {
    const cap = caps.get(settings.addressKey)
    if (cap === undefined) return []
    const schedule = schedules.get(settings.mailboxId)
    const rolling = charges.get(settings.addressKey) ?? []
    return [{ settings, cap, schedule, facts: factsOf(settings, cap, schedule, rolling, now) }]
  })
}

const whyThrottled = {
  provider: 'throttled',
  trouble: 'trouble',
  our_config: 'our_config',
  returned: 'returned',
} as const satisfies Record<ThrottledWhy, GateFacts['throttledWhy']>

function factsOf(
  settings: MailboxSettings,
  cap: Cap,
  schedule: Schedule | undefined,
  rolling: readonly number[],
  now: Temporal.Instant,
): GateFacts {
  return {
    now: now.epochMilliseconds,
    address: settings.address,
    window: settings.window,
    paceSeconds: settings.paceSeconds,
    reserve: settings.reserve,
    pacedUntil: wholeMs(schedule?.pacedUntil),
    throttledUntil: wholeMs(schedule?.throttledUntil),
    throttledWhy: schedule === undefined ? undefined : whyThrottled[schedule.throttledWhy],
    capZone: cap.zone,
    limit: cap.limit,
    dayEndsAt: cap.dayEndsAt.epochMilliseconds,
    used: cap.used,
    usedDirect: cap.usedDirect,
    rollingLimit: cap.rollingLimit,
    rolling,
  }
}

/** An instant that opens something, in whole milliseconds, rounded up as the lease does. */
function wholeMs(at: Temporal.Instant | undefined): number | undefined {
  return at?.round({ smallestUnit: 'millisecond', roundingMode: 'ceil' }).epochMilliseconds
}

/** Everything that waits, or what waits in the named mailboxes. */
export async function outlooks(tx: Tx, mailboxIds?: readonly string[]): Promise<Outlook[]> {
  const waiting = await waitingIn(tx, mailboxIds)
  return (await standingsOf(tx, [...waiting.keys()])).map((standing) => outlookOf(standing, waiting))
}

export function outlookOf(
  { settings, schedule, facts }: Standing,
  waiting: ReadonlyMap<string, Waiting>,
): Outlook {
  const { mailboxId } = settings
  return { mailboxId, facts, stopped: schedule?.stopped, waiting: waiting.get(mailboxId) ?? nothingWaits }
}

/** Expected time and reason of every waiting mail of the workspace, or of one mailbox. */
export async function forecastAll(tx: Tx, mailboxId?: string): Promise<Map<string, Expected>> {
  const expected = new Map<string, Expected>()
  for (const outlook of await outlooks(tx, mailboxId === undefined ? undefined : [mailboxId]))
    for (const mail of forecast(outlook)) expected.set(mail.id, mail)
  return expected
}

/** Expected time and reason of these mails; those that do not wait are left out. Walks no further than to the last of them. */
export async function expectedOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Expected>> {
  const expected = new Map<string, Expected>()
  if (ids.length === 0) return expected
  const wanted = await mailboxesOfMails(tx, ids)
  for (const outlook of await outlooks(tx, [...wanted.keys()])) {
    const open = new Set(wanted.get(outlook.mailboxId))
    for (const mail of open.size === 0 ? [] : forecast(outlook)) {
      if (!open.delete(mail.id)) continue
      expected.set(mail.id, mail)
      if (open.size === 0) break
    }
  }
  return expected
}
