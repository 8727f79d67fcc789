/** The stages of a campaign's members: their order and their counts. */
import { MemberState } from '@kontor/api/campaigns'
import type { Campaign } from '@kontor/api/campaigns'

type Counts = Campaign['counts']

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
