/** Subscriptions on mailboxes at Microsoft. What ran out by practice time is not found any more. */
import type { Row } from './row.ts'
import type { Store } from './store.ts'

export interface Subscription {
  readonly id: string
  readonly account: string
  /** As the client wrote it. */
  readonly resource: string
  /** Name of the watched folder; empty for the whole mailbox. */
  readonly folder: string
  readonly changeType: string
  readonly notificationUrl: string
  readonly lifecycleUrl: string | undefined
  readonly clientState: string | undefined
  readonly expiresAt: number
  readonly immutableIds: boolean
  /** True while nothing is told until it is authorised again. */
  readonly paused: boolean
}

function toSubscription(row: Row): Subscription {
  return {
    id: row.text('id'),
    account: row.text('account'),
    resource: row.text('resource'),
    folder: row.text('folder'),
    changeType: row.text('change_type'),
    notificationUrl: row.text('notification_url'),
    lifecycleUrl: row.maybeText('lifecycle_url'),
    clientState: row.maybeText('client_state'),
    expiresAt: row.int('expires_at'),
    immutableIds: row.flag('immutable_ids'),
    paused: row.flag('paused'),
  }
}

/** False when the mailbox has one on the same folder for the same changes. */
export function addSubscription(store: Store, wanted: Subscription, now: number): boolean {
  return store.transaction(() => {
    store.run('delete from subscription where account = ? and expires_at <= ?', wanted.account, now)
    return (
      store.run(
        `insert or ignore into subscription (id, account, resource, folder, change_type, notification_url, lifecycle_url, client_state, expires_at, immutable_ids)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        wanted.id,
        wanted.account,
        wanted.resource,
        wanted.folder,
        wanted.changeType,
        wanted.notificationUrl,
        wanted.lifecycleUrl ?? null,
        wanted.clientState ?? null,
        wanted.expiresAt,
        wanted.immutableIds ? 1 : 0,
      ) > 0
    )
  })
}

export function subscriptionsOf(store: Store, account: string, now: number): readonly Subscription[] {
  return store
    .all('select * from subscription where account = ? and expires_at > ? order by rowid', account, now)
    .map(toSubscription)
}

export function listSubscriptions(store: Store, now: number): readonly Subscription[] {
  return store.all('select * from subscription where expires_at > ? order by rowid', now).map(toSubscription)
}

/** Lets a subscription last until then; what waited for it to be authorised goes on. */
export function renewSubscription(store: Store, id: string, expiresAt: number): void {
  store.run('update subscription set expires_at = ?, paused = 0 where id = ?', expiresAt, id)
}

export function pauseSubscription(store: Store, id: string): void {
  store.run('update subscription set paused = 1 where id = ?', id)
}

export function removeSubscription(store: Store, id: string): void {
  store.run('delete from subscription where id = ?', id)
}
