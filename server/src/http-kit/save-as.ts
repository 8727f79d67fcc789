/** Headers under which whatever came from outside is served: bytes to save, never a page. */

export const bytesToSave = {
  'content-type': 'application/octet-stream',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
}

// RFC 6266 §4.1, RFC 8187: percent-encoded, so no character of a name can end the header
export function saveAs(filename: string): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(filename.toWellFormed()).replaceAll("'", '%27')}`
}
