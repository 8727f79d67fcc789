/** One message: its three headers, its bytes, and the copy of what we sent. BODY.PEEK throughout: nothing is marked. */
import type { ImapFlow } from 'imapflow'
import type { Accepted, Outcome, SentHints, ThreadHeaders } from '../../mailboxes/provider.ts'
import { addressKey } from '../../mail/address.ts'
import { instantOf } from '../../platform/clock/index.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import { arrivedBetween, inFolder } from './changes.ts'
import type { MessageRef } from './folders.ts'
import { foldersOf, readRef, writeRef } from './folders.ts'

/** Exactly these, and no others, are ever asked for before a match. */
const asked = ['message-id', 'in-reply-to', 'references']

const gone = { kind: 'not_found', diagnostic: 'no such message' } as const

export async function threadHeaders(client: ImapFlow, id: string): Promise<Outcome<ThreadHeaders>> {
  return await atMessage(client, id, async ({ uid }) => {
    const headers = await headersOf(client, uid)
    return headers === undefined ? failed(gone) : succeeded(headers)
  })
}

async function headersOf(client: ImapFlow, uid: number): Promise<ThreadHeaders | undefined> {
  const found = await client.fetchOne(String(uid), { uid: true, headers: asked }, { uid: true })
  if (!found) return undefined
  const values = valuesIn(found.headers ?? Buffer.alloc(0))
  const [messageId, inReplyTo, references] = asked.map((name) => values.get(name))
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references === undefined ? {} : { references }),
  }
}

/** By lower-case name, unfolded (RFC 5322 §2.2.3). */
function valuesIn(block: Uint8Array): ReadonlyMap<string, string> {
  const text = Buffer.from(block)
    .toString('utf8')
    .replaceAll(/\r?\n(?=[ \t])/g, '')
  return new Map(
    [...text.matchAll(/^([^\s:]+):[ \t]*(.*?)[ \t]*\r?$/gm)].map(([, name, value]) => [
      name?.toLowerCase() ?? '',
      value ?? '',
    ]),
  )
}

export async function raw(
  client: ImapFlow,
  id: string,
  ownAddress: string,
): Promise<
  Outcome<{ readonly raw: Uint8Array; readonly receivedAt: Temporal.Instant; readonly own: boolean }>
> {
  const folders = await foldersOf(client)
  return await atMessage(client, id, async ({ uid, path }) => {
    const { sent = false, trash = false } = folders.find((folder) => folder.path === path) ?? {}
    const found = await client.fetchOne(
      String(uid),
      { uid: true, source: true, internalDate: true },
      { uid: true },
    )
    if (!found || found.source === undefined) return failed(gone)
    // told in whole seconds; at the end of its second an answer does not stand before what it answers
    const receivedAt = instantOf(found.internalDate ?? '').add({ milliseconds: 999 })
    // a copy that its owner filed elsewhere is still the owner's
    const own = sent || writers(found.source).includes(addressKey(ownAddress))
    // what was sent lay in Sent before; a draft that was thrown away was never sent
    if (own && trash) return failed({ kind: 'not_found', diagnostic: 'thrown away by its writer' })
    return succeeded({ raw: found.source, receivedAt, own })
  })
}

function writers(source: Uint8Array): readonly string[] {
  const text = Buffer.from(source).toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const from = valuesIn(Buffer.from(end === -1 ? text : text.slice(0, end), 'latin1')).get('from') ?? ''
  return [...from.matchAll(/[^\s<>,;"]+@[^\s<>,;"]+/g)].map(([address]) => addressKey(address))
}

/** The server answers with yes or no; the sender itself is not asked for. */
export async function writtenBy(
  client: ImapFlow,
  id: string,
  addresses: readonly string[],
): Promise<Outcome<boolean>> {
  return await atMessage(client, id, async ({ uid }) => {
    for (const address of addresses) {
      const found = await client.search({ uid: String(uid), from: address }, { uid: true })
      if (found && found.length > 0) return succeeded(true)
    }
    return succeeded(false)
  })
}

const mostLookedThrough = 500

/**
 * By our Message-ID or our token in References among what came into Sent since. Undefined means that nothing of ours is there;
 * whether that proves anything is the caller's to know.
 */
export async function findSent(
  client: ImapFlow,
  { messageId, token, since, until }: Pick<SentHints, 'messageId' | 'token' | 'since' | 'until'>,
  now: Temporal.Instant,
  looked: (id: string) => void = () => undefined,
): Promise<Outcome<(Accepted & { readonly messageId?: string }) | undefined>> {
  const sent = (await foldersOf(client)).find((folder) => folder.sent)
  if (sent === undefined) return failed({ kind: 'transient', diagnostic: 'this mailbox has no Sent folder' })
  const uids = await arrivedBetween(client, sent.path, { from: since, to: until ?? now.add({ minutes: 5 }) })
  if (uids.length > mostLookedThrough)
    return failed({ kind: 'transient', diagnostic: `${uids.length} mails to look through` })
  return await inFolder(client, sent.path, async () => {
    for (const uid of uids) {
      const id = writeRef({ ...sent, uid })
      looked(id)
      const headers = await headersOf(client, uid)
      const found = headers?.messageId?.replaceAll(/[<>]/g, '')
      if (found === messageId || headers?.references?.includes(token) === true) {
        return succeeded({ providerMessageId: id, ...(found === undefined ? {} : { messageId: found }) })
      }
    }
    return succeeded(undefined)
  })
}

/** Files the copy of what was sent, unless the server did. The copy's id. */
export async function fileSent(
  client: ImapFlow,
  bytes: Uint8Array,
  messageId: string,
): Promise<string | undefined> {
  const sent = (await foldersOf(client)).find((folder) => folder.sent)
  if (sent === undefined) return undefined
  const there = await inFolder(client, sent.path, () =>
    client.search({ header: { 'message-id': messageId } }, { uid: true }),
  )
  const held = (there || []).at(-1)
  if (held !== undefined) return writeRef({ ...sent, uid: held })
  const filed = await client.append(sent.path, Buffer.from(bytes), ['\\Seen'])
  if (!filed || filed.uid === undefined) return undefined
  return writeRef({
    path: sent.path,
    uidValidity: String(filed.uidValidity ?? sent.uidValidity),
    uid: filed.uid,
  })
}

/** At a message that still has the number it had. */
async function atMessage<T>(
  client: ImapFlow,
  id: string,
  ask: (ref: MessageRef) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const ref = readRef(id)
  if (ref === undefined) return failed(gone)
  return await inFolder(client, ref.path, async () => {
    const { mailbox } = client
    const valid =
      mailbox !== false && mailbox !== undefined && String(mailbox.uidValidity) === ref.uidValidity
    return valid ? await ask(ref) : failed(gone)
  })
}
