import { expect, test } from 'vitest'
import type { Reason } from './reasons.ts'
import { shownReason } from './reasons.ts'
import type { SubmissionState } from './submission.ts'

const forecast: Reason = { code: 'day_full', values: { limit: 300 } }

test.each<[SubmissionState, 'full' | 'send_only', Reason | undefined, string | undefined]>([
  ['queued', 'full', undefined, 'day_full'],
  ['leased', 'full', undefined, 'sending'],
  ['held', 'full', { code: 'campaign_paused' }, 'campaign_paused'],
  ['in_doubt', 'full', { code: 'in_doubt' }, 'in_doubt_looking'],
  ['in_doubt', 'send_only', { code: 'in_doubt' }, 'in_doubt_send_only'],
  ['suppressed', 'full', { code: 'declined' }, 'declined'],
  ['accepted', 'full', undefined, 'accepted'],
])('a mail that is %s with %s access and %o reads as %s', (state, level, reason, code) => {
  expect(shownReason({ state, level, reason }, forecast)?.code).toBe(code)
})

test('an uncertain mail keeps the words of its provider', () => {
  const reason: Reason = { code: 'in_doubt', values: { diagnostic: 'cut' } }
  expect(shownReason({ state: 'in_doubt', level: 'send_only', reason })?.values).toEqual({
    diagnostic: 'cut',
  })
})
