/** Follow-ups over HTTP in the shapes of the contract. */
import type * as api from '@kontor/api/follow-ups'
import type { z } from 'zod'
import type { PlannedFollowUps } from './plan-follow-ups.ts'
import type { CourseListed, LaunchFollowed } from './store-list.ts'

export function shownCourse({
  dueAt,
  settledAt,
  reason,
  ...course
}: CourseListed): z.input<typeof api.Course> {
  return {
    ...course,
    ...(dueAt === undefined ? {} : { dueAt: dueAt.toString() }),
    ...(settledAt === undefined ? {} : { settledAt: settledAt.toString() }),
    ...(reason === undefined
      ? {}
      : {
          reason: {
            code: reason.code,
            ...(reason.values === undefined ? {} : { values: { ...reason.values } }),
          },
        }),
  }
}

export function shownFollowUps({
  steps,
  ...planned
}: PlannedFollowUps): z.input<typeof api.FollowUpsPlanned> {
  return {
    ...planned,
    steps: steps.map(({ afterDays, earliestAt }) => ({
      afterDays,
      ...(earliestAt === undefined ? {} : { earliestAt: earliestAt.toString() }),
    })),
  }
}

export function shownFollowed(
  { createdAt, answered, counts, ...launch }: LaunchFollowed,
  followUps: z.input<typeof api.FollowUps>,
): z.input<typeof api.Followed> {
  // what Kontor cannot see is not nought
  const known = !launch.byHand || answered > 0
  return {
    ...launch,
    createdAt: createdAt.toString(),
    counts: { ...counts },
    ...(known ? { answered } : {}),
    followUps,
  }
}
