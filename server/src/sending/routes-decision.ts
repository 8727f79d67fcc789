/**
 * What waits in a mailbox that is taken away, over HTTP: when it would leave from another one, and afterwards how far the
 * decision is, a stop, and the way on.
 */
import { DecisionSteer, MovePlan, MoveWish, WaitingDecided } from '@kontor/api/outbox'
import type { z } from 'zod'
import { brokenField, problem, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Mailbox } from '../mailboxes/index.ts'
import { mailboxById, maySend, maySteer } from '../mailboxes/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import { audit } from '../team/index.ts'
import { steerDeciding } from './decide-waiting.ts'
import { planMove } from './outbox.ts'
import type { SendingParts } from './parts.ts'
import { shownMove } from './routes-present.ts'
import { decisionFor } from './store-decision.ts'

type DecisionRouteParts = Pick<SendingParts, 'emit' | 'ids'> & { readonly database: Database }

const plan = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/move-plan',
  summary: 'When all that waits in a mailbox would leave from another one, and whom it delays',
  body: MoveWish,
  answer: MovePlan,
})
const read = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/waiting-decision',
  summary: 'What becomes of the mails that wait in a mailbox that was disconnected, and how far that is',
  answer: WaitingDecided,
})
const steer = workspaceRoute({
  method: 'put',
  path: '/mailboxes/{id}/waiting-decision/state',
  summary: 'Stop deciding what becomes of them, or go on; what is decided stays decided',
  body: DecisionSteer,
  answer: WaitingDecided,
})

export function serveDecisions(routes: OpenAPIHono<Env>, parts: DecisionRouteParts): void {
  serve(routes, plan, async (c) => {
    const actor = c.get('actor')
    const { to } = c.req.valid('json')
    return await parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await steerable(tx, actor, c.req.valid('param').id)
      const target = await mailboxById(tx, to)
      const fits = target !== undefined && target.practice === mailbox.practice && target.id !== mailbox.id
      const found =
        fits && maySend(actor, target) ? await planMove(tx, { from: [mailbox.id] }, to) : undefined
      if (found === undefined) throw brokenField('to', 'reassign_target')
      return shownMove({ ...found, mailboxId: to })
    })
  })

  serve(routes, read, async (c) => {
    const actor = c.get('actor')
    return await parts.database.inWorkspace(actor.workspaceId, async (tx) =>
      decided(tx, (await steerable(tx, actor, c.req.valid('param').id)).id),
    )
  })

  serve(routes, steer, async (c) => {
    const actor = c.get('actor')
    const { workspaceId } = actor
    const { wish } = c.req.valid('json')
    return await parts.database.inWorkspace(workspaceId, async (tx) => {
      const { id: mailboxId, address } = await steerable(tx, actor, c.req.valid('param').id)
      // asked twice, it is as if it were asked once
      if (await steerDeciding(parts, tx, { workspaceId, mailboxId }, wish)) {
        const action = wish === 'stop' ? 'mailbox.waiting_stopped' : 'mailbox.waiting_resumed'
        await audit(tx, { actor, action, subject: address })
      }
      return await decided(tx, mailboxId)
    })
  })
}

async function steerable(tx: Tx, actor: Actor, id: string): Promise<Mailbox> {
  const mailbox = await mailboxById(tx, id)
  if (mailbox === undefined) throw problem(404, 'not_found')
  if (!maySteer(actor, mailbox)) throw problem(403, 'forbidden')
  return mailbox
}

async function decided(tx: Tx, mailboxId: string): Promise<z.input<typeof WaitingDecided>> {
  const found = await decisionFor(tx, mailboxId)
  if (found === undefined) return {}
  const { wish, ...decision } = found
  const target = wish.choice === 'reassign' ? await mailboxById(tx, wish.to) : undefined
  return {
    decision: { ...decision, choice: wish.choice, ...(target === undefined ? {} : { to: target.address }) },
  }
}
