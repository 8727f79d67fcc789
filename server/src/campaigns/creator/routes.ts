/**
 * What creators reach through their personal link, without a session and limited per client. A refusal is thrown inside
 * the transaction, so that it leaves nothing behind; `accept` says what each means in HTTP, also for the team's routes.
 */
import * as api from '@kontor/api/campaigns'
import { Done } from '@kontor/api/common'
import type { z } from 'zod'
import {
  createRoutes,
  done,
  openRoute,
  problem,
  ProblemError,
  rateLimit,
  serve,
} from '../../http-kit/index.ts'
import type { Env, OpenAPIHono, ProblemStatus } from '../../http-kit/index.ts'
import type { Clock } from '../../platform/clock/index.ts'
import type { Database, Tx } from '../../platform/db/index.ts'
import type { CampaignParts, Refusal } from '../parts.ts'
import { readLinkToken } from '../../platform/link-token/index.ts'
import { shownBriefText, shownPicture } from '../routes-present.ts'
import type { CreatorView, Link } from './creator.ts'
import { apply, decline, noteViewed, seeBrief, unsubscribe } from './creator.ts'

export interface PublicRouteParts extends CampaignParts {
  readonly database: Database
  readonly clock: Clock
}

const creator = {
  see: openRoute({
    method: 'get',
    path: '/public/briefs/{token}',
    summary: 'The brief behind a personal link',
    answer: api.PublicBrief,
  }),
  viewed: openRoute({
    method: 'post',
    path: '/public/briefs/{token}/viewed',
    summary: 'The brief was visible for three seconds',
    answer: Done,
  }),
  apply: openRoute({
    method: 'post',
    path: '/public/briefs/{token}/apply',
    summary: 'Apply',
    body: api.Apply,
    answer: api.PublicBrief,
  }),
  decline: openRoute({
    method: 'post',
    path: '/public/briefs/{token}/decline',
    summary: 'No, thanks',
    answer: api.PublicBrief,
  }),
  // RFC 8058 §3.2: the body is List-Unsubscribe=One-Click as a form, and says nothing that the path does not
  unsubscribe: openRoute({
    method: 'post',
    path: '/public/unsubscribe/{token}',
    summary: 'No mail any more',
    answer: Done,
  }),
}

/** What creators reach without a session; limited per client. */
export function publicRoutes(parts: PublicRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const rule = { name: 'creator', most: 120, windowSeconds: 60 }
  routes.use('/public/*', rateLimit(parts, rule))
  /** Runs inside the workspace that the link names. */
  const through = async <T>(token: string, run: (tx: Tx, link: Link) => Promise<T>): Promise<T> => {
    const link = readLinkToken(token)
    if (link === undefined) throw problem(404, 'brief_unknown')
    return await parts.database.inWorkspace(link.workspaceId, (tx) => run(tx, link))
  }

  serve(routes, creator.see, async (c) =>
    through(c.req.valid('param').token, async (tx, link) =>
      shownBrief(accept(await seeBrief(tx, link)).view),
    ),
  )
  serve(routes, creator.viewed, async (c) => {
    await through(c.req.valid('param').token, async (tx, link) => accept(await noteViewed(parts, tx, link)))
    return done
  })
  serve(routes, creator.apply, async (c) => {
    const { message } = c.req.valid('json')
    return await through(c.req.valid('param').token, async (tx, link) =>
      shownBrief(accept(await apply(parts, tx, link, { message })).view),
    )
  })
  serve(routes, creator.decline, async (c) =>
    through(c.req.valid('param').token, async (tx, link) =>
      shownBrief(accept(await decline(parts, tx, link)).view),
    ),
  )
  serve(routes, creator.unsubscribe, async (c) => {
    await through(c.req.valid('param').token, async (tx, link) => accept(await unsubscribe(parts, tx, link)))
    return done
  })
  return routes
}

const statuses: Partial<Readonly<Record<Refusal['code'], ProblemStatus>>> = {
  brief_unknown: 404,
  open_link_off: 410,
  may_not_send: 403,
  unknown_variable: 422,
  unknown_filter: 422,
  not_a_variable: 422,
  message_empty: 422,
  too_many_follow_ups: 422,
  image_too_large: 413,
  image_type: 415,
  image_svg: 415,
  image_broken: 422,
  image_dimensions: 422,
  image_unknown: 422,
  image_needs_words: 422,
  publishing_reversed: 422,
  file_unknown: 422,
  file_forgotten: 422,
}

const notFound: ReadonlySet<Refusal['code']> = new Set([
  'campaign_unknown',
  'application_unknown',
  'launch_unknown',
  'template_unknown',
])

/** The outcome, or the problem that answers the request. */
export function accept<T extends { readonly ok: true }>(outcome: T | Refusal): T {
  if (outcome.ok) return outcome
  throw refused(outcome)
}

export function refused({ code, values }: Refusal): ProblemError {
  if (notFound.has(code)) return problem(404, 'not_found')
  return new ProblemError(statuses[code] ?? 409, code, { values })
}

function shownBrief({ brief, logo, images, ...view }: CreatorView): z.input<typeof api.PublicBrief> {
  return {
    ...view,
    ...(logo === undefined ? {} : { logo: shownPicture(logo) }),
    brief: shownBriefText(brief),
    images: images.map(shownPicture),
  }
}
