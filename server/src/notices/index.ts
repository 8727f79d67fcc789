/** The public face of notices: what is told when something happened. */
export { settleBroken, tellBroken, tellInDoubt, tellMentioned, tellReplied, tellReturned } from './follow.ts'
export { tellByHand, tellFollowUpsDue } from './follow-ups.ts'
