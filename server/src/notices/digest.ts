/**
 * The daily digest by mail, for those who want it and where a mail server is set: after eight in the morning of the
 * workspace, once a day, and only when there is something unread.
 */
import { databaseNow } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { readMember, workspaceOf } from '../team/index.ts'
import { digestMail } from './texts.ts'
import { takeDigests } from './store.ts'

export interface DigestParts {
  readonly database: Database
  readonly post: {
    ready(): Promise<boolean>
    put(tx: Tx, mail: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>
  }
  readonly publicUrl: () => string
}

const fromHour = 8

/** Writes the digests of a workspace that are due. */
export async function writeDigests(parts: DigestParts, workspaceId: string): Promise<void> {
  if (!(await parts.post.ready())) return
  await parts.database.inWorkspace(workspaceId, async (tx) => {
    const { zone, name: workspace } = await workspaceOf(tx)
    const here = (await databaseNow(tx)).toZonedDateTimeISO(zone)
    if (here.hour < fromHour) return
    for (const { personId, notices } of await takeDigests(tx, here.startOfDay().toInstant())) {
      const member = await readMember(tx, personId)
      if (member === undefined) continue
      const { name, address, language } = member
      const mail = digestMail({ name, language, workspace, address: parts.publicUrl() }, notices)
      await parts.post.put(tx, { to: address, ...mail })
    }
  })
}
