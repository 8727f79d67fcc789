/**
 * The routes that others hang from: the root, the wall that asks who you are, and the desk with navigation around
 * it. Public pages hang from the root; screens of the team from the desk.
 */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { speak } from '../client/language.ts'
import { chosenWorkspace, sessionQuery } from '../client/session.ts'
import { ProblemError } from '../client/http.ts'
import { BrokenScreen, MissingScreen } from './broken-screen.tsx'
import { Desk } from './desk.tsx'

export const rootRoute = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: BrokenScreen,
  notFoundComponent: MissingScreen,
})

/** Everything below needs somebody signed in; others go to the sign-in page and come back. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: Outlet,
  beforeLoad: async ({ context, location }) => {
    try {
      const session = await context.queryClient.query({ ...sessionQuery, staleTime: 'static' })
      await speak(session.person.language)
      return { session }
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error
      throw redirect({ to: '/sign-in', search: { back: location.href } })
    }
  },
})

/** Screens with navigation. A workspace that is still undecided goes to the one question first. */
export const deskRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'desk',
  component: Desk,
  beforeLoad: ({ context }) => {
    if (chosenWorkspace(context.session)?.mode === 'undecided') throw redirect({ to: '/start' })
  },
})
