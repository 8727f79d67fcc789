/**
 * The watch on a mailbox: seven days of practice time, one for each mailbox, and what is published because of it. A push says only
 * whose mailbox changed and how far its history is now, in the envelope of the topic's one push subscription.
 */
import { type Clock, isoTime } from '../clock.ts'
import type { Faults } from '../faults.ts'
import { InputError, type Reader } from '../json.ts'
import { accountAt } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import {
  type Topic,
  type Watch,
  endWatch,
  keepWatch,
  markPushed,
  topicNamed,
  watchOn,
} from '../store/watches.ts'
import type { Change } from '../world/delivery.ts'
import type { Push, Pushes } from '../world/pushes.ts'
import type { GmailCall, GmailReply } from './gmail-call.ts'
import { badRequest, forbidden, missing } from './gmail-errors.ts'
import { SYSTEM_LABELS, seenHistoryId } from './gmail-read.ts'
import { readJson } from './gmail-send.ts'

export interface WatchParts {
  readonly store: Store
  readonly clock: Clock
  readonly faults: Faults
  readonly pushes: Pushes
}

const DAY_MS = 86_400_000
const LEAST_BETWEEN_MS = 1000
const TOPIC_NAME = /^projects\/([^/]+)\/topics\/([^/]+)$/
const KNOWN = ['topicName', 'labelIds', 'labelFilterBehavior', 'labelFilterAction']

export function watch(parts: WatchParts, call: GmailCall): GmailReply {
  const { store, clock } = parts
  const { topic, labels, filter } = readWish(parts, call)
  const account = accountAt(store, call.account.key) ?? call.account
  const days = parts.faults.behaves('watchDays', account.key, call.call)
  const until = clock.now() + days * DAY_MS
  const historyId = seenHistoryId(store, clock, account)
  store.transaction(() => {
    keepWatch(store, { account: account.key, topic, labels, filter, until, pushedAt: 0 })
    publish(parts, account.key)
  })
  return { body: { historyId: String(historyId), expiration: String(until) } }
}

function readWish({ store }: WatchParts, call: GmailCall): Pick<Watch, 'topic' | 'labels' | 'filter'> {
  const body = readJson(call.body)
  const stranger = body.entries().find(([name]) => !KNOWN.includes(name))?.[0]
  if (stranger !== undefined)
    throw badRequest(`Invalid JSON payload received. Unknown name "${stranger}": Cannot find field.`)
  try {
    const topic = body.maybeText('topicName') ?? ''
    if (!TOPIC_NAME.test(topic))
      throw badRequest('Invalid topicName does not match projects/<project>/topics/<topic>')
    const labels = body.texts('labelIds')
    const unknown = labels.find((label) => !SYSTEM_LABELS.includes(label))
    if (unknown !== undefined) throw badRequest(`Invalid label: ${unknown}`)
    const filter = readFilter(body)
    const found = topicNamed(store, topic)
    const trying = `Error sending test message to Cloud PubSub ${topic} :`
    if (found === undefined)
      throw missing(`${trying} Resource not found (resource=${topic.split('/').at(-1) ?? ''}).`)
    if (!found.open) throw forbidden(`${trying} User not authorized to perform this action.`)
    return { topic, labels, filter }
  } catch (failure) {
    if (failure instanceof InputError) throw badRequest(failure.message)
    throw failure
  }
}

/** `labelFilterAction` is the older name, and gives way to the newer. */
function readFilter(body: Reader): 'include' | 'exclude' {
  const wanted = (
    body.maybeText('labelFilterBehavior') ??
    body.maybeText('labelFilterAction') ??
    'include'
  ).toLowerCase()
  if (wanted !== 'include' && wanted !== 'exclude')
    throw badRequest(`Invalid value at 'label_filter_behavior': "${wanted}"`)
  return wanted
}

export function stop(store: Store, call: GmailCall): GmailReply {
  endWatch(store, call.account.key)
  return { status: 204, body: {} }
}

/** To be called with every change of a mailbox, inside its transaction. */
export function publishChange(parts: WatchParts, { kind, message }: Change): void {
  const { store, clock, faults, pushes } = parts
  const watching = watchOn(store, message.account, clock.now())
  if (watching === undefined || !concerns(watching, message.labels)) return
  if (faults.strike('subscriptionLost', message.account) !== undefined) {
    endWatch(store, message.account)
    return
  }
  publish(parts, message.account, kind === 'created' ? pushes.timeFor(message) : undefined)
}

function concerns({ labels, filter }: Watch, carried: readonly string[]): boolean {
  if (labels.length === 0) return true
  return labels.some((label) => carried.includes(label)) === (filter === 'include')
}

function publish({ store, clock, faults, pushes }: WatchParts, key: string, at?: number): void {
  const now = clock.now()
  const account = accountAt(store, key)
  const watching = watchOn(store, key, now)
  const topic = watching === undefined ? undefined : topicNamed(store, watching.topic)
  if (account === undefined || watching === undefined || topic === undefined) return
  const historyId = faults.behaves('pushedNumber', key) ? account.historyId : String(account.historyId)
  const published = { emailAddress: account.address, historyId }
  const push: Push = {
    kind: 'gmail',
    mailbox: key,
    url: topic.endpoint,
    at,
    body: envelope(topic, published, { id: store.next('published'), now }),
    token: { serviceAccount: topic.serviceAccount, audience: topic.audience },
  }
  const since = now - watching.pushedAt
  if (since >= 0 && since < LEAST_BETWEEN_MS && faults.behaves('pushOncePerSecond', key)) {
    pushes.leaveOut(push, 'dropped')
    return
  }
  markPushed(store, key, now)
  pushes.tell(push)
}

/** The documented envelope, with both spellings of its names. */
function envelope(
  topic: Topic,
  published: Readonly<Record<string, unknown>>,
  { id, now }: { readonly id: number; readonly now: number },
): Readonly<Record<string, unknown>> {
  const messageId = String(10_000_000_000_000 + id)
  const [, project = '', name = ''] = TOPIC_NAME.exec(topic.name) ?? []
  return {
    message: {
      data: Buffer.from(JSON.stringify(published)).toString('base64'),
      attributes: {},
      messageId,
      message_id: messageId,
      publishTime: isoTime(now),
      publish_time: isoTime(now),
    },
    subscription: `projects/${project}/subscriptions/${name}-push`,
  }
}
