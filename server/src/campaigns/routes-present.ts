/** What campaigns show over HTTP: plans and launches in the shapes of the contract. */
import type * as api from '@kontor/api/launches'
import type { z } from 'zod'
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
    preview: [...preview],
    ...(firstAt === undefined ? {} : { firstAt: firstAt.toString() }),
    ...(lastAt === undefined ? {} : { lastAt: lastAt.toString() }),
  }
}

export function shownLaunch({ launchId, createdAt, ...launch }: LaunchShown): z.input<typeof api.Launch> {
  return { id: launchId, ...launch, createdAt: createdAt.toString() }
}
