import { test } from 'vitest'
import { newcomersWay } from './walk/newcomer.ts'

test('ein Neuling geht den ganzen Weg auf Deutsch, am Telefon und im Dunkeln', {
  timeout: 300_000,
}, async () => {
  await newcomersWay({
    owner: { language: 'de', width: 390, scheme: 'dark' },
    colleague: { language: 'de', width: 1440, scheme: 'light' },
  })
})
