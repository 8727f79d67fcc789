/**
 * Follow-ups over HTTP: what follows each launch, where its people stand, and what a person decides. A refusal is thrown
 * inside the transaction, so that it leaves nothing behind.
 */
import * as api from '@kontor/api/follow-ups'
import { pageOf } from '@kontor/api/common'
import { z } from 'zod'
import {
  createRoutes,
  cutPage,
  decodeCursor,
  pageLimit,
  problem,
  serve,
  workspaceRoute,
} from '../../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../../http-kit/index.ts'
import type { Database, Tx } from '../../platform/db/index.ts'
import type { Actor } from '../../team/index.ts'
import { templateVersion } from '../../templates/index.ts'
import { accept } from '../creator/routes.ts'
import type { CampaignParts } from '../parts.ts'
import { campaignById } from '../store-campaign.ts'
import { shownCourse, shownFollowed } from './routes-present.ts'
import { changeFollowUps, endFollowUps, sendReminded } from './steer.ts'
import { followUpsOf } from './store-follow-up.ts'
import type { LaunchFollowed } from './store-list.ts'
import { coursesOf, launchesFollowed } from './store-list.ts'

export interface FollowUpRouteParts extends CampaignParts {
  readonly database: Database
}

const rows = z.object({ rows: z.array(api.Followed) })
const mostLaunches = 100

const followUps = {
  open: workspaceRoute({
    method: 'get',
    path: '/follow-ups',
    summary: 'What was sent to many and has follow-ups to come, newest first',
    answer: rows,
  }),
  campaign: workspaceRoute({
    method: 'get',
    path: '/campaigns/{id}/follow-ups',
    summary: 'What was sent to many in a campaign, with what follows it',
    answer: rows,
  }),
  people: workspaceRoute({
    method: 'get',
    path: '/launches/{id}/follow-ups/people',
    summary: 'Where the people of a launch stand, those to decide on first',
    query: api.CourseQuery,
    answer: pageOf(api.Course),
  }),
  change: workspaceRoute({
    method: 'put',
    path: '/launches/{id}/follow-ups',
    summary: 'Set what follows a launch from now on; mails in the outbox keep their words',
    body: api.FollowUpsChange,
    answer: api.Followed,
  }),
  end: workspaceRoute({
    method: 'post',
    path: '/launches/{id}/follow-ups/end',
    summary: 'Stop follow-ups of a launch by hand, or note an answer that Kontor cannot see',
    body: api.FollowUpsEnd,
    answer: api.FollowUpsEnded,
  }),
  endCampaign: workspaceRoute({
    method: 'post',
    path: '/campaigns/{id}/follow-ups/end',
    summary: 'Stop all follow-ups of a campaign',
    answer: api.FollowUpsEnded,
  }),
  send: workspaceRoute({
    method: 'post',
    path: '/launches/{id}/follow-ups/send',
    summary: 'Send the follow-ups of which these people are a reminder',
    body: api.FollowUpsSend,
    answer: api.FollowUpsEnded,
  }),
}

export function followUpRoutes(parts: FollowUpRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const within = <T>(actor: Actor, run: (tx: Tx) => Promise<T>): Promise<T> =>
    parts.database.inWorkspace(actor.workspaceId, run)

  serve(routes, followUps.open, async (c) =>
    within(c.get('actor'), async (tx) => ({
      rows: await withTexts(tx, await launchesFollowed(tx, 'open', mostLaunches)),
    })),
  )
  serve(routes, followUps.campaign, async (c) => {
    const campaignId = c.req.valid('param').id
    return await within(c.get('actor'), async (tx) => {
      if ((await campaignById(tx, campaignId)) === undefined) throw problem(404, 'not_found')
      return { rows: await withTexts(tx, await launchesFollowed(tx, { campaignId }, mostLaunches)) }
    })
  })
  serve(routes, followUps.people, async (c) => {
    const { state, cursor, limit } = c.req.valid('query')
    const most = pageLimit(limit)
    const after = decodeCursor(cursor, z.tuple([z.number().int(), z.string().max(60), z.uuid()]))
    const launchId = c.req.valid('param').id
    const found = await within(c.get('actor'), (tx) =>
      coursesOf(tx, launchId, { state, after, limit: most + 1 }),
    )
    const page = cutPage(found, most, ({ rank, at, id }) => [rank, at, id])
    return { ...page, rows: page.rows.map(({ rank: _rank, at: _at, ...course }) => shownCourse(course)) }
  })
  serve(routes, followUps.change, async (c) => {
    const actor = c.get('actor')
    const launchId = c.req.valid('param').id
    const wish = { launchId, followUps: c.req.valid('json').followUps }
    return await within(actor, async (tx) => {
      accept(await changeFollowUps(parts, tx, actor, wish))
      const [launch] = await withTexts(tx, await launchesFollowed(tx, { launchId }, 1))
      if (launch === undefined) throw problem(404, 'not_found')
      return launch
    })
  })
  serve(routes, followUps.end, async (c) => {
    const actor = c.get('actor')
    const { why, ids } = c.req.valid('json')
    const launchId = c.req.valid('param').id
    return await within(actor, async (tx) => {
      const of = ids === undefined ? { launchId } : { courseIds: ids }
      const wish = { of, why: why === 'stopped' ? 'follow_ups_stopped' : 'answer_noted' } as const
      return { count: await endFollowUps(parts, tx, actor, wish) }
    })
  })
  serve(routes, followUps.endCampaign, async (c) => {
    const actor = c.get('actor')
    const wish = { of: { campaignId: c.req.valid('param').id }, why: 'follow_ups_stopped' } as const
    return await within(actor, async (tx) => ({ count: await endFollowUps(parts, tx, actor, wish) }))
  })
  serve(routes, followUps.send, async (c) => {
    const actor = c.get('actor')
    const { ids } = c.req.valid('json')
    return await within(actor, async (tx) => ({
      count: accept(await sendReminded(parts, tx, actor, ids)).queued,
    }))
  })
  return routes
}

/** With the words that follow, as they were written. */
async function withTexts(
  tx: Tx,
  launches: readonly LaunchFollowed[],
): Promise<z.input<typeof api.Followed>[]> {
  const found = await followUpsOf(
    tx,
    launches.map(({ launchId }) => launchId),
  )
  const words = new Map<string, z.input<typeof api.FollowUp>[]>()
  for (const { launchId, afterDays, versions } of found) {
    const texts = { en: await bodyOf(tx, versions.en), de: await bodyOf(tx, versions.de) }
    words.set(launchId, [...(words.get(launchId) ?? []), { afterDays, texts }])
  }
  return launches.map((launch) => shownFollowed(launch, words.get(launch.launchId) ?? []))
}

async function bodyOf(
  tx: Tx,
  version: { readonly templateId: string; readonly version: number } | undefined,
): Promise<{ body: string } | undefined> {
  const text = version && (await templateVersion(tx, version.templateId, version.version))
  return text && { body: text.body }
}
