import { defineConfig } from 'vitest/config'

const browser = 'web/e2e/**/*.test.ts'

export default defineConfig({
  test: {
    globalSetup: ['server/src/testing/global-setup.ts'],
    sequence: { shuffle: true },
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['{api,server,practice,web,scripts}/**/*.test.ts'],
          exclude: ['**/node_modules/**', browser],
          // Files of one worker share their modules: half the time, and state that a module keeps shows itself.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          env: { TZ: 'UTC' },
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: [browser], env: { TZ: 'UTC' } },
      },
    ],
  },
})
