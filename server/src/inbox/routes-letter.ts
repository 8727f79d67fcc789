/** Writing over HTTP: answers, new mails, taking them back, and the drafts before. */
import { Done } from '@kontor/api/common'
import {
  Answer,
  DirectNew,
  Draft,
  DraftAsk,
  DraftNew,
  DraftQuery,
  DraftSave,
  Sender,
  TakenBack,
  Written,
} from '@kontor/api/inbox'
import { z } from 'zod'
import { problem, serve, timeAhead, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Mailbox } from '../mailboxes/index.ts'
import { mailboxById, mailboxesOf, maySend } from '../mailboxes/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { readMember } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import { askToSend, saveDraft, throwAway } from './draft.ts'
import { existing, visibleDraft, visiblePlace } from './routes-existing.ts'
import { presentDraft, presentDrafts } from './routes-present.ts'
import { sendersOf } from './routes-view.ts'
import { draftsIn } from './store-draft.ts'
import { mailboxOfSubmission } from './store-waiting.ts'
import { takeBack } from './take-back.ts'
import { turnState } from './turn.ts'
import type { WriteOutcome, WritingParts } from './write.ts'
import { answer, writeTo, writtenBefore } from './write.ts'

const one = '/conversations/{id}'
const reply = workspaceRoute({
  method: 'post',
  path: `${one}/answers`,
  summary: 'Answer in a conversation',
  body: Answer,
  answer: Written,
})
const back = workspaceRoute({
  method: 'post',
  path: `${one}/answers/{submissionId}/take-back`,
  summary: 'Take a mail back into a draft before it leaves',
  answer: TakenBack,
})
const compose = workspaceRoute({
  method: 'post',
  path: '/messages',
  summary: 'Write a one-to-one mail',
  body: DirectNew,
  answer: Written,
})
const senders = workspaceRoute({
  method: 'get',
  path: '/senders',
  summary: 'Mailboxes that I may send from, the proposal first',
  answer: z.object({ rows: z.array(Sender) }),
})
const drafts = workspaceRoute({
  method: 'get',
  path: '/drafts',
  summary: 'Drafts to one influencer, in a campaign or outside any',
  query: DraftQuery,
  answer: z.object({ rows: z.array(Draft) }),
})
const begin = workspaceRoute({
  method: 'post',
  path: '/drafts',
  summary: 'Save the first words of my draft',
  body: DraftNew,
  answer: Draft,
})
const save = workspaceRoute({
  method: 'put',
  path: '/drafts/{id}',
  summary: 'Save a draft of the team; refused with 409 when somebody has changed it since',
  body: DraftSave,
  answer: Draft,
})
const away = workspaceRoute({
  method: 'delete',
  path: '/drafts/{id}',
  summary: 'Throw a draft away',
  answer: Done,
})
const ask = workspaceRoute({
  method: 'put',
  path: '/drafts/{id}/approver',
  summary: 'Ask somebody to send the draft',
  body: DraftAsk,
  answer: Draft,
})

const done = { ok: true as const }

