/** What the list of notices asks of the server. */
import { Done, pageOf } from '@kontor/api/common'
import { Notice } from '@kontor/api/notices'
import {
  type InfiniteData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useMutation,
  type UseMutationResult,
  useQueryClient,
} from '@tanstack/react-query'
import type { z } from 'zod'
import { api, query } from '../client/http.ts'
import { useHere } from '../client/session.ts'

const NoticePage = pageOf(Notice)
type NoticePages = InfiniteData<z.infer<typeof NoticePage>>

export function useNotices(): UseInfiniteQueryResult<NoticePages> {
  const here = useHere()
  return useInfiniteQuery({
    queryKey: here.key('notices', 'list'),
    queryFn: ({ pageParam, signal }) =>
      api.get(here.path(`/notices${query({ cursor: pageParam, limit: 50 })}`), NoticePage, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** Marks one notice as read, or without an id all of them. */
export function useNoticeReading(): UseMutationResult<{ ok: true }, Error, string | undefined> {
  const client = useQueryClient()
  const here = useHere()
  return useMutation({
    mutationFn: (id) => api.post(here.path('/notices/read'), Done, id === undefined ? {} : { id }),
    onSuccess: async () => await client.invalidateQueries({ queryKey: here.key('notices') }),
  })
}
