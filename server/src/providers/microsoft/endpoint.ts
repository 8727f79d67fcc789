/** Where Microsoft is: the addresses of the real service and of a practice world that speaks the same protocols. */
import type { OAuthEndpoint } from '../../mailboxes/consent.ts'
import type { MicrosoftCloud } from './clouds.ts'
import { placesOf } from './clouds.ts'

export interface MicrosoftClient {
  readonly id: string
  readonly secret: string
  /** `common`, `organizations`, `consumers`, or one organisation by id or domain. */
  readonly tenant: string
  readonly cloud: MicrosoftCloud
}

const shown = { provider: 'microsoft', label: 'Microsoft', products: 'Outlook, Microsoft 365' } as const

/** Microsoft's own service in the cloud where the client is registered. Without a client the endpoint is listed as not set up. */
export function microsoftEndpoint(client?: MicrosoftClient): OAuthEndpoint {
  const { login, graph, webUrl, consentPage } = placesOf[client?.cloud ?? 'global']
  return {
    key: 'microsoft',
    ...shown,
    practice: false,
    ...signIn(login, client?.tenant ?? 'common'),
    userinfoUrl: `${graph}/oidc/userinfo`,
    apiUrl: `${graph}/v1.0`,
    scopePrefix: `${graph}/`,
    webUrl,
    consentPage,
    ...(client === undefined ? {} : { clientId: client.id, clientSecret: client.secret }),
  }
}

/** The practice world at its own address. */
export function practiceMicrosoftEndpoint(url: string): OAuthEndpoint {
  return {
    key: 'practice-microsoft',
    ...shown,
    practice: true,
    ...signIn(`${url}/microsoft`, 'common'),
    userinfoUrl: `${url}/graph/v1.0/me`,
    apiUrl: `${url}/graph/v1.0`,
    clientId: 'practice-office-client',
    clientSecret: 'practice-office-secret',
  }
}

const tenantId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function signIn(
  login: string,
  tenant: string,
): Pick<OAuthEndpoint, 'issuer' | 'authorizeUrl' | 'tokenUrl' | 'jwksUrl' | 'adminConsentUrl'> {
  const authority = `${login}/${encodeURIComponent(tenant)}`
  // the page for admins does not know `common`; a personal account has no admin
  const organisation = tenant === 'common' ? 'organizations' : encodeURIComponent(tenant)
  return {
    issuer: `${login}/${tenantId.test(tenant) ? tenant : '{tenantid}'}/v2.0`,
    authorizeUrl: `${authority}/oauth2/v2.0/authorize`,
    tokenUrl: `${authority}/oauth2/v2.0/token`,
    jwksUrl: `${authority}/discovery/v2.0/keys`,
    ...(tenant === 'consumers' ? {} : { adminConsentUrl: `${login}/${organisation}/v2.0/adminconsent` }),
  }
}
