/** What happens to one mailbox at once, on order: it is done when it was ordered, and there is nothing to end. */
import type { Clock } from '../clock.ts'
import { CLIENT } from '../google/authorization.ts'
import { POST_CLIENT } from '../mail-server/oauth.ts'
import { changePassword } from '../mail-server/passwords.ts'
import { announceLifecycle, LIFECYCLE_EVENTS } from '../microsoft/graph-notifications.ts'
import { CLIENT as OFFICE_CLIENT, setManagedConsent } from '../microsoft/tenant.ts'
import { forgetHistory } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import { listSubscriptions } from '../store/subscriptions.ts'
import { endGrants } from '../store/tokens.ts'
import type { Pushes } from '../world/pushes.ts'

export interface ActParts {
  readonly store: Store
  readonly clock: Clock
  readonly pushes: Pushes
}

export const ACTS = [
  'historyTooOld',
  'grantsEnd',
  'adminNeeded',
  'adminNotNeeded',
  ...LIFECYCLE_EVENTS,
] as const

export type Act = (typeof ACTS)[number]

/** `mailbox` is the key of one that is known. */
export function act(parts: ActParts, wanted: Act, mailbox: string): void {
  const { store, clock } = parts
  switch (wanted) {
    case 'historyTooOld':
      forgetHistory(store, mailbox)
      return
    case 'grantsEnd':
      endEverything(store, mailbox)
      return
    case 'adminNeeded':
    case 'adminNotNeeded':
      setManagedConsent(store, mailbox, wanted === 'adminNeeded' ? 'on' : 'off')
      return
    case 'reauthorizationRequired':
    case 'subscriptionRemoved':
    case 'missed':
      for (const each of listSubscriptions(store, clock.now()))
        if (each.account === mailbox) announceLifecycle(parts, each, { event: wanted, pause: false })
  }
}

/** As after a changed password: every token and consent ends, and the mail server's password is another. */
export function endEverything(store: Store, mailbox: string): void {
  store.transaction(() => {
    for (const client of [CLIENT.id, OFFICE_CLIENT.id, POST_CLIENT.id]) endGrants(store, mailbox, client)
    changePassword(store, mailbox)
  })
}
