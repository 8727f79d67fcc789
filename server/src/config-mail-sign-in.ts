/**
 * Reads where people sign in for mail over IMAP and SMTP with tokens, from variables that begin with IMAP_OAUTH. All of it or
 * nothing: the client id decides whether it is wanted.
 */
import type { MailServer, MailSignIn } from './mailboxes/consent.ts'

type Tell = (variable: string, sentence: string) => void

const securities = { 'imaps:': 'tls', 'smtps:': 'tls', 'imap:': 'starttls', 'smtp:': 'starttls' } as const
const ports = { 'imaps:': 993, 'smtps:': 465, 'imap:': 143, 'smtp:': 587 } as const

export function readMailSignIn(
  env: Readonly<Record<string, string | undefined>>,
  tell: Tell,
): MailSignIn | undefined {
  const named = (name: string) => `IMAP_OAUTH_${name}`
  const text = (name: string) => env[named(name)] ?? ''
  const id = text('CLIENT_ID')
  if (id === '') return undefined

  function url(name: string): string {
    const parsed = URL.parse(text(name))
    const loopback = parsed !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(parsed.hostname)
    if (parsed?.protocol !== 'https:' && !(loopback && parsed.protocol === 'http:'))
      tell(named(name), 'must be a URL that starts with https://.')
    return text(name)
  }
  function server(name: 'SMTP' | 'IMAP'): MailServer {
    const scheme = name.toLowerCase()
    const parsed = URL.parse(text(name))
    const protocol = ([`${scheme}s:`, `${scheme}:`] as (keyof typeof ports)[]).find(
      (one) => one === parsed?.protocol,
    )
    if (parsed === null || protocol === undefined || parsed.hostname === '') {
      tell(
        named(name),
        `must name the server as ${scheme}s://host:port (TLS) or ${scheme}://host:port (STARTTLS).`,
      )
      return { host: '', port: 0, security: 'tls' }
    }
    const { hostname: host, port } = parsed
    return {
      host,
      port: port === '' ? ports[protocol] : Number(port),
      security: securities[protocol],
    }
  }
  function list(name: string, what: string): readonly string[] {
    const found = text(name)
      .split(/[\s,]+/)
      .filter((one) => one !== '')
    if (found.length === 0) tell(named(name), what)
    return found
  }
  const secret = text('CLIENT_SECRET')
  const imap = server('IMAP')
  const label = text('LABEL')
  return {
    label: label === '' ? imap.host : label,
    domains: text('DOMAINS')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((one) => one !== ''),
    issuer: url('ISSUER'),
    authorizeUrl: url('AUTHORIZE_URL'),
    tokenUrl: url('TOKEN_URL'),
    ...(text('REVOKE_URL') === '' ? {} : { revokeUrl: url('REVOKE_URL') }),
    ...(text('JWKS_URL') === '' ? {} : { jwksUrl: url('JWKS_URL') }),
    client: { id, ...(secret === '' ? {} : { secret }) },
    scopes: {
      full: list('SCOPES', 'must list what is asked for with Full Access, openid and email among it.'),
      send_only: list(
        'SEND_SCOPES',
        'must list what is asked for with Send Only, openid and email among it, and nothing that reads.',
      ),
    },
    smtp: server('SMTP'),
    imap,
  }
}
