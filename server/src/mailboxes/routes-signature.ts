/** The signature that a provider keeps, over HTTP: offered to the owner of the mailbox, taken over by an ordinary change. */
import { SignatureOffer } from '@kontor/api/mailboxes'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { problem, serve, workspaceRoute } from '../http-kit/index.ts'
import { deadline } from '../platform/clock/index.ts'
import { mayShare } from './mailbox.ts'
import type { Mailboxes } from './mailboxes.ts'
import { offerSignature } from './signature.ts'
import { mailboxById } from './store.ts'

const offer = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/signature-offer',
  summary: 'Name and signature that the provider keeps for the address',
  role: 'member',
  answer: SignatureOffer,
})
const providerMs = 20_000
const status = { signature_unreadable: 409, signature_none: 404, provider_away: 503 } as const

/** Adds the route of the offer. */
export function serveSignature(routes: OpenAPIHono<Env>, mailboxes: Mailboxes): void {
  serve(routes, offer, async (c) => {
    const actor = c.get('actor')
    const { id } = c.req.valid('param')
    const mailbox = await mailboxes.parts.database.inWorkspace(actor.workspaceId, (tx) => mailboxById(tx, id))
    if (mailbox === undefined || mailbox.health === 'disconnected') throw problem(404, 'not_found')
    if (!mayShare(actor, mailbox)) throw problem(403, 'forbidden')
    const found = await offerSignature(mailboxes, mailbox, deadline(providerMs))
    if (!found.ok) throw problem(status[found.problem], found.problem)
    return found.offer
  })
}
