/** Who is selected for an invitation. Kept in this tab, so that looking at somebody's page loses nothing. */
import type { Member } from '@kontor/api/campaigns'
import { useDraft } from '../client/draft.ts'

export interface Selection {
  readonly ids: readonly string[]
  readonly has: (id: string) => boolean
  readonly toggle: (id: string) => void
  readonly set: (ids: readonly string[]) => void
  readonly clear: () => void
}

/** An invitation that already waits counts as invited. */
export function invitable(member: Member): boolean {
  return member.state === 'added' && member.waiting === undefined
}

export function useSelection(campaignId: string): Selection {
  const [ids, keep, forget] = useDraft<readonly string[]>(`invite.${campaignId}`, [])
  return {
    ids,
    has: (id) => ids.includes(id),
    toggle: (id) => keep(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]),
    set: keep,
    clear: forget,
  }
}
