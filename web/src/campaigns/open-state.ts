/** What an open link does at the moment, beside being on or off: it is the campaign and its last day that say it. */
import type { Campaign } from '@kontor/api/campaigns'

/** `today`: the day of the workspace, ISO. */
export function openState(
  {
    status,
    brief,
  }: { readonly status: Campaign['status']; readonly brief: Pick<Campaign['brief'], 'applyUntil'> },
  today: string,
): Campaign['status'] | 'over' {
  return status === 'running' && appliesTooLate(brief, today) ? 'over' : status
}

/** Whether the last day to apply has passed. */
export function appliesTooLate(
  { applyUntil }: Pick<Campaign['brief'], 'applyUntil'>,
  today: string,
): boolean {
  return applyUntil !== undefined && applyUntil < today
}
