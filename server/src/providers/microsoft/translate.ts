/**
 * Graph's words ↔ ours: what its answers look like (only the properties we select), the MAPI properties that keep a
 * message's identifiers, its user as our account.
 */
import { z } from 'zod'
import { isAddress, parseAddress } from '../../mail/address.ts'
import type { Change, ThreadHeaders } from '../../mailboxes/provider.ts'

const Listed = z.object({
  id: z.string(),
  conversationId: z.string().nullish(),
  '@removed': z.unknown().optional(),
})
export const MessageList = z.object({
  value: z.array(Listed),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
})
export const Folder = z.object({ id: z.string() })
export const Place = z.object({
  conversationId: z.string().nullish(),
  parentFolderId: z.string().nullish(),
  receivedDateTime: z.string(),
})
export const User = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
})
export const Extended = z.object({
  singleValueExtendedProperties: z
    .array(z.object({ id: z.string(), value: z.string().nullish() }))
    .default([]),
})

/** Exactly the properties that identify a message. */
export const identifiers = 'id,conversationId'

/** One listed message as a change. */
export function changeOf(message: z.infer<typeof Listed>, own: boolean): Change {
  const { id, conversationId } = message
  return {
    providerMessageId: id,
    ...(conversationId === undefined || conversationId === null ? {} : { providerThreadId: conversationId }),
    own,
  }
}

/**
 * [MS-OXPROPS] PidTagInternetMessageId, PidTagInternetReferences, PidTagInReplyToId. `internetMessageHeaders` would
 * bring every header, subject and sender among them, and is missing on what was sent.
 */
const propertyOf = {
  messageId: 'String 0x1035',
  references: 'String 0x1039',
  inReplyTo: 'String 0x1042',
} as const

/** `$expand` for the headers of a match and nothing else. */
export const threadHeaderExpansion = `singleValueExtendedProperties($filter=${Object.values(propertyOf)
  .map((id) => `id eq '${id}'`)
  .join(' or ')})`

export function threadHeadersIn(answer: z.infer<typeof Extended>): ThreadHeaders {
  const found = new Map(
    answer.singleValueExtendedProperties.map(({ id, value }) => [id.toLowerCase(), value ?? '']),
  )
  return Object.fromEntries(
    Object.entries(propertyOf).flatMap(([key, id]) => {
      const value = found.get(id.toLowerCase()) ?? ''
      return value === '' ? [] : [[key, value]]
    }),
  )
}

const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad'

/** Whether an account id (`tenant/object`) is a personal Microsoft account. */
export function isPersonal(accountId: string): boolean {
  return accountId.startsWith(`${personalTenant}/`)
}

/**
 * The address of a user's mailbox. A work account without `mail` has none; a guest's principal name is no address; a
 * personal account may be known by its principal name alone. Without an account id it may be either.
 */
export function addressIn(user: z.infer<typeof User>, accountId: string | undefined): string | undefined {
  const { mail, userPrincipalName } = user
  const byName = accountId === undefined || isPersonal(accountId)
  const told = mail ?? (byName ? userPrincipalName : undefined)
  const guest = userPrincipalName?.toUpperCase().includes('#EXT#') ?? false
  if (told === undefined || told === null || guest) return undefined
  return isAddress(parseAddress(told)) ? told : undefined
}
