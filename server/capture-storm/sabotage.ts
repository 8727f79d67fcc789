/**
 * Breaks the promises of capture from outside, to prove that the judge sees each of them broken in its own figure. Nothing
 * in the product knows of it. `calm` is the play's own: nobody is killed.
 */
import type { Programs } from '../story/programs.ts'
import { openMessage } from '../story/saboteur.ts'
import type { Judged } from './judge.ts'
import type { BoxName } from './script.ts'
import { boxes } from './script.ts'
import type { Stage } from './stage.ts'

/** What a saboteur can do, and how a verdict tells it. */
const tellsOf = {
  drop: ({ missing }: Judged) => missing.some((one) => one.box === victim.drop),
  double: ({ verdict }: Judged) => verdict.duplicated > 0,
  'open-foreign': ({ verdict }: Judged) => verdict.foreign_opened > 0,
  'take-foreign': ({ verdict }: Judged) => verdict.foreign_captured > 0,
  deaf: ({ missing }: Judged) => missing.some((one) => one.box === victim.deaf),
  unrecorded: ({ verdict }: Judged) => verdict.ledger_breaks > 0,
  calm: ({ verdict }: Judged) => verdict.kills === 0,
}
export type Sabotage = keyof typeof tellsOf
export const sabotages = Object.keys(tellsOf) as readonly Sabotage[]

const victim = { drop: 'gina', copy: 'mara', deaf: 'hugo' } as const satisfies Record<string, BoxName>

/** Those of `done` that the verdict does not tell of. */
export function untold(done: readonly Sabotage[], judged: Judged): readonly Sabotage[] {
  return done.filter((one) => judged.verdict.ok || !tellsOf[one](judged))
}

export type Moment = 'before the last round' | 'before the verdict'

/** `foreignId`: a message of Hugo's that no product may open. */
export async function strike(
  wishes: readonly Sabotage[],
  moment: Moment,
  { admin }: Pick<Programs, 'admin'>,
  stage: Stage,
  foreignId = '',
): Promise<void> {
  const idOf = (box: BoxName): string => stage.mailboxes.get(box) ?? ''
  if (moment === 'before the last round') {
    if (wishes.includes('deaf')) await admin.query(neverDue, [idOf(victim.deaf)])
    return
  }
  if (wishes.includes('drop'))
    await admin.query(`delete from message where id = (${anAnswer})`, [idOf(victim.drop)])
  if (wishes.includes('double')) await admin.query(copied('again', 'text'), [idOf(victim.copy)])
  if (wishes.includes('take-foreign'))
    await admin.query(copied('foreign', `'MARKreplyF0q0xP0001END'`), [idOf(victim.copy)])
  if (wishes.includes('open-foreign')) await openMessage(stage, boxes.hugo, foreignId)
  if (wishes.includes('unrecorded'))
    await admin.query(`delete from ledger_entry where id = (select id from ledger_entry
      where depth = 'content' and phase = 'before' order by id limit 1)`)
}

// a holder that is gone would free the mailbox
const neverDue = `update mailbox_position set due_at = 'infinity', dirty = false, pull_id = null, pull_holder = null, pull_until = 'infinity'
  where mailbox_id = $1`

const anAnswer = `select id from message where kind = 'reply' and mailbox_id = $1 order by id limit 1`

/** An answer stands a second time, with this text. */
function copied(name: string, text: string): string {
  return `insert into message (workspace_id, id, thread_id, mailbox_id, contact_id, campaign_id, direction, kind, from_address,
      text, evidence, provider_message_id, raw_sha256, size, occurred_at)
    select workspace_id, gen_random_uuid(), thread_id, mailbox_id, contact_id, campaign_id, direction, kind, from_address,
      ${text}, evidence, provider_message_id || '-${name}', raw_sha256, size, occurred_at
    from message where id = (${anAnswer})`
}
