/**
 * The token in a link that somebody without a session follows: `<workspace>.<chance>`, both base64url. It names its
 * workspace, so that the page finds the walls it belongs to; it is looked up by its hash.
 */
import { createHash } from 'node:crypto'
import type { Ids } from '../ids/index.ts'

const chanceBytes = 24

export function newLinkToken(ids: Ids, workspaceId: string): string {
  return `${Buffer.from(workspaceId.replaceAll('-', ''), 'hex').toString('base64url')}.${ids.token(chanceBytes)}`
}

/** Workspace and hash of a token; undefined when the text is none. */
export function readLinkToken(
  token: string,
): { readonly workspaceId: string; readonly hash: Buffer } | undefined {
  const found = /^([\w-]{22})\.([\w-]{32})$/.exec(token)
  if (found === null) return undefined
  const hex = Buffer.from(found[1] ?? '', 'base64url').toString('hex')
  const workspaceId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { workspaceId, hash: hashLinkToken(token) }
}

export function hashLinkToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
