/** Stopping a launch that still runs, and going on with a stopped one. What is in the outbox stays there. */
import type { Tx } from '../platform/db/index.ts'
import { audit } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import { tell } from './advance.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import type { LaunchShown } from './store-launch.ts'
import { endLaunch, launchRows, reopenLaunch } from './store-launch.ts'

export type SteerOutcome = { readonly ok: true; readonly launch: LaunchShown } | Refusal

export async function steerLaunch(
  parts: Pick<CampaignParts, 'emit'>,
  tx: Tx,
  actor: Actor,
  { launchId, wish }: { readonly launchId: string; readonly wish: 'stop' | 'resume' },
): Promise<SteerOutcome> {
  const before = (await launchRows(tx, { id: launchId }))[0]
  if (before === undefined) return refuse('launch_unknown')
  const moved =
    wish === 'stop'
      ? await endLaunch(tx, launchId, { state: 'stopped', why: 'by_person' })
      : await reopenLaunch(tx, launchId)
  const wanted = wish === 'stop' ? 'stopped' : 'running'
  const launch = (await launchRows(tx, { id: launchId }))[0] ?? before
  if (!moved && launch.state !== wanted) return refuse('launch_state', { state: launch.state })
  if (moved) {
    await audit(tx, { actor, action: `launch.${wanted}`, subject: launch.subject })
    await tell(parts, tx, actor.workspaceId, launch)
  }
  return { ok: true, launch }
}
