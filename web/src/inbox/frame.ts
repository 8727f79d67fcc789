/**
 * The document inside the sandboxed frame that shows a received mail in its own layout.
 * The frame has no script, no forms, no origin; this file writes the policy that also forbids every request.
 * The HTML was sanitised when it was stored; the frame is the second wall, not the first.
 */

export type RemoteImages = 'blocked' | 'loaded'

/** Content Security Policy Level 3: nothing but inline styles and embedded images, remote ones on request. */
export function framePolicy(images: RemoteImages): string {
  const sources = images === 'loaded' ? 'data: https:' : 'data:'
  return `default-src 'none'; style-src 'unsafe-inline'; img-src ${sources}`
}

/** A mail is drawn on white in both themes: its author chose the colours for white. */
export function frameDocument(html: string, images: RemoteImages): string {
  return [
    '<!doctype html><html><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${framePolicy(images)}">`,
    '<meta name="referrer" content="no-referrer">',
    '<style>html{background:#fff;color:#1b1d1f;font:15px/1.5 sans-serif}body{margin:12px;overflow-wrap:anywhere}',
    'img{max-width:100%;height:auto}table{max-width:100%}</style></head><body>',
    html,
    '</body></html>',
  ].join('')
}
