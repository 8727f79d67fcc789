/**
 * What the inbox asks the server and tells it. Answers are cached under `conversations`, so that live updates
 * refresh list, counts and the open conversation together.
 */
import { Done, pageOf } from '@kontor/api/common'
import { Contact } from '@kontor/api/contacts'
import { Campaign } from '@kontor/api/campaigns'
import { Conversation, ConversationRow, InboxCounts, Note, Written } from '@kontor/api/inbox'
import type { Answer, TeamState } from '@kontor/api/inbox'
import { Mailbox } from '@kontor/api/mailboxes'
import { TeamMember } from '@kontor/api/team'
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { z } from 'zod'
import { api, query } from '../client/http.ts'
import { useHere } from '../client/session.ts'
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

export function useCounts(): UseQueryResult<z.infer<typeof InboxCounts>> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('conversations', 'counts'),
    queryFn: ({ signal }) => api.get(here.path('/conversations/counts'), InboxCounts, signal),
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
export function useProviderOf(): (address: string) => Mailbox['provider'] | 'other' {
  const here = useHere()
  const found = useQuery({
    queryKey: here.key('mailboxes', 'list'),
    queryFn: ({ signal }) => api.get(here.path('/mailboxes'), z.object({ rows: z.array(Mailbox) }), signal),
  })
  return (address) => found.data?.rows.find((mailbox) => mailbox.address === address)?.provider ?? 'other'
}

/** Something told to the server about one conversation; the whole area is asked again afterwards. */
function useTelling<Told, Answered = unknown>(
  tell: (path: string, told: Told) => Promise<Answered>,
  id: string,
): UseMutationResult<Answered, Error, Told> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (told: Told) => tell(here.path(`/conversations/${id}`), told),
    onSuccess: () => client.invalidateQueries({ queryKey: here.key('conversations') }),
  })
}

export function useSetState(id: string): UseMutationResult<unknown, Error, TeamState> {
  return useTelling((path, teamState: TeamState) => api.put(`${path}/state`, Done, { teamState }), id)
}

/** Null gives the conversation back to everybody. */
export function useAssign(id: string): UseMutationResult<unknown, Error, string | null> {
  return useTelling((path, personId: string | null) => api.put(`${path}/assignee`, Done, { personId }), id)
}

export function useAddNote(id: string): UseMutationResult<unknown, Error, string> {
  return useTelling((path, text: string) => api.post(`${path}/notes`, Note, { text }), id)
}

export function useAnswer(
  id: string,
): UseMutationResult<z.infer<typeof Written>, Error, z.input<typeof Answer>> {
  return useTelling(
    (path, answer: z.input<typeof Answer>) => api.post(`${path}/answers`, Written, answer),
    id,
  )
}

/** Read state and presence are told in passing: a failure changes nothing on the screen. */
export function useWhispers(id: string): { readonly read: () => void; readonly answering: () => void } {
  const here = useHere()
  const client = useQueryClient()
  const path = here.path(`/conversations/${id}`)
  return {
    read: () => {
      void api
        .put(`${path}/read`, Done)
        .then(() => client.invalidateQueries({ queryKey: here.key('conversations', 'list') }))
        .catch(() => undefined)
    },
    answering: () => {
      void api.put(`${path}/answering`, Done).catch(() => undefined)
    },
  }
}
