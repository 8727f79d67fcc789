/** The public face of mailboxes: what other domains may know and ask. Rows of this domain are read through it alone. */
export type { Adapter, Endpoint } from './consent.ts'

export { idHash } from './ledger-chain.ts'
export type { LedgerCheck } from './store-ledger.ts'
export {
  closePolls,
  destroyLedgerKey,
  everyMailbox,
  keptLedgerKey,
  ledgerEnd,
  verifyLedger,
} from './store-ledger.ts'

export { maySend, maySteer } from './mailbox.ts'
export type { Mailbox } from './mailbox.ts'
export type { Mailboxes } from './mailboxes.ts'
export { createMailboxes } from './mailboxes.ts'

export type { EndpointBook } from './parts.ts'
export { originsOf } from './parts.ts'
export type { Knocked } from './push.ts'
export { hearKnock, pushPlan, pushUrl, watchSecretHash } from './push.ts'
export { defaultOf, everReadWith, mailboxById, mailboxesById, mailboxesOf } from './store.ts'
export type { Heardness } from './store-heard.ts'
export { heardAt, noteHeard } from './store-heard.ts'
export type { PushOff, WatchRef } from './store-watch.ts'
export {
  claimWatch,
  dueWatches,
  forgetWatch,
  keepWatch,
  readMailboxesAt,
  restWatch,
  watchAgain,
  watchChannel,
} from './store-watch.ts'
