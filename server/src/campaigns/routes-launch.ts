/**
 * Sending to many over HTTP: the plan and the launch of invitations and bulk messages, in a campaign and outside any,
 * and launches that go on: how far they are, stopping them, going on.
 */
import * as api from '@kontor/api/launches'
import { z } from 'zod'
import { createRoutes, problem, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import type { MessageTexts } from '../templates/index.ts'
import { accept } from './creator/routes.ts'
import type { Audience } from './audience.ts'
import type { LaunchText } from './launch.ts'
import { launchMailing } from './launch.ts'
import type { CampaignParts } from './parts.ts'
import { planMailing } from './plan.ts'
import { shownLaunch, shownPlan } from './routes-present.ts'
import { steerLaunch } from './steer.ts'
import { campaignById } from './store-campaign.ts'
import { launchRows } from './store-launch.ts'

export interface LaunchRouteParts extends CampaignParts {
  readonly database: Database
}

const Launches = z.object({ rows: z.array(api.Launch) })
const mostLaunches = 100

const sending = {
  plan: workspaceRoute({
    method: 'post',
    path: '/campaigns/{id}/plan',
    summary: 'What happens if these invitations are queued',
    body: api.SendTo,
    answer: api.Plan,
  }),
  send: workspaceRoute({
    method: 'post',
    path: '/campaigns/{id}/send',
    summary: 'Queue these invitations, once per key',
    body: api.Send,
    answer: api.Sent,
  }),
  bulkPlan: workspaceRoute({
    method: 'post',
    path: '/campaigns/{id}/bulk/plan',
    summary: 'What happens if this message is queued for these members',
    body: api.CampaignBulk,
    answer: api.Plan,
  }),
  bulkSend: workspaceRoute({
    method: 'post',
    path: '/campaigns/{id}/bulk/send',
    summary: 'Queue this message for these members, once per key',
    body: api.CampaignBulkSend,
    answer: api.Sent,
  }),
  contactsPlan: workspaceRoute({
    method: 'post',
    path: '/bulk/plan',
    summary: 'What happens if this message is queued for these influencers',
    body: api.ContactBulk,
    answer: api.Plan,
  }),
  contactsSend: workspaceRoute({
    method: 'post',
    path: '/bulk/send',
    summary: 'Queue this message for these influencers, once per key',
    body: api.ContactBulkSend,
    answer: api.Sent,
  }),
  launches: workspaceRoute({
    method: 'get',
    path: '/campaigns/{id}/launches',
    summary: 'What was sent to many in a campaign, newest first',
    answer: Launches,
  }),
  outside: workspaceRoute({
    method: 'get',
    path: '/launches',
    summary: 'What was sent to many outside any campaign, newest first',
    answer: Launches,
  }),
  launch: workspaceRoute({
    method: 'get',
    path: '/launches/{id}',
    summary: 'How far a launch is',
    answer: api.Launch,
  }),
  steer: workspaceRoute({
    method: 'put',
    path: '/launches/{id}/state',
    summary: 'Stop a launch, or go on with a stopped one',
    body: api.LaunchSteer,
    answer: api.Launch,
  }),
}

export function launchRoutes(parts: LaunchRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const within = <T>(actor: Actor, run: (tx: Tx) => Promise<T>): Promise<T> =>
    parts.database.inWorkspace(actor.workspaceId, run)

  serve(routes, sending.plan, async (c) => {
    const actor = c.get('actor')
    const wish = { ...invited(c.req.valid('json')), actor, campaignId: c.req.valid('param').id }
    return await within(actor, async (tx) =>
      shownPlan(accept(await planMailing(parts, tx, wish, { kind: 'invitation' })).plan),
    )
  })
  serve(routes, sending.send, async (c) => {
    const actor = c.get('actor')
    const { key, ...asked } = c.req.valid('json')
    const wish = { ...invited(asked), actor, campaignId: c.req.valid('param').id, key }
    return await within(actor, async (tx) =>
      accept(await launchMailing(parts, tx, wish, { kind: 'invitation' })),
    )
  })
  serve(routes, sending.bulkPlan, async (c) => {
    const actor = c.get('actor')
    const { texts, templateId, files, ...wish } = c.req.valid('json')
    const asked = { ...wish, actor, campaignId: c.req.valid('param').id }
    return await within(actor, async (tx) =>
      shownPlan(accept(await planMailing(parts, tx, asked, bulk(texts, templateId, files))).plan),
    )
  })
  serve(routes, sending.bulkSend, async (c) => {
    const actor = c.get('actor')
    const { texts, templateId, files, ...wish } = c.req.valid('json')
    const asked = { ...wish, actor, campaignId: c.req.valid('param').id }
    return await within(actor, async (tx) =>
      accept(await launchMailing(parts, tx, asked, bulk(texts, templateId, files))),
    )
  })
  serve(routes, sending.contactsPlan, async (c) => {
    const actor = c.get('actor')
    const { texts, templateId, files, ...wish } = c.req.valid('json')
    return await within(actor, async (tx) =>
      shownPlan(
        accept(await planMailing(parts, tx, { ...wish, actor }, bulk(texts, templateId, files))).plan,
      ),
    )
  })
  serve(routes, sending.contactsSend, async (c) => {
    const actor = c.get('actor')
    const { texts, templateId, files, ...wish } = c.req.valid('json')
    return await within(actor, async (tx) =>
      accept(await launchMailing(parts, tx, { ...wish, actor }, bulk(texts, templateId, files))),
    )
  })
  serve(routes, sending.launches, async (c) => {
    const campaignId = c.req.valid('param').id
    return await within(c.get('actor'), async (tx) => {
      if ((await campaignById(tx, campaignId)) === undefined) throw problem(404, 'not_found')
      return { rows: (await launchRows(tx, { campaignId, limit: mostLaunches })).map(shownLaunch) }
    })
  })
  serve(routes, sending.outside, async (c) => {
    const rows = await within(c.get('actor'), (tx) =>
      launchRows(tx, { campaignId: undefined, limit: mostLaunches }),
    )
    return { rows: rows.map(shownLaunch) }
  })
  serve(routes, sending.launch, async (c) => {
    const [launch] = await within(c.get('actor'), (tx) => launchRows(tx, { id: c.req.valid('param').id }))
    if (launch === undefined) throw problem(404, 'not_found')
    return shownLaunch(launch)
  })
  serve(routes, sending.steer, async (c) => {
    const actor = c.get('actor')
    const wish = { launchId: c.req.valid('param').id, wish: c.req.valid('json').wish }
    return await within(actor, async (tx) =>
      shownLaunch(accept(await steerLaunch(parts, tx, actor, wish)).launch),
    )
  })
  return routes
}

function invited({ memberIds, audience, mailboxId, followUps }: z.output<typeof api.SendTo>): {
  readonly audience: Audience
  readonly mailboxId: string | undefined
  readonly followUps: z.output<typeof api.SendTo>['followUps']
} {
  return { audience: audience ?? { ids: memberIds ?? [] }, mailboxId, followUps }
}

/** Only the languages that were written in. */
export function textsGiven({ en, de }: api.MessageTexts): MessageTexts {
  return { ...(en === undefined ? {} : { en }), ...(de === undefined ? {} : { de }) }
}

function bulk(texts: api.MessageTexts, setId: string | undefined, uploads: readonly string[]): LaunchText {
  return {
    kind: 'bulk',
    texts: textsGiven(texts),
    setId,
    ...(uploads.length === 0 ? {} : { uploads }),
  }
}
