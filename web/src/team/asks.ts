/** What the team screen asks of the server. */
import { Done } from '@kontor/api/common'
import { InvitationLink, InvitationOpen, TeamMember, type Role } from '@kontor/api/team'
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

const Team = z.object({ rows: z.array(TeamMember) })
const Invitations = z.object({ rows: z.array(InvitationOpen) })

export function useTeam(): UseQueryResult<readonly TeamMember[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('team', 'members'),
    queryFn: ({ signal }) => api.get(here.path('/team'), Team, signal),
    select: (answer) => answer.rows,
  })
}

export function useInvitations(): UseQueryResult<readonly z.infer<typeof InvitationOpen>[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('team', 'invitations'),
    queryFn: ({ signal }) => api.get(here.path('/invitations'), Invitations, signal),
    select: (answer) => answer.rows,
  })
}

function useTeamChange<T, V>(ask: (value: V) => Promise<T>): UseMutationResult<T, Error, V> {
  const client = useQueryClient()
  const here = useHere()
  return useMutation({
    mutationFn: ask,
    onSuccess: async () => await client.invalidateQueries({ queryKey: here.key('team') }),
  })
}

export function useRoleChange(personId: string): UseMutationResult<unknown, Error, Role> {
  const here = useHere()
  return useTeamChange((role) => api.patch(here.path(`/team/${personId}`), z.unknown(), { role }))
}
export function useRemoval(personId: string): UseMutationResult<unknown, Error, void> {
  const here = useHere()
  return useTeamChange(() => api.remove(here.path(`/team/${personId}`), z.unknown()))
}
export function useInvite(): UseMutationResult<InvitationLink, Error, 'admin' | 'member' | 'viewer'> {
  const here = useHere()
  return useTeamChange((role) => api.post(here.path('/invitations'), InvitationLink, { role }))
}
export function useWithdrawal(): UseMutationResult<{ ok: true }, Error, string> {
  const here = useHere()
  return useTeamChange((id) => api.remove(here.path(`/invitations/${id}`), Done))
}
