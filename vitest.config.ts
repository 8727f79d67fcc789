import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{api,server,practice,web,scripts}/**/*.test.ts'],
    globalSetup: ['server/src/testing/global-setup.ts'],
    sequence: { shuffle: true },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { TZ: 'UTC' },
  },
})
