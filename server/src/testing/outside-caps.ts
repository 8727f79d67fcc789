/** The part of a schedule that counts mails outside the outbox, as the product does it. */
import type { MailboxSchedule } from '../mailboxes/parts.ts'
import { chargeOutside, refundOutside } from '../sending/index.ts'

export const outsideCaps: Pick<MailboxSchedule, 'charge' | 'refund'> = {
  charge: chargeOutside,
  refund: refundOutside,
}
