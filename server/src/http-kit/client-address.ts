/**
 * Owns the question where a request comes from. Behind a reverse proxy – the connection comes from a private address
 * and a public address is configured – the last entry of X-Forwarded-For counts, since that proxy wrote it.
 */

/** Enough to tell an address from a name; a proxy of ours writes nothing else. */
const addressLike = /^[0-9a-f.:]{2,45}$/i

/** Address of the client, or `unknown`. */
export function clientAddress(request: {
  readonly connection: string | undefined
  readonly forwardedFor: string | undefined
  readonly behindProxy: boolean
}): string {
  const connection = (request.connection ?? 'unknown').replace(/^::ffff:/, '')
  if (!request.behindProxy || !isPrivate(connection)) return connection
  const last = request.forwardedFor?.split(',').at(-1)?.trim()
  return last !== undefined && addressLike.test(last) ? last : connection
}

/**
 * Who counts as one client: over IPv6 a whole /64, since whoever has one address there has all of them.
 */
export function clientNetwork(address: string): string {
  const host = address.includes(':') ? URL.parse(`http://[${address}]`)?.hostname : undefined
  if (host === undefined) return address
  const [head = '', tail] = host.slice(1, -1).split('::')
  const [before, behind] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean))
  const zeros = Array<string>(8 - (before?.length ?? 0) - (behind?.length ?? 0)).fill('0')
  const whole = [...(before ?? []), ...(tail === undefined ? [] : zeros), ...(behind ?? [])]
  return `${whole.slice(0, 4).join(':')}::/64`
}

export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

/** RFC 1918, RFC 4193, loopback and link-local. */
export function isPrivate(address: string): boolean {
  return (
    isLoopback(address) ||
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd]|fe80:)/i.test(address)
  )
}
