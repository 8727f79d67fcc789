/** All addresses of the page in one tree, and the type from which every link is checked. */
import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { query } from '../client/http.ts'
import { bareAccount, deskAccount, publicAccount } from './account-routes.tsx'
import { deskFeatures, publicFeatures } from './feature-routes.tsx'
import { deskRoute, rootRoute, signedInRoute } from './frame-routes.tsx'

const tree = rootRoute.addChildren([
  ...publicAccount,
  ...publicFeatures,
  signedInRoute.addChildren([...bareAccount, deskRoute.addChildren([...deskAccount, ...deskFeatures])]),
])

/** Search values are plain text, except `true`: a search for 123 or a token such as 12e4 stays what was typed. */
function parseSearch(text: string): Record<string, string | true> {
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [name, value === 'true' ? true : value]),
  )
}

function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  return query(
    Object.fromEntries(
      Object.entries(search).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'number' || value === true
          ? [[name, String(value)]]
          : [],
      ),
    ),
  )
}

export type AppRouter = ReturnType<typeof createAppRouter>

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadDelay: 40,
    defaultPendingMs: 400,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
