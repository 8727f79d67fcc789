/** How much the inbox asks for: shown in the navigation and over its list. */
import { InboxCounts } from '@kontor/api/inbox'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

export function useInboxCounts(): UseQueryResult<InboxCounts> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('conversations', 'counts'),
    queryFn: ({ signal }) => api.get(here.path('/conversations/counts'), InboxCounts, signal),
  })
}
