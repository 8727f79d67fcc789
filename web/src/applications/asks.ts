/** What the application screens ask and tell. Decisions are stored at once and sent only by "Send n decisions". */
import { Application, Campaign } from '@kontor/api/campaigns'
import { Plan, Sent } from '@kontor/api/launches'
import type { Decision, DecisionsPlan, DecisionsSend } from '@kontor/api/campaigns'
import { Mailbox } from '@kontor/api/mailboxes'
import {
  type UseMutationResult,
  type UseQueryResult,
  useIsMutating,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

const Applications = z.object({ rows: z.array(Application) })

export function useApplications(campaignId: string): UseQueryResult<Application[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('campaigns', 'applications', campaignId),
    queryFn: ({ signal }) =>
      api.get(here.path(`/campaigns/${campaignId}/applications`), Applications, signal),
    select: (answer) => answer.rows,
  })
}

export function useCampaign(id: string): UseQueryResult<Campaign> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('campaigns', 'one', id),
    queryFn: ({ signal }) => api.get(here.path(`/campaigns/${id}`), Campaign, signal),
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

export interface Decided {
  readonly id: string
  readonly decision: z.infer<typeof Decision>['decision']
}

/**
 * Stores a decision. It is shown before the server has answered, because the keys A and R are pressed faster than
 * any round trip; when it is refused, the list is asked again and shows the truth.
 */
export function useDecide(campaignId: string): UseMutationResult<Application, Error, Decided> {
  const here = useHere()
  const client = useQueryClient()
  const key = here.key('campaigns', 'applications', campaignId)
  return useMutation({
    mutationFn: ({ id, decision }: Decided) =>
      api.put(here.path(`/campaigns/${campaignId}/applications/${id}/decision`), Application, { decision }),
    onMutate: async (decided) => {
      client.removeQueries({ queryKey: here.key('outbox', 'plan', campaignId, 'decisions') })
      await client.cancelQueries({ queryKey: key })
      client.setQueryData<z.infer<typeof Applications>>(key, (known) =>
        known
          ? { rows: known.rows.map((row) => (row.id === decided.id ? withDecision(row, decided) : row)) }
          : known,
      )
    },
    onSettled: async () => {
      if (client.isMutating({ mutationKey: key }) <= 1) await client.invalidateQueries({ queryKey: key })
    },
    mutationKey: key,
  })
}

function withDecision(application: Application, { decision }: Decided): Application {
  const { decision: _before, decidedBy: _by, ...rest } = application
  return decision === null ? rest : { ...rest, decision }
}

/** The plan is asked for when the last decision has been stored; before that it would leave one out. */
export function useDecisionsPlan(
  campaignId: string,
  wish: z.input<typeof DecisionsPlan>,
  wanted: boolean,
): UseQueryResult<Plan> {
  const here = useHere()
  const storing = useIsMutating({ mutationKey: here.key('campaigns', 'applications', campaignId) })
  return useQuery({
    queryKey: here.key('outbox', 'plan', campaignId, 'decisions', wish),
    queryFn: () => api.post(here.path(`/campaigns/${campaignId}/decisions/plan`), Plan, wish),
    enabled: wanted && storing === 0,
    placeholderData: (before) => before,
  })
}

export function useSendDecisions(
  campaignId: string,
): UseMutationResult<z.infer<typeof Sent>, Error, z.input<typeof DecisionsSend>> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (send: z.input<typeof DecisionsSend>) =>
      api.post(here.path(`/campaigns/${campaignId}/decisions/send`), Sent, send),
    onSuccess: () => client.invalidateQueries({ queryKey: here.key('campaigns') }),
  })
}
