/**
 * Tells a story step by step. A process takes the next step for a while, does it outside any transaction (it calls the
 * product and the practice world), and records it with its lease. A process that dies leaves the step to another; an
 * act done again makes nothing twice.
 */
import { personNow } from './person.ts'
import type { Call, RehearsalParts } from './parts.ts'
import { connectMailboxes } from './acts/mailboxes.ts'
import { addInfluencers, beginCampaigns } from './acts/campaigns.ts'
import { decide, finish } from './acts/decide.ts'
import { awaitAnswers, sendInvitations } from './acts/invite.ts'
import { peopleTheWorld } from './acts/world.ts'
import type { Act } from './stage.ts'
import type { RehearsalRow } from './store.ts'
import { claimStep, finishStep, giveBack, holds } from './store.ts'
import { english } from './story/english.ts'
import { german } from './story/german.ts'

export const acts = [
  ['world', peopleTheWorld],
  ['mailboxes', connectMailboxes],
  ['people', addInfluencers],
  ['campaigns', beginCampaigns],
  ['invitations', sendInvitations],
  ['answers', awaitAnswers],
  ['decisions', decide],
  ['finish', finish],
] as const satisfies readonly (readonly [string, Act])[]

const leaseSeconds = 90
const mostTries = 3

/** One step of one story. `over`: there is nothing (more) to do here now. */
export async function playNext(
  parts: RehearsalParts,
  workspaceId: string,
  signal: AbortSignal,
): Promise<'again' | 'over'> {
  const { database, ids, log } = parts
  const leaseId = ids.uuid()
  const row = await database.inWorkspace(workspaceId, (tx) =>
    claimStep(tx, { leaseId, seconds: leaseSeconds }),
  )
  if (row === undefined) return 'over'
  try {
    const made = await perform(parts, { workspaceId, leaseId, row, signal })
    const last = row.step + 1 >= acts.length
    const kept = await database.inWorkspace(workspaceId, async (tx) => {
      const finished = await finishStep(tx, leaseId, { made, last })
      if (finished)
        await parts.emit(tx, { workspaceId, type: 'rehearsal.advanced', payload: { step: row.step + 1 } })
      return finished
    })
    return kept && !last ? 'again' : 'over'
  } catch (error) {
    const outcome = row.tries >= mostTries && !signal.aborted ? 'stuck' : 'again'
    log.warn({ error, step: acts[row.step]?.[0], tries: row.tries }, 'a step of a rehearsal failed')
    await database.inWorkspace(workspaceId, (tx) => giveBack(tx, leaseId, outcome))
    return 'over'
  }
}

interface Step {
  readonly workspaceId: string
  readonly leaseId: string
  readonly row: RehearsalRow
  readonly signal: AbortSignal
}

async function perform(
  parts: RehearsalParts,
  { workspaceId, leaseId, row, signal }: Step,
): Promise<Record<string, string>> {
  const act = acts[row.step]?.[1]
  const { world } = parts
  if (act === undefined) return {}
  if (world === undefined) throw new Error('no practice world is configured')
  const { actor, workspaceName } = await personNow(parts, workspaceId, row.startedBy)
  return await act({
    actor,
    workspaceName,
    language: row.language,
    story: row.language === 'de' ? german : english,
    world,
    made: row.made,
    call: onlyWhile(
      () => parts.database.inWorkspace(workspaceId, (tx) => holds(tx, leaseId)),
      await parts.ownApi(actor),
    ),
    clock: parts.clock,
    signal,
  })
}

/** Nothing more is done for a story that was stopped or that another goes on with. */
export function onlyWhile(isOurs: () => Promise<boolean>, call: Call): Call {
  return async (...asked) => {
    if (!(await isOurs())) throw new Error('the step was taken away')
    return await call(...asked)
  }
}
