import { expect, test } from 'vitest'
import { recipientsOf } from './recipients.ts'

const lena = { address: 'lena@reist.example', name: 'Lena Reist' }
const ours = new Set(['anna@brand.example', 'ben@brand.example'])
const reply = (fromAddress: string, to: string[], fromName = '') => ({
  direction: 'in' as const,
  kind: 'reply',
  fromName,
  fromAddress,
  to,
})

test('without a reply the address on file is written to', () => {
  expect(recipientsOf([], lena, ours)).toEqual({ to: lena, others: [] })
})

test('who wrote last is answered, a talent manager too', () => {
  const messages = [
    reply('lena@reist.example', ['anna@brand.example']),
    reply('mo@agency.example', ['Anna@brand.example', 'lena@reist.example'], 'Mo Klein'),
  ]
  expect(recipientsOf(messages, lena, ours)).toEqual({
    to: { address: 'mo@agency.example', name: 'Mo Klein' },
    others: ['lena@reist.example'],
  })
})

test('an out-of-office note of somebody else changes nothing, nor does our own address in From', () => {
  const messages = [
    { ...reply('robot@agency.example', []), kind: 'auto_reply' },
    reply('Anna@Brand.example', ['lena@reist.example', 'LENA@reist.example']),
  ]
  expect(recipientsOf(messages, lena, ours)).toEqual({ to: lena, others: [] })
})
