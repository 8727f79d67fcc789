/** What the templates page asks and tells. */
import { Done } from '@kontor/api/common'
import { TemplateOpened, TemplateSaved, TemplateVersions } from '@kontor/api/templates'
import type { TemplateWish } from '@kontor/api/templates'
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { z } from 'zod'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

export function useTemplate(id: string): UseQueryResult<TemplateOpened> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('templates', 'one', id),
    queryFn: ({ signal }) => api.get(here.path(`/templates/${id}`), TemplateOpened, signal),
  })
}

export function useVersions(id: string, language: 'en' | 'de'): UseQueryResult<TemplateVersions> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('templates', 'versions', id, language),
    queryFn: ({ signal }) =>
      api.get(here.path(`/templates/${id}/versions?language=${language}`), TemplateVersions, signal),
  })
}

/** Without an id it is a new one. */
export function useSaveTemplate(
  id: string | undefined,
): UseMutationResult<TemplateSaved, Error, TemplateWish> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish) =>
      id === undefined
        ? api.post(here.path('/templates'), TemplateSaved, wish)
        : api.put(here.path(`/templates/${id}`), TemplateSaved, wish),
    onSuccess: () => client.invalidateQueries({ queryKey: here.key('templates') }),
  })
}

export function useRemoveTemplate(id: string): UseMutationResult<z.infer<typeof Done>, Error, void> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.remove(here.path(`/templates/${id}`), Done),
    onSuccess: () => client.invalidateQueries({ queryKey: here.key('templates', 'list') }),
  })
}
