/**
 * Whether Gmail tells of new mail, as far as the settings go: what is missing here is named first, then Google is asked.
 */
import { deadline } from '../platform/clock/index.ts'
import type { HttpClient } from '../platform/http-client/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { leadsHereOnly } from '../platform/public-address/index.ts'
import type { SecretBox } from '../platform/secret-box/index.ts'
import type { AddressVerdict } from './check-address.ts'
import { checkAddress } from './check-address.ts'
import type { SettingsBook } from './current.ts'

/** What asking Gmail itself came to; `asked`: it publishes from `since` on. */
interface Tried {
  readonly verdict:
    | 'asked'
    | 'not_set_up'
    | 'no_public_address'
    | 'no_mailbox'
    | 'topic_missing'
    | 'publisher_missing'
    | 'topic_elsewhere'
    | 'provider_refused'
  readonly detail?: string
  readonly since?: Temporal.Instant
}

export interface PushChecked {
  readonly verdict: Tried['verdict'] | 'no_app'
  readonly detail: string
  readonly since?: Temporal.Instant
  /** Why the public address was not reached from here; a proxy may answer to others all the same. */
  readonly address?: AddressVerdict
}

export interface CheckPushParts {
  readonly ids: Ids
  readonly box: SecretBox
  readonly settings: SettingsBook
  /** Where links lead at this moment. */
  readonly publicUrl: () => string
  /** Asks Gmail to publish, through a mailbox that is read. */
  readonly tryPush: (signal: AbortSignal) => Promise<Tried>
  readonly http?: HttpClient
}

const trialMs = 30_000

export async function checkPush(parts: CheckPushParts): Promise<PushChecked> {
  const { google, googlePush } = await parts.settings.current()
  if (google === undefined) return { verdict: 'no_app', detail: '' }
  if (googlePush === undefined) return { verdict: 'not_set_up', detail: '' }
  const url = parts.publicUrl()
  if (!url.startsWith('https://') || leadsHereOnly(url)) return { verdict: 'no_public_address', detail: '' }
  const { verdict: address } = await checkAddress(parts, url)
  const tried = await parts.tryPush(deadline(trialMs))
  return { detail: '', ...tried, ...(address === 'reached' ? {} : { address }) }
}
