/** What the help asks of the server: whom people may ask here. */
import { SupportContacts } from '@kontor/api/server'
import { useQuery } from '@tanstack/react-query'
import { api } from '../client/http.ts'

/** Undefined while it is not known; the article is complete without it. */
export function useSupportContacts(): SupportContacts | undefined {
  return useQuery({
    queryKey: ['support'],
    queryFn: ({ signal }) => api.get('/support', SupportContacts, signal),
  }).data
}
