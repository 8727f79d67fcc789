/**
 * Sending: the outbox and everything that decides when a mail leaves. Others enqueue, ask for the forecast, and
 * implement `MailAuthor`; they never touch a submission's state.
 */

export { cancelMail } from './acts.ts'
export {
  cancelCampaign,
  cancelOpen,
  holdCampaign,
  releaseHeld,
  suppressWaiting,
} from './acts-of-others.ts'
export { beginDeciding, decideLate, decidePiece } from './decide-waiting.ts'
export type { SendingParts } from './parts.ts'
export type { Enqueue, EnqueueRefusal } from './enqueue.ts'
export { createEnqueue } from './enqueue.ts'
export type { Expected } from './forecast.ts'
export type { Capacity } from './capacity.ts'
export { capacities } from './capacity.ts'
export { planFor } from './outbox.ts'
export { expectedOf, forecastAll } from './outlook.ts'
export type { SendingPlan } from './plan.ts'
export type { MailAuthor, OutgoingFile, RenderOutcome, Truth } from './ports.ts'
export { isPracticeAddress } from './practice.ts'
export { chargeOutside, refundOutside } from './outside.ts'
export { waitWhenReturned } from './returned.ts'
export { syncSchedule } from './schedule.ts'
export { alreadyWritten } from './store-enqueue.ts'
export { eraseWords } from './store-erase.ts'
export type { OutboxEntry } from './store-outbox.ts'
export { openCounts, unsentOf } from './store-outbox.ts'
export { reexamineHeld } from './reexamine.ts'
export type { Reason } from './reasons.ts'
export { shownReason } from './reasons.ts'
export { sendTestMessage } from './test-message.ts'
export type { MailKind, Submission, SubmissionState } from './submission.ts'
export { nextWindow } from './window.ts'
