/** The door for passwords, whoever knocks and through whichever web process. */
import { expect, test } from 'vitest'
import { systemIds } from '../platform/ids/index.ts'
import { steppedClock } from '../testing/clock.ts'
import { testDatabase } from '../testing/database.ts'
import { signIn } from './sign-in.ts'

const { database } = await testDatabase()
const anna = 'anna@atelier-nord.example'
const password = 'a quiet morning'
const clock = steppedClock()

/** The door as one more web process keeps it. Looking at a password costs nothing here: that is tried in sign-in.test.ts. */
function webProcess() {
  const sessions = {
    signIn: async (addressKey: string, typed: string) =>
      addressKey === anna && typed === password ? { personId: 'anna', cookies: [] } : ('wrong' as const),
  }
  const parts = { database, ids: systemIds, clock, sessions }
  return {
    knock: async (address: string, place: string, typed = 'wrong') =>
      (await signIn(parts, { address, password: typed, place })).kind,
  }
}

test('two web processes count together', async () => {
  const [one, other] = [webProcess(), webProcess()]
  const kinds = []
  for (let n = 0; n < 6; n++)
    for (const each of [one, other]) kinds.push(await each.knock('carla@two.example', '192.0.2.1'))
  expect(kinds).toEqual([
    ...Array<string>(10).fill('wrong_password'),
    ...Array<string>(2).fill('too_many_attempts'),
  ])
})

test('whoever signs in as themselves between guesses does not open the door for more of them', async () => {
  const { knock } = webProcess()
  const place = '192.0.2.2'
  const kinds = []
  for (let n = 0; n < 52; n++) {
    if (n % 9 === 8) expect(await knock(anna, place, password)).toBe('signed_in')
    kinds.push(await knock(`victim${n}@guessed.example`, place))
    if (kinds.at(-1) === 'too_many_attempts') break
  }
  expect(kinds).toEqual([...Array<string>(50).fill('wrong_password'), 'too_many_attempts'])
  expect(await knock(anna, place, password)).toBe('too_many_attempts')
  expect(await knock(anna, '192.0.2.3', password)).toBe('signed_in')
})

test('one address that is guessed from many places is closed everywhere, and known or not the answers are the same', async () => {
  const { knock } = webProcess()
  const kinds = new Map<string, string[]>()
  for (const address of ['dora@many.example', 'nobody@many.example']) {
    const seen: string[] = []
    for (let n = 0; n < 51; n++) seen.push(await knock(address, `198.51.100.${n}`))
    kinds.set(address, seen)
  }
  const closed = [...Array<string>(50).fill('wrong_password'), 'too_many_attempts']
  expect([...kinds.values()]).toEqual([closed, closed])
})

test('an office of sixty that signs in behind one address is let in', async () => {
  const { knock } = webProcess()
  for (let n = 0; n < 60; n++) expect(await knock(anna, '192.0.2.60', password)).toBe('signed_in')
})
