/**
 * Breaks the promises from outside, one at a time, to prove that the judge sees it: a saboteur hands a mail over again,
 * swallows one on its way, or reaches into the database behind the walls. The product knows nothing of it.
 */
import type { World } from './world.ts'

export const sabotages = [
  'double',
  'lose',
  'ignore-cap',
  'swap-rank',
  'break-promise',
  'ignore-night',
  'swap-order',
  'ignore-pace',
  'ignore-reserve',
] as const
export type Sabotage = (typeof sabotages)[number]

const hour = 3_600_000

/** Puts the saboteur's deeds into the world's agenda. */
export function prepare(
  world: World,
  sabotage: Sabotage | undefined,
  { start, days }: { readonly start: number; readonly days: number },
): void {
  const { timeline, provider, stand } = world
  const end = start + days * 24 * hour
  switch (sabotage) {
    case undefined:
      return
    case 'double':
      timeline.at(end - hour, () => {
        const [one] = provider.log
        if (one !== undefined) provider.takeAgain(one, timeline.moment())
      })
      return
    case 'lose':
      timeline.at(start + (end - start) / 2, () => {
        provider.dropNext = true
      })
      return
    case 'ignore-cap':
      for (let at = start + 6 * hour; at < end; at += 6 * hour)
        timeline.at(at, async () => {
          await stand.admin.query('update address_cap set used = 0, used_direct = 0')
          await stand.admin.query('update mailbox_schedule set next_at = kontor_now() where stopped is null')
        })
      return
    case 'break-promise':
      for (let at = start; at < end; at += hour)
        timeline.at(at, async () => {
          await stand.admin.query(`update submission set lift_at = null where state = 'queued'`)
        })
      return
    case 'ignore-night':
      timeline.at(start + (end - start) / 2, async () => {
        await stand.admin.query(`update mailbox set window_from = '00:00', window_to = '23:59'`)
        await stand.admin.query('update mailbox_schedule set next_at = kontor_now() where stopped is null')
      })
      return
    case 'swap-order':
      timeline.at(start + (end - start) / 2, async () => {
        await stand.admin.query(
          `update submission set position_at = now() + (now() - position_at) where state = 'queued'`,
        )
      })
      return
    case 'ignore-pace':
    case 'ignore-reserve':
      timeline.at(start + (end - start) / 2, async () => {
        await stand.admin.query(
          `update mailbox set ${sabotage === 'ignore-pace' ? 'pace_seconds' : 'reserve'} = 0`,
        )
      })
      return
    case 'swap-rank':
      timeline.at(start + (end - start) / 2, async () => {
        await stand.admin.query('alter table submission drop constraint submission_rank_check')
        await stand.admin.query(`update submission set rank = 5 - rank where state = 'queued' and rank > 0`)
      })
  }
}
