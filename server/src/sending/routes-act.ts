/**
 * Acting on mails of the outbox over HTTP: one, many, or step by step all that match; the plan before many are sent again;
 * and the test message.
 */
import { Instant } from '@kontor/api/common'
import type { OutboxChoice, OutboxDeed } from '@kontor/api/outbox'
import {
  AgainPlan,
  AgainWish,
  ChosenMove,
  MovePlan,
  OutboxAct,
  OutboxActed,
  TestMessage,
} from '@kontor/api/outbox'
import { z } from 'zod'
import {
  brokenField,
  dayAhead,
  decodeCursor,
  encodeCursor,
  problem,
  serve,
  timeAhead,
  workspaceRoute,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Mailbox } from '../mailboxes/index.ts'
import { mailboxById, mailboxesById, maySend } from '../mailboxes/index.ts'
import { databaseNow, instantText } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import { audit } from '../team/index.ts'
import type { Deed } from './acts.ts'
import { actOn } from './acts.ts'
import { planAgain } from './again.ts'
import type { Enqueue } from './enqueue.ts'
import type { ReexamineParts } from './reexamine.ts'
import { planMove } from './outbox.ts'
import { shownAgain, shownMove } from './routes-present.ts'
import { stepToFront } from './store-acts.ts'
import type { OutboxFilter } from './store-outbox.ts'
import { mailboxIdsOf, matchingStep, openMailboxIds } from './store-outbox.ts'
import type { SubmissionState } from './submission.ts'
import { sendTestMessage } from './test-message.ts'

export type ActRouteParts = ReexamineParts & { readonly database: Database; readonly enqueue: Enqueue }

const change = workspaceRoute({
  method: 'post',
  path: '/outbox/act',
  summary: 'Act on mails of the outbox: named ones, or all that match, a few hundred at a time',
  body: OutboxAct,
  answer: OutboxActed,
})
const again = workspaceRoute({
  method: 'post',
  path: '/outbox/plan',
  summary:
    'What happens if past mails are sent again: when they leave, from which mailbox, and whom they delay',
  body: AgainWish,
  answer: AgainPlan,
})
const move = workspaceRoute({
  method: 'post',
  path: '/outbox/move-plan',
  summary: 'When open mails would leave from another mailbox, and whom they delay there',
  body: ChosenMove,
  answer: MovePlan,
})
const testMessage = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/test-message',
  summary: 'Send a test message to the own address',
  answer: TestMessage,
})

/** Mails of one step when all that match are meant: a step takes about a second. */
const stepSize = 200

export const statesOf: Readonly<
  Record<'waiting' | 'unconfirmed' | 'held' | 'past', readonly SubmissionState[]>
> = {
  waiting: ['queued'],
  unconfirmed: ['in_doubt'],
  held: ['held'],
  past: ['accepted', 'failed', 'cancelled', 'suppressed'],
}

