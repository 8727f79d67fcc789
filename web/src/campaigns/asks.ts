/**
 * What the campaign screens ask the server and tell it. Answers lie under `campaigns`, so that live updates
 * refresh list, head, people and texts together.
 */
import { countedPageOf, pageOf } from '@kontor/api/common'
import { Contact } from '@kontor/api/contacts'
import { Campaign, CampaignText, Member, MembersAdded, Picture } from '@kontor/api/campaigns'
import { Plan, Sent } from '@kontor/api/launches'
import type { SendTo } from '@kontor/api/launches'
import type { CampaignChange, CampaignNew, CampaignStatusChange, MemberState } from '@kontor/api/campaigns'
import { Mailbox } from '@kontor/api/mailboxes'
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

const Members = countedPageOf(Member)
const Contacts = pageOf(Contact)

export interface PeopleQuery {
  readonly state: MemberState | undefined
  readonly q: string | undefined
}

export function useCampaigns(): UseQueryResult<Campaign[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('campaigns', 'list'),
    queryFn: ({ signal }) => api.get(here.path('/campaigns'), z.object({ rows: z.array(Campaign) }), signal),
    select: (answer) => answer.rows,
  })
}

export function useCampaign(id: string): UseQueryResult<Campaign> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('campaigns', 'one', id),
    queryFn: ({ signal }) => api.get(here.path(`/campaigns/${id}`), Campaign, signal),
  })
}

export function usePeople(
  id: string,
  asked: PeopleQuery,
): UseInfiniteQueryResult<InfiniteData<z.infer<typeof Members>>> {
  const here = useHere()
  return useInfiniteQuery({
    queryKey: here.key('campaigns', 'people', id, asked),
    queryFn: ({ pageParam, signal }) =>
      api.get(
        here.path(`/campaigns/${id}/members${query({ ...asked, limit: 100, cursor: pageParam })}`),
        Members,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
}

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

export function useMailboxes(): readonly Mailbox[] {
  const here = useHere()
  const found = useQuery({
    queryKey: here.key('mailboxes', 'list'),
    queryFn: ({ signal }) => api.get(here.path('/mailboxes'), z.object({ rows: z.array(Mailbox) }), signal),
  })
  return found.data?.rows ?? []
}

export function useTexts(id: string): UseQueryResult<CampaignText[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('campaigns', 'texts', id),
    queryFn: ({ signal }) =>
      api.get(here.path(`/campaigns/${id}/texts`), z.object({ rows: z.array(CampaignText) }), signal),
    select: (answer) => answer.rows,
  })
}

/** An act on campaigns; what is cached of them is asked again before the act counts as finished. */
function useAct<Told, Answered>(
  tell: (told: Told, path: (rest: string) => string) => Promise<Answered>,
): UseMutationResult<Answered, Error, Told> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (told: Told) => tell(told, here.path),
    onSuccess: () => client.invalidateQueries({ queryKey: here.key('campaigns') }),
  })
}

export function useCreateCampaign(): UseMutationResult<Campaign, Error, z.input<typeof CampaignNew>> {
  return useAct((campaign, path) => api.post(path('/campaigns'), Campaign, campaign))
}

export function useChangeCampaign(id: string): UseMutationResult<Campaign, Error, CampaignChange> {
  return useAct((change, path) => api.patch(path(`/campaigns/${id}`), Campaign, change))
}

export function useSetLogo(id: string): UseMutationResult<Campaign, Error, Blob> {
  return useAct((file, path) => api.putBytes(path(`/campaigns/${id}/logo`), Campaign, file))
}

export function useChooseLogo(id: string): UseMutationResult<Campaign, Error, 'brand' | 'none'> {
  return useAct((logo, path) => api.patch(path(`/campaigns/${id}/logo`), Campaign, { logo }))
}

export function useAddImage(id: string): UseMutationResult<Picture, Error, Blob> {
  return useAct((file, path) => api.post(path(`/campaigns/${id}/images`), Picture, file))
}

export function useSetStatus(
  id: string,
): UseMutationResult<Campaign, Error, z.input<typeof CampaignStatusChange>['status']> {
  return useAct((status, path) => api.put(path(`/campaigns/${id}/status`), Campaign, { status }))
}

export function useAddPeople(
  id: string,
): UseMutationResult<z.infer<typeof MembersAdded>, Error, readonly string[]> {
  return useAct((contactIds, path) =>
    api.post(path(`/campaigns/${id}/members`), MembersAdded, { contactIds }),
  )
}

export function useSaveText(id: string): UseMutationResult<CampaignText, Error, CampaignText> {
  return useAct((text, path) => api.put(path(`/campaigns/${id}/texts`), CampaignText, text))
}

/** What would happen if these people were invited now; asked anew when the sender changes. */
export function useInvitePlan(id: string, to: z.input<typeof SendTo> | undefined): UseQueryResult<Plan> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('outbox', 'plan', id, to),
    queryFn: () => api.post(here.path(`/campaigns/${id}/plan`), Plan, to),
    enabled: to !== undefined,
    placeholderData: (before) => before,
  })
}

export function useInvite(
  id: string,
): UseMutationResult<z.infer<typeof Sent>, Error, z.input<typeof SendTo> & { readonly key: string }> {
  return useAct((send, path) => api.post(path(`/campaigns/${id}/send`), Sent, send))
}
