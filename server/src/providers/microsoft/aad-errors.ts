/**
 * What Microsoft's sign-in means by its refusals. The number decides (`error_codes`; on the way back through the browser
 * only in front of the sentence: `AADSTSnnnnn: …`), never the sentence. Numbers that are not listed fall back to the
 * standard's codes.
 */
import type { ProviderFailure } from '../../mailboxes/provider.ts'
import type { OAuthDialect, OAuthRefusal } from '../shared/oauth-errors.ts'

/** An admin of the organisation has to allow it, or to assign the person to the application. */
const admin = new Set([90094, 90008, 900971, 50105])
/** Our registration is wrong: id, redirect address, secret, scope, tenant. */
const registration = new Set([700016, 50011, 7000215, 7000222, 7000218, 9002313, 70011, 28002, 28003, 90002])
const again = new Set([50196, 90033, 90025])
/** The person has to act, by stable code. 65001: withdrawn, or never given for these scopes. */
const reasons = {
  denied: [65004],
  revoked: [65001, 70000],
  password_changed: [50173],
  expired: [700082, 70008, 700084, 54005],
  sign_in_again: [50058, 50072, 50074, 50076, 50078, 50079],
  organisation_policy: [50158, 53000, 53001, 53002, 53003, 530002, 530003],
  wrong_account: [50034, 50020, 500208, 16000],
  account_disabled: [50057, 50053],
} as const satisfies Readonly<Record<string, readonly number[]>>

/** Microsoft's numbers, as failures of the port. */
export const aadDialect: OAuthDialect = (refusal) => {
  const numbers = numbersOf(refusal)
  const diagnostic = `${refusal.code} ${numbers.map((each) => `AADSTS${each}`).join(' ')}`.trim()
  return first(numbers, (number): ProviderFailure | undefined => {
    if (admin.has(number)) return { kind: 'admin_needed', diagnostic }
    if (registration.has(number)) return { kind: 'our_config', diagnostic }
    if (again.has(number)) return { kind: 'transient', diagnostic }
    const why = reasonOf(number)
    return why === undefined ? undefined : { kind: 'unauthorised', why, diagnostic }
  })
}

function reasonOf(number: number): keyof typeof reasons | undefined {
  const whys = Object.keys(reasons) as (keyof typeof reasons)[]
  return whys.find((why) => new Set<number>(reasons[why]).has(number))
}

function numbersOf({ description, body }: OAuthRefusal): readonly number[] {
  const codes = body['error_codes']
  if (Array.isArray(codes)) return codes.filter((each) => typeof each === 'number')
  const [, told] = /^AADSTS(\d+)\b/.exec(description) ?? []
  return told === undefined ? [] : [Number(told)]
}

function first<T, R>(values: readonly T[], read: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = read(value)
    if (found !== undefined) return found
  }
  return undefined
}
