/**
 * Owns what a campaign is, and its status.
 *
 * A campaign is a draft until it is started; while it is running its mails leave; paused, they are held; closed is
 * final, and nothing of it leaves any more.
 *
 *   draft   → running closed
 *   running → paused closed
 *   paused  → running closed
 */
import type { Formality } from '../templates/index.ts'
import type { MemberState } from './member.ts'
import type { Picture } from './picture.ts'

export const campaignStatuses = ['draft', 'running', 'paused', 'closed'] as const
export type CampaignStatus = (typeof campaignStatuses)[number]

const moves: Readonly<Record<CampaignStatus, readonly CampaignStatus[]>> = {
  draft: ['running', 'closed'],
  running: ['paused', 'closed'],
  paused: ['running', 'closed'],
  closed: [],
}

/** The states from which a campaign may get this status. */
export function statusesBefore(to: CampaignStatus): readonly CampaignStatus[] {
  return campaignStatuses.filter((from) => moves[from].includes(to))
}

/** An image that a brief shows. One that says nothing is marked so; every other is described in words. */
export interface BriefImage {
  readonly id: string
  readonly alt: string
  readonly decorative: boolean
}

/** Dates are calendar days of the workspace's zone, `YYYY-MM-DD`. */
export interface Brief {
  readonly headline: string
  readonly body: string
  readonly deliverables: readonly string[]
  /** Whatever else there is to say about time. */
  readonly dates: string
  readonly compensation: string
  /** The last day on which people may apply. */
  readonly applyUntil?: string | undefined
  readonly publishFrom?: string | undefined
  readonly publishUntil?: string | undefined
  readonly images: readonly BriefImage[]
}

export const emptyBrief: Brief = {
  headline: '',
  body: '',
  deliverables: [],
  dates: '',
  compensation: '',
  images: [],
}

/** Whether the last day to apply has passed. */
export function isOver(
  { applyUntil }: Pick<Brief, 'applyUntil'>,
  now: Temporal.Instant,
  zone: string,
): boolean {
  if (applyUntil === undefined) return false
  return Temporal.PlainDate.compare(now.toZonedDateTimeISO(zone).toPlainDate(), applyUntil) > 0
}

export interface Campaign {
  readonly id: string
  readonly name: string
  readonly status: CampaignStatus
  readonly brief: Brief
  readonly mailboxId?: string
  readonly brandName: string
  /** `#rrggbb` */
  readonly brandColour: string
  readonly formality: Formality
  readonly logo?: Picture
  /** What was brought for the brief, whether it shows it or not. */
  readonly images: readonly Picture[]
  readonly createdAt: Temporal.Instant
}

/** A campaign with the figures of its stages, of its answers and of the mails that wait. */
export interface CampaignOverview extends Campaign {
  readonly counts: Readonly<Record<MemberState, number>>
  readonly replied: number
  readonly waiting: number
  /** Of those, what a pause would hold: neither personal mails nor what is on hold already. */
  readonly pausable: number
}

export interface CampaignPatch {
  readonly name?: string | undefined
  readonly mailboxId?: string | undefined
  readonly brief?: Brief | undefined
  readonly brandName?: string | undefined
  readonly brandColour?: string | undefined
  readonly formality?: Formality | undefined
}
