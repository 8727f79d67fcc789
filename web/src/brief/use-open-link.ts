/** What a stranger asks through an open link: the brief, and to apply. Without a session. */
import { OpenBrief } from '@kontor/api/campaigns'
import type { OpenApply } from '@kontor/api/campaigns'
import { Done } from '@kontor/api/common'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { api, ProblemError } from '../client/http.ts'

export interface OpenLink {
  readonly status: 'loading' | 'unknown' | 'off' | 'failed' | 'ready'
  readonly brief: OpenBrief | undefined
  readonly reload: () => void
}

function path(token: string, rest = ''): string {
  return `/public/open/${encodeURIComponent(token)}${rest}`
}

export function useOpenLink(token: string): OpenLink {
  const found = useQuery({
    queryKey: ['open', token],
    queryFn: ({ signal }) => api.get(path(token), OpenBrief, signal),
    refetchOnWindowFocus: false,
  })
  return {
    status: found.isPending ? 'loading' : statusOf(found.error),
    brief: found.data,
    reload: () => void found.refetch(),
  }
}

function statusOf(error: Error | null): OpenLink['status'] {
  if (!error) return 'ready'
  if (!(error instanceof ProblemError)) return 'failed'
  if (error.status === 404) return 'unknown'
  return error.status === 410 ? 'off' : 'failed'
}

/** Applying. `failed` names the field that is wrong, or that it was too often, or that it did not arrive. */
export function useOpenAct(
  token: string,
  changed: () => void,
): {
  readonly running: boolean
  readonly failed: 'name' | 'address' | 'often' | 'otherwise' | undefined
  readonly apply: (application: z.input<typeof OpenApply>, arrived: () => void) => void
} {
  const act = useMutation({
    mutationFn: (application: z.input<typeof OpenApply>) =>
      api.post(path(token, '/apply'), Done, application),
    onError: (error) => {
      if (error instanceof ProblemError && (error.status === 409 || error.status === 410)) changed()
    },
  })
  return {
    running: act.isPending,
    failed: act.error ? failureOf(act.error) : undefined,
    apply: (application, arrived) => act.mutate(application, { onSuccess: arrived }),
  }
}

function failureOf(error: Error): 'name' | 'address' | 'often' | 'otherwise' {
  if (!(error instanceof ProblemError)) return 'otherwise'
  if (error.status === 429) return 'often'
  return (
    (['name', 'address'] as const).find((name) => error.fields.some((field) => field.path === name)) ??
    'otherwise'
  )
}
