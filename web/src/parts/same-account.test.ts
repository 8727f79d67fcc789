import { expect, test } from 'vitest'
import { sameAccount } from './same-account.ts'

const of = (
  id: string,
  address: string,
  more: { account?: string; endpoint?: string; ownerId?: string } = {},
) => ({
  id,
  address,
  endpoint: 'google',
  ownerId: 'anna',
  ...more,
})
const anna = of('1', 'Anna@brand.example')
const press = of('2', 'press@brand.example', { account: 'anna@brand.example' })
const desk = of('3', 'desk@brand.example', { account: 'anna@brand.example' })
const ben = of('4', 'ben@brand.example')
const elsewhere = of('5', 'anna@brand.example', { endpoint: 'practice-google' })
const all = [anna, press, desk, ben, elsewhere]

test('the other addresses of an account are found from each of them', () => {
  const found = [anna, press].map((one) => sameAccount(one, all).map(({ id }) => id))
  expect(found).toEqual([
    ['2', '3'],
    ['1', '3'],
  ])
})

test('an account with one address has no others', () => {
  expect(sameAccount(ben, all)).toEqual([])
})
