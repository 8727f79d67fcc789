/** The campaigns that are not closed, the newest first; undefined while they are not known. */
import { Campaign } from '@kontor/api/campaigns'
import { useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

export function useOpenCampaigns(): readonly Campaign[] | undefined {
  const here = useHere()
  const found = useQuery({
    queryKey: here.key('campaigns', 'list'),
    queryFn: ({ signal }) => api.get(here.path('/campaigns'), z.object({ rows: z.array(Campaign) }), signal),
  })
  return found.data?.rows.filter((campaign) => campaign.status !== 'closed')
}
