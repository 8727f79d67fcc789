/** What writing to many asks and tells: the plan, the launch, how far it is. In a campaign, or outside any. */
import type { FollowUp } from '@kontor/api/follow-ups'
import type { ContactAudience, MemberAudience, MessageTexts } from '@kontor/api/launches'
import { Launch, Plan, Sent } from '@kontor/api/launches'
import type { LaunchSteer } from '@kontor/api/launches'
import { Mailbox } from '@kontor/api/mailboxes'
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

export interface BulkWish {
  readonly audience: MemberAudience | ContactAudience
  readonly texts: MessageTexts
  readonly again: boolean
  /** Uploads. */
  readonly files: string[]
  readonly templateId?: string
  readonly followUps: FollowUp[]
  readonly mailboxId?: string
}

export function bulkPlace(campaignId: string | undefined): string {
  return campaignId === undefined ? '/bulk' : `/campaigns/${campaignId}/bulk`
}

export function useBulkPlan(
  campaignId: string | undefined,
  wish: BulkWish | undefined,
): UseQueryResult<Plan> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('outbox', 'plan', 'bulk', campaignId, wish),
    queryFn: () => api.post(here.path(`${bulkPlace(campaignId)}/plan`), Plan, wish),
    enabled: wish !== undefined,
    placeholderData: (before) => before,
  })
}

export function useBulkSend(
  campaignId: string | undefined,
): UseMutationResult<Sent, Error, BulkWish & { readonly key: string }> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish) => api.post(here.path(`${bulkPlace(campaignId)}/send`), Sent, wish),
    onSuccess: () =>
      Promise.all(
        ['campaigns', 'followUps', 'launches', 'outbox'].map((area) =>
          client.invalidateQueries({ queryKey: here.key(area) }),
        ),
      ),
  })
}

/** How far a launch is; asked again whenever the server says that it went on. */
export function useLaunch(id: string): UseQueryResult<Launch> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('launches', 'one', id),
    queryFn: ({ signal }) => api.get(here.path(`/launches/${id}`), Launch, signal),
  })
}

/** The latest of a kind (none: decisions) in a campaign, or outside any. */
export function useLastLaunch(campaignId: string | undefined, kind: Launch['kind']): Launch | undefined {
  const here = useHere()
  const path = campaignId === undefined ? '/launches' : `/campaigns/${campaignId}/launches`
  const found = useQuery({
    queryKey: here.key('launches', 'of', campaignId ?? null),
    queryFn: ({ signal }) => api.get(here.path(path), z.object({ rows: z.array(Launch) }), signal),
  })
  return found.data?.rows.find((launch) => launch.kind === kind)
}

export function useSteerLaunch(
  id: string,
): UseMutationResult<Launch, Error, z.infer<typeof LaunchSteer>['wish']> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish) => api.put(here.path(`/launches/${id}/state`), Launch, { wish }),
    onSuccess: () => client.invalidateQueries({ queryKey: here.key('launches') }),
  })
}

export function useSenders(): readonly Mailbox[] {
  const here = useHere()
  const found = useQuery({
    queryKey: here.key('mailboxes', 'list'),
    queryFn: ({ signal }) => api.get(here.path('/mailboxes'), z.object({ rows: z.array(Mailbox) }), signal),
  })
  return (found.data?.rows ?? []).filter((mailbox) => mailbox.maySend)
}
