/** What the outbox asks of the server: keyset pages of rows, and the summary. */
import {
  type WholeChoice,
  AgainPlan,
  MovePlan,
  OutboxPage,
  OutboxSummary,
  type OutboxRow,
  type OutboxSection,
} from '@kontor/api/outbox'
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query'
import { api, query } from '../client/http.ts'
import { useHere } from '../client/session.ts'

export interface OutboxFilter {
  readonly section?: 'waiting' | 'held' | 'past' | undefined
  readonly mailboxId?: string | undefined
  readonly campaignId?: string | undefined
  readonly kind?: OutboxRow['kind'] | undefined
  readonly q?: string | undefined
}

const pageSize = 200

export function useOutbox(
  section: OutboxSection,
  filter: OutboxFilter,
): UseInfiniteQueryResult<InfiniteData<OutboxPage>> {
  const here = useHere()
  const { mailboxId, campaignId, kind, q } = filter
  return useInfiniteQuery({
    queryKey: here.key('outbox', section, { mailboxId, campaignId, kind, q }),
    queryFn: ({ pageParam: cursor, signal }) =>
      api.get(
        here.path(`/outbox${query({ section, mailboxId, campaignId, kind, q, cursor, limit: pageSize })}`),
        OutboxPage,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

/** The mails that left last, for the line between past and future. */
export function useLastSent(enabled: boolean): UseQueryResult<OutboxPage> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('outbox', 'past', 'last'),
    queryFn: ({ signal }) => api.get(here.path('/outbox?section=past&limit=20'), OutboxPage, signal),
    enabled,
  })
}

export function useSummary(): UseQueryResult<OutboxSummary> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('outbox', 'summary'),
    queryFn: ({ signal }) => api.get(here.path('/outbox/summary'), OutboxSummary, signal),
  })
}

/** What happens if these mails are sent again; asked anew for every question. */
export function useAgainPlan(choice: WholeChoice): UseQueryResult<AgainPlan> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('outbox', 'plan', 'again', choice),
    queryFn: ({ signal }) => api.post(here.path('/outbox/plan'), AgainPlan, { choice }, signal),
    gcTime: 0,
  })
}

/** When these mails leave from another mailbox; asked anew for every question. */
export function useChosenMove(choice: WholeChoice, to: string): UseQueryResult<MovePlan> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('outbox', 'plan', 'move', to, choice),
    queryFn: ({ signal }) => api.post(here.path('/outbox/move-plan'), MovePlan, { choice, to }, signal),
    enabled: to !== '',
    gcTime: 0,
  })
}
