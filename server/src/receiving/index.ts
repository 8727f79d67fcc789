/** Receiving: every answer to mails that we sent, nothing else, with the evidence. */
export type { OpenedMailbox, ReceivingParts } from './pull.ts'
export { pull } from './pull.ts'
export type { ReadMessage } from './reading.ts'
export { readMessage } from './reading.ts'
export { outageReports } from './store-position.ts'
