/** The mailboxes that one may send from, the proposal first, with what each can carry; undefined while they are not known. */
import { Sender } from '@kontor/api/inbox'
import { useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

export function useOwnSenders(): readonly Sender[] | undefined {
  const here = useHere()
  const found = useQuery({
    queryKey: here.key('mailboxes', 'senders'),
    queryFn: ({ signal }) => api.get(here.path('/senders'), z.object({ rows: z.array(Sender) }), signal),
  })
  return found.data?.rows
}
