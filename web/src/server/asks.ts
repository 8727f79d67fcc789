/** What the settings of the server ask of it. They belong to no workspace, so neither does their place in the cache. */
import {
  AddressCheck,
  AppTrial,
  MailCheck,
  PushNotice,
  PushTrial,
  ServerSettings,
  SupportCheck,
} from '@kontor/api/server'
import {
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { api, query } from '../client/http.ts'

const key = ['server'] as const

/** The parts of the settings, by the names of their addresses. */
export type Setting = 'google' | 'google-push' | 'microsoft' | 'public-address' | 'system-mail' | 'support'

export function useServerSettings(): UseQueryResult<ServerSettings> {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => api.get('/server', ServerSettings, signal) })
}

/** Saves one setting; what the server answers is shown at once. */
export function useSettingChange<Body extends object>(
  setting: Setting,
): UseMutationResult<ServerSettings, Error, Body> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Body) => api.put(`/server/${setting}`, ServerSettings, body),
    onSuccess: (settings) => client.setQueryData(key, settings),
  })
}

export function useSettingRemoval(setting: Setting): UseMutationResult<ServerSettings, Error, number> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (version: number) => api.remove(`/server/${setting}${query({ version })}`, ServerSettings),
    onSuccess: (settings) => client.setQueryData(key, settings),
  })
}

export function useAppTrial(setting: 'google' | 'microsoft'): UseMutationResult<AppTrial, Error, void> {
  return useMutation({ mutationFn: () => api.post(`/server/${setting}/trial`, AppTrial) })
}

export function usePushTrial(): UseMutationResult<PushTrial, Error, void> {
  return useMutation({ mutationFn: () => api.post('/server/google-push/trial', PushTrial) })
}

const lookAgainMs = 2000
/** Then nothing has come for twenty seconds. */
const mostLooks = 10

/** What was heard of Gmail since then; asked again until something was, or for long enough. */
export function usePushNotice(
  since: string,
): UseQueryResult<PushNotice & { readonly looks: number; readonly over: boolean }> {
  const client = useQueryClient()
  const queryKey = [...key, 'notice', since]
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const heard = await api.get(`/server/google-push/notice${query({ since })}`, PushNotice, signal)
      const looks = (client.getQueryData<{ readonly looks: number }>(queryKey)?.looks ?? 0) + 1
      return { ...heard, looks, over: heard.verdict === 'works' || looks >= mostLooks }
    },
    refetchInterval: ({ state }) => (state.data?.over ? false : lookAgainMs),
  })
}

export function useAddressCheck(): UseMutationResult<AddressCheck, Error, string> {
  return useMutation({
    mutationFn: (address: string) => api.post('/server/public-address/check', AddressCheck, { address }),
  })
}

export function useSupportCheck(): UseMutationResult<SupportCheck, Error, void> {
  return useMutation({ mutationFn: () => api.post('/server/support/check', SupportCheck) })
}

export function useTestMail(): UseMutationResult<MailCheck, Error, void> {
  return useMutation({ mutationFn: () => api.post('/server/system-mail/test', MailCheck) })
}
