/** The public face of mail/: what email is, without input, output, clock or database. */
export {
  type Address,
  type AddressProblem,
  type AddressProblemKind,
  addressKey,
  domainKey,
  formatNamed,
  isAddress,
  parseAddress,
} from './address.ts'
export { autoReplyEvidence } from './auto-reply.ts'
export { hasBidiControl, hasControlCharacter } from './characters.ts'
export { type Classification, classify } from './classify.ts'
export {
  ComposeError,
  type ComposeProblem,
  compose,
  internetDate,
  type Named,
  type Outgoing,
  type OutgoingAttachment,
  type OutgoingHeaders,
} from './compose.ts'
export { type Bounce, type BouncedRecipient, type DeliveryReport, readDeliveryReport } from './dsn.ts'
export { type FeedbackReport, readFeedbackReport } from './feedback-report.ts'
export { addressesIn, type Header, header, readAddresses, readHeaders } from './headers.ts'
export { htmlToText } from './html-text.ts'
export {
  canonical,
  formatMessageIds,
  type MessageId,
  newMessageId,
  newToken,
  parseMessageIds,
  tokenOf,
} from './message-id.ts'
export { messageReply, messageText } from './message-text.ts'
export {
  defaultLimits,
  type ParsedMessage,
  type ParseLimits,
  parseMessage,
  type ReceivedAttachment,
  type Reports,
} from './parse.ts'
export { type ReplyParent, referencesFor } from './references.ts'
export { type ReplyText, replyText } from './reply-text.ts'
export { allowRemoteImages, escapeHtml, type SafeHtml, sanitizeMailHtml, textToHtml } from './sanitize.ts'
export { baseSubject, marksAnswer, replySubject } from './subject.ts'
export {
  parseUnsubscribe,
  type Unsubscribe,
  type UnsubscribeHeaders,
  unsubscribeHeaders,
} from './unsubscribe.ts'
