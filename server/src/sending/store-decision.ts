/** Statements on what becomes of the mails that wait in a mailbox that was disconnected: one row each, moved on with the work. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Reason } from './reasons.ts'

/** What becomes of them: held, cancelled, or to leave from another mailbox. */
export type WaitingChoice =
  | { readonly choice: 'hold' }
  | { readonly choice: 'cancel' }
  | { readonly choice: 'reassign'; readonly to: string }

/** A person stopped it, or the other mailbox is gone. */
export type StoppedWhy = 'by_person' | 'reassign_target'

export interface WaitingDecision {
  readonly wish: WaitingChoice
  readonly state: 'running' | 'stopped' | 'done'
  readonly why?: StoppedWhy
  /** How many were open when it began, and how many are decided. */
  readonly total: number
  readonly done: number
}

/** One that was begun or gone on with: the run counts how often. */
export interface DecisionRun extends WaitingDecision {
  readonly run: number
}

interface Row {
  choice: WaitingChoice['choice']
  reassign_to: string | null
  state: WaitingDecision['state']
  stopped_why: StoppedWhy | null
  total: number
  done: number
}

const columns = sql`choice, reassign_to, state, stopped_why, total, done`

/** Begins it, once. */
export async function insertDecision(tx: Tx, mailboxId: string, wish: WaitingChoice): Promise<void> {
  await sql`insert into waiting_decision (workspace_id, mailbox_id, choice, reassign_to, total)
    select kontor_workspace(), ${mailboxId}, ${wish.choice}, ${wish.choice === 'reassign' ? wish.to : null}, count(*)
    from submission where mailbox_id = ${mailboxId} and state = any(${openStates(wish)}::text[])
    on conflict do nothing`.execute(tx)
}

/** Locked until the end of the transaction, so that it is moved on, stopped or resumed by one at a time. */
export async function lockDecision(tx: Tx, mailboxId: string): Promise<DecisionRun | undefined> {
  const { rows } = await sql<Row & { run: number }>`select ${columns}, run from waiting_decision
    where mailbox_id = ${mailboxId} for update`.execute(tx)
  return rows.map((row) => ({ ...decisionOf(row), run: row.run }))[0]
}

export async function decisionFor(tx: Tx, mailboxId: string): Promise<WaitingDecision | undefined> {
  const { rows } =
    await sql<Row>`select ${columns} from waiting_decision where mailbox_id = ${mailboxId}`.execute(tx)
  return rows.map(decisionOf)[0]
}

function decisionOf(row: Row): WaitingDecision {
  const { choice, reassign_to: to } = row
  return {
    wish: choice === 'reassign' ? { choice, to: to ?? '' } : { choice },
    state: row.state,
    ...(row.stopped_why === null ? {} : { why: row.stopped_why }),
    total: row.total,
    done: row.done,
  }
}

/** So many more are decided, some of them perhaps after it began; with the last of them it is done. */
export async function moveDecision(
  tx: Tx,
  mailboxId: string,
  more: number,
  state: 'running' | 'done',
): Promise<void> {
  await sql`update waiting_decision set done = done + ${more}, total = greatest(total, done + ${more}), state = ${state}
    where mailbox_id = ${mailboxId} and state = 'running'`.execute(tx)
}

/** What is decided stays decided, the rest as it is. False when it does not run. */
export async function stopDecision(tx: Tx, mailboxId: string, why: StoppedWhy): Promise<boolean> {
  const { rows } = await sql`update waiting_decision set state = 'stopped', stopped_why = ${why}
    where mailbox_id = ${mailboxId} and state = 'running' returning 1`.execute(tx)
  return rows.length > 0
}

/** Gives its new run; undefined when it was not stopped, or not done. */
export async function resumeDecision(
  tx: Tx,
  mailboxId: string,
  after: 'stopped' | 'done',
): Promise<number | undefined> {
  const { rows } = await sql<{ run: number }>`update waiting_decision
    set state = 'running', stopped_why = null, run = run + 1
    where mailbox_id = ${mailboxId} and state = ${after} returning run`.execute(tx)
  return rows[0]?.run
}

function openStates({ choice }: WaitingChoice): string[] {
  return choice === 'hold' ? ['queued'] : ['queued', 'held']
}

/** A person wants the mail to leave although its mailbox is gone, and has to say from which other one. */
export const askedFor = {
  code: 'mailbox_disconnected',
  values: { asked: 'by_person' },
} as const satisfies Reason

/**
 * The next mails that are not decided: those that wait in the order of their ranks, then those on hold. None is cancelled
 * that a person asked for when its mailbox was gone.
 */
export async function nextUndecided(
  tx: Tx,
  mailboxId: string,
  wish: WaitingChoice,
  limit: number,
): Promise<string[]> {
  const asked = sql`reason->'values' is not distinct from ${JSON.stringify(askedFor.values)}::jsonb`
  for (const state of openStates(wish)) {
    const { rows } = await sql<{ id: string }>`select id from submission
      where mailbox_id = ${mailboxId} and state = ${state} ${wish.choice === 'cancel' ? sql`and not (${asked})` : sql``}
      order by rank, position_at, id limit ${limit}`.execute(tx)
    if (rows.length > 0) return rows.map((row) => row.id)
  }
  return []
}
