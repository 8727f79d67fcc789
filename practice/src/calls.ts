/**
 * What a call of a client is known by: the operation's name, as it stands in the record, and over HTTP its verb and path
 * beside it. An order is for one by either; `*` in a path stands for anything.
 */
export interface Call {
  readonly name: string
  /** `POST /gmail/v1/users/me/messages/send`; empty where there is none. */
  readonly line: string
}

export const TOKEN_CALL = 'oauth2.token'
export const CONSENT_CALL = 'oauth2.authorize'
export const INTROSPECTION_CALL = 'oauth2.introspect'

/** The operations of the mail server; those of the others stand with their methods. */
export const MAIL_SERVER_CALLS = [
  'smtp.auth',
  'smtp.send',
  'imap.login',
  'imap.list',
  'imap.select',
  'imap.search',
  'imap.fetch',
  'imap.append',
  'imap.idle',
] as const

export type MailServerCall = (typeof MAIL_SERVER_CALLS)[number]

/** A call over a connection that has neither verb nor path. */
export function spoken(name: MailServerCall): Call {
  return { name, line: '' }
}

export function requested(name: string, request: { readonly method: string; readonly path: string }): Call {
  return { name, line: `${request.method} ${request.path}` }
}

/** True when an order for `wanted` (undefined and `*`: for any) is about this call. */
export function isAbout(wanted: string | undefined, call: Call | undefined): boolean {
  if (wanted === undefined || wanted === '*') return true
  if (call === undefined) return false
  return isLine(wanted) ? matches(wanted, call.line) : wanted === call.name
}

export function isLine(wanted: string): boolean {
  return /^(GET|POST|PUT|PATCH|DELETE) \/\S*$/.test(wanted)
}

function matches(pattern: string, line: string): boolean {
  const [first = '', ...pieces] = pattern.split('*')
  if (!line.startsWith(first)) return false
  const last = pieces.pop()
  if (last === undefined) return line === first
  let from = first.length
  for (const piece of pieces) {
    const at = line.indexOf(piece, from)
    if (at === -1) return false
    from = at + piece.length
  }
  return line.length - last.length >= from && line.endsWith(last)
}
