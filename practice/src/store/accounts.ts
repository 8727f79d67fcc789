/** Accounts of the practice world and the identities they may send as. An account is a mailbox and a sign-in at once. */
import { subjectOf } from '../chance.ts'
import {
  BRAND_DOMAIN,
  MANAGEMENT_DOMAIN,
  OFFICE_DOMAIN,
  PEOPLE_DOMAIN,
  POST_DOMAIN,
  addressKey,
  domainOf,
} from '../mime/addresses.ts'
import type { Row } from './row.ts'
import type { Store } from './store.ts'

export type AccountKind = 'brand' | 'person' | 'other'

export interface Account {
  readonly key: string
  readonly address: string
  readonly name: string
  readonly subject: string
  readonly kind: AccountKind
  readonly language: string
  readonly historyId: number
  readonly historyFloor: number
}

export interface SendAs {
  readonly address: string
  readonly name: string
  readonly replyTo: string
  readonly signature: string
  readonly isDefault: boolean
  readonly accepted: boolean
}

const FIRST_HISTORY_ID = 1000

function toAccount(row: Row): Account {
  const kind = row.text('kind')
  return {
    key: row.text('address_key'),
    address: row.text('address'),
    name: row.text('name'),
    subject: row.text('sub'),
    kind: kind === 'brand' || kind === 'person' ? kind : 'other',
    language: row.text('language'),
    historyId: row.int('history_id'),
    historyFloor: row.int('history_floor'),
  }
}

/** The account an address leads to (plus tags included), or undefined. */
export function accountAt(store: Store, address: string): Account | undefined {
  const row = store.one('select * from account where address_key = ?', addressKey(address))
  return row === undefined ? undefined : toAccount(row)
}

/** The account that mail to an address reaches: its own, or the one that may send as it. */
export function accountReachedBy(store: Store, address: string): Account | undefined {
  const own = accountAt(store, address)
  if (own !== undefined) return own
  const row = store.one(
    'select account from send_as where address = ? and accepted = 1 order by account limit 1',
    addressKey(address),
  )
  return row === undefined ? undefined : accountAt(store, row.text('account'))
}

export function listAccounts(store: Store): readonly Account[] {
  return store.all('select * from account order by kind, address_key').map(toAccount)
}

/** Number of messages in each mailbox, by address key. */
export function messageCounts(store: Store): ReadonlyMap<string, number> {
  const rows = store.all('select account, count(*) as messages from message group by account')
  return new Map(rows.map((row) => [row.text('account'), row.int('messages')]))
}

export interface NewAccount {
  readonly address: string
  readonly name: string
  readonly language: string
}

function kindOf(address: string): AccountKind {
  const domain = domainOf(address)
  if ([BRAND_DOMAIN, OFFICE_DOMAIN, POST_DOMAIN].includes(domain)) return 'brand'
  return domain === PEOPLE_DOMAIN || domain === MANAGEMENT_DOMAIN ? 'person' : 'other'
}

/** Creates the account, or gives an existing one the new name and language. */
export function keepAccount(store: Store, wanted: NewAccount, nowMs: number): Account {
  const key = addressKey(wanted.address)
  store.run(
    `insert into account (address_key, address, name, sub, kind, language, history_id, history_floor, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (address_key) do update set name = excluded.name, language = excluded.language`,
    key,
    wanted.address.trim(),
    wanted.name,
    subjectOf(key),
    kindOf(wanted.address),
    wanted.language,
    FIRST_HISTORY_ID,
    FIRST_HISTORY_ID,
    nowMs,
  )
  const account = accountAt(store, wanted.address)
  if (account === undefined) throw new Error(`account ${wanted.address} was not kept`)
  return account
}

/** What a member may do in a mailbox that is shared: open all of it, and send under its address. */
export interface SharedAccess {
  readonly read: boolean
  readonly sendAs: boolean
}

/** Undefined when the mailbox is not shared with them. */
export function sharedAccess(store: Store, mailbox: string, member: string): SharedAccess | undefined {
  const row = store.one(
    'select may_read, send_as from shared_access where mailbox = ? and member = ?',
    mailbox,
    member,
  )
  return row === undefined ? undefined : { read: row.flag('may_read'), sendAs: row.flag('send_as') }
}

/** Shared mailboxes belong to nobody: nobody signs in to them. */
export function isShared(store: Store, mailbox: string): boolean {
  return store.one('select member from shared_access where mailbox = ? limit 1', mailbox) !== undefined
}

export function keepSharedAccess(
  store: Store,
  mailbox: Account,
  member: string,
  { read, sendAs }: SharedAccess,
): void {
  store.run(
    `insert into shared_access (mailbox, member, may_read, send_as) values (?, ?, ?, ?)
     on conflict (mailbox, member) do update set may_read = excluded.may_read, send_as = excluded.send_as`,
    mailbox.key,
    addressKey(member),
    read ? 1 : 0,
    sendAs ? 1 : 0,
  )
}

/** The primary identity first, then the others by address. */
export function sendAsOf(store: Store, account: Account): readonly SendAs[] {
  const others = store
    .all('select * from send_as where account = ? order by address', account.key)
    .map((row) => ({
      address: row.text('address'),
      name: row.text('name'),
      replyTo: row.text('reply_to'),
      signature: row.text('signature'),
      isDefault: row.flag('is_default'),
      accepted: row.flag('accepted'),
    }))
  const primary = others.find((each) => addressKey(each.address) === account.key)
  const rest = others.filter((each) => each !== primary)
  const isDefault = !rest.some((each) => each.isDefault)
  return [
    primary === undefined
      ? {
          address: account.address,
          name: account.name,
          replyTo: '',
          signature: '',
          isDefault,
          accepted: true,
        }
      : { ...primary, isDefault, accepted: true },
    ...rest,
  ]
}

export function keepSendAs(store: Store, account: Account, identity: SendAs): void {
  store.run(
    `insert into send_as (account, address, name, reply_to, signature, is_default, accepted) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (account, address) do update set name = excluded.name, reply_to = excluded.reply_to, signature = excluded.signature,
       is_default = excluded.is_default, accepted = excluded.accepted`,
    account.key,
    identity.address,
    identity.name,
    identity.replyTo,
    identity.signature,
    identity.isDefault ? 1 : 0,
    identity.accepted ? 1 : 0,
  )
}
