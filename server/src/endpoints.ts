/**
 * Where mailboxes can be connected in this installation: the real providers, as far as an owner registered an app
 * there, and the practice world while it runs. The only place that ties endpoints to adapters.
 *
 * Apps are asked for each time, since an owner may set one while the program runs; endpoints and adapters are made
 * anew only when they changed.
 */
import type { Config } from './config.ts'
import type { Settings } from './installation/index.ts'
import type { Adapter, Endpoint, EndpointBook } from './mailboxes/index.ts'
import type { ProviderTraits } from './mailboxes/provider.ts'
import { databaseNow, wallClock } from './platform/clock/index.ts'
import type { Database } from './platform/db/index.ts'
import { createHttpClient } from './platform/http-client/index.ts'
import { gmailAdapter, googleEndpoint, practiceGoogleEndpoint } from './providers/gmail/index.ts'
import {
  microsoftAdapter,
  microsoftEndpoint,
  practiceMicrosoftEndpoint,
} from './providers/microsoft/index.ts'

const requestMs = 30_000

type Apps = Pick<Settings, 'google' | 'microsoft'>
type Book = EndpointBook & {
  readonly traits: (provider: Endpoint['provider']) => ProviderTraits | undefined
}

/** The book of a process. Requests to any origin that no endpoint names are refused. */
export function endpointBook(
  config: Pick<Config, 'practice'>,
  database: Database,
  currentApps: () => Promise<Apps>,
): Book {
  const practiceUrl = config.practice.on ? config.practice.url : undefined
  const endpointsWith = (apps: Apps): readonly Endpoint[] => [
    googleEndpoint(apps.google),
    microsoftEndpoint(apps.microsoft),
    ...(practiceUrl === undefined
      ? []
      : [practiceGoogleEndpoint(practiceUrl), practiceMicrosoftEndpoint(practiceUrl)]),
  ]
  // where a provider is does not depend on our app there
  const places = endpointsWith({})
  const origins = places.flatMap(originsOf)
  const http = createHttpClient({ allowedOrigins: () => origins, timeoutMs: requestMs })
  const parts = { http, now: () => wallClock.now(), productNow: () => database.inSystem(databaseNow) }
  const adapters = new WeakMap<Endpoint, Adapter>()
  let current: { readonly apps: Apps; readonly endpoints: readonly Endpoint[] } | undefined

  function adapter(endpoint: Endpoint): Adapter {
    const make = endpoint.provider === 'microsoft' ? microsoftAdapter : gmailAdapter
    const made = adapters.get(endpoint) ?? make({ ...parts, endpoint })
    adapters.set(endpoint, made)
    return made
  }

  return {
    async all() {
      const apps = await currentApps()
      if (current?.apps !== apps) current = { apps, endpoints: endpointsWith(apps) }
      return current.endpoints
    },
    adapter,
    traits(provider) {
      const place = places.find((each) => each.provider === provider)
      return place === undefined ? undefined : adapter(place).traits
    },
  }
}

function originsOf(endpoint: Endpoint): readonly string[] {
  const { issuer, authorizeUrl, tokenUrl, revokeUrl, userinfoUrl, apiUrl, jwksUrl } = endpoint
  const urls = [issuer, authorizeUrl, tokenUrl, revokeUrl, userinfoUrl, apiUrl, jwksUrl]
  return [...new Set(urls.filter((url) => url !== undefined).map((url) => new URL(url).origin))]
}
