/**
 * Everything that is stored of a mailbox, in two forms: mbox, which any mail program opens and which holds each message
 * with its files to the byte, and JSON lines, which say what Kontor knows of each. Read page by page, so that a mailbox of
 * any size can be exported; what is erased meanwhile is not in it.
 */
import type { ExportedMessage } from '../correspondence/index.ts'
import { messagesForExport } from '../correspondence/index.ts'
import { mboxEntry } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Database } from '../platform/db/index.ts'

export interface Exporting {
  readonly workspaceId: string
  readonly mailboxId: string
}

const messagesAtOnce = 50

/** The mailbox as an mbox file, message by message. */
export async function* exportMbox(
  { database }: { readonly database: Database },
  exporting: Exporting,
): AsyncGenerator<Uint8Array> {
  for await (const { message, raw } of messages(database, exporting, 'with bytes')) {
    if (raw !== undefined) yield mboxEntry(raw, { from: message.fromAddress, at: message.at })
  }
}

/** The mailbox as JSON, one message a line. */
export async function* exportJsonLines(
  { database }: { readonly database: Database },
  exporting: Exporting,
): AsyncGenerator<Uint8Array> {
  for await (const { message } of messages(database, exporting, 'without bytes')) {
    const { at, rawSha256, ...rest } = message
    const line = { ...rest, at: at.toString(), ...(rawSha256 === undefined ? {} : { sha256: rawSha256 }) }
    yield new TextEncoder().encode(`${JSON.stringify(line)}\n`)
  }
}

async function* messages(
  database: Database,
  { workspaceId, mailboxId }: Exporting,
  bytes: 'with bytes' | 'without bytes',
): AsyncGenerator<{ message: ExportedMessage; raw: Uint8Array | undefined }> {
  let last: ExportedMessage | undefined
  for (;;) {
    const after = last
    const page = await database.inWorkspace(workspaceId, (tx) =>
      messagesForExport(tx, mailboxId, { after, limit: messagesAtOnce }),
    )
    for (const message of page) {
      const { rawSha256 } = message
      const raw =
        bytes === 'without bytes' || rawSha256 === undefined
          ? undefined
          : await database.inWorkspace(workspaceId, (tx) => blobs.get(tx, workspaceId, rawSha256))
      yield { message, raw }
    }
    last = page.at(-1)
    if (page.length < messagesAtOnce) return
  }
}
