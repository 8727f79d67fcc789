/** What the mailbox screens ask of the server, and what they forget afterwards. */
import { Done, pageOf } from '@kontor/api/common'
import {
  AddressAdded,
  AdminRequest,
  ConnectOutcome,
  Consent,
  type Disconnect,
  DisconnectResult,
  LedgerCheck,
  LedgerEntry,
  type Level,
  type LevelChange,
  LevelChanged,
  Mailbox,
  type MailboxChange,
  OfferedAddress,
  OutageReport,
  type PasswordSignIn,
  SenderCheck,
  type SharedWish,
  SignatureOffer,
  SignInAnswer,
} from '@kontor/api/mailboxes'
import { TestMessage } from '@kontor/api/outbox'
import { TeamMember } from '@kontor/api/team'
import {
  type InfiniteData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { z } from 'zod'
import { api, query } from '../client/http.ts'
import { useHere } from '../client/session.ts'

export function useMailbox(id: string): UseQueryResult<Mailbox> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes', id),
    queryFn: ({ signal }) => api.get(here.path(`/mailboxes/${id}`), Mailbox, signal),
  })
}

export function useColleagues(): readonly TeamMember[] {
  const here = useHere()
  const found = useQuery({
    queryKey: here.key('team', 'members'),
    queryFn: ({ signal }) => api.get(here.path('/team'), z.object({ rows: z.array(TeamMember) }), signal),
  })
  return found.data?.rows ?? []
}

/** The result of a sign-in, by the handle in the address. Read once by the server, so kept for good. */
export function useOutcome(handle: string | undefined): UseQueryResult<ConnectOutcome> {
  const here = useHere()
  const own = handle?.split('.').at(-1) ?? ''
  return useQuery({
    queryKey: ['connect-outcome', handle],
    queryFn: () => api.get(here.path(`/connect-outcomes/${own}`), ConnectOutcome),
    enabled: handle !== undefined && handle !== 'unknown',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

type Steer<T, V = void> = UseMutationResult<T, Error, V>

function useSteer<T, V>(ask: (value: V) => Promise<T>): Steer<T, V> {
  const client = useQueryClient()
  const here = useHere()
  return useMutation({
    mutationFn: ask,
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: here.key('mailboxes') }),
        client.invalidateQueries({ queryKey: here.key('outbox') }),
      ])
    },
  })
}

/** The page is left; what asked for it goes on being busy until then. */
async function leaveFor(authorizeUrl: string): Promise<void> {
  location.assign(authorizeUrl)
  await new Promise(() => undefined)
}

/** Leaves for the provider's own page. */
function useConsent<V>(ask: (value: V) => Promise<{ authorizeUrl: string }>): Steer<void, V> {
  return useMutation({
    mutationFn: async (value: V) => leaveFor((await ask(value)).authorizeUrl),
  })
}

export interface ConnectWish {
  readonly endpoint: string
  readonly level: Level
  readonly sharing: Mailbox['sharing']
  readonly namedMembers: readonly string[]
}

export function useConnect(): Steer<void, ConnectWish> {
  const here = useHere()
  return useConsent((wish) => api.post(here.path('/mailboxes/connect'), Consent, wish))
}
/** Signs in at mail servers; a complaint is an answer, not an error. The password is kept nowhere on this side. */
export function useSignIn(): Steer<z.infer<typeof SignInAnswer>, PasswordSignIn> {
  const here = useHere()
  return useSteer((typed) => api.post(here.path('/mailboxes/sign-in'), SignInAnswer, typed))
}
/** Where this person waits for an admin at a provider. */
export function useAdminRequests(): UseQueryResult<readonly AdminRequest[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes', 'admin-requests'),
    queryFn: ({ signal }) =>
      api.get(here.path('/admin-requests'), z.object({ rows: z.array(AdminRequest) }), signal),
    select: (answer) => answer.rows,
  })
}
export function useAskAdmin(): Steer<
  AdminRequest,
  { endpoint: string; mailboxId?: string; shared?: boolean }
