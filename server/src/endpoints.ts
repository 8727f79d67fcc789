/**
 * Where mailboxes can be connected in this installation: the real providers, as far as an owner registered an app
 * there, any mail server by password, and the practice world while it runs. The only place that ties endpoints to adapters.
 *
 * Apps are asked for each time, since an owner may set one while the program runs; endpoints and adapters are made
 * anew only when they changed.
 */
import type { Config } from './config.ts'
import type { Settings } from './installation/index.ts'
import type { OAuthEndpoint, SignInEndpoint } from './mailboxes/consent.ts'
import type { Adapter, Endpoint, EndpointBook } from './mailboxes/index.ts'
import type { ProviderTraits } from './mailboxes/provider.ts'
import { wallClock } from './platform/clock/index.ts'
import { createHttpClient } from './platform/http-client/index.ts'
import {
  gmailAdapter,
  googleEndpoint,
  practiceGoogleEndpoint,
  practicePush,
} from './providers/gmail/index.ts'
import type { Places } from './providers/imap/index.ts'
import {
  bearerConsent,
  imapAdapter,
  imapEndpoint,
  imapOAuthEndpoint,
  internetPlaces,
  namedPlaces,
  practiceImapEndpoint,
  practicePlaces,
} from './providers/imap/index.ts'
import {
  microsoftAdapter,
  microsoftEndpoint,
  practiceMicrosoftEndpoint,
} from './providers/microsoft/index.ts'

const requestMs = 30_000

interface Offer {
  readonly endpoint: Endpoint
  readonly adapter: Adapter
}
interface Current {
  readonly apps: Apps
  readonly local: string | undefined
  readonly offers: readonly Offer[]
  /** Where requests may go to: which of Microsoft's clouds, depends on our app there. */
  readonly origins: readonly string[]
}
type Apps = Pick<Settings, 'google' | 'googlePush' | 'microsoft'>
type Book = EndpointBook & {
  readonly traits: (provider: Endpoint['provider']) => ProviderTraits | undefined
}

/** The book of a process. Requests to any origin that no endpoint names are refused. */
export function endpointBook(
  config: Pick<Config, 'practice' | 'mailSignIn' | 'privateMailServers'>,
  productNow: () => Promise<Temporal.Instant>,
  follow: {
    readonly current: () => Promise<Apps>
    /** Where the web process listens on its own machine. */
    readonly local: () => string | undefined
  },
): Book {
  const practiceUrl = config.practice.on ? config.practice.url : undefined
  const practiceUrls = practiceUrl === undefined ? [] : [practiceUrl]
  const oauthWith = (apps: Apps): readonly OAuthEndpoint[] => [
    googleEndpoint(apps.google, apps.googlePush),
    microsoftEndpoint(apps.microsoft),
    ...practiceUrls.flatMap((url) => [
      practiceGoogleEndpoint(url, config.practice.push ?? pushHere()),
      practiceMicrosoftEndpoint(url),
    ]),
  ]
  const mailSignIn =
    config.mailSignIn && imapOAuthEndpoint(config.mailSignIn, isOfPractice(config.mailSignIn))
  // where nothing of an app at a provider decides
  const elsewhere = [...(mailSignIn === undefined ? [] : originsOf(mailSignIn)), ...practiceUrls]
  const http = createHttpClient({ allowedOrigins: () => current.origins, timeoutMs: requestMs })
  const parts = { http, now: () => wallClock.now(), productNow }
  const mailServers: readonly Offer[] = [
    ...(mailSignIn === undefined ? [] : [mailOffer(mailSignIn)]),
    imapOffer(imapEndpoint(), internetPlaces(config.privateMailServers ? 'open' : 'shut')),
    ...practiceUrls.map((url) => imapOffer(practiceImapEndpoint(), practicePlaces(url, http))),
  ]
  let current: Current

  function pushHere(): OAuthEndpoint['push'] {
    const local = config.practice.pushesHere ? follow.local() : undefined
    return local === undefined ? undefined : practicePush(local)
  }
  function imapOffer(endpoint: Endpoint, places: Places): Offer {
    return { endpoint, adapter: imapAdapter({ endpoint, places, clock: wallClock, productNow }) }
  }
  function isOfPractice({ tokenUrl }: { readonly tokenUrl: string }): boolean {
    return practiceUrl !== undefined && new URL(tokenUrl).origin === practiceUrl
  }
  function mailOffer(endpoint: NonNullable<typeof mailSignIn>): Offer {
    const places =
      endpoint.practice && practiceUrl !== undefined
        ? practicePlaces(practiceUrl, http)
        : namedPlaces(endpoint)
    const consent = bearerConsent({ endpoint, http, places, now: parts.now })
    return { endpoint, adapter: imapAdapter({ endpoint, consent, places, clock: wallClock, productNow }) }
  }
  function oauthOffer(endpoint: OAuthEndpoint): Offer {
    const make = endpoint.provider === 'microsoft' ? microsoftAdapter : gmailAdapter
    return { endpoint, adapter: make({ ...parts, endpoint }) }
  }
  function offered(apps: Apps): Current {
    const oauth = oauthWith(apps)
    const origins = [...oauth.flatMap(originsOf), ...elsewhere]
    return { apps, local: follow.local(), offers: [...oauth.map(oauthOffer), ...mailServers], origins }
  }
  function offersWith(apps: Apps): readonly Offer[] {
    if (current.apps !== apps || current.local !== follow.local()) current = offered(apps)
    return current.offers
  }
  current = offered({})
  const anywhere = current.offers

  return {
    async all() {
      return offersWith(await follow.current()).map((offer) => offer.endpoint)
    },
    adapter: (endpoint) => current.offers.find((offer) => offer.endpoint === endpoint)?.adapter,
    traits: (provider) => anywhere.find(({ endpoint }) => endpoint.provider === provider)?.adapter.traits,
  }
}

/** The book of a program without a database: the apps that the environment names, and the time of this machine. */
export function fixedBook(
  config: Pick<
    Config,
    'practice' | 'mailSignIn' | 'privateMailServers' | 'google' | 'googlePush' | 'microsoft'
  >,
): Book {
  const { google, googlePush, microsoft } = config
  const apps: Apps = {
    ...(google === undefined ? {} : { google }),
    ...(googlePush === undefined ? {} : { googlePush }),
    ...(microsoft === undefined ? {} : { microsoft }),
  }
  return endpointBook(config, async () => wallClock.now(), {
    current: async () => apps,
    local: () => undefined,
  })
}

function originsOf(
  endpoint: SignInEndpoint & Partial<Pick<OAuthEndpoint, 'userinfoUrl' | 'apiUrl'>>,
): readonly string[] {
  const { issuer, authorizeUrl, tokenUrl, revokeUrl, userinfoUrl, apiUrl, jwksUrl } = endpoint
  const urls = [issuer, authorizeUrl, tokenUrl, revokeUrl, userinfoUrl, apiUrl, jwksUrl]
  return [...new Set(urls.filter((url) => url !== undefined).map((url) => new URL(url).origin))]
}