export function addLetterRoutes(
  routes: OpenAPIHono<Env>,
  parts: WritingParts & { readonly database: Database },
): void {
  const { database } = parts

  serve(routes, reply, async (c) => {
    const actor = c.get('actor')
    const { overtake, teamState, ...typed } = c.req.valid('json')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const conversation = await existing(tx, actor, c.req.valid('param').id)
      const version = overtake === undefined ? typed.version : undefined
      const { key, subject: _ofItsThread, ...words } = typed
      const outcome =
        (await writtenBefore(tx, conversation, { key, typed: words })) ??
        (await answer(parts, tx, conversation, {
          ...(await wishOf(tx, actor, conversation, typed)),
          version,
        }))
      if (outcome.ok && teamState !== undefined)
        await turnState(parts, { tx, actor, id: conversation.id }, teamState)
      return written(outcome)
    })
  })
  serve(routes, compose, async (c) => {
    const actor = c.get('actor')
    const { contactId, campaignId, ...typed } = c.req.valid('json')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const place = { contactId, campaignId }
      const known = await writtenBefore(tx, place, { key: typed.key, typed })
      if (known !== undefined) return written(known)
      return written(await writeTo(parts, tx, place, await wishOf(tx, actor, place, typed)))
    })
  })
  serve(routes, back, async (c) => {
    const actor = c.get('actor')
    const { id, submissionId } = c.req.valid('param')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const conversation = await existing(tx, actor, id)
      const mailboxId = await mailboxOfSubmission(tx, conversation, submissionId)
      if (mailboxId === undefined) throw problem(404, 'not_found')
      await sender(tx, actor, mailboxId)
      const outcome = await takeBack(parts, tx, { actor, conversation, submissionId })
      if (outcome === 'not_found') throw problem(404, 'not_found')
      if (outcome === 'left_already') throw problem(409, 'left_already')
      return outcome
    })
  })
  serve(routes, senders, async (c) => {
    const actor = c.get('actor')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailboxes = await mailboxesOf(tx)
      return { rows: await sendersOf(parts, tx, { actor, mailboxes, last: undefined }) }
    })
  })
  serve(routes, drafts, async (c) => {
    const actor = c.get('actor')
    const { contactId, campaignId } = c.req.valid('query')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      await visiblePlace(tx, actor, { contactId, campaignId })
      return { rows: await presentDrafts(tx, await draftsIn(tx, { contactId, campaignId })) }
    })
  })
  serve(routes, begin, async (c) => {
    const actor = c.get('actor')
    const { contactId, campaignId, revision, ...words } = c.req.valid('json')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      await visiblePlace(tx, actor, { contactId, campaignId })
      const place = { contactId, campaignId, authorId: actor.personId }
      const saved = await saveDraft(parts, { tx, actor }, place, { ...words, revision })
      return await presented(tx, saved)
    })
  })
  serve(routes, save, async (c) => {
    const actor = c.get('actor')
    const { revision, ...words } = c.req.valid('json')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const draft = await visibleDraft(tx, actor, c.req.valid('param').id)
      const place = { ...draft, campaignId: draft.campaignId }
      const saved = await saveDraft(parts, { tx, actor }, place, { ...words, revision: revision ?? 1 })
      return await presented(tx, saved)
    })
  })
  serve(routes, away, async (c) => {
    const actor = c.get('actor')
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      const draft = await visibleDraft(tx, actor, c.req.valid('param').id)
      await throwAway(parts, { tx, actor }, draft)
    })
    return done
  })
  serve(routes, ask, async (c) => {
    const actor = c.get('actor')
    const { personId } = c.req.valid('json')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const draft = await visibleDraft(tx, actor, c.req.valid('param').id)
      if (personId !== null) await mayApprove(tx, draft.mailboxId, personId)
      return presentDraft(tx, await askToSend(parts, { tx, actor }, draft, personId))
    })
  })

  async function presented(
    tx: Tx,
    saved: Awaited<ReturnType<typeof saveDraft>>,
  ): Promise<z.input<typeof Draft>> {
    if ('changedBy' in saved) throw problem(409, 'draft_changed', { by: saved.changedBy })
    return await presentDraft(tx, saved)
  }
}

async function wishOf(
  tx: Tx,
  actor: Actor,
  place: { readonly contactId: string; readonly campaignId?: string | undefined },
  typed: Omit<z.output<typeof Answer>, 'overtake' | 'teamState'>,
): Promise<Parameters<typeof writeTo>[3]> {
  const { key, mailboxId, version, draftId, undo, notBefore, ...words } = typed
  const draft = draftId === undefined ? undefined : await visibleDraft(tx, actor, draftId)
  const elsewhere = draft?.contactId !== place.contactId || draft.campaignId !== place.campaignId
  if (draft !== undefined && elsewhere) throw problem(404, 'not_found')
  return {
    key,
    mailbox: await sender(tx, actor, mailboxId),
    words: { ...words, mailboxId, seenVersion: version },
    by: actor.personId,
    ...(draft === undefined ? {} : { draftId, authorId: draft.authorId }),
    leave:
      notBefore === undefined
        ? undo === true
          ? 'undo'
          : undefined
        : timeAhead(await databaseNow(tx), notBefore, 'notBefore'),
  }
}

async function sender(tx: Tx, actor: Actor, mailboxId: string): Promise<Mailbox> {
  const mailbox = await mailboxById(tx, mailboxId)
  if (mailbox === undefined) throw problem(404, 'mailbox_unknown')
  if (!maySend(actor, mailbox)) throw problem(403, 'may_not_send', { address: mailbox.address })
  return mailbox
}

/** Only somebody who may send from the draft's mailbox can be asked. */
async function mayApprove(tx: Tx, mailboxId: string | undefined, personId: string): Promise<void> {
  const member = await readMember(tx, personId)
  if (member === undefined) throw problem(404, 'member_unknown')
  const mailbox = mailboxId === undefined ? undefined : await mailboxById(tx, mailboxId)
  if (mailbox === undefined) throw problem(422, 'mailbox_needed')
  if (!maySend({ personId, role: member.role }, mailbox))
    throw problem(422, 'approver_may_not_send', { name: member.name, address: mailbox.address })
}

function written(outcome: WriteOutcome): z.input<typeof Written> {
  if (!outcome.ok) {
    const { reason } = outcome
    const status = reason.code === 'answered_meanwhile' || reason.code === 'key_reused' ? 409 : 422
    throw problem(status, reason.code, 'values' in reason ? reason.values : undefined)
  }
  const { submissionId, conversationId, known } = outcome
  return {
    submissionId,
    conversationId,
    replayed: known !== undefined,
    ...(known === undefined ? {} : { known }),
  }
}
