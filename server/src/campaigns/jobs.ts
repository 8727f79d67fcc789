/** The loop of campaigns: follow-ups enter the outbox when their day has come. In any number of processes. */
import type { Database } from '../platform/db/index.ts'
import type { Log } from '../platform/log/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import type { FollowUpParts } from './follow-up/promote.ts'
import { promoteDue } from './follow-up/promote.ts'

const idleMs = 5000

export function startCampaigns(
  parts: FollowUpParts & { readonly database: Database; readonly log: Log },
): AsyncDisposable {
  return startLoop({
    name: 'follow-ups',
    idleMs,
    log: parts.log,
    run: async () => ((await promoteDue(parts)) ? 'again' : 'idle'),
  })
}
