/** Deciding over HTTP what a message seems to say: the team takes it, or says that it was meant otherwise. */
import { Done } from '@kontor/api/common'
import { SuggestionDecision } from '@kontor/api/inbox'
import { decideSuggestion } from '../correspondence/index.ts'
import { problem, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { FollowParts } from './follow.ts'
import { tellChanged } from './follow.ts'
import { existing } from './routes-existing.ts'

const decide = workspaceRoute({
  method: 'put',
  path: '/conversations/{id}/suggestions/{suggestionId}',
  summary: 'Accept or dismiss what a message seems to say; who declines is counted as declined',
  body: SuggestionDecision,
  answer: Done,
})

export function serveSuggestions(
  routes: OpenAPIHono<Env>,
  parts: FollowParts & { readonly database: Database },
): void {
  serve(routes, decide, async (c) => {
    const actor = c.get('actor')
    const { id, suggestionId } = c.req.valid('param')
    const { verdict } = c.req.valid('json')
    await parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const conversation = await existing(tx, actor, id)
      const decided = await decideSuggestion(tx, suggestionId, { verdict, personId: actor.personId })
      if (decided?.contactId !== conversation.contactId) throw problem(404, 'not_found')
      const { workspaceId } = actor
      await parts.emit(tx, {
        workspaceId,
        type: `suggestion.${verdict}`,
        subject: decided.id,
        payload: {
          kind: decided.kind,
          contactId: decided.contactId,
          campaignId: decided.campaignId ?? null,
          personId: actor.personId,
        },
      })
      await tellChanged(parts, tx, workspaceId, id)
    })
    return { ok: true as const }
  })
}
