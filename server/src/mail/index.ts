/** The public face of mail/: what email is, without input, output, clock or database. */
export {
  type Address,
  type AddressProblemKind,
  addressKey,
  isAddress,
  parseAddress,
} from './address.ts'

export { hasBidiControl, hasControlCharacter } from './characters.ts'
export { type Classification, classify } from './classify.ts'
export {
  ComposeError,
  compose,
} from './compose.ts'

export {
  canonical,
  type MessageId,
  newMessageId,
  newToken,
  parseMessageIds,
  tokenOf,
} from './message-id.ts'
export { mboxEntry } from './mbox.ts'
export { messageReply } from './message-text.ts'
export {
  defaultLimits,
  type ParseLimit,
  type ParseLimits,
  parseMessage,
} from './parse.ts'
export { referencesFor } from './references.ts'

export { declineEvidence } from './decline.ts'
export { header } from './headers.ts'
export { cleanFilename, refusedByProviders } from './file-name.ts'
export { imageTypeOf } from './image-type.ts'
export { letterHtml } from './letter-html.ts'
export {
  allowRemoteImages,
  longestLayout,
  sanitizeMailHtml,
  textToHtml,
} from './sanitize.ts'
export { escapeHtml } from './escape.ts'
export { baseSubject, replySubject } from './subject.ts'
