/** Mailboxes that live on one account at a provider: what ends its permission ends them all. */
import type { Mailbox } from '@kontor/api/mailboxes'

type Placed = Pick<Mailbox, 'id' | 'address' | 'account' | 'endpoint' | 'ownerId'>

/** The other connected addresses of the account behind a mailbox. */
export function sameAccount<M extends Placed>(mailbox: Placed, all: readonly M[]): readonly M[] {
  return all.filter(
    (one) =>
      one.id !== mailbox.id &&
      one.endpoint === mailbox.endpoint &&
      one.ownerId === mailbox.ownerId &&
      accountOf(one) === accountOf(mailbox),
  )
}

function accountOf({ account, address }: Placed): string {
  return (account ?? address).toLowerCase()
}
