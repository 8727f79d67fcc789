/** Where Gmail is: the addresses of the real service and of a practice world that speaks the same protocols. */
import type { OAuthEndpoint, PushTopic } from '../../mailboxes/consent.ts'

/** Google's own service. Without a client the endpoint is listed as not set up. */
export function googleEndpoint(
  client?: { readonly id: string; readonly secret: string },
  push?: PushTopic,
): OAuthEndpoint {
  return {
    key: 'google',
    provider: 'gmail',
    label: 'Gmail',
    products: 'Gmail, Google Workspace',
    practice: false,
    issuer: 'https://accounts.google.com',
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    revokeUrl: 'https://oauth2.googleapis.com/revoke',
    userinfoUrl: 'https://openidconnect.googleapis.com/v1/userinfo',
    jwksUrl: 'https://www.googleapis.com/oauth2/v3/certs',
    apiUrl: 'https://gmail.googleapis.com',
    webUrl: 'https://mail.google.com/mail/u/0/',
    ...(client === undefined ? {} : { clientId: client.id, clientSecret: client.secret }),
    ...(push === undefined ? {} : { push }),
  }
}

/** The topic that stands in a practice world by itself: it pushes to the port in its name. */
export function practicePush(address: string): PushTopic {
  const { port } = new URL(address)
  return {
    topic: `projects/practice/topics/port-${port}`,
    account: 'push@practice.example',
    audience: `http://127.0.0.1:${port}/api/v1/push/practice-google`,
  }
}

/** The practice world at its own address. */
export function practiceGoogleEndpoint(url: string, push?: PushTopic): OAuthEndpoint {
  return {
    key: 'practice-google',
    provider: 'gmail',
    label: 'Gmail',
    products: 'Gmail, Google Workspace',
    practice: true,
    issuer: `${url}/google`,
    authorizeUrl: `${url}/google/o/oauth2/v2/auth`,
    tokenUrl: `${url}/google/token`,
    revokeUrl: `${url}/google/revoke`,
    userinfoUrl: `${url}/google/userinfo`,
    jwksUrl: `${url}/google/certs`,
    apiUrl: url,
    clientId: 'practice-client',
    clientSecret: 'practice-secret',
    ...(push === undefined ? {} : { push }),
  }
}
