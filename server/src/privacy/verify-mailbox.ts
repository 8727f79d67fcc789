/**
 * Verifies the access log of a mailbox and its agreement with what is stored, as both were at one moment.
 *
 * 1. The chain, entry by entry, against its head. 2. Every stored content was opened in an entry, and says by what
 * evidence it was taken for an answer. 3. Every identifier that is kept was seen in an entry. 4. What was erased holds
 * nothing any more.
 *
 * Mailboxes whose mail lies in one place are read through one of them, so that the logs of the others count for 2 and 3,
 * and what was opened for them counts as stored.
 *
 * Ids stand in the log as hashes under a key that erasing destroys. What came before cannot be compared from then on;
 * it is counted apart, and is no fault. Opened messages that are not stored are counted too: copies of what is stored
 * already, what was set aside, what was erased, what turned out to be no answer once it was read.
 */
import { erasedMessages, setAsideIdentifiers, storedContents } from '../correspondence/index.ts'
import { everReadWith, idHash, keptLedgerKey, mailboxById, verifyLedger } from '../mailboxes/index.ts'
import type { LedgerCheck } from '../mailboxes/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { SecretBox } from '../platform/secret-box/index.ts'
import { unmatchedIdentifiers } from '../receiving/index.ts'
import { erasuresOf } from './store-erasure.ts'

export type Fault =
  | LedgerCheck['breaks'][number]
  /** A message whose content no entry opened. */
  | { readonly kind: 'stored_without_entry'; readonly message: string }
  | { readonly kind: 'stored_without_evidence'; readonly message: string }
  /** Marked as erased, and there is something of it. */
  | { readonly kind: 'erased_with_content'; readonly message: string }
  /** Identifiers that are kept and that no entry saw. */
  | { readonly kind: 'identifiers_without_entry'; readonly count: number }
  /** The key of the ids does not open with the secret key that was given. */
  | { readonly kind: 'ids_sealed' }

export interface MailboxProof {
  readonly address: string
  readonly entries: number
  readonly faults: readonly Fault[]
  /** Contents that were read and are stored. */
  readonly stored: number
  readonly erased: number
  readonly erasing: boolean
  /** Stored before the key of the ids was destroyed. */
  readonly notComparable: number
  /** Messages opened under the present key, and those of them that are not stored. */
  readonly opened: number
  readonly entriesWithoutMail: number
  readonly setAside: number
}

interface Kept {
  readonly id: string
  readonly providerMessageId: string | undefined
}

/** What the log of one mailbox saw and opened, by hashes under its own key. */
interface Book {
  readonly hash: (id: string | undefined) => string
  readonly seen: ReadonlySet<string>
  readonly opened: ReadonlySet<string>
  readonly keyDestroyedAt: Temporal.Instant | undefined
}

const readAtOnce = 1_000

