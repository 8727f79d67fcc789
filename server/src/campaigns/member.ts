/**
 * Owns the state of a member: one contact's place in one campaign.
 *
 * A member is added by the team. It is invited when the invitation was accepted by the provider (not when it was
 * queued), viewed when the brief was seen, applied when the person sent an application. A decision that was sent makes
 * it approved or rejected. The person may decline before applying and withdraw afterwards, and may apply again.
 * Declined (the person said no) is never confused with rejected (the team said no).
 *
 *   added     → invited viewed applied declined
 *   invited   → viewed applied declined
 *   viewed    → applied declined
 *   applied   → approved rejected withdrawn
 *   approved  → withdrawn
 *   rejected  → withdrawn
 *   withdrawn → applied
 *   declined  → applied
 */
export const memberStates = [
  'added',
  'invited',
  'viewed',
  'applied',
  'approved',
  'rejected',
  'withdrawn',
  'declined',
] as const
export type MemberState = (typeof memberStates)[number]

export const memberMoves: Readonly<Record<MemberState, readonly MemberState[]>> = {
  added: ['invited', 'viewed', 'applied', 'declined'],
  invited: ['viewed', 'applied', 'declined'],
  viewed: ['applied', 'declined'],
  applied: ['approved', 'rejected', 'withdrawn'],
  approved: ['withdrawn'],
  rejected: ['withdrawn'],
  withdrawn: ['applied'],
  declined: ['applied'],
}

/** The states from which a member may get into this one. */
export function statesBefore(to: MemberState): readonly MemberState[] {
  return memberStates.filter((from) => memberMoves[from].includes(to))
}

export interface Member {
  readonly id: string
  readonly campaignId: string
  readonly contactId: string
  readonly state: MemberState
  readonly stateAt: Temporal.Instant
  readonly token: string
}
