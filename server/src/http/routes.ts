/** The domains that speak HTTP, in one list. Each mounts its own paths below /api/v1. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from '../http-kit/index.ts'
import { teamRoutes } from '../team/routes.ts'
import type { TeamParts } from '../team/routes.ts'

export type DomainParts = {
  readonly team: TeamParts
}

export function domainRoutes(parts: DomainParts): readonly OpenAPIHono<Env>[] {
  return [teamRoutes(parts.team)]
}
