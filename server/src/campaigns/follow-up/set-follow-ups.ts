/** Setting up what follows a launch: the texts are checked and frozen like every text to many. */
import { customNames } from '../../contacts/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Ids } from '../../platform/ids/index.ts'
import type { Actor } from '../../team/index.ts'
import type { MessageTexts } from '../../templates/index.ts'
import { freezeMessage } from '../../templates/index.ts'
import { textProblem } from '../text-problem.ts'
import type { Refusal } from '../parts.ts'
import { refuse } from '../parts.ts'
import type { FollowUp, FollowUpText } from './follow-up.ts'
import { mostFollowUps } from './follow-up.ts'

/** The first thing that is wrong with them. */
export async function followUpProblem(
  tx: Tx,
  followUps: readonly FollowUpText[],
): Promise<Refusal | undefined> {
  if (followUps.length > mostFollowUps) return refuse('too_many_follow_ups', { most: mostFollowUps })
  if (followUps.length === 0) return undefined
  const known = await customNames(tx)
  for (const { texts } of followUps) {
    const broken = textProblem({ texts: withoutSubject(texts) }, known)
    if (broken !== undefined) return broken
  }
  return undefined
}

export async function freezeFollowUps(
  tx: Tx,
  { ids }: { readonly ids: Ids },
  { workspaceId, personId }: Pick<Actor, 'workspaceId' | 'personId'>,
  followUps: readonly FollowUpText[],
): Promise<{ readonly ok: true; readonly followUps: readonly FollowUp[] } | Refusal> {
  const problem = await followUpProblem(tx, followUps)
  if (problem !== undefined) return problem
  const frozen: FollowUp[] = []
  for (const [at, { afterDays, texts }] of followUps.entries()) {
    const writer = { workspaceId, ids, authorId: personId }
    const { versions } = await freezeMessage(tx, writer, { texts: withoutSubject(texts) })
    frozen.push({ n: at + 1, afterDays, versions })
  }
  return { ok: true, followUps: frozen }
}

/** It answers the mail before, and has its subject. */
function withoutSubject({ en, de }: FollowUpText['texts']): MessageTexts {
  return {
    ...(en === undefined ? {} : { en: { subject: '', body: en.body } }),
    ...(de === undefined ? {} : { de: { subject: '', body: de.body } }),
  }
}
