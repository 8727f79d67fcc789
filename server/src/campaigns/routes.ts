/**
 * Campaigns over HTTP, as the team uses them; what creators reach is in creator/routes.ts. A refusal is thrown inside
 * the transaction, so that it leaves nothing behind.
 */
import * as api from '@kontor/api/campaigns'
import { countedPageOf, PageQuery } from '@kontor/api/common'
import { Plan, Sent } from '@kontor/api/launches'
import { z } from 'zod'
import { containing } from '../contacts/index.ts'
import {
  createRoutes,
  cutPage,
  dayAhead,
  decodeCursor,
  pageLimit,
  problem,
  serve,
  workspaceRoute,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { refusedByProviders } from '../mail/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import { accept } from './creator/routes.ts'
import { decide } from './decide.ts'
import {
  addMembers,
  changeCampaign,
  changeFiles,
  changeText,
  createCampaign,
  setCampaignStatus,
  textsOf,
} from './manage.ts'
import type { CampaignParts } from './parts.ts'
import { planDecisions } from './plan.ts'
import { shownCampaign, shownPlan } from './routes-present.ts'
import { sendDecisions } from './send-decisions.ts'
import type { Application } from './store-application.ts'
import { applicationRows } from './store-application.ts'
import { campaignById, campaignOverviews } from './store-campaign.ts'
import type { CampaignFile } from './store-campaign-file.ts'
import { campaignFiles } from './store-campaign-file.ts'
import { countMembers } from './store-member.ts'
import { shownCourse } from './follow-up/routes-present.ts'
import type { MemberShown } from './waiting.ts'
import { membersShown } from './waiting.ts'

export { publicRoutes } from './creator/routes.ts'
export { brandRoutes } from './routes-brand.ts'
export { openLinkRoutes } from './routes-open-link.ts'
export { launchRoutes } from './routes-launch.ts'
export { followUpRoutes } from './follow-up/routes.ts'
export { templateRoutes } from './routes-template.ts'

export interface CampaignRouteParts extends CampaignParts {
  readonly database: Database
}

const rowsOf = <T extends z.ZodType>(row: T): z.ZodObject<{ rows: z.ZodArray<T> }> =>
  z.object({ rows: z.array(row) })
const MemberQuery = PageQuery.extend({ state: api.MemberState.optional(), q: z.string().max(200).optional() })
const Which = z.object({ undecided: z.stringbool().optional() })

const team = {
  list: workspaceRoute({
    method: 'get',
    path: '/campaigns',
    summary: 'Campaigns, newest first',
    answer: rowsOf(api.Campaign),
  }),
  create: workspaceRoute({
    method: 'post',
    path: '/campaigns',
    summary: 'Begin a campaign',
    body: api.CampaignNew,
    answer: api.Campaign,
  }),
  one: workspaceRoute({
    method: 'get',
    path: '/campaigns/{id}',
    summary: 'One campaign',
    answer: api.Campaign,
  }),
  change: workspaceRoute({
    method: 'patch',
    path: '/campaigns/{id}',
    summary: 'Change a campaign',
    body: api.CampaignChange,
    answer: api.Campaign,
  }),
  status: workspaceRoute({
    method: 'put',
    path: '/campaigns/{id}/status',
    summary: 'Start, pause or close a campaign',
    body: api.CampaignStatusChange,
    answer: api.Campaign,
  }),
  members: workspaceRoute({
    method: 'get',
    path: '/campaigns/{id}/members',
    summary: 'Members with what waits for them',
    query: MemberQuery,
    answer: countedPageOf(api.Member),
  }),
  add: workspaceRoute({
    method: 'post',
    path: '/campaigns/{id}/members',
    summary: 'Add influencers to a campaign',
    body: api.MembersAdd,
    answer: api.MembersAdded,
  }),
  texts: workspaceRoute({
    method: 'get',
    path: '/campaigns/{id}/texts',
    summary: 'Texts of a campaign',
    answer: rowsOf(api.CampaignText),
  }),
  text: workspaceRoute({
    method: 'put',
    path: '/campaigns/{id}/texts',
    summary: 'Change one text',
    body: api.CampaignText,
    answer: api.CampaignText,
  }),
  files: workspaceRoute({
    method: 'get',
    path: '/campaigns/{id}/files',
    summary: "Files that go with a campaign's own messages",
    answer: rowsOf(api.CampaignFile),
  }),
  changeFiles: workspaceRoute({
    method: 'put',
    path: '/campaigns/{id}/files',
    summary: 'Choose the files of messages of a kind; mails that wait keep theirs',
    body: api.CampaignFilesChange,
    answer: rowsOf(api.CampaignFile),
  }),
  applications: workspaceRoute({
    method: 'get',
    path: '/campaigns/{id}/applications',
    summary: 'Applications, oldest first',
    query: Which,
    answer: rowsOf(api.Application),
  }),
  decide: workspaceRoute({
    method: 'put',
    path: '/campaigns/{id}/applications/{applicationId}/decision',
    summary: 'Collect or take back a decision',
    body: api.Decision,
    answer: api.Application,
  }),
  decisionsPlan: workspaceRoute({
    method: 'post',
    path: '/campaigns/{id}/decisions/plan',
    summary: 'What happens if the collected decisions are sent',
    body: api.DecisionsPlan,
    answer: Plan,
  }),
  decisionsSend: workspaceRoute({
    method: 'post',
    path: '/campaigns/{id}/decisions/send',
    summary: 'Send the collected decisions, once per key',
    body: api.DecisionsSend,
    answer: Sent,
  }),
}

export function campaignRoutes(parts: CampaignRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  /** Runs a use case in the actor's workspace. */
  const within = <T>(actor: Actor, run: (tx: Tx) => Promise<T>): Promise<T> =>
    parts.database.inWorkspace(actor.workspaceId, run)

  serve(routes, team.list, async (c) => {
    const rows = await within(c.get('actor'), (tx) => campaignOverviews(tx))
    return { rows: rows.map(shownCampaign) }
  })
  serve(routes, team.create, async (c) => {
    const actor = c.get('actor')
    return await within(actor, async (tx) =>
      shownCampaign(accept(await createCampaign(parts, tx, actor, c.req.valid('json'))).campaign),
    )
  })
  serve(routes, team.one, async (c) => {
    const [campaign] = await within(c.get('actor'), (tx) => campaignOverviews(tx, c.req.valid('param').id))
    if (campaign === undefined) throw problem(404, 'not_found')
    return shownCampaign(campaign)
  })
  serve(routes, team.change, async (c) => {
    const actor = c.get('actor')
    const wish = { id: c.req.valid('param').id, patch: c.req.valid('json') }
    return await within(actor, async (tx) =>
      shownCampaign(accept(await changeCampaign(parts, tx, actor, wish)).campaign),
    )
  })
  serve(routes, team.status, async (c) => {
    const actor = c.get('actor')
    const wish = { id: c.req.valid('param').id, status: c.req.valid('json').status }
    return await within(actor, async (tx) =>
      shownCampaign(accept(await setCampaignStatus(parts, tx, actor, wish)).campaign),
    )
  })
  serve(routes, team.members, async (c) => {
    const { state, q, cursor, limit } = c.req.valid('query')
    const most = pageLimit(limit)
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0]
    const { id } = c.req.valid('param')
    const filter = { state, pattern: containing(q), after, limit: most + 1 }
    return await within(c.get('actor'), async (tx) => {
      const page = cutPage(await membersShown(tx, id, filter), most, (row) => [row.id])
      const counted = after === undefined ? { total: await countMembers(tx, id, filter) } : {}
      return { ...page, ...counted, rows: page.rows.map(shownMember) }
    })
  })
  serve(routes, team.add, async (c) => {
    const actor = c.get('actor')
    const wish = { campaignId: c.req.valid('param').id, contactIds: c.req.valid('json').contactIds }
    return await within(actor, async (tx) => accept(await addMembers(parts, tx, actor, wish)))
  })
  serve(routes, team.texts, async (c) => {
    const found = await within(c.get('actor'), async (tx) =>
      accept(await textsOf(tx, c.req.valid('param').id)),
    )
    return { rows: found.texts }
  })
  serve(routes, team.text, async (c) => {
    const actor = c.get('actor')
    const text = c.req.valid('json')
    const wish = { campaignId: c.req.valid('param').id, text }
    await within(actor, async (tx) => accept(await changeText(parts, tx, actor, wish)))
    return text
  })
  serve(routes, team.files, async (c) => {
    const { id } = c.req.valid('param')
    const rows = await within(c.get('actor'), async (tx) => {
      if ((await campaignById(tx, id)) === undefined) throw problem(404, 'not_found')
      return await campaignFiles(tx, id)
    })
    return { rows: rows.map(shownFile) }
  })
  serve(routes, team.changeFiles, async (c) => {
    const actor = c.get('actor')
    const { kind, files: uploadIds } = c.req.valid('json')
    const wish = { campaignId: c.req.valid('param').id, kind, uploadIds }
    const { files } = await within(actor, async (tx) => accept(await changeFiles(parts, tx, actor, wish)))
    return { rows: files.map(shownFile) }
  })
  serve(routes, team.applications, async (c) => {
    const wanted = c.req.valid('query').undecided === true ? 'undecided' : 'all'
    const { id } = c.req.valid('param')
    const rows = await within(c.get('actor'), async (tx) => {
      if ((await campaignById(tx, id)) === undefined) throw problem(404, 'not_found')
      return await applicationRows(tx, id, wanted)
    })
    return { rows: rows.map(shownApplication) }
  })
  serve(routes, team.decide, async (c) => {
    const actor = c.get('actor')
    const { id: campaignId, applicationId } = c.req.valid('param')
    const decision = c.req.valid('json').decision ?? undefined
    return await within(actor, async (tx) =>
      shownApplication(
        accept(await decide(parts, tx, actor, { campaignId, applicationId, decision })).application,
      ),
    )
  })
  serve(routes, team.decisionsPlan, async (c) => {
    const actor = c.get('actor')
    const { mailboxId, promisedFor } = c.req.valid('json')
    const wish = { actor, campaignId: c.req.valid('param').id, mailboxId }
    return await within(actor, async (tx) =>
      shownPlan(
        accept(await planDecisions(parts, tx, { ...wish, ...(await promised(tx, promisedFor)) })).plan,
      ),
    )
  })
  serve(routes, team.decisionsSend, async (c) => {
    const actor = c.get('actor')
    const { mailboxId, promisedFor, key } = c.req.valid('json')
    const wish = { actor, campaignId: c.req.valid('param').id, mailboxId, key }
    return await within(actor, async (tx) =>
      accept(await sendDecisions(parts, tx, { ...wish, ...(await promised(tx, promisedFor)) })),
    )
  })
  return routes
}

