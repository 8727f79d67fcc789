/**
 * Where mailboxes can be connected in this installation: the real providers, as far as an administrator registered an
 * app there, and the practice world while it runs. The only place that ties endpoints to adapters.
 */
import type { Config } from './config.ts'
import type { Adapter, Endpoint, EndpointBook } from './mailboxes/index.ts'
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

/** The book of a process. Requests to any origin that no endpoint names are refused. */
export function endpointBook(
  config: Pick<Config, 'google' | 'microsoft' | 'practice'>,
  database: Database,
): EndpointBook {
  const practiceUrl = config.practice.on ? config.practice.url : undefined
  const endpoints: readonly Endpoint[] = [
    googleEndpoint(config.google),
    microsoftEndpoint(config.microsoft),
    ...(practiceUrl === undefined
      ? []
      : [practiceGoogleEndpoint(practiceUrl), practiceMicrosoftEndpoint(practiceUrl)]),
  ]
  const origins = endpoints.flatMap(originsOf)
  const http = createHttpClient({ allowedOrigins: () => origins, timeoutMs: requestMs })
  const parts = {
    http,
    now: () => wallClock.now(),
    productNow: () => database.inSystem(databaseNow),
  }
  const adapters = new Map<string, Adapter>(
    endpoints.map((endpoint) => [
      endpoint.key,
      endpoint.provider === 'microsoft'
        ? microsoftAdapter({ ...parts, endpoint })
        : gmailAdapter({ ...parts, endpoint }),
    ]),
  )
  return { all: () => endpoints, adapter: ({ key }) => adapters.get(key) }
}

function originsOf(endpoint: Endpoint): readonly string[] {
  const { issuer, authorizeUrl, tokenUrl, revokeUrl, userinfoUrl, apiUrl, jwksUrl } = endpoint
  const urls = [issuer, authorizeUrl, tokenUrl, revokeUrl, userinfoUrl, apiUrl, jwksUrl]
  return [...new Set(urls.filter((url) => url !== undefined).map((url) => new URL(url).origin))]
}
