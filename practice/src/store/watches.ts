/** Watches on mailboxes at Google, and the topics that they tell of changes, each with the one place it pushes to. */
import type { Row } from './row.ts'
import type { Store } from './store.ts'

export interface Topic {
  readonly name: string
  readonly endpoint: string
  readonly audience: string
  readonly serviceAccount: string
  /** False where the provider's publisher was not let in. */
  readonly open: boolean
}

function toTopic(row: Row): Topic {
  return {
    name: row.text('name'),
    endpoint: row.text('endpoint'),
    audience: row.text('audience'),
    serviceAccount: row.text('service_account'),
    open: row.flag('open'),
  }
}

export function keepTopic(store: Store, topic: Topic): void {
  store.run(
    'insert or replace into topic (name, endpoint, audience, service_account, open) values (?, ?, ?, ?, ?)',
    topic.name,
    topic.endpoint,
    topic.audience,
    topic.serviceAccount,
    topic.open ? 1 : 0,
  )
}

export function topicNamed(store: Store, name: string): Topic | undefined {
  const row = store.one('select * from topic where name = ?', name)
  return row === undefined ? standingTopic(name) : toTopic(row)
}

/** A topic that nobody has to make: it pushes to a program of this machine by the port in its name. */
function standingTopic(name: string): Topic | undefined {
  const port = /^projects\/practice\/topics\/port-(\d{1,5})$/.exec(name)?.[1]
  if (port === undefined) return undefined
  const endpoint = `http://127.0.0.1:${port}/api/v1/push/practice-google`
  return { name, endpoint, audience: endpoint, serviceAccount: 'push@practice.example', open: true }
}

export function listTopics(store: Store): readonly Topic[] {
  return store.all('select * from topic order by name').map(toTopic)
}

export function removeTopic(store: Store, name: string): boolean {
  return store.run('delete from topic where name = ?', name) > 0
}

export interface Watch {
  readonly account: string
  readonly topic: string
  readonly labels: readonly string[]
  readonly filter: 'include' | 'exclude'
  readonly until: number
  /** When the last push left; 0 for never. */
  readonly pushedAt: number
}

function toWatch(row: Row): Watch {
  return {
    account: row.text('account'),
    topic: row.text('topic'),
    labels: row.list('labels'),
    filter: row.text('filter') === 'exclude' ? 'exclude' : 'include',
    until: row.int('until'),
    pushedAt: row.int('pushed_at'),
  }
}

/** One watch for each mailbox; a new one takes the place of the old. */
export function keepWatch(store: Store, watch: Watch): void {
  store.run(
    'insert or replace into watch (account, topic, labels, filter, until, pushed_at) values (?, ?, ?, ?, ?, ?)',
    watch.account,
    watch.topic,
    JSON.stringify(watch.labels),
    watch.filter,
    watch.until,
    watch.pushedAt,
  )
}

export function markPushed(store: Store, account: string, at: number): void {
  store.run('update watch set pushed_at = ? where account = ?', at, account)
}

/** The watch of a mailbox while it lasts. */
export function watchOn(store: Store, account: string, now: number): Watch | undefined {
  const row = store.one('select * from watch where account = ? and until > ?', account, now)
  return row === undefined ? undefined : toWatch(row)
}

export function listWatches(store: Store, now: number): readonly Watch[] {
  return store.all('select * from watch where until > ? order by account', now).map(toWatch)
}

export function endWatch(store: Store, account: string): void {
  store.run('delete from watch where account = ?', account)
}
