/**
 * The folders in which an answer may lie, and how a message in one is named: RFC 5092's way of saying it. A position is, for
 * each folder, its UIDVALIDITY and the next UID, and when it was taken; only new messages matter here, so mod-sequences
 * (RFC 7162) would tell nothing that UIDNEXT does not.
 */
import type { ImapFlow } from 'imapflow'
import { z } from 'zod'

export interface Folder {
  readonly path: string
  readonly sent: boolean
  /** What its owner threw away lies here, drafts too. */
  readonly trash: boolean
  readonly uidValidity: string
  readonly uidNext: number
}

const skipped = new Set(['\\Drafts', '\\Flagged'])
/** Where one folder shows all mail (Gmail), the others are views of it, but for these. */
const whole = new Set(['\\All', '\\Junk', '\\Sent', '\\Trash'])

/** Sent first, so that an own mail is known as own wherever else it is seen, then the inbox, then the others by name. */
export async function foldersOf(client: ImapFlow): Promise<readonly Folder[]> {
  return (await listFolders(client)).folders
}

/** `closed`: paths of folders that are there and cannot be looked into now. */
export async function listFolders(
  client: ImapFlow,
): Promise<{ readonly folders: readonly Folder[]; readonly closed: readonly string[] }> {
  // of the folder that is open STATUS may tell an old view (RFC 3501 §6.3.10)
  if (client.mailbox) await client.mailboxClose()
  const listed = await client.list({ statusQuery: { uidNext: true, uidValidity: true } })
  const selectable = listed.filter(
    ({ flags, specialUse }) => !flags.has('\\Noselect') && !skipped.has(specialUse ?? ''),
  )
  const all = selectable.some(({ specialUse }) => specialUse === '\\All')
  const wanted = selectable.filter(({ specialUse }) => !all || whole.has(specialUse ?? ''))
  const folders = wanted.flatMap(({ path, specialUse, status }) => {
    const { uidValidity, uidNext } = status ?? {}
    if (uidValidity === undefined || uidNext === undefined) return []
    const use = { sent: specialUse === '\\Sent', trash: specialUse === '\\Trash' }
    return [{ path, ...use, uidValidity: String(uidValidity), uidNext }]
  })
  const open = new Set(folders.map(({ path }) => path))
  return {
    folders: folders.toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1)),
    closed: wanted.map(({ path }) => path).filter((path) => !open.has(path)),
  }
}

function rank({ sent, path }: Folder): number {
  if (sent) return 0
  return path.toUpperCase() === 'INBOX' ? 1 : 2
}

export interface MessageRef {
  readonly path: string
  readonly uidValidity: string
  readonly uid: number
}

/** RFC 5092 §6: folder, UIDVALIDITY and UID; stable until the server renumbers. */
export function writeRef({ path, uidValidity, uid }: MessageRef): string {
  return `${encodeURIComponent(path)};UIDVALIDITY=${uidValidity}/;UID=${uid}`
}

export function readRef(text: string): MessageRef | undefined {
  const [, path, uidValidity, uid] = /^([^;/]+);UIDVALIDITY=(\d+)\/;UID=(\d+)$/.exec(text) ?? []
  if (path === undefined || uidValidity === undefined || uid === undefined) return undefined
  return { path: decodeURIComponent(path), uidValidity, uid: Number(uid) }
}

const Position = z.object({
  /** When it was taken; nothing that arrived later was seen. */
  at: z.string().transform((text) => Temporal.Instant.from(text)),
  /** By path: UIDVALIDITY and the next UID that was not seen. */
  folders: z.record(z.string(), z.tuple([z.string(), z.number().int()])),
})
export type Position = z.infer<typeof Position>

export function positionAt(folders: readonly Folder[], at: Temporal.Instant): Position {
  return {
    at,
    folders: Object.fromEntries(
      folders.map(({ path, uidValidity, uidNext }) => [path, [uidValidity, uidNext]]),
    ),
  }
}

export function writePosition(position: Position): string {
  return JSON.stringify(position)
}

export function readPosition(text: string): Position | undefined {
  try {
    return Position.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
