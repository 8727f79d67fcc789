/** Several addresses of one account over HTTP: what it may send as, adding one, asking the provider again. */
import {
  AddressAdded,
  AddressWish,
  Consent,
  OfferedAddress,
  SenderCheck,
  SharedWish,
} from '@kontor/api/mailboxes'
import { z } from 'zod'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { problem, serve, workspaceRoute } from '../http-kit/index.ts'
import { deadline } from '../platform/clock/index.ts'
import type { Actor } from '../team/index.ts'
import type { Mailbox } from './mailbox.ts'
import { mayShare, maySend, maySteer } from './mailbox.ts'
import type { Mailboxes } from './mailboxes.ts'
import type { AddressProblem } from './other-address.ts'
import { begun } from './routes-consent.ts'
import type { SharedLevelWish } from './shared-level.ts'
import { mailboxById } from './store.ts'

const offer = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/addresses',
  summary: 'The other addresses that the account of a mailbox may send as',
  role: 'member',
  answer: z.object({ rows: z.array(OfferedAddress) }),
})
const add = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/addresses',
  summary: 'Make a mailbox of another address of the same account',
  body: AddressWish,
  answer: AddressAdded,
})
const check = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/check-sender',
  summary: 'Ask the provider whether the account may still send as this address',
  answer: SenderCheck,
})
const share = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/shared-mailboxes',
  summary:
    'Make a mailbox of one that is shared with the same account; one mail from it to the account tells whether that works',
  body: SharedWish,
  answer: AddressAdded,
})
const allowShared = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/shared-consent',
  summary: 'Begin to allow mailboxes that are shared with the account',
  body: SharedWish,
  answer: Consent,
})
const providerMs = 20_000
const status = {
  addresses_unreadable: 409,
  provider_away: 503,
  address_not_offered: 409,
  address_connected: 409,
  grant_broken: 409,
  shared_not_offered: 409,
  shared_consent_missing: 409,
  shared_unknown: 409,
  shared_unreadable: 409,
  shared_send_refused: 409,
  shared_account_narrower: 409,
  shared_not_tried: 503,
} as const satisfies Record<AddressProblem, number>

/** Changes the level of a shared mailbox; with the page to go to where it goes on at the provider. */
export async function levelOfShared(
  mailboxes: Mailboxes,
  wish: SharedLevelWish,
): Promise<{ authorizeUrl?: string }> {
  const done = await mailboxes.changeSharedLevel(wish, deadline(providerMs))
  if (done.outcome === 'refused') throw problem(status[done.problem], done.problem)
  return done.outcome === 'asked' ? begun(done.start) : {}
}

/** Adds the routes of further addresses. */
export function serveAddresses(routes: OpenAPIHono<Env>, mailboxes: Mailboxes): void {
  const { database } = mailboxes.parts

  async function mailboxFor(
    actor: Actor,
    id: string,
    may: (actor: Actor, mailbox: Mailbox) => boolean,
  ): Promise<Mailbox> {
    const mailbox = await database.inWorkspace(actor.workspaceId, (tx) => mailboxById(tx, id))
    if (mailbox === undefined || mailbox.health === 'disconnected') throw problem(404, 'not_found')
    if (!may(actor, mailbox)) throw problem(403, 'forbidden')
    return mailbox
  }

  serve(routes, offer, async (c) => {
    const mailbox = await mailboxFor(c.get('actor'), c.req.valid('param').id, mayShare)
    const found = await mailboxes.offerAddresses(mailbox, deadline(providerMs))
    if (!found.ok) throw problem(status[found.problem], found.problem)
    return { rows: found.offered.map(({ address, name, connected }) => ({ address, name, connected })) }
  })

  serve(routes, add, async (c) => {
    const actor = c.get('actor')
    const via = await mailboxFor(actor, c.req.valid('param').id, mayShare)
    const { address } = c.req.valid('json')
    const added = await mailboxes.addAlias({ actor, via, address }, deadline(providerMs))
    if (!added.ok) throw problem(status[added.problem], added.problem)
    return { mailboxId: added.mailboxId }
  })

  serve(routes, share, async (c) => {
    const actor = c.get('actor')
    const via = await mailboxFor(actor, c.req.valid('param').id, mayShare)
    const added = await mailboxes.addShared({ actor, via, ...c.req.valid('json') }, deadline(providerMs))
    if (!added.ok) throw problem(status[added.problem], added.problem)
    return { mailboxId: added.mailboxId }
  })

  serve(routes, allowShared, async (c) => {
    const actor = c.get('actor')
    const via = await mailboxFor(actor, c.req.valid('param').id, mayShare)
    const start = await mailboxes.askForShared({ actor, via, ...c.req.valid('json') })
    if (!start.ok && start.problem === 'shared_not_offered')
      throw problem(status[start.problem], start.problem)
    return begun(start)
  })

  serve(routes, check, async (c) => {
    const mailbox = await mailboxFor(
      c.get('actor'),
      c.req.valid('param').id,
      (actor, one) => maySend(actor, one) || maySteer(actor, one),
    )
    const said = await mailboxes.confirmSender(mailbox, c.get('actor'), deadline(providerMs))
    return { sender: said ?? ('unknown' as const) }
  })
}
