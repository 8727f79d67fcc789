/**
 * What the inbox asks the server. Answers are cached under `conversations`, so that live updates refresh list, counts
 * and the open conversation together. What it tells the server is in tells.ts.
 */
import { pageOf } from '@kontor/api/common'
import { Campaign } from '@kontor/api/campaigns'
import { Contact } from '@kontor/api/contacts'
import { Conversation, ConversationRow } from '@kontor/api/inbox'
import { TeamMember } from '@kontor/api/team'
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import { z } from 'zod'
import { api, query } from '../client/http.ts'
import { useHere } from '../client/session.ts'
import { useMailboxes } from '../parts/mailboxes.ts'
import { type InboxFilter, toQuery } from './list.ts'

const Rows = pageOf(ConversationRow)
const pageSize = 50

export function useConversations(
  filter: InboxFilter,
): UseInfiniteQueryResult<InfiniteData<z.infer<typeof Rows>>> {
  const here = useHere()
  const asked = toQuery(filter)
  return useInfiniteQuery({
    queryKey: here.key('conversations', 'list', asked),
    queryFn: ({ pageParam, signal }) =>
      api.get(
        here.path(`/conversations${query({ ...asked, limit: pageSize, cursor: pageParam })}`),
        Rows,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
}

export function useConversation(id: string): UseQueryResult<Conversation> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('conversations', 'one', id),
    queryFn: ({ signal }) => api.get(here.path(`/conversations/${id}`), Conversation, signal),
  })
}

export function usePerson(contactId: string): UseQueryResult<Contact> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('contacts', 'one', contactId),
    queryFn: ({ signal }) => api.get(here.path(`/contacts/${contactId}`), Contact, signal),
  })
}

export function useTeam(): readonly TeamMember[] {
  const here = useHere()
  const found = useQuery({
    queryKey: here.key('team'),
    queryFn: ({ signal }) => api.get(here.path('/team'), z.object({ rows: z.array(TeamMember) }), signal),
  })
  return found.data?.rows ?? []
}

export function useCampaignNames(): readonly Campaign[] {
  const here = useHere()
  const found = useQuery({
    queryKey: here.key('campaigns', 'list'),
    queryFn: ({ signal }) => api.get(here.path('/campaigns'), z.object({ rows: z.array(Campaign) }), signal),
  })
  return found.data?.rows ?? []
}

/** Which provider an address belongs to, for the words "accepted by Google". */
export function useProviderOf(): (address: string) => 'gmail' | 'microsoft' | 'imap' | 'other' {
  const found = useMailboxes()
  return (address) => found.data?.find((mailbox) => mailbox.address === address)?.provider ?? 'other'
}
