/**
 * The one organisation of this world at Microsoft: its tenant, the object ids of its users, and its consent policy, which
 * says whether a user may allow reading mail alone. Policy and an admin's consent are settings, so a reset forgets them.
 */
import { createHash } from 'node:crypto'
import { Reader } from '../json.ts'
import { OFFICE_DOMAIN, addressKey } from '../mime/addresses.ts'
import type { Store } from '../store/store.ts'
import { needsAdmin } from './scopes.ts'

export const TENANT = '0b7f8a52-3c19-4d5e-9a60-5f2c8e1d7a44'

/** The client that is registered here. */
export const CLIENT = {
  id: 'practice-office-client',
  secret: 'practice-office-secret',
  name: 'Kontor',
} as const

const ANY_TENANT = ['common', 'organizations', TENANT, OFFICE_DOMAIN]
const POLICY = 'microsoft.managed-consent'
const ADMIN = 'microsoft.admin-consent'

/** True for the names under which this organisation's users can sign in. */
export function isTenant(name: string): boolean {
  return ANY_TENANT.includes(name.toLowerCase())
}

/** A GUID that depends on nothing but its key. */
export function guidOf(kind: string, key: string): string {
  const hex = createHash('sha256').update(`${kind}\u0000${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Turns the managed consent policy on or off, for one mailbox or (address empty) for the whole tenant. */
export function setManagedConsent(store: Store, address: string, state: 'on' | 'off'): void {
  const wanted = address === '' ? '*' : addressKey(address)
  const kept = managed(store).filter((each) => each !== wanted && !(wanted === '*' && state === 'off'))
  store.keep(POLICY, JSON.stringify({ managed: state === 'on' ? [...kept, wanted] : kept }))
}

/** Everybody under the policy; `*` is the whole tenant. */
export function managed(store: Store): readonly string[] {
  return new Reader(JSON.parse(store.setting(POLICY) ?? '{}')).texts('managed')
}

/** Scopes that an admin allowed for the whole tenant. */
export function adminConsent(store: Store): readonly string[] {
  return new Reader(JSON.parse(store.setting(ADMIN) ?? '{}')).texts('scopes')
}

export function keepAdminConsent(store: Store, scopes: readonly string[]): void {
  store.keep(ADMIN, JSON.stringify({ scopes: [...new Set([...adminConsent(store), ...scopes])] }))
}

export function withdrawAdminConsent(store: Store): void {
  store.keep(ADMIN, '{}')
}

/** True when this account may not allow these scopes without an admin. */
export function mustAskAdmin(store: Store, accountKey: string, scopes: readonly string[]): boolean {
  const policy = managed(store)
  if (!policy.includes('*') && !policy.includes(accountKey)) return false
  const allowed = new Set(adminConsent(store))
  return scopes.some((scope) => needsAdmin(scope) && !allowed.has(scope))
}
