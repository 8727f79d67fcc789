/**
 * Breaks the promises from outside, to prove that the judge sees each of them broken in its own figure. Nothing in the
 * product knows of it: a saboteur signs in at the practice provider on their own, or reaches into the database behind
 * the walls.
 */
import type { Verdict } from './judge.ts'
import type { Programs } from './programs.ts'
import type { SentRecord } from './people.ts'
import { openMessage, ownToken } from './saboteur.ts'
import type { Stage } from './stage.ts'
import { senders } from './cast.ts'

/** What a saboteur can do, and the figure by which a verdict tells it. */
const tellsOf = {
  double: ({ duplicates }: Verdict) => duplicates > 0,
  lose: ({ lost }: Verdict) => lost > 0,
  'open-foreign': ({ foreign_contents_returned: opened }: Verdict) => opened > 0,
  'ignore-cap': ({ over_cap: over }: Verdict) => over > 0,
  'swap-rank': ({ rank_inversions: swapped }: Verdict) => swapped > 0,
  'drop-reply': ({ replies_captured: captured, replies_expected: wanted }: Verdict) => captured < wanted,
}
export type Sabotage = keyof typeof tellsOf
export const sabotages = Object.keys(tellsOf) as readonly Sabotage[]

/** Those of `done` that the verdict does not tell of. */
export function untold(done: readonly Sabotage[], verdict: Verdict): readonly Sabotage[] {
  return done.filter((one) => verdict.ok || !tellsOf[one](verdict))
}

/** When the story calls the saboteur: while mails wait on the first day, before the second, or before the verdict. */
export type Moment = 'first day' | 'second day' | 'before the verdict'

export async function strike(
  wish: readonly Sabotage[],
  moment: Moment,
  programs: Programs,
  stage: Stage,
): Promise<void> {
  if (wish.includes('double') && moment === 'before the verdict') await sendAgain(stage)
  if (wish.includes('open-foreign') && moment === 'before the verdict') await openForeign(stage)
  if (wish.includes('lose') && moment === 'second day') {
    await programs.admin.query(`update submission set state = 'cancelled', settled_at = kontor_now()
      where id = (select id from submission where state = 'queued' order by id limit 1)`)
  }
  if (wish.includes('ignore-cap') && moment === 'first day') {
    await programs.admin.query(`update address_cap set used = 0, used_direct = 0 where address_key = $1`, [
      senders.ben.address,
    ])
    await programs.admin.query('update mailbox_schedule set next_at = kontor_now() where stopped is null')
  }
  if (wish.includes('swap-rank') && moment === 'second day') {
    await programs.admin.query(dropRankCheck)
    await programs.admin.query(`update submission set rank = 5 - rank where state = 'queued' and rank > 0`)
  }
  if (wish.includes('drop-reply') && moment === 'before the verdict') {
    await programs.admin.query(
      `delete from message where id = (select id from message where kind = 'reply' order by id limit 1)`,
    )
  }
}

const dropRankCheck = `do $$ declare c text; begin
  for c in select conname from pg_constraint where conrelid = 'submission'::regclass and pg_get_constraintdef(oid) like '%array_position%'
  loop execute format('alter table submission drop constraint %I', c); end loop; end $$`

async function sendAgain(stage: Stage): Promise<void> {
  const [mail] = await stage.practice.record<SentRecord>(
    'mails',
    `&mailbox=${encodeURIComponent(senders.anna.address)}`,
  )
  if (mail === undefined) throw new Error('nothing to send again')
  const token = await ownToken(stage, { provider: 'gmail', address: mail.mailbox })
  await fetch(`${stage.practice.base}/gmail/v1/users/me/messages/send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ raw: Buffer.from(mail.raw, 'base64').toString('base64url') }),
  })
}

async function openForeign(stage: Stage): Promise<void> {
  const [foreign = ''] = [...stage.foreignIds].filter((one) => one.startsWith(`${senders.anna.address} `))
  await openMessage(stage, senders.anna, foreign.split(' ')[1] ?? '')
}
