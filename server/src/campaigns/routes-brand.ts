/**
 * Brands and pictures over HTTP: how the workspace appears, logos and images as bytes that are looked at before they
 * are kept, and the address under which anybody who sees a brief loads them. What is served says what it is, is not
 * guessed at, may run nothing, and never changes.
 */
import * as api from '@kontor/api/campaigns'
import { bodyLimit } from 'hono/body-limit'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { createRoutes, guardRole, problem, rateLimit, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { readLinkToken } from '../platform/link-token/index.ts'
import type { Actor } from '../team/index.ts'
import type { Brand } from './brand.ts'
import type { PublicRouteParts } from './creator/routes.ts'
import { accept, refused } from './creator/routes.ts'
import type { PictureLimit } from './picture.ts'
import { tooLarge } from './picture.ts'
import { shownCampaign, shownPicture } from './routes-present.ts'
import {
  addBriefImage,
  changeBrand,
  chooseCampaignLogo,
  removeBrandLogo,
  setBrandLogo,
  setCampaignLogo,
} from './set-brand.ts'
import type { Brought } from './set-brand.ts'
import { readBrand } from './store-brand.ts'
import { campaignOverviews } from './store-campaign.ts'
import { pictureContent } from './store-picture.ts'

const brand = {
  see: workspaceRoute({
    method: 'get',
    path: '/brand',
    summary: 'How the workspace appears to influencers',
    answer: api.Brand,
  }),
  change: workspaceRoute({
    method: 'patch',
    path: '/brand',
    summary: 'Change how the workspace appears to influencers',
    role: 'admin',
    body: api.BrandChange,
    answer: api.Brand,
  }),
  dropLogo: workspaceRoute({
    method: 'delete',
    path: '/brand/logo',
    summary: 'Remove the logo of the workspace',
    role: 'admin',
    answer: api.Brand,
  }),
  chooseLogo: workspaceRoute({
    method: 'patch',
    path: '/campaigns/{id}/logo',
    summary: 'Show the logo of the workspace in this campaign, or none',
    body: api.LogoChoice,
    answer: api.Campaign,
  }),
}

const forAYear = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'content-disposition': 'inline',
  'cache-control': 'public, max-age=31536000, immutable',
}

export function brandRoutes(parts: PublicRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const within = <T>(actor: Actor, run: (tx: Tx) => Promise<T>): Promise<T> =>
    parts.database.inWorkspace(actor.workspaceId, run)

  serve(routes, brand.see, async (c) => shownBrand(await within(c.get('actor'), readBrand)))
  serve(routes, brand.change, async (c) => {
    const actor = c.get('actor')
    return shownBrand(await within(actor, (tx) => changeBrand(tx, actor, c.req.valid('json'))))
  })
  serve(routes, brand.dropLogo, async (c) => {
    const actor = c.get('actor')
    return await within(actor, async (tx) => {
      await removeBrandLogo(tx, actor)
      return shownBrand(await readBrand(tx))
    })
  })
  serve(routes, brand.chooseLogo, async (c) => {
    const actor = c.get('actor')
    const wish = { campaignId: c.req.valid('param').id, logo: c.req.valid('json').logo }
    return await within(actor, async (tx) => {
      accept(await chooseCampaignLogo(parts, tx, actor, wish))
      return await oneCampaign(tx, wish.campaignId)
    })
  })

  routes.put('/workspaces/:workspaceId/brand/logo', guardRole('admin'), atMost(api.logoLimit), async (c) => {
    const actor = c.get('actor')
    const brought = await broughtBy(c, api.logoLimit)
    const answer = await within(actor, async (tx) => {
      accept(await setBrandLogo(parts, tx, actor, brought))
      return shownBrand(await readBrand(tx))
    })
    return c.json(answer)
  })
  routes.put(
    '/workspaces/:workspaceId/campaigns/:id/logo',
    guardRole('member'),
    atMost(api.logoLimit),
    async (c) => {
      const actor = c.get('actor')
      const wish = { campaignId: idOf(c.req.param('id')), ...(await broughtBy(c, api.logoLimit)) }
      const answer = await within(actor, async (tx) => {
        accept(await setCampaignLogo(parts, tx, actor, wish))
        return await oneCampaign(tx, wish.campaignId)
      })
      return c.json(answer)
    },
  )
  routes.post(
    '/workspaces/:workspaceId/campaigns/:id/images',
    guardRole('member'),
    atMost(api.imageLimit),
    async (c) => {
      const actor = c.get('actor')
      const wish = { campaignId: idOf(c.req.param('id')), ...(await broughtBy(c, api.imageLimit)) }
      const { picture } = await within(actor, async (tx) =>
        accept(await addBriefImage(parts, tx, actor, wish)),
      )
      return c.json(shownPicture(picture))
    },
  )

  const looks = { name: 'pictures', most: 1200, windowSeconds: 60 }
  routes.get('/pictures/:token', rateLimit(parts, looks), async (c) => {
    const token = c.req.param('token')
    const link = readLinkToken(token)
    const found =
      link === undefined
        ? undefined
        : await parts.database.inWorkspace(link.workspaceId, (tx) =>
            pictureContent(tx, link.workspaceId, token),
          )
    if (found === undefined) throw problem(404, 'not_found')
    return c.body(new Uint8Array(found.bytes), 200, { ...forAYear, 'content-type': found.type })
  })
  return routes
}

/** Refuses before the bytes are read. */
function atMost(limit: PictureLimit): MiddlewareHandler<Env> {
  return bodyLimit({
    maxSize: limit.bytes,
    onError: () => {
      throw refused(tooLarge(limit))
    },
  })
}

async function broughtBy(c: Context<Env>, limit: PictureLimit): Promise<Brought> {
  return { bytes: new Uint8Array(await c.req.arrayBuffer()), limit }
}

function idOf(text: string): string {
  const id = z.uuid().safeParse(text)
  if (!id.success) throw problem(404, 'not_found')
  return id.data
}

async function oneCampaign(tx: Tx, id: string): Promise<z.input<typeof api.Campaign>> {
  const [campaign] = await campaignOverviews(tx, id)
  if (campaign === undefined) throw problem(404, 'not_found')
  return shownCampaign(campaign)
}

function shownBrand({ logo, ...rest }: Brand): z.input<typeof api.Brand> {
  return logo === undefined ? rest : { ...rest, logo: shownPicture(logo) }
}
