import { expect, test } from 'vitest'
import { inputOf } from './mutations.ts'
import { fuzz } from './rounds.ts'
import { samplesFrom } from './samples.ts'

const samples = await samplesFrom()
const misreaders = new URL('./misreaders.fixture.ts', import.meta.url)

test('400 spoilt mails are read without a crash, within the limits, and nothing in them acts', async () => {
  expect(await fuzz(samples, { seed: 'facts', first: 0, inputs: 400 })).toEqual([])
})

test('an input is told by its seed and number alone', () => {
  expect(inputOf(samples, 'a', 7)).toEqual(inputOf(samples, 'a', 7))
  expect(inputOf(samples, 'a', 7)).not.toEqual(inputOf(samples, 'b', 7))
})

test.each([
  ['throwing', 'crash'],
  ['unstorable', 'crash'],
  ['leaking', 'script'],
  ['stuck', 'over_limit'],
])('a reader that is %s is told as %s, each input by its number', async (name, kind) => {
  const found = await fuzz(samples, {
    seed: 'facts',
    first: 5,
    inputs: 2,
    task: { module: misreaders, name },
    ms: name === 'stuck' ? 200 : 20_000,
  })
  expect(found.map((one) => [one.n, one.kind])).toEqual([
    [5, kind],
    [6, kind],
  ])
})
