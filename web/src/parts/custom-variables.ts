/** The names of the team's own variables, over all influencers. */
import { ContactVariables } from '@kontor/api/contacts'
import { useQuery } from '@tanstack/react-query'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

export function useCustomVariables(): readonly string[] {
  const here = useHere()
  const found = useQuery({
    queryKey: here.key('contacts', 'variables'),
    queryFn: ({ signal }) => api.get(here.path('/contacts/variables'), ContactVariables, signal),
  })
  return found.data?.names ?? []
}
