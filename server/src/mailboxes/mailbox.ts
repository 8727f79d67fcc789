/**
 * A mailbox: one connected account with one primary address and its own quota, and who may do what with it.
 *
 * Rights are pure functions of the person, the mailbox and its sharing:
 *   team        everyone sees its conversations, everyone but viewers sends from it
 *   team_sees   everyone sees, its owner sends
 *   named       its owner and the named members see and send
 * Its owner decides on sharing; owners and admins of the workspace may steer the rest (limits, pause, disconnect).
 */
import type { Actor as TeamActor } from '../team/index.ts'
import type { Level } from './consent.ts'

export type Sharing = 'team' | 'team_sees' | 'named'
export type Health =
  | 'connecting'
  | 'active'
  | 'waiting_for_admin'
  | 'throttled'
  | 'reconnect_needed'
  | 'paused'
  | 'disconnected'

/**
 * What the address is to the account that signed in. `own`: its own. `alias`: another address of it, whose mail lies in
 * the same place. `shared`: a mailbox of its own, which the account may use.
 */
export type Place = 'own' | 'alias' | 'shared'

/** A person acting in a workspace. */
export type Actor = Pick<TeamActor, 'personId' | 'role'>

/** What decides when and how much a mailbox sends. Hours are local to `zone`. */
export interface SendingSettings {
  readonly zone: string
  /** Mails a calendar day, 1 to 300. */
  readonly dailyLimit: number
  readonly windowFrom: Temporal.PlainTime
  readonly windowTo: Temporal.PlainTime
  /** ISO days, Monday 1 to Sunday 7. */
  readonly windowDays: readonly number[]
  /** Seconds between two mails that are not direct. */
  readonly paceSeconds: number
  /** Mails of the day kept for direct ones. */
  readonly reserve: number
}

export interface Mailbox extends SendingSettings {
  readonly workspaceId: string
  readonly id: string
  readonly grantId: string | undefined
  readonly endpoint: string
  readonly provider: 'gmail' | 'microsoft' | 'imap'
  readonly practice: boolean
  readonly place: Place
  readonly level: Level
  readonly address: string
  readonly addressKey: string
  readonly ownerId: string
  readonly displayName: string
  readonly signature: string
  /** Simple layout, made safe when it was saved; empty: made from the plain twin. */
  readonly signatureHtml: string
  readonly sharing: Sharing
  readonly namedMembers: readonly string[]
  readonly health: Health
  /** Stable code of why: `revoked`, `scope_missing`, `level_change`, … */
  readonly healthReason: string | undefined
  /** A person's wish, whatever else is wrong. */
  readonly paused: boolean
  /** Its owner wished that replies with another subject are found, too: three headers of new mail are asked for. */
  readonly findsChangedSubjects: boolean
  readonly connectedAt: Temporal.Instant
  readonly disconnectedAt: Temporal.Instant | undefined
  readonly lastCheckedAt: Temporal.Instant | undefined
}

type Shared = Pick<Mailbox, 'ownerId' | 'sharing' | 'namedMembers'>

/** Whether the person may send from the mailbox. */
export function maySend(actor: Actor, mailbox: Shared): boolean {
  if (actor.role === 'viewer') return false
  if (actor.personId === mailbox.ownerId || mailbox.sharing === 'team') return true
  return mailbox.sharing === 'named' && mailbox.namedMembers.includes(actor.personId)
}

/** Whether the person may see the mailbox's conversations. */
export function mayRead(actor: Pick<Actor, 'personId'>, mailbox: Shared): boolean {
  if (mailbox.sharing !== 'named') return true
  return actor.personId === mailbox.ownerId || mailbox.namedMembers.includes(actor.personId)
}

/** Whether the person may pause, limit, reconnect or disconnect the mailbox and read its access log. */
export function maySteer(actor: Actor, mailbox: Pick<Mailbox, 'ownerId'>): boolean {
  return actor.personId === mailbox.ownerId || actor.role === 'owner' || actor.role === 'admin'
}

/** Whether the person may decide who sees and sends, and under which name. */
export function mayShare(actor: Actor, mailbox: Pick<Mailbox, 'ownerId'>): boolean {
  return actor.personId === mailbox.ownerId
}

export type SettingsProblem =
  | 'zone_unknown'
  | 'limit_out_of_range'
  | 'window_reversed'
  | 'window_without_days'
  | 'reserve_above_limit'
  | 'pace_out_of_range'

/** Every reason why settings cannot be taken, empty when they can. */
export function settingsProblems(settings: SendingSettings): readonly SettingsProblem[] {
  const { dailyLimit, windowFrom, windowTo, windowDays, paceSeconds, reserve } = settings
  const days = windowDays.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
  const broken: readonly (readonly [SettingsProblem, boolean])[] = [
    ['zone_unknown', !isZone(settings.zone)],
    ['limit_out_of_range', !Number.isInteger(dailyLimit) || dailyLimit < 1 || dailyLimit > 300],
    ['window_reversed', Temporal.PlainTime.compare(windowFrom, windowTo) >= 0],
    ['window_without_days', windowDays.length === 0 || !days],
    ['reserve_above_limit', !Number.isInteger(reserve) || reserve < 0 || reserve > dailyLimit],
    ['pace_out_of_range', !Number.isInteger(paceSeconds) || paceSeconds < 0 || paceSeconds > 3600],
  ]
  return broken.flatMap(([problem, is]) => (is ? [problem] : []))
}

/** Whether the text names a time zone of the IANA database; offsets such as `+02:00` have no daylight saving. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}
