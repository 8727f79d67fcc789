/** How many notices the person has not read; kept fresh by live updates. */
import { Unread } from '@kontor/api/notices'
import { useQuery } from '@tanstack/react-query'
import { api } from '../client/http.ts'
import { chosenWorkspace, useSession } from '../client/session.ts'

export function useUnread(): number {
  const here = chosenWorkspace(useSession())
  const found = useQuery({
    queryKey: [here?.id, 'notices', 'unread'],
    queryFn: ({ signal }) => api.get(`/workspaces/${here?.id}/notices/unread`, Unread, signal),
    enabled: here !== undefined,
  })
  return found.data?.unread ?? 0
}
