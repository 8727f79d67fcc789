/**
 * Finds out what is wrong with an app's id, secret and redirect address before anybody tries to sign in.
 *
 * 1. A code that nobody gave is exchanged. A provider that knows app and secret refuses the code (`invalid_grant`);
 * otherwise its refusal says which of the two it does not take. 2. The sign-in page is asked for, as a browser would:
 * it is the only place that complains about a redirect address. Nothing is granted by either.
 */
import type { AppTrial, AppVerdict, SignInEndpoint } from '../../mailboxes/consent.ts'
import type { HttpAnswer, HttpClient } from '../../platform/http-client/index.ts'
import { HttpError } from '../../platform/http-client/index.ts'

const longestPage = 2 * 1024 * 1024

export async function verifyApp(
  { endpoint, http }: { readonly endpoint: SignInEndpoint; readonly http: HttpClient },
  { redirectUri, scopes }: { readonly redirectUri: string; readonly scopes: readonly string[] },
  signal: AbortSignal,
): Promise<AppTrial> {
  try {
    const trial = read(await exchangeNothing({ endpoint, http }, redirectUri, signal))
    if (trial.verdict !== 'works' && trial.verdict !== 'known') return trial
    return (await asksBack({ endpoint, http }, { redirectUri, scopes }, signal)) ?? trial
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    return { verdict: error.kind === 'timeout' ? 'too_slow' : 'unreachable', detail: '' }
  }
}

function exchangeNothing(
  { endpoint, http }: { readonly endpoint: SignInEndpoint; readonly http: HttpClient },
  redirectUri: string,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: 'kontor-asks-whether-this-app-is-known',
    client_id: endpoint.clientId ?? '',
    client_secret: endpoint.clientSecret ?? '',
    redirect_uri: redirectUri,
  })
  return http.request({
    url: endpoint.tokenUrl,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    signal,
  })
}

/** Microsoft's codes, whose meaning is fixed, go before the names of RFC 6749 §5.2, which say less. */
const byNumber: Readonly<Record<string, AppVerdict>> = {
  '700016': 'app_unknown',
  '7000215': 'secret_wrong',
  '7000222': 'secret_expired',
  '7000218': 'secret_wrong',
  '7000216': 'secret_wrong',
  '700025': 'app_is_public',
  '90002': 'tenant_unknown',
  '900023': 'tenant_unknown',
  '50194': 'tenant_only_own',
  '50011': 'redirect_unknown',
  // a code that cannot even be read is refused before the secret is looked at
  '9002313': 'known',
  '70000': 'works',
  '70008': 'works',
  '54005': 'works',
}

function read(answer: HttpAnswer): AppTrial {
  const { error = '', error_description: detail = '', error_codes: codes = [] } = bodyOf(answer)
  for (const code of codes) {
    const verdict = byNumber[String(code)]
    if (verdict !== undefined) return { verdict, detail }
  }
  return { verdict: byName(answer.status, error, detail), detail }
}

function byName(status: number, error: string, description: string): AppVerdict {
  if (status >= 500 || status === 429) return 'too_slow'
  switch (error) {
    case 'invalid_grant':
      return 'works'
    case 'invalid_client':
      // Google answers 401 for both and tells them apart in words only
      return /not found|no registered|deleted/i.test(description) ? 'app_unknown' : 'secret_wrong'
    case 'deleted_client':
    case 'disabled_client':
      return 'app_unknown'
    case 'redirect_uri_mismatch':
      return 'redirect_unknown'
    case 'unauthorized_client':
      return 'app_is_public'
    default:
      return 'unclear'
  }
}

/** Undefined when the page has no complaint. Pages are for people, so only unmistakable marks count. */
async function asksBack(
  { endpoint, http }: { readonly endpoint: SignInEndpoint; readonly http: HttpClient },
  { redirectUri, scopes }: { readonly redirectUri: string; readonly scopes: readonly string[] },
  signal: AbortSignal,
): Promise<AppTrial | undefined> {
  const url = new URL(endpoint.authorizeUrl)
  const asked = {
    response_type: 'code',
    client_id: endpoint.clientId ?? '',
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  const wanted = { url: url.href, headers: { accept: 'text/html' }, maxBytes: longestPage, signal }
  // a page that leads on to another address has let the redirect address pass
  const page = await http.request(wanted).catch((error: unknown) => {
    if (error instanceof HttpError) return undefined
    throw error
  })
  const complaint = /redirect_uri_mismatch|AADSTS(?:50011|500113|90102)\b/.exec(page?.text() ?? '')
  return complaint === null ? undefined : { verdict: 'redirect_unknown', detail: complaint[0] }
}

interface TokenRefusal {
  readonly error?: string
  readonly error_description?: string
  readonly error_codes?: readonly number[]
}

function bodyOf(answer: HttpAnswer): TokenRefusal {
  try {
    const body = answer.json()
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}
