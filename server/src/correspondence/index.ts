/**
 * Correspondence: what was written and received, and every identifier that is ours. Sending writes what left,
 * receiving writes what came back; inbox reads both.
 */
export type {
  CapturedAttachment,
  CapturedKind,
  CapturedMessage,
  Evidence,
  HistoryMessage,
  MailFile,
  Parent,
  SentMessage,
  Thread,
} from './message.ts'

export { filesLimit, fitted, fits } from './files.ts'
export { fileAddress, linkLife, linksAsHtml, linksAsText } from './link-text.ts'
export type { FileLink, NewLink } from './store-file-link.ts'
export { insertLinks, linksOf, placeOfLink, revokeLink } from './store-file-link.ts'
export type { Upload } from './store-upload.ts'
export { insertUpload, uploadsById } from './store-upload.ts'
export { peopleReturned } from './store-returned.ts'
export type { AwaitedCopy } from './store-sent-copy.ts'
export {
  awaitSentCopy,
  dueSentCopies,
  hastenSentCopies,
  ourMessageIds,
  participantsOf,
  settleSentCopy,
} from './store-sent-copy.ts'
export type { Clues, Match, Reference } from './store-thread.ts'
export {
  findByClues,
  insertThreads,
  knownProviderThreads,
  readTogether,
  threadById,
  unsettledSubmission,
} from './store-thread.ts'
export {
  addressesWrittenTo,
  completeSent,
  firstSentAt,
  heldMessages,
  history,
  insertCaptured,
  insertSent,
  knownCopies,
  parentOf,
} from './store-message.ts'
export type { Reach } from './store-erase.ts'
export { eraseMessages, eraseThreads, releaseFiles, storedMessages } from './store-erase.ts'
export type { ExportedMessage } from './store-export.ts'
export { messagesForExport } from './store-export.ts'
export { erasedMessages, setAsideIdentifiers, storedContents } from './store-proof.ts'
export type { Identified } from './store-set-aside.ts'
export type { SetAsideReason } from './set-aside.ts'
export type { Unread } from './store-set-aside.ts'
export {
  countUnread,
  dueSetAside,
  forgetSetAside,
  forgetSettled,
  leaveUnread,
  readEarly,
  setAside,
  settleSetAside,
  tryUnreadAgain,
  unreadIn,
} from './store-set-aside.ts'
export { decideSuggestion, insertSuggestion, openSuggestions } from './store-suggestion.ts'
