/** What is read, stored and taken back of a mailbox, as the mailbox screens ask for it. */
import { Done } from '@kontor/api/common'
import { LedgerSummary, Mailbox, Unread } from '@kontor/api/mailboxes'
import { MovePlan, OutboxPage, WaitingDecided } from '@kontor/api/outbox'
import { Certificate, ErasureBegun, StoredMail } from '@kontor/api/privacy'
import {
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { z } from 'zod'
import { api, query } from '../client/http.ts'
import { useHere } from '../client/session.ts'

const rows = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row) })

export function useLedgerSummary(id: string, enabled: boolean): UseQueryResult<LedgerSummary> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes', id, 'ledger', 'summary'),
    queryFn: ({ signal }) => api.get(here.path(`/mailboxes/${id}/ledger/summary`), LedgerSummary, signal),
    enabled,
  })
}

export function useUnread(id: string): UseQueryResult<readonly Unread[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes', id, 'unread'),
    queryFn: ({ signal }) => api.get(here.path(`/mailboxes/${id}/unread`), rows(Unread), signal),
    select: (answer) => answer.rows,
  })
}

export function useUnreadAct(id: string): UseMutationResult<{ ok: true }, Error, 'again' | 'leave'> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (act) => api.post(here.path(`/mailboxes/${id}/unread/${act}`), Done),
    onSuccess: async () => await client.invalidateQueries({ queryKey: here.key('mailboxes', id) }),
  })
}

export function useStored(id: string, enabled: boolean): UseQueryResult<StoredMail> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes', id, 'stored'),
    queryFn: ({ signal }) => api.get(here.path(`/mailboxes/${id}/stored`), StoredMail, signal),
    enabled,
  })
}

export function useCertificates(id: string, enabled: boolean): UseQueryResult<readonly Certificate[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes', id, 'certificates'),
    queryFn: ({ signal }) => api.get(here.path(`/mailboxes/${id}/certificates`), rows(Certificate), signal),
    select: (answer) => answer.rows,
    enabled,
  })
}

export function useErase(id: string): UseMutationResult<z.infer<typeof ErasureBegun>> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post(here.path(`/mailboxes/${id}/erase`), ErasureBegun),
    onSuccess: async () => await client.invalidateQueries({ queryKey: here.key('mailboxes', id) }),
  })
}

export function useDisconnected(): UseQueryResult<readonly Mailbox[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes', 'disconnected'),
    queryFn: ({ signal }) => api.get(here.path('/disconnected-mailboxes'), rows(Mailbox), signal),
    select: (answer) => answer.rows,
  })
}

const listedWaiting = 5

/** The next mails that wait in a mailbox: enough to recognise them, not the whole outbox. */
export function useNextWaiting(id: string): UseQueryResult<z.infer<typeof OutboxPage>['rows']> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('outbox', 'next', id),
    queryFn: ({ signal }) =>
      api.get(
        here.path(`/outbox${query({ section: 'waiting', mailboxId: id, limit: listedWaiting })}`),
        OutboxPage,
        signal,
      ),
    select: (page) => page.rows,
  })
}

/** When all that waits in a mailbox would leave from another one. */
export function useMovePlan(id: string, to: string): UseQueryResult<MovePlan> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('outbox', 'plan', 'move', id, to),
    queryFn: ({ signal }) => api.post(here.path(`/mailboxes/${id}/move-plan`), MovePlan, { to }, signal),
  })
}

/** What becomes of the mails that waited in a mailbox, and how far that is; undefined while it has not begun. */
export function useWaitingDecision(id: string): UseQueryResult<WaitingDecided> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('mailboxes', id, 'waiting'),
    queryFn: ({ signal }) => api.get(here.path(`/mailboxes/${id}/waiting-decision`), WaitingDecided, signal),
  })
}

export function useSteerDecision(id: string): UseMutationResult<WaitingDecided, Error, 'stop' | 'resume'> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish) =>
      api.put(here.path(`/mailboxes/${id}/waiting-decision/state`), WaitingDecided, { wish }),
    onSuccess: (decided) => client.setQueryData(here.key('mailboxes', id, 'waiting'), decided),
  })
}

/** Where a file of a mailbox is downloaded from. */
export function useFileAddress(id: string): (file: string) => string {
  const here = useHere()
  return (file) => `/api/v1${here.path(`/mailboxes/${id}/${file}`)}`
}
