/** How the server learns of new mail of each mailbox, for people to read. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Polling } from './polling.ts'

/** `why`: what keeps the provider from telling, in stable codes. */
export interface Learning {
  readonly by: 'notices' | 'connection' | 'looks'
  readonly lookSeconds: { readonly least: number; readonly most: number }
  readonly why?: 'no_public_address' | 'not_set_up' | 'not_offered' | 'refused' | 'crowded'
}

/** Of mailboxes that are read; of others there is nothing to learn. */
export function learningsWith(
  polling: Polling,
): (tx: Tx, mailboxIds: readonly string[]) => Promise<Map<string, Learning>> {
  return async (tx, mailboxIds) => {
    const { rows } = await sql<{
      mailbox_id: string
      attended: boolean
      watched: boolean
      trusted: boolean
      off: NonNullable<Learning['why']> | null
    }>`select m.id as mailbox_id, is_attended(p.mailbox_id) as attended,
        coalesce(w.handle is not null and w.until_at > kontor_now(), false) as watched,
        coalesce(p.rung_at > coalesce(p.missed_at, '-infinity'), false) as trusted,
        case when m.provider = 'imap' then a.off_reason else w.off_reason end as off
      from mailbox m join mailbox_position p on p.mailbox_id = reader_of(m.id)
        left join mailbox_watch w on w.mailbox_id = p.mailbox_id
        left join mailbox_attendance a on a.mailbox_id = p.mailbox_id
      where m.id = any(${[...mailboxIds]}::uuid[]) and m.level = 'full'`.execute(tx)
    return new Map(
      rows.map(({ mailbox_id: id, attended, watched, trusted, off }): [string, Learning] => {
        const by = watched ? 'notices' : attended ? 'connection' : 'looks'
        const lookSeconds = by === 'looks' || !trusted ? polling.silent : polling[by]
        return [id, { by, lookSeconds, ...(by !== 'looks' || off === null ? {} : { why: off }) }]
      }),
    )
  }
}
