/** What Graph posts to subscribers: that a message came or went, and what becomes of the subscription itself. */
import { type Clock, isoTime } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { Store } from '../store/store.ts'
import {
  type Subscription,
  pauseSubscription,
  removeSubscription,
  subscriptionsOf,
} from '../store/subscriptions.ts'
import type { Change } from '../world/delivery.ts'
import type { Pushes } from '../world/pushes.ts'
import { folderOf, messageIdOf } from './graph-ids.ts'
import { changeKey } from './graph-message.ts'
import { TENANT, guidOf } from './tenant.ts'

export interface NotificationParts {
  readonly store: Store
  readonly clock: Clock
  readonly faults: Faults
  readonly pushes: Pushes
}

/** To be called with every change of a mailbox, inside its transaction. */
export function notifySubscribers(parts: NotificationParts, change: Change): void {
  const { store, clock, faults, pushes } = parts
  const { message, kind } = change
  const folder = folderOf(message).name
  const concerned = subscriptionsOf(store, message.account, clock.now()).filter(
    (each) =>
      !each.paused &&
      each.changeType.split(',').includes(kind) &&
      (each.folder === '' || each.folder === folder),
  )
  if (concerned.length === 0) return
  const at = kind === 'created' ? pushes.timeFor(message) : undefined
  for (const subscription of concerned) {
    if (faults.strike('subscriptionLost', message.account) !== undefined) {
      removeSubscription(store, subscription.id)
      continue
    }
    pushes.tell({
      kind: 'graph',
      mailbox: message.account,
      url: subscription.notificationUrl,
      at,
      body: { value: [notification(subscription, change)] },
    })
  }
}

function notification(
  subscription: Subscription,
  { kind, message }: Change,
): Readonly<Record<string, unknown>> {
  const id = messageIdOf(message, subscription.immutableIds)
  const resource = `Users/${guidOf('user', message.account)}/Messages/${id}`
  return {
    ...head(subscription),
    changeType: kind,
    resource,
    resourceData: {
      '@odata.type': '#Microsoft.Graph.Message',
      '@odata.id': resource,
      '@odata.etag': `W/"${changeKey(message)}"`,
      id,
    },
  }
}

function head(subscription: Subscription): Readonly<Record<string, unknown>> {
  return {
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: isoTime(subscription.expiresAt),
    ...(subscription.clientState === undefined ? {} : { clientState: subscription.clientState }),
    tenantId: TENANT,
  }
}

export const LIFECYCLE_EVENTS = ['reauthorizationRequired', 'subscriptionRemoved', 'missed'] as const
export type LifecycleEvent = (typeof LIFECYCLE_EVENTS)[number]

export interface LifecycleOrder {
  readonly event: LifecycleEvent
  /** With `reauthorizationRequired`: nothing more is told until it is done. */
  readonly pause: boolean
}

/** Sends the event where the subscription has an address for it; a removed subscription is gone in any case. */
export function announceLifecycle(
  parts: Pick<NotificationParts, 'store' | 'pushes'>,
  subscription: Subscription,
  { event, pause }: LifecycleOrder,
): void {
  const { store, pushes } = parts
  store.transaction(() => {
    if (event === 'subscriptionRemoved') removeSubscription(store, subscription.id)
    if (event === 'reauthorizationRequired' && pause) pauseSubscription(store, subscription.id)
    if (subscription.lifecycleUrl === undefined) return
    pushes.send({
      kind: 'graph-lifecycle',
      mailbox: subscription.account,
      url: subscription.lifecycleUrl,
      body: { value: [{ ...head(subscription), lifecycleEvent: event }] },
    })
  })
}
