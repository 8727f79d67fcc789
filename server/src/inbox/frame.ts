/**
 * A received mail in its own layout, as a document for a sandboxed frame: sanitised when it was stored, and here under a
 * policy that allows no script, no form, no frame and no request. Images that came with the mail are embedded.
 */
import { allowRemoteImages, escapeHtml } from '../mail/index.ts'

export type RemoteImages = 'blocked' | 'loaded'

/** Content Security Policy Level 3. `sandbox` holds also when the address is opened outside our frame. */
export function framePolicy(images: RemoteImages): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src ${images === 'loaded' ? 'data: https:' : 'data:'}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ')
}

/** `inline`: Content-ID → data URI (RFC 2392, RFC 2397). A mail is drawn on white: its author chose colours for white. */
export function frameDocument(
  html: string,
  images: RemoteImages,
  inline: ReadonlyMap<string, string>,
): string {
  const shown = html.replaceAll(
    /(<img\b[^>]*?\s)data-cid="([^"]*)"/g,
    (whole, before: string, id: string) => {
      const uri = inline.get(id) ?? inline.get(decoded(id))
      return uri === undefined ? whole : `${before}src="${escapeHtml(uri)}"`
    },
  )
  return [
    '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">',
    '<style>html{background:#fff;color:#1b1d1f;font:15px/1.5 system-ui,sans-serif}body{margin:12px;overflow-wrap:anywhere}',
    'img{max-width:100%;height:auto}table{max-width:100%}a{color:#2a3fc4}</style></head><body>',
    images === 'loaded' ? allowRemoteImages(shown) : shown,
    '</body></html>',
  ].join('')
}

// a Content-ID in a cid: address is percent-encoded (RFC 2392 §2), and stored attributes are HTML
function decoded(id: string): string {
  try {
    return decodeURIComponent(id.replaceAll('&amp;', '&'))
  } catch {
    return id
  }
}
