/**
 * The way out of a mailing as a header: List-Unsubscribe (RFC 2369 §3.2) and one click (RFC 8058 §3.1).
 *
 * Building is strict, because the line must stay one line and both fields must be signed by the provider;
 * reading is generous. Following the link is not done here.
 */
import { hasControlCharacter } from './characters.ts'

export type Unsubscribe = {
  readonly https?: string | undefined
  readonly mailto?: string | undefined
  /** POST `List-Unsubscribe=One-Click` to the https link is enough (RFC 8058 §3.1). */
  readonly oneClick: boolean
}

export type UnsubscribeHeaders = { readonly listUnsubscribe: string; readonly listUnsubscribePost?: string }

const oneClickValue = 'List-Unsubscribe=One-Click'
const lineLimit = 998 - 'List-Unsubscribe: '.length

/**
 * The header values. One click needs an https link, RFC 8058 §3.1.
 * @throws RangeError when there is no link, a link is not https or mailto, or the line would be over 998 octets
 */
export function unsubscribeHeaders(unsubscribe: Unsubscribe): UnsubscribeHeaders {
  const links = [...link(unsubscribe.https, 'https:'), ...link(unsubscribe.mailto, 'mailto:')]
  const listUnsubscribe = links.map((uri) => `<${uri}>`).join(', ')
  if (links.length === 0) throw new RangeError('neither an https nor a mailto link to unsubscribe')
  if (listUnsubscribe.length > lineLimit)
    throw new RangeError('the links to unsubscribe are longer than a line')
  if (!unsubscribe.oneClick) return { listUnsubscribe }
  if (unsubscribe.https === undefined) throw new RangeError('one click needs an https link')
  return { listUnsubscribe, listUnsubscribePost: oneClickValue }
}

/** Reads both header values; undefined when no usable link stands in them. */
export function parseUnsubscribe(
  listUnsubscribe: string,
  listUnsubscribePost?: string,
): Unsubscribe | undefined {
  const uris = [...listUnsubscribe.slice(0, 8_192).matchAll(/<\s*([^<>]*?)\s*>/g)].map((found) =>
    (found[1] ?? '').replaceAll(/\s+/g, ''),
  )
  const https = uris.find((uri) => /^https:\/\//i.test(uri))
  const mailto = uris.find((uri) => /^mailto:/i.test(uri))
  if (https === undefined && mailto === undefined) return undefined
  const oneClick =
    https !== undefined && listUnsubscribePost?.trim().toLowerCase() === oneClickValue.toLowerCase()
  return { ...(https === undefined ? {} : { https }), ...(mailto === undefined ? {} : { mailto }), oneClick }
}

function link(uri: string | undefined, scheme: string): string[] {
  if (uri === undefined) return []
  if (
    hasControlCharacter(uri) ||
    /[\s<>]/.test(uri) ||
    !/^[!-~]+$/.test(uri) ||
    URL.parse(uri)?.protocol !== scheme
  ) {
    throw new RangeError(`not a ${scheme} link: ${JSON.stringify(uri)}`)
  }
  return [uri]
}