export function serveActs(routes: OpenAPIHono<Env>, parts: ActRouteParts): void {
  serve(routes, change, async (c) => {
    const actor = c.get('actor')
    const { choice, deed: wanted } = c.req.valid('json')
    return await parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const deed = await deedOf(tx, wanted)
      const step: Step =
        'ids' in choice ? { ids: [...new Set(choice.ids)], deed } : await stepOf(tx, actor, choice, deed)
      const { ids, next } = step
      const mailboxes = await mailboxesById(tx, await mailboxIdsOf(tx, ids))
      const target = deed.act === 'move' ? await targetOf(tx, actor, deed.to, 'deed.to') : undefined
      const refused = await actOn(parts, tx, {
        ids,
        deed: step.deed,
        by: actor.name,
        may: ({ mailboxId }) => {
          const mailbox = mailboxes.get(mailboxId)
          return (
            mailbox !== undefined &&
            maySend(actor, mailbox) &&
            (target === undefined || target.practice === mailbox.practice)
          )
        },
      })
      const done = ids.length - refused.size
      if (done > 0)
        await audit(tx, {
          actor,
          action: `outbox.${deed.act}`,
          detail: { ...wanted, count: done, ids: ids.filter((id) => !refused.has(id)) },
        })
      return {
        done,
        refused: [...refused].map(([id, code]) => ({ id, code })),
        ...(next === undefined || ids.length < stepSize ? {} : { next }),
      }
    })
  })

  serve(routes, again, async (c) => {
    const actor = c.get('actor')
    const { choice } = c.req.valid('json')
    return await parts.database.inWorkspace(actor.workspaceId, async (tx) =>
      shownAgain(
        await planAgain(tx, actor, 'ids' in choice ? choice : { matching: filterOf(actor, choice) }),
      ),
    )
  })

  serve(routes, move, async (c) => {
    const actor = c.get('actor')
    const { choice, to } = c.req.valid('json')
    return await parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const target = await targetOf(tx, actor, to, 'to')
      const mailboxes = await mailboxesById(tx, await openMailboxIds(tx, actor.personId))
      const from = [...mailboxes.values()].flatMap((mailbox) =>
        mailbox.id !== to && mailbox.practice === target.practice && maySend(actor, mailbox)
          ? [mailbox.id]
          : [],
      )
      const only = 'ids' in choice ? choice : { matching: filterOf(actor, choice) }
      const plan = await planMove(tx, { from, only }, to)
      if (plan === undefined) throw brokenField('to', 'reassign_target')
      return shownMove({ ...plan, mailboxId: to })
    })
  })

  serve(routes, testMessage, async (c) => {
    const actor = c.get('actor')
    return await parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await mailboxById(tx, c.req.valid('param').id)
      if (mailbox === undefined || mailbox.health === 'disconnected') throw problem(404, 'not_found')
      if (!maySend(actor, mailbox)) throw problem(403, 'may_not_send')
      if (mailbox.health !== 'active' && mailbox.health !== 'throttled')
        throw problem(409, 'mailbox_not_active')
      const outcome = await sendTestMessage(parts, tx, { actor, mailbox })
      if (!outcome.ok) throw problem(409, outcome.reason.code, outcome.reason.values)
      await audit(tx, { actor, action: 'mailbox.tested', subject: mailbox.address })
      const { submissionId, to, expectedAt } = outcome
      return {
        submissionId,
        to,
        ...(expectedAt === undefined ? {} : { expectedAt: instantText(expectedAt) }),
      }
    })
  })
}

async function deedOf(tx: Tx, wanted: OutboxDeed): Promise<Deed> {
  if (wanted.act === 'promise')
    return {
      act: 'promise',
      date: wanted.date === null ? undefined : dayAhead(await databaseNow(tx), wanted.date, 'deed.date'),
    }
  if (wanted.act === 'schedule')
    return {
      act: 'schedule',
      at: wanted.at === null ? undefined : timeAhead(await databaseNow(tx), wanted.at, 'deed.at'),
    }
  return wanted
}

async function targetOf(tx: Tx, actor: Actor, id: string, path: 'to' | 'deed.to'): Promise<Mailbox> {
  const target = await mailboxById(tx, id)
  if (target === undefined || target.health === 'disconnected') throw brokenField(path, 'reassign_target')
  if (!maySend(actor, target)) throw problem(403, 'may_not_send')
  return target
}

interface Step {
  readonly ids: readonly string[]
  readonly deed: Deed
  readonly next?: string | undefined
}

/** The next mails that match. */
async function stepOf(
  tx: Tx,
  actor: Actor,
  choice: Exclude<OutboxChoice, { ids: string[] }>,
  deed: Deed,
): Promise<Step> {
  const filter = filterOf(actor, choice)
  if (deed.act === 'front') {
    const after = decodeCursor(choice.after, FrontCursor)
    const { ids, from, next } = await stepToFront(tx, filter, { after, limit: stepSize })
    const placed = { ...deed, ...(from === undefined ? {} : { from }) }
    return { ids, deed: placed, next: next === undefined ? undefined : encodeCursor(next) }
  }
  const after = z.uuid().optional().safeParse(choice.after)
  if (!after.success) throw brokenField('choice.after', 'invalid_format')
  const ids = await matchingStep(tx, filter, { after: after.data, limit: stepSize })
  return { ids, deed, next: ids.at(-1) }
}

const FrontCursor = z.object({ first: Instant, from: Instant, at: Instant, id: z.uuid() })

function filterOf(
  actor: Actor,
  { matching: { section, before, ...filter } }: Exclude<OutboxChoice, { ids: string[] }>,
): OutboxFilter & { readonly enqueuedBefore: string } {
  return { ...filter, states: statesOf[section], reader: actor.personId, enqueuedBefore: before }
}
