/** New messages by their numbers, since a position and between two times. Nothing of a message is read for it. */
import type { ImapFlow } from 'imapflow'
import type { Change, Changes, Outcome } from '../../mailboxes/provider.ts'
import { asDate, instantOf } from '../../platform/clock/index.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import type { Folder, Position } from './folders.ts'
import { foldersOf, positionAt, readPosition, writePosition, writeRef } from './folders.ts'

const mostAtOnce = 200

/** Messages above the position, folder by folder. A folder that was renumbered makes the whole position too old. */
export async function changesSince(client: ImapFlow, cursor: string | undefined): Promise<Outcome<Changes>> {
  const folders = await foldersOf(client)
  if (cursor === undefined) {
    return succeeded({ changes: [], cursor: writePosition(positionAt(folders)), more: false })
  }
  const position = readPosition(cursor)
  if (position === undefined) return failed({ kind: 'cursor_expired', diagnostic: 'no position of ours' })
  const renumbered = folders.find(
    ({ path, uidValidity }) => position[path] !== undefined && position[path][0] !== uidValidity,
  )
  if (renumbered !== undefined)
    return failed({ kind: 'cursor_expired', diagnostic: `${renumbered.path} was renumbered` })
  const changes: Change[] = []
  const next: Position = {}
  let more = false
  for (const folder of folders) {
    // a folder that is new since has been empty before
    const from = position[folder.path]?.[1] ?? 1
    const room = mostAtOnce - changes.length
    const uids = folder.uidNext > from && room > 0 ? await numbersFrom(client, folder, from) : []
    const taken = uids.slice(0, room)
    changes.push(...taken.map((uid) => changeIn(folder, uid)))
    const left = uids.length > taken.length || (room <= 0 && folder.uidNext > from)
    next[folder.path] = [
      folder.uidValidity,
      left ? (taken.at(-1) ?? from - 1) + 1 : Math.max(from, folder.uidNext),
    ]
    more ||= left
  }
  return succeeded({ changes, cursor: writePosition(next), more })
}

/** Below UIDNEXT as it was told, so that what comes meanwhile is the next page's; `n:*` would always name the last one. */
async function numbersFrom(client: ImapFlow, folder: Folder, from: number): Promise<readonly number[]> {
  return await inFolder(client, folder.path, async () => {
    const found = await client.search({ uid: `${from}:${folder.uidNext - 1}` }, { uid: true })
    return sorted(found).filter((uid) => uid >= from && uid < folder.uidNext)
  })
}

/** A folder a page, newest first. IMAP searches by day alone (RFC 3501 §6.4.4), so the time of arrival decides at the edges. */
export async function changesBetween(
  client: ImapFlow,
  range: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
  page: string | undefined,
): Promise<Outcome<{ readonly changes: readonly Change[]; readonly page?: string }>> {
  const folders = await foldersOf(client)
  const index = Number(page ?? 0)
  const folder = folders[index]
  if (folder === undefined) return succeeded({ changes: [] })
  const uids = await arrivedBetween(client, folder.path, range)
  const changes = uids.toReversed().map((uid) => changeIn(folder, uid))
  return succeeded(index + 1 < folders.length ? { changes, page: String(index + 1) } : { changes })
}

/** Numbers in a folder by time of arrival, oldest first. */
export async function arrivedBetween(
  client: ImapFlow,
  path: string,
  { from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
): Promise<readonly number[]> {
  return await inFolder(client, path, async () => {
    const days = { since: asDate(from.subtract({ hours: 24 })), before: asDate(to.add({ hours: 48 })) }
    const near = sorted(await client.search(days, { uid: true }))
    if (near.length === 0) return []
    const inside: number[] = []
    // INTERNALDATE counts whole seconds
    const [low, high] = [from.epochMilliseconds - 1000, to.epochMilliseconds]
    for await (const { uid, internalDate } of client.fetch(
      near.join(','),
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