> {
  const here = useHere()
  return useSteer((wish) => api.post(here.path('/admin-requests'), AdminRequest, wish))
}
export function useStopWaiting(id: string): Steer<{ ok: true }> {
  const here = useHere()
  return useSteer(() => api.remove(here.path(`/admin-requests/${id}`), Done))
}
/** Leaves for the provider, except where the level of a shared mailbox has changed already. */
export function useLevelChange(id: string): Steer<void, LevelChange> {
  const here = useHere()
  return useSteer(async (wish) => {
    const { authorizeUrl } = await api.post(here.path(`/mailboxes/${id}/level`), LevelChanged, wish)
    if (authorizeUrl !== undefined) await leaveFor(authorizeUrl)
  })
}
export function useReconnect(id: string): Steer<void> {
  const here = useHere()
  return useConsent(() => api.post(here.path(`/mailboxes/${id}/reconnect`), Consent))
}
export function usePause(id: string): Steer<Mailbox, 'pause' | 'resume'> {
  const here = useHere()
  return useSteer((wish) => api.post(here.path(`/mailboxes/${id}/${wish}`), Mailbox))
}
export function useTestMessage(id: string): Steer<TestMessage> {
  const here = useHere()
  return useSteer(() => api.post(here.path(`/mailboxes/${id}/test-message`), TestMessage))
}
export function useDefaultChoice(): Steer<{ ok: true }, string> {
  const here = useHere()
  return useSteer((mailboxId) => api.put(here.path('/default-mailbox'), Done, { mailboxId }))
}
export function useDisconnect(id: string): Steer<z.infer<typeof DisconnectResult>, Disconnect> {
  const here = useHere()
  return useSteer((wish) => api.post(here.path(`/mailboxes/${id}/disconnect`), DisconnectResult, wish))
}
export function useMailboxChange(id: string): Steer<Mailbox, MailboxChange> {
  const here = useHere()
  return useSteer((change) => api.patch(here.path(`/mailboxes/${id}`), Mailbox, change))
}

/** What the provider keeps; asked for with a click, because it is a call to the provider that the access log shows. */
export function useSignatureOffer(id: string): Steer<SignatureOffer> {
  const here = useHere()
  return useMutation({
    mutationFn: () => api.get(here.path(`/mailboxes/${id}/signature-offer`), SignatureOffer),
  })
}

/** Which other addresses the account has; a call to the provider that the access log shows. */
export function useOfferedAddresses(id: string): UseQueryResult<readonly OfferedAddress[]> {
  const here = useHere()
  return useQuery({
    queryKey: ['offered-addresses', id],
    queryFn: ({ signal }) =>
      api.get(here.path(`/mailboxes/${id}/addresses`), z.object({ rows: z.array(OfferedAddress) }), signal),
    select: (answer) => answer.rows,
    gcTime: 0,
    retry: false,
  })
}
export function useAddAddress(id: string): Steer<z.infer<typeof AddressAdded>, string> {
  const here = useHere()
  return useSteer((address) => api.post(here.path(`/mailboxes/${id}/addresses`), AddressAdded, { address }))
}
/** Tries a mailbox that is shared with the account, and adds it. */
export function useAddShared(id: string): Steer<z.infer<typeof AddressAdded>, SharedWish> {
  const here = useHere()
  return useSteer((wish) => api.post(here.path(`/mailboxes/${id}/shared-mailboxes`), AddressAdded, wish))
}
/** Leaves for the provider to allow shared mailboxes; what was typed comes back. */
export function useSharedConsent(id: string): Steer<void, SharedWish> {
  const here = useHere()
  return useConsent((wish) => api.post(here.path(`/mailboxes/${id}/shared-consent`), Consent, wish))
}
/** Asks the provider whether it accepts the address as sender. */
export function useSenderCheck(id: string): Steer<SenderCheck> {
  const here = useHere()
  return useSteer(() => api.post(here.path(`/mailboxes/${id}/check-sender`), SenderCheck))
}

const LedgerPage = pageOf(LedgerEntry)
type LedgerPages = InfiniteData<z.infer<typeof LedgerPage>>

export function useLedger(id: string, enabled: boolean): UseInfiniteQueryResult<LedgerPages> {
  const here = useHere()
  return useInfiniteQuery({
    queryKey: here.key('mailboxes', id, 'ledger'),
    queryFn: ({ pageParam, signal }) =>
      api.get(
        here.path(`/mailboxes/${id}/ledger${query({ cursor: pageParam, limit: 50 })}`),
        LedgerPage,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled,
  })
}
export function useLedgerCheck(id: string): Steer<z.infer<typeof LedgerCheck>> {
  const here = useHere()
  return useMutation({
    mutationFn: () => api.get(here.path(`/mailboxes/${id}/ledger/check`), LedgerCheck),
  })
}
export function useOutages(id: string): UseQueryResult<readonly z.infer<typeof OutageReport>[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes', id, 'outages'),
    queryFn: ({ signal }) =>
      api.get(here.path(`/mailboxes/${id}/outages`), z.object({ rows: z.array(OutageReport) }), signal),
    select: (answer) => answer.rows,
  })
}
