/** The passwords of the practice mail server. Each is `practice` until its owner changes it. */
import { accountAt, type Account } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import { isPostAddress } from '../mime/addresses.ts'

const FIRST_PASSWORD = 'practice'

/** The account behind a user name (its address) and a password, or undefined. */
export function signedIn(store: Store, user: string, password: string): Account | undefined {
  const account = isPostAddress(user) ? accountAt(store, user) : undefined
  return account !== undefined && passwordOf(store, account.key) === password ? account : undefined
}

function passwordOf(store: Store, account: string): string {
  return store.setting(`password.${account}`) ?? FIRST_PASSWORD
}

/** As after "change my password": whoever holds the old one is out. */
export function changePassword(store: Store, account: string, fresh?: string): string {
  const password = fresh ?? `${FIRST_PASSWORD}-${store.next('password')}`
  store.keep(`password.${account}`, password)
  return password
}

/** User and password of SASL PLAIN (RFC 4616). */
export function plainCredentials(base64: string): { readonly user: string; readonly password: string } {
  const [, user = '', password = ''] = Buffer.from(base64, 'base64').toString('utf8').split('\0')
  return { user, password }
}
