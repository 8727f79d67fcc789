/**
 * Who is signed in, in which workspace, and what that role may do. The workspace last used is remembered in
 * this browser; every key of cached answers begins with its id, so that two workspaces never mix.
 */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { Session, type Workspace } from '@kontor/api/team'
import { api } from './http.ts'

const remembered = 'kontor.workspace'

/** The session; throws ProblemError `signed_out` when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.get('/session', Session, signal),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data
}

/** The workspace of a session that is on the screen; undefined for a person without any. */
export function chosenWorkspace(session: Session): Workspace | undefined {
  const id = localStorage.getItem(remembered)
  return session.workspaces.find((workspace) => workspace.id === id) ?? session.workspaces[0]
}

export function rememberWorkspace(id: string): void {
  localStorage.setItem(remembered, id)
}

/** What a role may do, in the page's terms. The server decides again on every call. */
export interface May {
  /** Write, send, decide: everyone but viewers. */
  readonly act: boolean
  /** Steer the workspace: owners and admins. */
  readonly steer: boolean
}

export interface Here extends Workspace {
  /** Path below /api/v1 of this workspace: `path('/outbox')`. */
  readonly path: (rest: string) => string
  /** Key of a cached answer of this workspace: `key('outbox', query)`. The first part names the area for live updates. */
  readonly key: (area: string, ...rest: readonly unknown[]) => readonly unknown[]
  readonly may: May
}

/** The workspace on the screen. Only below the signed-in layout. */
export function useHere(): Here {
  const workspace = chosenWorkspace(useSession())
  if (!workspace) throw new Error('No workspace on the screen')
  return {
    ...workspace,
    path: (rest) => `/workspaces/${workspace.id}${rest}`,
    key: (area, ...rest) => [workspace.id, area, ...rest],
    may: {
      act: workspace.role !== 'viewer',
      steer: workspace.role === 'owner' || workspace.role === 'admin',
    },
  }
}
