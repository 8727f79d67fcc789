/** Identities a mailbox may send as. */
import { addressKey } from '../mime/addresses.ts'
import { type SendAs, sendAsOf } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import type { GmailCall, GmailReply } from './gmail-call.ts'
import { notFound } from './gmail-errors.ts'

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
