/**
 * What ends follow-ups: something that happened speaks against them. The course is stopped with its reason, and a follow-up
 * that waits in the outbox is left out at once, so that nobody sees it leave tomorrow who has answered today.
 */
import type { Tx } from '../../platform/db/index.ts'
import type { Emit } from '../../platform/events/index.ts'
import type { Ids } from '../../platform/ids/index.ts'
import type { Reason } from '../../sending/index.ts'
import { suppressWaiting } from '../../sending/index.ts'
import { waitingAmong } from './store-follow-up.ts'
import type { Scope, Stopped } from './store-standing.ts'
import { stopByHand, stopWhereTrue } from './store-standing.ts'

interface Parts {
  readonly emit: Emit
  readonly ids: Ids
}

/** Stops what is no longer true; gives the courses. */
export async function stopFor(
  parts: Parts,
  tx: Tx,
  workspaceId: string,
  scope: Scope,
): Promise<ReadonlySet<string>> {
  const stopped = await stopWhereTrue(tx, scope)
  return await settle(parts, tx, workspaceId, stopped, ({ why }) => ({ code: why }))
}

/** Stops what a person decides; gives the courses. */
export async function stopForPerson(
  parts: Parts,
  tx: Tx,
  workspaceId: string,
  scope: Scope,
  decided: {
    readonly why: 'follow_ups_stopped' | 'answer_noted'
    readonly by: { readonly personId: string; readonly name: string }
  },
): Promise<ReadonlySet<string>> {
  const { why, by } = decided
  const stopped = await stopByHand(tx, scope, { why, by: by.personId })
  return await settle(parts, tx, workspaceId, stopped, () => ({ code: why, values: { name: by.name } }))
}

async function settle(
  parts: Parts,
  tx: Tx,
  workspaceId: string,
  stopped: readonly Stopped[],
  reasonOf: (course: Stopped) => Reason,
): Promise<ReadonlySet<string>> {
  const waiting = await waitingAmong(
    tx,
    stopped.map(({ afterId }) => afterId),
  )
  for (const course of stopped)
    if (waiting.has(course.afterId)) await suppressWaiting(parts, tx, [course.afterId], reasonOf(course))
  for (const launchId of new Set(stopped.map((course) => course.launchId)))
    await tellFollowUps(parts, tx, workspaceId, launchId)
  return new Set(stopped.map(({ courseId }) => courseId))
}

/** Open pages ask again. */
export async function tellFollowUps(
  { emit }: Pick<Parts, 'emit'>,
  tx: Tx,
  workspaceId: string,
  launchId: string,
): Promise<void> {
  await emit(tx, { workspaceId, type: 'follow_up.changed', subject: launchId, payload: {} })
}
