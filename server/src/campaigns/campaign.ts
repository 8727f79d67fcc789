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

export interface Brief {
  readonly headline: string
  readonly body: string
  readonly deliverables: readonly string[]
  readonly dates: string
  readonly compensation: string
}

export const emptyBrief: Brief = { headline: '', body: '', deliverables: [], dates: '', compensation: '' }

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
  readonly createdAt: Temporal.Instant
}

/** A campaign with the figures of its stages, of its answers and of the mails that wait. */
export interface CampaignOverview extends Campaign {
  readonly counts: Readonly<Record<MemberState, number>>
  readonly replied: number
  readonly waiting: number
}

export interface CampaignPatch {
  readonly name?: string | undefined
  readonly mailboxId?: string | undefined
  readonly brief?: Brief | undefined
  readonly brandName?: string | undefined
  readonly brandColour?: string | undefined
  readonly formality?: Formality | undefined
}
