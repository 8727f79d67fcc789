/** What importing a file asks and tells. The file travels in parts of a mebibyte. */
import { Done } from '@kontor/api/common'
import {
  ContactImport,
  ContactImportFailed,
  ContactImportFile,
  ContactImportPreview,
} from '@kontor/api/contacts'
import type { ContactImportWish } from '@kontor/api/contacts'
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

const part = 1024 * 1024
export const mostBytes = 64 * part

/** Sends a file and has it read; `told` hears how much of it has arrived, from 0 to 1. */
export function useSendFile(
  told: (share: number) => void,
): UseMutationResult<ContactImportFile, Error, File> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (file) => {
      const { id } = await api.post(here.path('/contacts/imports'), ContactImport, { fileName: file.name })
      const path = here.path(`/contacts/imports/${id}`)
      for (let n = 0; n * part < file.size; n++) {
        await api.putBytes(`${path}/parts/${n}`, Done, file.slice(n * part, (n + 1) * part))
        told(Math.min(1, ((n + 1) * part) / file.size))
      }
      return await api.post(`${path}/read`, ContactImportFile)
    },
    onSuccess: (read) => client.setQueryData(here.key('imports', 'one', read.id), read),
  })
}

export function useImport(id: string): UseQueryResult<ContactImportFile> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('imports', 'one', id),
    queryFn: ({ signal }) => api.get(here.path(`/contacts/imports/${id}`), ContactImportFile, signal),
  })
}

export function useImportPreview(
  id: string,
  wish: z.input<typeof ContactImportWish>,
): UseQueryResult<ContactImportPreview> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('imports', 'preview', id, wish),
    queryFn: () => api.post(here.path(`/contacts/imports/${id}/preview`), ContactImportPreview, wish),
    placeholderData: (before) => before,
    retry: false,
  })
}

export function useStartImport(
  id: string,
): UseMutationResult<ContactImport, Error, z.input<typeof ContactImportWish>> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish) => api.post(here.path(`/contacts/imports/${id}/start`), ContactImport, wish),
    onSuccess: () =>
      Promise.all(
        ['imports', 'contacts'].map((area) => client.invalidateQueries({ queryKey: here.key(area) })),
      ),
  })
}

export function useStopImport(id: string): UseMutationResult<ContactImport, Error, void> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post(here.path(`/contacts/imports/${id}/stop`), ContactImport),
    onSuccess: () => client.invalidateQueries({ queryKey: here.key('imports') }),
  })
}

export function useFailed(id: string, wanted: boolean): UseQueryResult<z.infer<typeof ContactImportFailed>> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('imports', 'failed', id),
    queryFn: ({ signal }) =>
      api.get(here.path(`/contacts/imports/${id}/failed`), ContactImportFailed, signal),
    enabled: wanted,
  })
}
