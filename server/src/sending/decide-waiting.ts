/**
 * What waits in a mailbox that was disconnected is held, moved to another mailbox or cancelled, piece by piece.
 *
 * 1. It begins with the event of the disconnecting; nothing leaves from the mailbox since then. 2. Each piece is one
 * transaction: a few hundred mails, how far it is, and the event that brings the next piece, so that a process that dies
 * loses nothing and anybody goes on. Higher ranks go first, so that none is overtaken in the other mailbox. 3. A person may
 * stop it between two pieces and let it go on, which is a new run: what was to bring the next piece of an earlier one brings
 * none, so that pieces never come side by side. When the other mailbox is gone it stops by itself. 4. What was on its way or in
 * doubt and waits afterwards is decided in the same way.
 */
import type { Tx } from '../platform/db/index.ts'
import { each } from './acts-of-others.ts'
import type { SendingParts } from './parts.ts'
import type { Reason } from './reasons.ts'
import { lockMails, reassign } from './store-acts.ts'
import type { WaitingChoice } from './store-decision.ts'
import {
  insertDecision,
  lockDecision,
  moveDecision,
  nextUndecided,
  resumeDecision,
  stopDecision,
} from './store-decision.ts'
import { isGone } from './store-schedule.ts'
import { moveToHeld, settleUnsent } from './store-submission.ts'
import { wake } from './wake.ts'

type Parts = Pick<SendingParts, 'emit' | 'ids'>

interface Of {
  readonly workspaceId: string
  readonly mailboxId: string
}

/** Mails of one piece: it takes less than a second. */
const pieceSize = 500

/** Begins, and does the first piece. Gives how many it were once all are decided. */
export async function beginDeciding(
  parts: Parts,
  tx: Tx,
  of: Of,
  wish: WaitingChoice,
): Promise<number | undefined> {
  await insertDecision(tx, of.mailboxId, wish)
  return await decidePiece(parts, tx, of, undefined)
}

/** Does the next piece of this run, or of any. Gives how many it were once all are decided; undefined while some are not. */
export async function decidePiece(
  parts: Parts,
  tx: Tx,
  of: Of,
  wanted: number | undefined,
): Promise<number | undefined> {
  const { mailboxId } = of
  const decision = await lockDecision(tx, mailboxId)
  if (decision?.state !== 'running' || (wanted !== undefined && decision.run !== wanted)) return undefined
  const { wish, run } = decision
  const ids = await nextUndecided(tx, mailboxId, wish, pieceSize)
  if (ids.length > 0 && wish.choice === 'reassign' && (await isGone(tx, wish.to))) {
    await stopDecision(tx, mailboxId, 'reassign_target')
    await tellMoved(parts, tx, of, { state: 'stopped' })
    return undefined
  }
  const more = ids.length === 0 ? 0 : await decide(parts, tx, mailboxId, wish, ids)
  const state = ids.length === 0 ? 'done' : 'running'
  await moveDecision(tx, mailboxId, more, state)
  await tellMoved(parts, tx, of, { state, run })
  return state === 'done' ? decision.done : undefined
}

async function decide(
  parts: Parts,
  tx: Tx,
  mailboxId: string,
  wish: WaitingChoice,
  ids: readonly string[],
): Promise<number> {
  const reason: Reason = { code: 'mailbox_disconnected' }
  // whoever moved a mail elsewhere meanwhile has decided it
  const here = (await lockMails(tx, ids))
    .filter((mail) => mail.mailboxId === mailboxId)
    .map((mail) => mail.id)
  switch (wish.choice) {
    case 'hold':
      return await each(parts, tx, here, 'submission.held', (id) =>
        moveToHeld(tx, id, { states: ['queued'] }, reason),
      )
    case 'cancel':
      return await each(parts, tx, here, 'submission.cancelled', (id) =>
        settleUnsent(tx, id, { states: ['queued', 'held'] }, 'cancelled', reason),
      )
    case 'reassign': {
      const moved = await each(parts, tx, here, 'submission.queued', (id) => reassign(tx, id, wish.to))
      await wake(parts, tx, [wish.to])
      return moved
    }
  }
}

/**
 * When all are decided and more waits since: a mail that was on its way, or in doubt. Its owner's choice holds for it, too;
 * where the other mailbox is gone by now, it is held.
 */
export async function decideLate(parts: Parts, tx: Tx, of: Of): Promise<void> {
  const { mailboxId } = of
  const decision = await lockDecision(tx, mailboxId)
  if (decision?.state !== 'done') return
  const { wish } = decision
  const hold = { choice: 'hold' } as const
  const ended = wish.choice === 'reassign' && (await isGone(tx, wish.to))
  const ids = await nextUndecided(tx, mailboxId, ended ? hold : wish, pieceSize)
  if (ids.length === 0) return
  if (ended) await decide(parts, tx, mailboxId, hold, ids)
  else await goOn(parts, tx, of, 'done')
}

/** A person stops it, or lets it go on. False when there is nothing to stop or to go on with. */
export async function steerDeciding(parts: Parts, tx: Tx, of: Of, act: 'stop' | 'resume'): Promise<boolean> {
  const { mailboxId } = of
  if (act === 'stop') {
    const stopped = await stopDecision(tx, mailboxId, 'by_person')
    if (stopped) await tellMoved(parts, tx, of, { state: 'stopped' })
    return stopped
  }
  return await goOn(parts, tx, of, 'stopped')
}

async function goOn(parts: Parts, tx: Tx, of: Of, after: 'stopped' | 'done'): Promise<boolean> {
  const run = await resumeDecision(tx, of.mailboxId, after)
  if (run !== undefined) await tellMoved(parts, tx, of, { state: 'running', run })
  return run !== undefined
}

/** Whoever hears that it runs does the next piece of that run. */
async function tellMoved(
  parts: Pick<Parts, 'emit'>,
  tx: Tx,
  { workspaceId, mailboxId }: Of,
  moved: { readonly state: 'running' | 'stopped' | 'done'; readonly run?: number },
): Promise<void> {
  const payload = { mailboxId, ...moved }
  await parts.emit(tx, { workspaceId, type: 'mailbox.waiting_decided', subject: mailboxId, payload })
}
