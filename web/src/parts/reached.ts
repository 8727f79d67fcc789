/**
 * How many people reached each stage of a campaign. The server counts a person at the one stage where they are;
 * "reached" adds up what lies beyond.
 */
import type { Campaign } from '@kontor/api/campaigns'

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
export function reached(counts: Campaign['counts']): Reached {
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
