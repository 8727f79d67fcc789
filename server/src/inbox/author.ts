/** Direct mails are written by a person: they leave as typed, and are still true unless the address is barred. */
import { contactById } from '../contacts/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { MailAuthor } from '../sending/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { insertLetter, letterOf } from './store-letter.ts'

export const directAuthor: MailAuthor = {
  render: async (tx, submission) => {
    if (submission.kind !== 'direct') return undefined
    const { subject = '', text = '', workspaceId } = submission
    const letter = await letterOf(tx, submission.id)
    if (letter === undefined) return { ok: true, rendered: { subject, text } }
    const { html, cc, files } = letter
    const stored = await blobs.sizes(
      tx,
      workspaceId,
      files.map(({ sha256 }) => sha256),
    )
    const gone = files.find(({ sha256 }) => !stored.has(sha256))
    if (gone !== undefined) return { ok: false, hold: { code: 'file_gone', values: { name: gone.filename } } }
    return { ok: true, rendered: { subject, text, ...(html === undefined ? {} : { html }), cc, files } }
  },
  stillTrue: async (tx, submission) => {
    if (submission.kind !== 'direct') return undefined
    const { contactId } = submission
    const contact = contactId === undefined ? undefined : await contactById(tx, contactId)
    if (contact?.address === submission.toAddress && barring(contact.suppressed)) {
      return { verdict: 'suppress', reason: { code: 'suppressed', values: { why: contact.suppressed } } }
    }
    return { verdict: 'true' }
  },
}

/** Gives a mail that was written elsewhere its layout. */
export async function carryLayout(
  tx: Tx,
  {
    submissionId,
    ...words
  }: {
    readonly submissionId: string
    readonly html: string
    readonly subject: string
    readonly text: string
  },
): Promise<void> {
  const typed = { ...words, cc: [], files: [] }
  await insertLetter(tx, { submissionId, html: words.html, cc: [], typed, files: [] })
}

// Whoever unsubscribed from campaign mail may still be answered by a person.
function barring(suppressed: string | undefined): suppressed is 'bounce' | 'complaint' {
  return suppressed === 'bounce' || suppressed === 'complaint'
}
