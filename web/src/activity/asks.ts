/** What the activity log asks of the server. */
import { ActivityEntry } from '@kontor/api/activity'
import { pageOf } from '@kontor/api/common'
import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query'
import type { z } from 'zod'
import { api, query } from '../client/http.ts'
import { useHere } from '../client/session.ts'

const ActivityPage = pageOf(ActivityEntry)

export function useActivity(): UseInfiniteQueryResult<InfiniteData<z.infer<typeof ActivityPage>>> {
  const here = useHere()
  return useInfiniteQuery({
    queryKey: here.key('activity', 'list'),
    queryFn: ({ pageParam, signal }) =>
      api.get(here.path(`/activity${query({ cursor: pageParam, limit: 100 })}`), ActivityPage, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: here.may.steer,
  })
}
