/**
 * The open link over HTTP: for the team, which switches it, and for anybody who has it. Strangers apply without a
 * session, so an application is limited per client and per link, and a field that people do not see tells programs.
 */
import * as api from '@kontor/api/campaigns'
import { Done } from '@kontor/api/common'
import type { z } from 'zod'
import {
  brokenField,
  createRoutes,
  done,
  openRoute,
  problem,
  ProblemError,
  rateLimit,
  serve,
  workspaceRoute,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { readLinkToken } from '../platform/link-token/index.ts'
import { countUse } from '../team/index.ts'
import type { Link } from './creator/creator.ts'
import { applyOpenly, seeOpenBrief } from './creator/open-brief.ts'
import type { OpenBriefView } from './creator/open-brief.ts'
import type { PublicRouteParts } from './creator/routes.ts'
import { accept } from './creator/routes.ts'
import { renewOpenLink, seeOpenLink, setOpenLink } from './open-link.ts'
import { shownBriefText, shownPicture } from './routes-present.ts'

const team = {
  see: workspaceRoute({
    method: 'get',
    path: '/campaigns/{id}/open-link',
    summary: 'The link by which people apply uninvited',
    answer: api.OpenLink,
  }),
  set: workspaceRoute({
    method: 'put',
    path: '/campaigns/{id}/open-link',
    summary: 'Switch the open link on or off',
    body: api.OpenLinkChange,
    answer: api.OpenLink,
  }),
  renew: workspaceRoute({
    method: 'post',
    path: '/campaigns/{id}/open-link/renew',
    summary: 'Put a new open link in the place of the old one',
    answer: api.OpenLink,
  }),
}
const anybody = {
  see: openRoute({
    method: 'get',
    path: '/public/open/{token}',
    summary: 'The brief behind an open link',
    answer: api.OpenBrief,
  }),
  apply: openRoute({
    method: 'post',
    path: '/public/open/{token}/apply',
    summary: 'Apply uninvited',
    body: api.OpenApply,
    answer: Done,
  }),
}

const wrongWith = { name: 'control_characters', address: 'address' } as const

/** Applications of one client in an hour, and through one link. */
const mostPerClient = { name: 'open-apply', most: 20, windowSeconds: 3600 }
const mostPerLink = { most: 500, windowSeconds: 3600 }

export function openLinkRoutes(parts: PublicRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const { database } = parts

  serve(routes, team.see, async (c) =>
    database.inWorkspace(
      c.get('actor').workspaceId,
      async (tx) => accept(await seeOpenLink(parts, tx, c.req.valid('param').id)).link,
    ),
  )
  serve(routes, team.set, async (c) => {
    const actor = c.get('actor')
    const wish = { campaignId: c.req.valid('param').id, open: c.req.valid('json').open }
    return await database.inWorkspace(
      actor.workspaceId,
      async (tx) => accept(await setOpenLink(parts, tx, actor, wish)).link,
    )
  })
  serve(routes, team.renew, async (c) => {
    const actor = c.get('actor')
    return await database.inWorkspace(
      actor.workspaceId,
      async (tx) => accept(await renewOpenLink(parts, tx, actor, c.req.valid('param').id)).link,
    )
  })

  /** Runs inside the workspace that the link names. */
  const through = async <T>(link: Link | undefined, run: (tx: Tx, link: Link) => Promise<T>): Promise<T> => {
    if (link === undefined) throw problem(404, 'brief_unknown')
    return await database.inWorkspace(link.workspaceId, (tx) => run(tx, link))
  }
  serve(routes, anybody.see, async (c) =>
    through(readLinkToken(c.req.valid('param').token), async (tx, link) =>
      shownOpenBrief(accept(await seeOpenBrief(tx, link)).view),
    ),
  )
  routes.use('/public/open/:token/apply', rateLimit(parts, mostPerClient))
  serve(routes, anybody.apply, async (c) => {
    const link = readLinkToken(c.req.valid('param').token)
    const { extra, ...application } = c.req.valid('json')
    if (extra !== '') return done
    await countLink(parts, link)
    return await through(link, async (tx, known) => {
      const outcome = await applyOpenly(parts, tx, known, application)
      if ('wrong' in outcome) throw brokenField(outcome.wrong, wrongWith[outcome.wrong])
      accept(outcome)
      return done
    })
  })
  return routes
}

async function countLink({ database, ids, clock }: PublicRouteParts, link: Link | undefined): Promise<void> {
  if (link === undefined) return
  const key = `open-link ${link.hash.toString('base64url')}`
  const use = { ...mostPerLink, id: ids.uuid(), key, now: clock.now() }
  const { allowed, retryAfterSeconds } = await database.inSystem((tx) => countUse(tx, use))
  if (!allowed) throw new ProblemError(429, 'too_many_requests', { retryAfterSeconds })
}

function shownOpenBrief({ brief, logo, images, ...view }: OpenBriefView): z.input<typeof api.OpenBrief> {
  return {
    ...view,
    ...(logo === undefined ? {} : { logo: shownPicture(logo) }),
    brief: shownBriefText(brief),
    images: images.map(shownPicture),
  }
}
