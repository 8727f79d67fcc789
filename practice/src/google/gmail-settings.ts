/** Identities a mailbox may send as, and the watch on a mailbox. */
import type { Clock } from '../clock.ts'
import { Reader, InputError } from '../json.ts'
import { addressKey } from '../mime/addresses.ts'
import { type SendAs, accountAt, sendAsOf } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import type { GmailCall, GmailReply } from './gmail-call.ts'
import { badRequest, notFound } from './gmail-errors.ts'

const WATCH_MS = 7 * 86_400_000

function resource(identity: SendAs, primaryKey: string): Readonly<Record<string, unknown>> {
  const isPrimary = addressKey(identity.address) === primaryKey
  return {
    sendAsEmail: identity.address,
    displayName: identity.name,
    replyToAddress: identity.replyTo,
    signature: identity.signature,
    ...(isPrimary
      ? { isPrimary }
      : { treatAsAlias: true, verificationStatus: identity.accepted ? 'accepted' : 'pending' }),
    ...(identity.isDefault ? { isDefault: true } : {}),
  }
}

export function listSendAs(store: Store, call: GmailCall): GmailReply {
  return {
    body: { sendAs: sendAsOf(store, call.account).map((identity) => resource(identity, call.account.key)) },
  }
}

export function getSendAs(store: Store, call: GmailCall): GmailReply {
  const found = sendAsOf(store, call.account).find(
    (identity) => addressKey(identity.address) === addressKey(call.id),
  )
  if (found === undefined) throw notFound()
  return { body: resource(found, call.account.key) }
}

/** Keeps the watch for seven days of practice time. Nothing is pushed yet; clients poll. */
export function watch(store: Store, clock: Clock, call: GmailCall): GmailReply {
  const topic = readTopic(call.body)
  const until = clock.now() + WATCH_MS
  store.run(
    'update account set watch_until = ?, watch_topic = ? where address_key = ?',
    until,
    topic,
    call.account.key,
  )
  const account = accountAt(store, call.account.key) ?? call.account
  return { body: { historyId: String(account.historyId), expiration: String(until) } }
}

function readTopic(body: Buffer): string {
  try {
    const topic = new Reader(JSON.parse(body.toString('utf8'))).text('topicName')
    if (/^projects\/[^/]+\/topics\/[^/]+$/.test(topic)) return topic
  } catch (failure) {
    if (!(failure instanceof InputError) && !(failure instanceof SyntaxError)) throw failure
  }
  throw badRequest('Invalid topicName does not match projects/<project>/topics/<topic>')
}

export function stop(store: Store, call: GmailCall): GmailReply {
  store.run(
    'update account set watch_until = null, watch_topic = null where address_key = ?',
    call.account.key,
  )
  return { status: 204, body: {} }
}
