/** What happens if past mails are sent again: counted as the act would judge each, planned for every mailbox of theirs. */
import { mailboxById, maySend } from '../mailboxes/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import type { ActRefusal } from './acts.ts'
import { planFor } from './outbox.ts'
import type { SendingPlan } from './plan.ts'
import type { Chosen } from './store-outbox.ts'
import { countAgain } from './store-outbox.ts'

export interface AgainPlan {
  readonly total: number
  readonly mailboxes: readonly (SendingPlan & {
    readonly mailboxId: string
    readonly address: string
    readonly total: number
  })[]
  /** How many would be left as they are, by why. */
  readonly leftOutBy: ReadonlyMap<ActRefusal, number>
}

export async function planAgain(tx: Tx, actor: Actor, chosen: Chosen): Promise<AgainPlan> {
  const leftOutBy = new Map<ActRefusal, number>()
  function leaveOut(why: ActRefusal, count: number): void {
    if (count > 0) leftOutBy.set(why, (leftOutBy.get(why) ?? 0) + count)
  }
  const counts = await countAgain(tx, chosen)
  if ('ids' in chosen) leaveOut('unknown_mail', new Set(chosen.ids).size - sum(counts))
  const mailboxes: AgainPlan['mailboxes'][number][] = []
  for (const [mailboxId, ofMailbox] of Map.groupBy(counts, (one) => one.mailboxId)) {
    const mailbox = await mailboxById(tx, mailboxId)
    if (mailbox === undefined || !maySend(actor, mailbox)) {
      leaveOut('may_not_send', sum(ofMailbox))
      continue
    }
    for (const { hindrance, count } of ofMailbox) if (hindrance !== undefined) leaveOut(hindrance, count)
    const wanted = ofMailbox.filter(({ hindrance }) => hindrance === undefined)
    const plan = wanted.length === 0 ? undefined : await planFor(tx, mailboxId, wanted)
    if (plan !== undefined)
      mailboxes.push({ ...plan, mailboxId, address: mailbox.address, total: sum(wanted) })
  }
  return {
    total: mailboxes.reduce((all, { total }) => all + total, 0),
    mailboxes: mailboxes.toSorted((a, b) => (a.address < b.address ? -1 : 1)),
    leftOutBy,
  }
}

function sum(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((all, { count }) => all + count, 0)
}
