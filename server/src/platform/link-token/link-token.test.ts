import { expect, test } from 'vitest'
import { seededIds } from '../ids/index.ts'
import { hashLinkToken, newLinkToken, readLinkToken } from './index.ts'

const workspaceId = '01890000-0000-7000-8000-00000000abcd'

test('a token names its workspace and is found by its hash', () => {
  const token = newLinkToken(seededIds('token'), workspaceId)
  expect(token).toMatch(/^AYkAAAAAcACAAAAAAACrzQ\.[\w-]{32}$/)
  expect(readLinkToken(token)).toEqual({ workspaceId, hash: hashLinkToken(token) })
})

test.each([
  '',
  'x',
  '../..',
  'AYkAAAAAcACAAAAAAACrzQ',
  'AYkAAAAAcACAAAAAAACrzQ.short',
  `${'a'.repeat(22)}.${'b'.repeat(33)}`,
  "' or 1=1 --",
])('%j is no token', (text) => {
  expect(readLinkToken(text)).toBeUndefined()
})
