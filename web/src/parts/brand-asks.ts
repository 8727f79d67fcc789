/** The brand of the workspace, for its own page and for campaigns that may show its logo. */
import { Brand } from '@kontor/api/campaigns'
import type { BrandChange } from '@kontor/api/campaigns'
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

export function useBrand(): UseQueryResult<Brand> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('campaigns', 'brand'),
    queryFn: ({ signal }) => api.get(here.path('/brand'), Brand, signal),
  })
}

function useBrandAct<Told>(
  tell: (told: Told, path: (rest: string) => string) => Promise<Brand>,
): UseMutationResult<Brand, Error, Told> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (told: Told) => tell(told, here.path),
    onSuccess: async (brand) => {
      // an answer that was asked for before must not come after this one
      await client.cancelQueries({ queryKey: here.key('campaigns', 'brand') })
      client.setQueryData(here.key('campaigns', 'brand'), brand)
    },
  })
}

export function useChangeBrand(): UseMutationResult<Brand, Error, BrandChange> {
  return useBrandAct((change, path) => api.patch(path('/brand'), Brand, change))
}

export function useSetBrandLogo(): UseMutationResult<Brand, Error, Blob> {
  return useBrandAct((file, path) => api.putBytes(path('/brand/logo'), Brand, file))
}

export function useRemoveBrandLogo(): UseMutationResult<Brand, Error, undefined> {
  return useBrandAct((_, path) => api.remove(path('/brand/logo'), Brand))
}
