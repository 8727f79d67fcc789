/** Broken input, field by field, as the page is told of it. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { brokenFields } from './problem.ts'

const Form = z.object({
  name: z.string().min(1).max(5),
  note: z.string().min(3),
  limit: z.number().min(1).max(300),
  days: z.array(z.number()).min(1).max(2),
})
const fine = { name: 'Anna', note: 'a note', limit: 300, days: [1] }

const broken: readonly [fact: string, form: object, field: readonly unknown[]][] = [
  ['a missing field is needed', { ...fine, name: undefined }, ['name', 'required', undefined]],
  ['an empty text is needed', { ...fine, name: '' }, ['name', 'required', { bound: 1 }]],
  ['a long text tells its bound', { ...fine, name: 'Annabelle' }, ['name', 'too_big', { bound: 5 }]],
  ['a short text tells its bound', { ...fine, note: 'a' }, ['note', 'too_small', { bound: 3 }]],
  ['a number is not called long', { ...fine, limit: 301 }, ['limit', 'number_too_big', { bound: 300 }]],
  ['a number is not called short', { ...fine, limit: 0 }, ['limit', 'number_too_small', { bound: 1 }]],
  ['a list tells how many', { ...fine, days: [1, 2, 3] }, ['days', 'list_too_big', { bound: 2 }]],
  ['an empty list tells how many', { ...fine, days: [] }, ['days', 'list_too_small', { bound: 1 }]],
]

test.each(broken)('%s', (_fact, form, field) => {
  const parsed = Form.safeParse(form)
  const fields = parsed.success ? [] : brokenFields(parsed.error)
  expect(fields.map(({ path, code, values }) => [path, code, values])).toEqual([field])
})
