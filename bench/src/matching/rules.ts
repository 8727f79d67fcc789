/**
 * The rules by which other programs find the thread of a mail, ported from what their sources do, on indexed copies of the
 * same rows. Kinder than the originals where these would scan: subjects are compared whole, and people by an index.
 *
 * chatwoot: In-Reply-To, then each of References: an id it sent, or one that carries the conversation's own mark (our token
 *   stands for it); within the inbox.
 * frappe: the id in In-Reply-To; else subject without prefixes together with the sender.
 * nylas (sync-engine): subject without prefixes, then at least two people in common; ids play no part.
 * mautic: the mark of its picture in the quoted HTML, and the sender must be whom it wrote to.
 */
import type pg from 'pg'
import { md5 } from './ground.ts'
import type { Inbound } from './inbound.ts'

export type Rule = (pool: pg.Pool, mailboxId: string, mail: Inbound) => Promise<string | undefined>

export const rules: Readonly<Record<string, Rule>> = {
  async chatwoot(pool, mailboxId, mail) {
    for (const id of [...ids(mail.inReplyTo), ...ids(mail.references)]) {
      const [kind, value] =
        /^s\.([0-9a-f]{32})@/.exec(id)?.[1] === undefined ? ['message-id', id] : ['token', id.slice(2, 34)]
      const found = await one(
        pool,
        'select thread_id from reference where mailbox_id = $1 and kind = $2 and value = $3 and workspace_id = (select workspace_id from bench_box where id = $1)',
        [mailboxId, kind, value],
      )
      if (found !== undefined) return found
    }
    return undefined
  },
  async frappe(pool, mailboxId, mail) {
    const [id] = ids(mail.inReplyTo)
    const parent =
      id === undefined
        ? undefined
        : await one(
            pool,
            `select thread_id from reference where mailbox_id = $1 and kind = 'message-id' and value = $2 and workspace_id = (select workspace_id from bench_box where id = $1)`,
            [mailboxId, id],
          )
    return parent ?? (await bySubject(pool, mailboxId, mail))
  },
  nylas: bySubject,
  async mautic(pool, _, mail) {
    if (mail.mark === undefined) return undefined
    return await one(pool, 'select thread_id from bench_thread where mark = $1 and address = $2', [
      mail.mark,
      mail.from,
    ])
  },
}

async function bySubject(
  pool: pg.Pool,
  mailboxId: string,
  { subject, from }: Inbound,
): Promise<string | undefined> {
  const bare = subject.replace(/^(?:\s*(?:re|aw|fwd?|wg)\s*:\s*)+/i, '').toLowerCase()
  return await one(
    pool,
    'select thread_id from bench_thread where mailbox_id = $1 and subject = $2 and address = $3 order by thread_id desc limit 1',
    [mailboxId, bare, from],
  )
}

// unfolded as RFC 5322 says, a bare id taken as it stands: white space inside an id stays, as in their parsers
function ids(header = ''): string[] {
  const line = header.replaceAll(/\r\n(?=[ \t])/g, '')
  const bracketed = [...line.matchAll(/<([^<>]+)>/g)].map(([, id = '']) => id.trim())
  return bracketed.length > 0 || line.trim() === '' ? bracketed : line.trim().split(/\s+/)
}

async function one(pool: pg.Pool, text: string, values: readonly string[]): Promise<string | undefined> {
  const { rows } = await pool.query<{ thread_id: string }>({ name: md5(text), text, values: [...values] })
  return rows[0]?.thread_id
}
