/** New messages by their numbers, since a position and between two times. Nothing of a message is read for it. */
import type { ImapFlow } from 'imapflow'
import { z } from 'zod'
import type { Change, Changes, Outcome } from '../../mailboxes/provider.ts'
import { asDate, instantOf } from '../../platform/clock/index.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import type { Folder, Position } from './folders.ts'
import { foldersOf, listFolders, positionAt, readPosition, writePosition, writeRef } from './folders.ts'

const mostAtOnce = 200
/** Between two pages of a look by date new mail is looked for. */
const mostInLook = 100

/** A search knows days alone (RFC 3501 §6.4.4), in the zone of the server. */
const aDay = { hours: 24 }

/**
 * Messages above the position, folder by folder. A folder that was renumbered makes the whole position too old. One that is
 * new may be an old one with another name, and what was thrown away lay elsewhere before: of both only what arrived about
 * since the position is told, so that nobody asks about mail that was seen already.
 */
export async function changesSince(
  client: ImapFlow,
  cursor: string | undefined,
  now: Temporal.Instant,
): Promise<Outcome<Changes>> {
  const { folders, closed } = await listFolders(client)
  if (cursor === undefined)
    return succeeded({ changes: [], cursor: writePosition(positionAt(folders, now)), more: false })
  const position = readPosition(cursor)
  if (position === undefined) return failed({ kind: 'cursor_expired', diagnostic: 'no position of ours' })
  const renumbered = folders.find(({ path, uidValidity }) => {
    const held = position.folders[path]
    return held !== undefined && held[0] !== uidValidity
  })
  if (renumbered !== undefined)
    return failed({ kind: 'cursor_expired', diagnostic: `${renumbered.path} was renumbered` })
  const changes: Change[] = []
  const next: Position['folders'] = {}
  for (const path of closed) {
    const held = position.folders[path]
    if (held !== undefined) next[path] = held
  }
  let more = false
  for (const folder of folders) {
    const { path, uidValidity, uidNext } = folder
    const held = position.folders[path]
    // the next page would not know it as new any more
    const room = held === undefined ? Infinity : mostAtOnce - changes.length
    const from = held?.[1] ?? 1
    const since = held === undefined || folder.trash ? position.at.subtract(aDay) : undefined
    const uids = uidNext > from && room > 0 ? await numbersFrom(client, folder, { from, since }) : []
    const taken = uids.slice(0, Math.max(0, room))
    changes.push(...taken.map((uid) => changeIn(folder, uid)))
    const left = uids.length > taken.length || (room <= 0 && uidNext > from)
    next[path] = [uidValidity, left ? (taken.at(-1) ?? from - 1) + 1 : Math.max(from, uidNext)]
    more ||= left
  }
  const at = more ? position.at : now
  return succeeded({ changes, cursor: writePosition({ at, folders: next }), more })
}

/** Below UIDNEXT as it was told, so that what comes meanwhile is the next page's; `n:*` would always name the last one. */
async function numbersFrom(
  client: ImapFlow,
  { path, uidNext }: Folder,
  { from, since }: { readonly from: number; readonly since: Temporal.Instant | undefined },
): Promise<readonly number[]> {
  const days = since === undefined ? {} : { since: asDate(since) }
  return await inFolder(client, path, async () => {
    const found = await client.search({ uid: `${from}:${uidNext - 1}`, ...days }, { uid: true })
    return sorted(found).filter((uid) => uid >= from && uid < uidNext)
  })
}

/** A page of a look by date. */
const Look = z.object({
  /** Folders that are still to be looked into. */
  left: z.array(z.string()).min(1),
  /** In the first of them only what was numbered before this. */
  below: z.object({ uidValidity: z.string(), uid: z.number().int() }).optional(),
})
type Look = z.infer<typeof Look>

/** Folder by folder, newest first, some messages a page. What comes into a folder that is new meanwhile is a change since the position. */
export async function changesBetween(
  client: ImapFlow,
  range: Between,
  page: string | undefined,
): Promise<Outcome<{ readonly changes: readonly Change[]; readonly page?: string }>> {
  const folders = await foldersOf(client)
  const look = page === undefined ? { left: folders.map(({ path }) => path) } : lookOf(page)
  if (look === undefined) return failed({ kind: 'our_config', diagnostic: 'not a page of this provider' })
  const there = new Set(folders.map(({ path }) => path))
  const [path, ...others] = look.left.filter((one) => there.has(one))
  const folder = folders.find((one) => one.path === path)
  if (folder === undefined) return succeeded({ changes: [] })
  const below =
    path === look.left[0] && look.below?.uidValidity === folder.uidValidity ? look.below : undefined
  const near = await numbersNear(client, folder.path, range)
  const unseen = near.filter((uid) => below === undefined || uid < below.uid)
  const taken = unseen.slice(-mostInLook)
  const uids = await arrivedAmong(client, folder.path, taken, range)
  const changes = uids.toReversed().map((uid) => changeIn(folder, uid))
  const [lowest] = taken
  if (lowest !== undefined && unseen.length > taken.length) {
    const rest = { left: [folder.path, ...others], below: { uidValidity: folder.uidValidity, uid: lowest } }
    return succeeded({ changes, page: JSON.stringify(rest) })
  }
  return succeeded(others.length === 0 ? { changes } : { changes, page: JSON.stringify({ left: others }) })
}

/** Undefined when the text is no page of ours. */
function lookOf(page: string): Look | undefined {
  try {
    return Look.parse(JSON.parse(page))
  } catch {
    return undefined
  }
}

interface Between {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

/** Numbers in a folder by time of arrival, oldest first. */
export async function arrivedBetween(
  client: ImapFlow,
  path: string,
  range: Between,
): Promise<readonly number[]> {
  return await arrivedAmong(client, path, await numbersNear(client, path, range), range)
}

async function numbersNear(
  client: ImapFlow,
  path: string,
  { from, to }: Between,
): Promise<readonly number[]> {
  const days = { since: asDate(from.subtract(aDay)), before: asDate(to.add({ hours: 48 })) }
  return await inFolder(client, path, async () => sorted(await client.search(days, { uid: true })))
}

/** Which of these arrived in the time, by INTERNALDATE, which counts whole seconds; oldest first. */
async function arrivedAmong(
  client: ImapFlow,
  path: string,
  uids: readonly number[],
  { from, to }: Between,
): Promise<readonly number[]> {
  if (uids.length === 0) return []
  const [low, high] = [from.epochMilliseconds - 1000, to.epochMilliseconds]
  return await inFolder(client, path, async () => {
    const inside: number[] = []
    for await (const { uid, internalDate } of client.fetch(
      uids.join(','),
      { uid: true, internalDate: true },
      { uid: true },
    )) {
      const at = instantOf(internalDate ?? '').epochMilliseconds
      if (at >= low && at <= high) inside.push(uid)
    }
    return inside.toSorted((a, b) => a - b)
  })
}

/** Opens a folder for reading only (EXAMINE), so that nothing is marked as seen. */
export async function inFolder<T>(client: ImapFlow, path: string, ask: () => Promise<T>): Promise<T> {
  const lock = await client.getMailboxLock(path, { readOnly: true })
  try {
    return await ask()
  } finally {
    lock.release()
  }
}

function changeIn({ path, uidValidity, sent }: Folder, uid: number): Change {
  return { providerMessageId: writeRef({ path, uidValidity, uid }), own: sent }
}

function sorted(found: number[] | false | undefined): readonly number[] {
  return (found || []).toSorted((a, b) => a - b)
}
