/**
 * Sending: the outbox and everything that decides when a mail leaves. Others enqueue, ask for the forecast, and
 * implement `MailAuthor`; they never touch a submission's state.
 */
export type { Act } from './acts.ts'
export { cancelCampaign, cancelOpen, releaseHeld, releaseMailbox } from './acts.ts'
export type { OpenMailbox, SendingParts } from './parts.ts'
export type { Enqueue, Enqueued, EnqueueOutcome } from './enqueue.ts'
export { createEnqueue } from './enqueue.ts'
export type { Expected } from './forecast.ts'
export type { Capacity } from './outbox.ts'
export { capacities, forecastAll, planFor } from './outbox.ts'
export type { PlanDay, SendingPlan } from './plan.ts'
export type { MailAuthor, Rendered, RenderOutcome, Truth } from './ports.ts'
export { isPracticeAddress } from './practice.ts'
export { syncSchedule } from './schedule.ts'
export { alreadyWritten } from './store-enqueue.ts'
export type { OutboxEntry } from './store-outbox.ts'
export { unsentOf } from './store-outbox.ts'
export type { EnqueueRequest, MailKind, Reason, Submission, SubmissionState } from './submission.ts'
export { submissionStates, transitions } from './submission.ts'
