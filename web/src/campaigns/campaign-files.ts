/** The files that go with a campaign's own messages: chosen at once, kept by mails that wait already. */
import { CampaignFile } from '@kontor/api/campaigns'
import type { CampaignFilesChange, CampaignText } from '@kontor/api/campaigns'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { z } from 'zod'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'
import type { LetterFile } from '../parts/files/letter-file.ts'
import type { Files } from '../parts/files/use-files.ts'
import { useFiles } from '../parts/files/use-files.ts'

const Rows = z.object({ rows: z.array(CampaignFile) })
type Rows = z.infer<typeof Rows>
type Kind = CampaignFile['kind']

export interface CampaignFiles {
  readonly files: readonly LetterFile[]
  readonly flow: Files
  /** What is chosen is known: before, a choice would take the place of it. */
  readonly known: boolean
  readonly error: Error | null
}

function useRows(campaignId: string) {
  const here = useHere()
  const key = here.key('campaigns', 'files', campaignId)
  const path = here.path(`/campaigns/${campaignId}/files`)
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get(path, Rows, signal) })
  return { key, path, found }
}

/** Names of what is chosen for the messages of a kind. */
export function useCampaignFileNames(campaignId: string, kind: CampaignText['kind']): readonly string[] {
  const { found } = useRows(campaignId)
  return (found.data?.rows ?? []).filter((file) => file.kind === kind).map(({ filename }) => filename)
}

export function useCampaignFiles(campaignId: string, kind: Kind): CampaignFiles {
  const here = useHere()
  const client = useQueryClient()
  const { key, path, found } = useRows(campaignId)
  const mutationKey = here.key('campaigns', 'files', campaignId, kind)
  const choose = useMutation({
    mutationKey,
    // one after another, in the order in which they were chosen
    scope: { id: `files of ${campaignId}` },
    mutationFn: (change: CampaignFilesChange) => api.put(path, Rows, change),
    onSettled: () =>
      Promise.all(
        [key, here.key('outbox', 'plan')].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  })

  const asked = useRef<readonly LetterFile[]>(undefined)
  const flow = useFiles((next) => {
    const rows = client.getQueryData<Rows>(key)?.rows ?? []
    // while a choice is on its way, what was read meanwhile may be older than it
    const now = client.isMutating({ mutationKey }) > 0 ? asked.current : undefined
    const files = next(now ?? filesOf(rows, kind))
    asked.current = files
    const chosen = files.map(({ uploadId, filename, size, linkOnly = false }) => ({
      kind,
      uploadId,
      filename,
      size,
      linkOnly,
    }))
    void client.cancelQueries({ queryKey: key })
    client.setQueryData<Rows>(key, { rows: [...rows.filter((file) => file.kind !== kind), ...chosen] })
    choose.mutate({ kind, files: files.map(({ uploadId }) => uploadId) })
  })
  const files = (choose.isPending ? asked.current : undefined) ?? filesOf(found.data?.rows ?? [], kind)
  return { files, flow, known: found.data !== undefined, error: choose.error ?? found.error }
}

function filesOf(rows: readonly CampaignFile[], kind: Kind): readonly LetterFile[] {
  return rows
    .filter((file) => file.kind === kind)
    .map(({ uploadId, filename, size, linkOnly }) => ({ uploadId, filename, size, linkOnly, asLink: false }))
}
