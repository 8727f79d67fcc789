/** Campaigns: invitations, the brief, applications, decisions. To sending they are the author of their mails. */
export { continueLaunch } from './advance.ts'
export { campaignAuthor } from './author.ts'
export { declineSuggested } from './decline-suggested.ts'
export { cancelForDeleted, noteInvited } from './listen.ts'
export type { CampaignParts } from './parts.ts'
