/** What campaigns show over HTTP: campaigns, plans and launches in the shapes of the contract. */
import type * as campaigns from '@kontor/api/campaigns'
import type * as api from '@kontor/api/launches'
import type { z } from 'zod'
import { shownFollowUps } from './follow-up/routes-present.ts'
import type { Brief, CampaignOverview } from './campaign.ts'
import type { Picture } from './picture.ts'
import type { Plan } from './plan.ts'
import type { LaunchShown } from './store-launch.ts'

export function shownPlan({
  firstAt,
  lastAt,
  days,
  delays,
  leftOut,
  leftOutBy,
  preview,
  followUps,
  ...plan
}: Plan): z.input<typeof api.Plan> {
  return {
    ...plan,
    days: [...days],
    delays: [...delays],
    leftOut: leftOut.map(({ missing, ...person }) => ({
      ...person,
      ...(missing === undefined ? {} : { missing: [...missing] }),
    })),
    leftOutBy: { ...leftOutBy },
    ...(followUps === undefined ? {} : { followUps: shownFollowUps(followUps) }),
    preview: preview.map(({ files, ...letter }) => ({ ...letter, files: [...files] })),
    ...(firstAt === undefined ? {} : { firstAt: firstAt.toString() }),
    ...(lastAt === undefined ? {} : { lastAt: lastAt.toString() }),
  }
}

export function shownLaunch({
  launchId,
  createdAt,
  mailboxId: _from,
  ...launch
}: LaunchShown): z.input<typeof api.Launch> {
  return { id: launchId, ...launch, createdAt: createdAt.toString() }
}

export function shownCampaign({
  brief,
  logo,
  images,
  createdAt,
  ...campaign
}: CampaignOverview): z.input<typeof campaigns.Campaign> {
  return {
    ...campaign,
    brief: shownBriefText(brief),
    ...(logo === undefined ? {} : { logo: shownPicture(logo) }),
    images: images.map(shownPicture),
    createdAt: createdAt.toString(),
  }
}

export function shownBriefText(brief: Brief): z.input<typeof campaigns.Brief> {
  return { ...brief, deliverables: [...brief.deliverables], images: [...brief.images] }
}

export function shownPicture({ token, ...picture }: Picture): z.input<typeof campaigns.Picture> {
  return { ...picture, path: `/api/v1/pictures/${token}` }
}
