/** Campaigns: invitations, the brief, applications, decisions. To sending they are the author of their mails. */
export { campaignAuthor } from './author.ts'
export { cancelForDeleted, noteInvited } from './listen.ts'
