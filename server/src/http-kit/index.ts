/** What every routes.ts needs; see route.ts for an example. */
export type { OpenAPIHono } from '@hono/zod-openapi'
export type { Env } from './env.ts'
export { cutPage, decodeCursor, encodeCursor, pageLimit } from './paging.ts'
export { brokenField, problem, ProblemError, problemOf, problemResponse } from './problem.ts'
export type { BrokenField, ProblemStatus, ProblemValues } from './problem.ts'
export { asActor, createRoutes, done, guardRole, openRoute, serve, workspaceRoute } from './route.ts'
export type { Handler, Route } from './route.ts'
