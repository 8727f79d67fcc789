/** Campaigns: invitations, the brief, applications, decisions. To sending they are the author of their mails. */
export { campaignAuthor } from './author.ts'
export { cancelForDeleted, noteInvited } from './listen.ts'
export type { MemberState } from './member.ts'
export { memberMoves, memberStates } from './member.ts'
export type { CampaignParts } from './parts.ts'
