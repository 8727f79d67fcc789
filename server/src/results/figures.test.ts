import { expect, test } from 'vitest'
import { beginnings, daysUntil, shownCampaign, shownMailbox } from './figures.ts'

const at = (text: string) => Temporal.Instant.from(text)

test('the last day is the day of the zone, not of Greenwich', () => {
  const days = daysUntil('Europe/Berlin', at('2026-11-25T23:30:00Z'), 2)
  expect(days.map(String)).toEqual(['2026-11-25', '2026-11-26'])
})

test('a day of 25 hours begins and ends at midnight of the zone', () => {
  const days = daysUntil('Europe/Berlin', at('2026-10-26T10:00:00Z'), 3)
  expect(beginnings('Europe/Berlin', days).map(String)).toEqual([
    '2026-10-23T22:00:00Z',
    '2026-10-24T22:00:00Z',
    '2026-10-25T23:00:00Z',
  ])
})

const campaign = { id: 'c', name: 'Spring Breads', status: 'running' as const, counts: { invited: 3 } }

test('a campaign sent with Send Only knows neither replies nor bounces', () => {
  const blind = { ...campaign, replied: 0, bounced: 0, minutesToReply: 4, readable: false }
  expect(shownCampaign(blind)).toEqual(campaign)
})

test('a campaign with Full Access shows nothing as nothing', () => {
  const seen = { ...campaign, replied: 0, bounced: 0, readable: true }
  expect(shownCampaign(seen)).toEqual({ ...campaign, replied: 0, bounced: 0 })
})

test('every day of the span is there, and Send Only leaves out what it cannot know', () => {
  const days = daysUntil('UTC', at('2026-11-26T12:00:00Z'), 2)
  const figures = [{ mailboxId: 'm', day: 1, sent: 5, replies: 2, bounces: 1 }]
  const mailbox = { id: 'm', address: 'anna@brand.practice.example', connected: true }
  expect(shownMailbox({ ...mailbox, level: 'full' }, days, figures).days).toEqual([
    { date: '2026-11-25', sent: 0, replies: 0, bounces: 0 },
    { date: '2026-11-26', sent: 5, replies: 2, bounces: 1 },
  ])
  expect(shownMailbox({ ...mailbox, level: 'send_only' }, days, figures).days).toEqual([
    { date: '2026-11-25', sent: 0 },
    { date: '2026-11-26', sent: 5 },
  ])
})
