import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{api,server,practice,web,scripts}/**/*.test.ts'],
    sequence: { shuffle: true },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { TZ: 'UTC' },
  },
})
