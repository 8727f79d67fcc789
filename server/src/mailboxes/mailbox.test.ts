import { expect, test } from 'vitest'
import type { SendingSettings } from './mailbox.ts'
import { mayRead, maySend, mayShare, maySteer, settingsProblems } from './mailbox.ts'

const anna = 'anna'
const rights = (
  personId: string,
  role: 'owner' | 'admin' | 'member' | 'viewer',
  sharing: 'team' | 'team_sees' | 'named',
) => {
  const mailbox = { ownerId: anna, sharing, namedMembers: ['named'] }
  const actor = { personId, role }
  return [
    ...(mayRead(actor, mailbox) ? ['reads'] : []),
    ...(maySend(actor, mailbox) ? ['sends'] : []),
    ...(maySteer(actor, mailbox) ? ['steers'] : []),
    ...(mayShare(actor, mailbox) ? ['shares'] : []),
  ].join(' ')
}

test.each([
  [anna, 'member', 'team', 'reads sends steers shares'],
  [anna, 'member', 'team_sees', 'reads sends steers shares'],
  [anna, 'member', 'named', 'reads sends steers shares'],
  [anna, 'viewer', 'team', 'reads steers shares'],
  ['ben', 'member', 'team', 'reads sends'],
  ['ben', 'member', 'team_sees', 'reads'],
  ['ben', 'member', 'named', ''],
  ['named', 'member', 'named', 'reads sends'],
  ['named', 'viewer', 'named', 'reads'],
  ['ben', 'viewer', 'team', 'reads'],
  ['ben', 'admin', 'team', 'reads sends steers'],
  ['ben', 'admin', 'team_sees', 'reads steers'],
  ['ben', 'owner', 'named', 'steers'],
] as const)('%s, a %s, of a mailbox shared with %s: %s', (person, role, sharing, can) => {
  expect(rights(person, role, sharing)).toBe(can)
})

const settings: SendingSettings = {
  zone: 'Europe/Berlin',
  dailyLimit: 300,
  windowFrom: Temporal.PlainTime.from('08:00'),
  windowTo: Temporal.PlainTime.from('20:00'),
  windowDays: [1, 2, 3, 4, 5],
  paceSeconds: 3,
  reserve: 20,
}

test.each([
  ['as they come', {}, []],
  ['a limit of one mail without a reserve', { dailyLimit: 1, reserve: 0 }, []],
  ['a zone that does not exist', { zone: 'Europe/Atlantis' }, ['zone_unknown']],
  ['an offset, which knows no summer time', { zone: '+02:00' }, ['zone_unknown']],
  ['more than 300 mails a day', { dailyLimit: 301 }, ['limit_out_of_range']],
  ['no mail a day', { dailyLimit: 0, reserve: 0 }, ['limit_out_of_range']],
  [
    'a window that ends before it begins',
    { windowTo: Temporal.PlainTime.from('07:59') },
    ['window_reversed'],
  ],
  ['a window of no length', { windowTo: Temporal.PlainTime.from('08:00') }, ['window_reversed']],
  ['no day at all', { windowDays: [] }, ['window_without_days']],
  ['an eighth day', { windowDays: [8] }, ['window_without_days']],
  ['a reserve larger than the day', { dailyLimit: 10 }, ['reserve_above_limit']],
  ['a pace of more than an hour', { paceSeconds: 3601 }, ['pace_out_of_range']],
])('settings are checked: %s', (_name, change, problems) => {
  expect(settingsProblems({ ...settings, ...change })).toEqual(problems)
})
