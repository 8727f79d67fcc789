import { test } from 'vitest'
import { newcomersWay } from './walk/newcomer.ts'

test('a newcomer goes the whole way in English, at a desk in light', { timeout: 300_000 }, async () => {
  await newcomersWay({
    owner: { language: 'en', width: 1440, scheme: 'light' },
    colleague: { language: 'en', width: 390, scheme: 'dark' },
  })
})
