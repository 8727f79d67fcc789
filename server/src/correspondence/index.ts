/**
 * Correspondence: what was written and received, and every identifier that is ours. Sending writes what left,
 * receiving writes what came back; inbox reads both.
 */
export type {
  CapturedAttachment,
  CapturedKind,
  Evidence,
  HistoryMessage,
  Parent,
  Thread,
} from './message.ts'

export type { AwaitedCopy } from './store-sent-copy.ts'
export {
  awaitSentCopy,
  dueSentCopies,
  isOurMessageId,
  participantsOf,
  settleSentCopy,
} from './store-sent-copy.ts'
export type { Clues } from './store-thread.ts'
export {
  findByClues,
  insertReferences,
  insertThread,
  knownProviderThreads,
  setProviderThread,
  threadById,
  unsettledSubmission,
} from './store-thread.ts'
export { heldMessages, history, insertCaptured, insertSent, parentOf } from './store-message.ts'
