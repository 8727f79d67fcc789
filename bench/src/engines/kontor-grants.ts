/** Grants for the mailboxes of a bench, with sealed tokens as a sign-in leaves them. */
import type pg from 'pg'
import { grantContext } from '../../../server/src/mailboxes/tokens.ts'
import { benchBox } from '../programs/parts.ts'

/** Every mailbox gets a grant `grant 0`, `grant 1`, … that holds these tokens. */
export async function fillGrants(
  admin: pg.Pool,
  tokens: (n: number) => { readonly access: string; readonly refresh: string; readonly expired: boolean },
): Promise<void> {
  const { rows } = await admin.query<{ id: string }>('select id from mailbox order by id')
  const sealed = rows.map(({ id }, n) => {
    const { access, refresh, expired } = tokens(n)
    const context = grantContext(id)
    return {
      id,
      access: benchBox.seal(access, context),
      refresh: benchBox.seal(refresh, context),
      expires: new Date(Date.now() + (expired ? -1 : 24) * 3_600_000).toISOString(),
    }
  })
  // a grant has the id of its mailbox here
  await admin.query(
    `insert into oauth_grant (workspace_id, id, endpoint, provider, account_id, address, owner_id, level, may_send, may_read,
       access_token, refresh_token, access_expires_at)
     select m.workspace_id, m.id, m.endpoint, m.provider, m.address, m.address, m.owner_id, 'full', true, true,
       t.access, t.refresh, t.expires
     from jsonb_to_recordset($1::jsonb) as t(id uuid, access text, refresh text, expires timestamptz) join mailbox m on m.id = t.id`,
    [JSON.stringify(sealed)],
  )
  await admin.query('update mailbox set grant_id = id')
}
