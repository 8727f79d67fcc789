/** What is asked and told about follow-ups. Answers lie under `followUps`, so that live updates refresh them together. */
import { pageOf } from '@kontor/api/common'
import type { CourseState, FollowUp } from '@kontor/api/follow-ups'
import { Course, Followed, FollowUpsEnded } from '@kontor/api/follow-ups'
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { z } from 'zod'
import { api, query } from '../../client/http.ts'
import { useHere } from '../../client/session.ts'

const Courses = pageOf(Course)
const atOnce = 100

/** Of a campaign; absent: everything that has follow-ups to come. */
export function useFollowed(campaignId: string | undefined): UseQueryResult<Followed[]> {
  const here = useHere()
  const path = campaignId === undefined ? '/follow-ups' : `/campaigns/${campaignId}/follow-ups`
  return useQuery({
    queryKey: here.key('followUps', 'launches', campaignId),
    queryFn: ({ signal }) => api.get(here.path(path), z.object({ rows: z.array(Followed) }), signal),
    select: (answer) => answer.rows,
  })
}

export function useCourses(
  launchId: string,
  state: CourseState | undefined,
): UseInfiniteQueryResult<InfiniteData<z.infer<typeof Courses>>> {
  const here = useHere()
  return useInfiniteQuery({
    queryKey: here.key('followUps', 'people', launchId, state),
    queryFn: ({ pageParam, signal }) =>
      api.get(
        here.path(
          `/launches/${launchId}/follow-ups/people${query({ state, limit: atOnce, cursor: pageParam })}`,
        ),
        Courses,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
}

function useAct<Told, Answered>(
  tell: (told: Told, path: (rest: string) => string) => Promise<Answered>,
): UseMutationResult<Answered, Error, Told> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (told: Told) => tell(told, here.path),
    onSuccess: () =>
      Promise.all(
        ['followUps', 'campaigns'].map((area) => client.invalidateQueries({ queryKey: here.key(area) })),
      ),
  })
}

export function useChangeFollowUps(
  launchId: string,
): UseMutationResult<Followed, Error, readonly FollowUp[]> {
  return useAct((followUps, path) =>
    api.put(path(`/launches/${launchId}/follow-ups`), Followed, { followUps }),
  )
}

export interface Ended {
  readonly why: 'stopped' | 'answered'
  readonly ids?: readonly string[]
}

export function useEndFollowUps(
  launchId: string,
): UseMutationResult<z.infer<typeof FollowUpsEnded>, Error, Ended> {
  return useAct((end, path) => api.post(path(`/launches/${launchId}/follow-ups/end`), FollowUpsEnded, end))
}

export function useEndInCampaign(
  campaignId: string,
): UseMutationResult<z.infer<typeof FollowUpsEnded>, Error, { readonly why: 'stopped' }> {
  return useAct((_told, path) =>
    api.post(path(`/campaigns/${campaignId}/follow-ups/end`), FollowUpsEnded, undefined),
  )
}

export function useSendReminded(
  launchId: string,
): UseMutationResult<z.infer<typeof FollowUpsEnded>, Error, readonly string[]> {
  return useAct((ids, path) =>
    api.post(path(`/launches/${launchId}/follow-ups/send`), FollowUpsEnded, { ids }),
  )
}
