/** The workspace's mailboxes, asked for once and shared by every screen that names a sender. */
import { Endpoint, Mailbox } from '@kontor/api/mailboxes'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

const Mailboxes = z.object({ rows: z.array(Mailbox) })
const Endpoints = z.object({ rows: z.array(Endpoint) })

export function useMailboxes(): UseQueryResult<readonly Mailbox[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes'),
    queryFn: ({ signal }) => api.get(here.path('/mailboxes'), Mailboxes, signal),
    select: (answer) => answer.rows,
  })
}

export function useEndpoints(): UseQueryResult<readonly Endpoint[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes', 'endpoints'),
    queryFn: ({ signal }) => api.get(here.path('/endpoints'), Endpoints, signal),
    select: (answer) => answer.rows,
    staleTime: 60_000,
  })
}
