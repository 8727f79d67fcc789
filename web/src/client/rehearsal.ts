/** The story of a practice workspace, as several screens ask for it: how far it is, telling it, taking it away. */
import { Done } from '@kontor/api/common'
import { Rehearsal } from '@kontor/api/rehearsal'
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { api } from './http.ts'
import { sessionQuery, useHere } from './session.ts'

const lookMs = 700

/** Looks again and again while the story is being told. */
export function useRehearsal(): UseQueryResult<Rehearsal> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('rehearsal'),
    queryFn: ({ signal }) => api.get(here.path('/rehearsal'), Rehearsal, signal),
    enabled: here.mode !== 'real',
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? lookMs : false),
  })
}

/** Begins the story, or goes on with one that got stuck. An undecided workspace becomes one for practice. */
export function useBeginRehearsal(): UseMutationResult<Rehearsal, Error, void> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post(here.path('/rehearsal'), Rehearsal),
    onSuccess: async (rehearsal) => {
      client.setQueryData(here.key('rehearsal'), rehearsal)
      await client.refetchQueries({ queryKey: sessionQuery.queryKey })
    },
  })
}

/** Deletes everything in the practice workspace; the question of its first day comes back. */
export function useEmptyWorkspace(): UseMutationResult<unknown, Error, void> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.remove(here.path('/rehearsal'), Done),
    onSuccess: async () => {
      client.removeQueries({ predicate: ({ queryKey: [workspace] }) => workspace === here.id })
      await client.refetchQueries({ queryKey: sessionQuery.queryKey })
    },
  })
}
