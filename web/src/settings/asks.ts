/** What the account settings ask of the server: the own password, where one is signed in, which notices are wanted. */
import { NoticeChoices, type NoticeChoice } from '@kontor/api/notices'
import { Session, SignedInAt } from '@kontor/api/team'
import {
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

const SignedIn = z.object({ rows: z.array(SignedInAt) })
type SignedIn = z.infer<typeof SignedIn>
const sessionsKey = ['own-sessions'] as const

export function useOwnSessions(): UseQueryResult<SignedIn> {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => api.get('/me/sessions', SignedIn, signal),
  })
}

/** Signs out one browser, or without an id every other one. */
export function useSignOutElsewhere(): UseMutationResult<SignedIn, Error, string | undefined> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id) => api.remove(id === undefined ? '/me/sessions' : `/me/sessions/${id}`, SignedIn),
    onSuccess: (left) => client.setQueryData(sessionsKey, left),
  })
}

export function usePasswordChange(): UseMutationResult<
  Session,
  Error,
  { current: string; password: string }
> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish) => api.put('/me/password', Session, wish),
    onSuccess: async () => await client.invalidateQueries({ queryKey: sessionsKey }),
  })
}

export function useNoticeChoices(): UseQueryResult<NoticeChoices> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('notices', 'choices'),
    queryFn: ({ signal }) => api.get(here.path('/notice-choices'), NoticeChoices, signal),
  })
}

export function useNoticeChoice(): UseMutationResult<NoticeChoices, Error, NoticeChoice> {
  const client = useQueryClient()
  const here = useHere()
  return useMutation({
    mutationFn: (choice) => api.put(here.path('/notice-choices'), NoticeChoices, choice),
    onSuccess: async (choices) => {
      client.setQueryData(here.key('notices', 'choices'), choices)
      await client.invalidateQueries({ queryKey: here.key('notices') })
    },
  })
}
