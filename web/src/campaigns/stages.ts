/**
 * The stages of a campaign's members: their order, their counts, and how many people reached each.
 * A person is counted by the server at the one stage where they are; "reached" adds up what lies beyond.
 */
import { MemberState } from '@kontor/api/campaigns'
import type { Campaign } from '@kontor/api/campaigns'

export type Counts = Campaign['counts']

export const stages: readonly MemberState[] = MemberState.options

export interface StageTab {
  readonly stage: MemberState | 'all'
  readonly count: number
}

/** All, then each stage in its order; every stage stays visible, so that tabs never jump. */
export function stageTabs(counts: Counts): StageTab[] {
  return [
    { stage: 'all', count: stages.reduce((sum, stage) => sum + counts[stage], 0) },
    ...stages.map((stage) => ({ stage, count: counts[stage] })),
  ]
}

export interface Reached {
  readonly inCampaign: number
  readonly invited: number
  readonly viewed: number
  readonly applied: number
  readonly approved: number
  readonly rejected: number
  readonly withdrawn: number
  readonly declined: number
}

/** Nobody becomes anything but `added` without having been invited or having opened the brief. */
export function reached(counts: Counts): Reached {
  const applied = counts.applied + counts.approved + counts.rejected + counts.withdrawn
  const viewed = applied + counts.viewed
  const invited = viewed + counts.invited + counts.declined
  return {
    inCampaign: invited + counts.added,
    invited,
    viewed,
    applied,
    approved: counts.approved,
    rejected: counts.rejected,
    withdrawn: counts.withdrawn,
    declined: counts.declined,
  }
}

/** Share of `whole`, from 0 to 1; undefined where there is nothing to take a share of. */
export function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole
}
