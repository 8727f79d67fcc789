/**
 * Owns the headers that tell a browser what our pages may never do: no script but our own files, no frame around us,
 * no sniffing, no address of ours told to others. Styles are also written by the component library, hence inline.
 * Images may come by https, because a received mail shows its remote ones when the reader asks for them.
 */
import type { MiddlewareHandler } from 'hono'
import type { Env } from '../http-kit/index.ts'

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ')

const always: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
}

/**
 * A handler that sets one of these itself (a download with a stricter policy) keeps its own. Where people come by https,
 * cookies never travel by http; at the plain address of this machine they still must.
 */
export function securityHeaders(openUrl: () => string | undefined): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next()
    const open = openUrl()
    const https = open?.startsWith('https:') ?? false
    for (const [name, value] of Object.entries(always)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    }
    if (https) c.res.headers.set('strict-transport-security', 'max-age=31536000')
    if (https && c.req.header('host') === new URL(open ?? '').host) secureCookies(c.res.headers)
  }
}

function secureCookies(headers: Headers): void {
  const cookies = headers.getSetCookie()
  headers.delete('set-cookie')
  for (const cookie of cookies)
    headers.append('set-cookie', /;\s*secure/i.test(cookie) ? cookie : `${cookie}; Secure`)
}
