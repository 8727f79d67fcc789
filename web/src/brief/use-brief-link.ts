/**
 * The creator's calls: load a brief, apply, say no, tell that it was seen, stop emails. All without a session.
 * A refused act is asked anew, because the usual reason is that the state changed meanwhile (closed, decided).
 */
import { PublicBrief } from '@kontor/api/campaigns'
import type { Apply } from '@kontor/api/campaigns'
import { Done } from '@kontor/api/common'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { api, ProblemError } from '../client/http.ts'

export interface BriefLink {
  readonly status: 'loading' | 'unknown' | 'failed' | 'ready'
  readonly brief: PublicBrief | undefined
  readonly reload: () => void
  readonly settle: (brief: PublicBrief) => void
}

function path(token: string, rest = ''): string {
  return `/public/briefs/${encodeURIComponent(token)}${rest}`
}

export function useBriefLink(token: string): BriefLink {
  const client = useQueryClient()
  const key = ['brief', token]
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get(path(token), PublicBrief, signal),
    refetchOnWindowFocus: false,
  })
  return {
    status: statusOf(found.isPending, found.error),
    brief: found.data,
    reload: () => void found.refetch(),
    settle: (brief) => client.setQueryData(key, brief),
  }
}

function statusOf(pending: boolean, error: Error | null): BriefLink['status'] {
  if (pending) return 'loading'
  if (!error) return 'ready'
  return error instanceof ProblemError && (error.status === 404 || error.status === 410)
    ? 'unknown'
    : 'failed'
}

/** Applying or saying no. `running` holds the button; `failed` keeps what was typed on the screen. */
export function useBriefAct(
  token: string,
  settle: (brief: PublicBrief) => void,
): {
  readonly running: boolean
  readonly failed: boolean
  readonly apply: (application: z.input<typeof Apply>, arrived: () => void) => void
  readonly decline: () => void
} {
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (call: { readonly rest: '/apply' | '/decline'; readonly body: z.input<typeof Apply> }) =>
      api.post(path(token, call.rest), PublicBrief, call.body),
    onSuccess: settle,
    onError: (error) => {
      if (error instanceof ProblemError && error.status === 409)
        void client.invalidateQueries({ queryKey: ['brief', token] })
    },
  })
  return {
    running: act.isPending,
    failed: act.isError,
    apply: (application, arrived) =>
      act.mutate({ rest: '/apply', body: application }, { onSuccess: arrived }),
    decline: () => act.mutate({ rest: '/decline', body: {} }),
  }
}

/** Says that the brief was visible. Silent when it fails: the creator has nothing to do about it. */
export async function tellViewed(token: string): Promise<void> {
  await api.post(path(token, '/viewed'), Done).catch(() => undefined)
}

/** One-click unsubscribe as a person does it in the browser (RFC 8058 §3.2 names the body). */
export function useStop(token: string): {
  readonly status: 'asking' | 'running' | 'stopped' | 'unknown' | 'failed'
  readonly stop: () => void
} {
  const act = useMutation({
    mutationFn: () =>
      api.post(`/public/unsubscribe/${encodeURIComponent(token)}`, Done, { 'List-Unsubscribe': 'One-Click' }),
  })
  function status(): 'asking' | 'running' | 'stopped' | 'unknown' | 'failed' {
    if (act.isPending) return 'running'
    if (act.isSuccess) return 'stopped'
    if (act.error instanceof ProblemError && act.error.status === 404) return 'unknown'
    return act.isError ? 'failed' : 'asking'
  }
  return { status: status(), stop: () => act.mutate() }
}
