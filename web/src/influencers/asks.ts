/** What the influencer screens ask the server and tell it, cached under `contacts`. */
import { countedPageOf, Done } from '@kontor/api/common'
import type { Language } from '@kontor/api/common'
import { Contact, Duplicates, PasteResult, TimelineEntry } from '@kontor/api/contacts'
import type { ContactChange, ContactNew } from '@kontor/api/contacts'
import { Draft, Written } from '@kontor/api/inbox'
import type { DirectNew } from '@kontor/api/inbox'
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

/** What narrows the list, as the server takes it for an audience. */
export interface ContactFilter {
  readonly q?: string
}

const Contacts = countedPageOf(Contact)

export function useContacts(q: string): UseInfiniteQueryResult<InfiniteData<z.infer<typeof Contacts>>> {
  const here = useHere()
  return useInfiniteQuery({
    queryKey: here.key('contacts', 'list', q),
    queryFn: ({ pageParam, signal }) =>
      api.get(here.path(`/contacts${query({ q, limit: 100, cursor: pageParam })}`), Contacts, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
}

export function useContact(id: string): UseQueryResult<Contact> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('contacts', 'one', id),
    queryFn: ({ signal }) => api.get(here.path(`/contacts/${id}`), Contact, signal),
  })
}

/** Names of variables that somebody has already. */
export function useDuplicates(): UseQueryResult<Duplicates> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('contacts', 'duplicates'),
    queryFn: ({ signal }) => api.get(here.path('/contacts/duplicates'), Duplicates, signal),
  })
}

export function useMerge(): UseMutationResult<
  Contact,
  Error,
  { readonly into: string; readonly from: string }
> {
  return useAct(
    ({ into, from }, path) => api.post(path(`/contacts/${into}/merge`), Contact, { contactId: from }),
    'campaigns',
    'conversations',
  )
}

export function useTimeline(id: string): UseQueryResult<TimelineEntry[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('contacts', 'timeline', id),
    queryFn: ({ signal }) =>
      api.get(here.path(`/contacts/${id}/timeline`), z.object({ rows: z.array(TimelineEntry) }), signal),
    select: (answer) => answer.rows,
  })
}

/** Drafts to a person, in a campaign or (with an empty id) outside any. */
export function useDrafts(contactId: string, campaignId: string): readonly Draft[] | undefined {
  const here = useHere()
  const found = useQuery({
    queryKey: here.key('conversations', 'drafts', contactId, campaignId),
    queryFn: ({ signal }) =>
      api.get(
        here.path(`/drafts${query({ contactId, campaignId })}`),
        z.object({ rows: z.array(Draft) }),
        signal,
      ),
  })
  return found.data?.rows
}

function useAct<Told, Answered>(
  tell: (told: Told, path: (rest: string) => string) => Promise<Answered>,
  ...areas: readonly string[]
): UseMutationResult<Answered, Error, Told> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (told: Told) => tell(told, here.path),
    onSuccess: () =>
      Promise.all(
        ['contacts', ...areas].map((area) => client.invalidateQueries({ queryKey: here.key(area) })),
      ),
  })
}

export function useAddContact(): UseMutationResult<Contact, Error, z.input<typeof ContactNew>> {
  return useAct((contact, path) => api.post(path('/contacts'), Contact, contact))
}

export function usePasteContacts(): UseMutationResult<
  PasteResult,
  Error,
  { readonly text: string; readonly language: Language }
> {
  return useAct((paste, path) => api.post(path('/contacts/paste'), PasteResult, paste))
}

export function useChangeContact(id: string): UseMutationResult<Contact, Error, ContactChange> {
  return useAct((change, path) => api.patch(path(`/contacts/${id}`), Contact, change), 'campaigns')
}

export function useRemoveContact(id: string): UseMutationResult<unknown, Error, void> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.remove(here.path(`/contacts/${id}`), Done),
    onSuccess: () => client.invalidateQueries({ queryKey: here.key('contacts', 'list') }),
  })
}

export function useWrite(): UseMutationResult<z.infer<typeof Written>, Error, z.input<typeof DirectNew>> {
  return useAct((letter, path) => api.post(path('/messages'), Written, letter), 'conversations', 'outbox')
}
