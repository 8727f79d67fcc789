/** Campaigns: invitations, the brief, applications, decisions. To sending they are the author of their mails. */
export { continueLaunch } from './advance.ts'
export { campaignAuthor } from './author.ts'
export { declineSuggested } from './decline-suggested.ts'
export { endAnswered, endClosed, endUnseen, endUnsent, timeFollowUps } from './follow-up/listen.ts'
export { openIn as followUpsIn, remindersOf } from './follow-up/store-reminder.ts'
export { cancelForDeleted, noteInvited } from './listen.ts'
export type { CampaignParts } from './parts.ts'