export async function verifyMailbox(
  { database, box }: { readonly database: Database; readonly box: Pick<SecretBox, 'open'> },
  { workspaceId, mailboxId }: { readonly workspaceId: string; readonly mailboxId: string },
): Promise<MailboxProof> {
  return await database.atOneMoment(workspaceId, async (tx) => {
    const mailbox = await mailboxById(tx, mailboxId)
    const address = mailbox?.address ?? mailboxId
    const { running } = await erasuresOf(tx, mailboxId)
    const own = await bookOf(tx, box, mailboxId)
    const books = [own]
    const beside = await everReadWith(tx, mailboxId)
    for (const id of beside) books.push(await bookOf(tx, box, id))
    const after = (at: Temporal.Instant): boolean =>
      books.every(({ keyDestroyedAt: gone }) => gone === undefined || Temporal.Instant.compare(at, gone) > 0)
    const sealed = books.some((book) => book.sealed)
    const faults: Fault[] = sealed ? [{ kind: 'ids_sealed' }] : []
    const told = (id: string | undefined, how: 'seen' | 'opened'): boolean =>
      books.some((book) => book[how].has(book.hash(id)))

    const contents = await readContents(tx, mailboxId, { after, faults })
    const asideIds = await setAsideIdentifiers(tx, mailboxId)
    const kept = [...asideIds, ...(await unmatchedIdentifiers(tx, mailboxId))]
    const unseen = kept.filter((one) => after(one.at) && !told(one.providerMessageId, 'seen'))
    const { check } = own
    faults.push(...check.breaks)
    const erased = await erasedMessages(tx, mailboxId)
    for (const message of erased.holding) faults.push({ kind: 'erased_with_content', message })
    if (!sealed) {
      for (const { id, providerMessageId } of contents.comparable)
        if (!told(providerMessageId, 'opened')) faults.push({ kind: 'stored_without_entry', message: id })
      if (unseen.length > 0) faults.push({ kind: 'identifiers_without_entry', count: unseen.length })
    }
    const { opened, hash } = own
    const setAside = new Set(asideIds.map((one) => hash(one.providerMessageId)))
    const known = new Set(contents.comparable.map((one) => hash(one.providerMessageId)))
    for (const id of beside) {
      const theirs = await readContents(tx, id, { after, faults: [] })
      for (const one of theirs.comparable) known.add(hash(one.providerMessageId))
    }
    const withoutMail = [...opened].filter((one) => !known.has(one))
    return {
      address,
      entries: check.entries,
      faults,
      stored: contents.stored,
      erased: erased.count,
      erasing: running,
      notComparable: contents.stored - contents.comparable.length,
      opened: opened.size,
      entriesWithoutMail: withoutMail.length,
      setAside: withoutMail.filter((one) => setAside.has(one)).length,
    }
  })
}

async function bookOf(
  tx: Tx,
  box: Pick<SecretBox, 'open'>,
  mailboxId: string,
): Promise<Book & { readonly check: LedgerCheck; readonly sealed: boolean }> {
  const { keyDestroyedAt } = await erasuresOf(tx, mailboxId)
  const key = openKey(box, mailboxId, await keptLedgerKey(tx, mailboxId))
  const seen = new Set<string>()
  const opened = new Set<string>()
  const check = await verifyLedger(tx, mailboxId, (entry) => {
    const living = keyDestroyedAt === undefined || Temporal.Instant.compare(entry.at, keyDestroyedAt) > 0
    for (const touched of entry.touchedKeys) {
      seen.add(touched)
      if (entry.depth === 'content' && entry.outcome !== 'not_found' && living) opened.add(touched)
    }
  })
  const hash = (id: string | undefined): string =>
    id === undefined || typeof key === 'string' ? '' : idHash(key, id)
  return { hash, seen, opened, keyDestroyedAt, check, sealed: key === 'sealed' }
}

function openKey(
  box: Pick<SecretBox, 'open'>,
  mailboxId: string,
  sealed: string | undefined,
): Buffer | 'none' | 'sealed' {
  if (sealed === undefined) return 'none'
  try {
    return Buffer.from(box.open(sealed, `ledger:${mailboxId}`), 'base64url')
  } catch {
    return 'sealed'
  }
}

async function readContents(
  tx: Tx,
  mailboxId: string,
  of: {
    readonly after: (at: Temporal.Instant) => boolean
    readonly faults: Fault[]
  },
): Promise<{ readonly stored: number; readonly comparable: readonly Kept[] }> {
  const comparable: Kept[] = []
  let stored = 0
  for (let last: string | undefined; ; ) {
    const page = await storedContents(tx, mailboxId, { after: last, limit: readAtOnce })
    for (const { id, providerMessageId, storedAt, hasEvidence } of page) {
      stored += 1
      if (!hasEvidence) of.faults.push({ kind: 'stored_without_evidence', message: id })
      if (of.after(storedAt)) comparable.push({ id, providerMessageId })
    }
    last = page.at(-1)?.id
    if (page.length < readAtOnce) return { stored, comparable }
  }
}
