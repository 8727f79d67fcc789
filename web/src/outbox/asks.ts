/** What the outbox asks of the server: keyset pages of rows, the summary, and acts in chunks of a thousand. */
import { pageOf } from '@kontor/api/common'
import { OutboxActed, OutboxRow, OutboxSummary, type OutboxAct, type OutboxQuery } from '@kontor/api/outbox'
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { z } from 'zod'
import { api, query } from '../client/http.ts'
import { useHere } from '../client/session.ts'

const Page = pageOf(OutboxRow)
export type Acting = z.infer<typeof OutboxAct>['act']
type Acted = z.infer<typeof OutboxActed>

export interface OutboxFilter {
  readonly section?: 'waiting' | 'held' | 'past' | undefined
  readonly mailboxId?: string | undefined
  readonly kind?: OutboxRow['kind'] | undefined
  readonly q?: string | undefined
}

export function useOutbox(
  section: OutboxQuery['section'],
  filter: OutboxFilter,
): UseInfiniteQueryResult<InfiniteData<z.infer<typeof Page>>> {
  const here = useHere()
  const { mailboxId, kind, q } = filter
  return useInfiniteQuery({
    queryKey: here.key('outbox', section, { mailboxId, kind, q }),
    queryFn: ({ pageParam: cursor, signal }) =>
      api.get(
        here.path(`/outbox${query({ section, mailboxId, kind, q, cursor, limit: 200 })}`),
        Page,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

export function useSummary(): UseQueryResult<OutboxSummary> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('outbox', 'summary'),
    queryFn: ({ signal }) => api.get(here.path('/outbox/summary'), OutboxSummary, signal),
  })
}

const mostAtOnce = 1000

/** Acts on many; refusals of all chunks are gathered. */
export function useAct(): UseMutationResult<Acted, Error, { act: Acting; ids: readonly string[] }> {
  const client = useQueryClient()
  const here = useHere()
  return useMutation({
    mutationFn: async ({ act, ids }) => {
      const acted: Acted = { done: 0, refused: [] }
      for (let from = 0; from < ids.length; from += mostAtOnce) {
        const chunk = ids.slice(from, from + mostAtOnce)
        const answer = await api.post(here.path('/outbox/act'), OutboxActed, { act, ids: chunk })
        acted.done += answer.done
        acted.refused.push(...answer.refused)
      }
      return acted
    },
    onSettled: async () => await client.invalidateQueries({ queryKey: here.key('outbox') }),
  })
}
