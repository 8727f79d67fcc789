/** Receiving: every answer to mails that we sent, nothing else, with the evidence. */
export type { AttendingParts, ReceivingParts } from './parts.ts'
export { readMessageMs } from './parts.ts'

export type { ReadMessage } from './reading.ts'
export type { Learning } from './store-learning.ts'
export { learningsWith } from './store-learning.ts'
export { unmatchedIdentifiers } from './store-unmatched.ts'
export { fixedPolling, usualPolling } from './polling.ts'
export type { PushNotice, PushTrial } from './try-push.ts'
export { noticeSince, tryPush } from './try-push.ts'
export type { WatchingParts } from './watching.ts'