async function promised(
  tx: Tx,
  text: string | undefined,
): Promise<{ readonly promisedFor?: Temporal.PlainDate }> {
  return text === undefined ? {} : { promisedFor: dayAhead(await databaseNow(tx), text, 'promisedFor') }
}

function shownFile({ kind, uploadId, filename, size }: CampaignFile): z.input<typeof api.CampaignFile> {
  return { kind, uploadId, filename, size, linkOnly: refusedByProviders(filename) }
}

function shownMember({ waiting, followUp, stateAt, ...row }: MemberShown): z.input<typeof api.Member> {
  const member = {
    ...row,
    stateAt: stateAt.toString(),
    ...(followUp === undefined ? {} : { followUp: shownCourse(followUp) }),
  }
  if (waiting === undefined) return member
  const { expectedAt, ...mail } = waiting
  return {
    ...member,
    waiting: { ...mail, ...(expectedAt === undefined ? {} : { expectedAt: expectedAt.toString() }) },
  }
}

function shownApplication(application: Application): z.input<typeof api.Application> {
  const { appliedAt, decisionSentAt, ...rest } = application
  return {
    ...rest,
    appliedAt: appliedAt.toString(),
    ...(decisionSentAt === undefined ? {} : { decisionSentAt: decisionSentAt.toString() }),
  }
}
