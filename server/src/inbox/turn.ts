/**
 * What a person does with a conversation: done, reopen, assign, snooze, wake, withdraw, return. Each is one fenced write
 * with its record; whoever finds it done already changes nothing and records nothing.
 */
import type { Tx } from '../platform/db/index.ts'
import { audit } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { TeamState } from './conversation.ts'
import type { FollowParts } from './follow.ts'
import { tellChanged } from './follow.ts'
import { contactNameOf } from './store-conversation.ts'
import type { TurnKind } from './store-turn.ts'
import {
  endSnooze,
  insertTurn,
  ownersOfConversation,
  setAssignee,
  setSnooze,
  setTeamState,
  setWithdrawn,
} from './store-turn.ts'

export interface By {
  readonly tx: Tx
  readonly actor: Actor
  readonly id: string
}

export async function turnState(parts: FollowParts, by: By, teamState: TeamState): Promise<void> {
  const changed = await setTeamState(by.tx, by.id, teamState)
  await record(parts, by, changed, teamState === 'done' ? 'done' : 'reopened', { state: teamState })
}

/** Null gives it back to everybody. */
export async function assign(
  parts: FollowParts,
  by: By,
  person: { readonly id: string; readonly name: string } | null,
): Promise<void> {
  const changed = await setAssignee(by.tx, by.id, person?.id ?? null)
  await record(
    parts,
    by,
    changed,
    'assigned',
    person === null ? {} : { name: person.name, personId: person.id },
  )
  if (changed) {
    const subject = await contactNameOf(by.tx, by.id)
    const detail = person === null ? {} : { to: person.name }
    await audit(by.tx, { actor: by.actor, action: 'conversation.assigned', subject, detail })
  }
}

export async function snooze(parts: FollowParts, by: By, until: Temporal.Instant): Promise<void> {
  const changed = await setSnooze(by.tx, by.id, { until, personId: by.actor.personId })
  await record(parts, by, changed, 'snoozed', { until: until.toString() })
}

export async function wake(parts: FollowParts, by: By): Promise<void> {
  await record(parts, by, await endSnooze(by.tx, by.id, 'now'), 'woke', {})
}

/** Only who owns every mailbox in which it lies may take a conversation from the team; undefined when done. */
export async function withdraw(
  parts: FollowParts,
  by: By,
  wish: 'withdraw' | 'return',
): Promise<'not_owner' | undefined> {
  const owners = await ownersOfConversation(by.tx, by.id)
  if (owners.length === 0 || owners.some((owner) => owner !== by.actor.personId)) return 'not_owner'
  const changed = await setWithdrawn(by.tx, by.id, wish === 'withdraw' ? by.actor.personId : null)
  await record(parts, by, changed, wish === 'withdraw' ? 'withdrawn' : 'returned', {})
  if (changed) {
    const action = wish === 'withdraw' ? 'conversation.withdrawn' : 'conversation.returned'
    await audit(by.tx, { actor: by.actor, action, subject: await contactNameOf(by.tx, by.id) })
  }
  return undefined
}

async function record(
  parts: FollowParts,
  { tx, actor, id }: By,
  changed: boolean,
  kind: TurnKind,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  if (!changed) return
  await insertTurn(tx, { id: parts.ids.uuid(), conversationId: id, kind, personId: actor.personId, detail })
  await tellChanged(parts, tx, actor.workspaceId, id)
}
