import { expect, test } from 'vitest'
import type { Config } from './config.ts'
import { endpointBook } from './endpoints.ts'
import { wallClock } from './platform/clock/index.ts'

const practice = { on: true, url: 'http://127.0.0.1:4000', push: undefined, pushesHere: true }
const topic = (port: number) => ({
  topic: `projects/practice/topics/port-${port}`,
  account: 'push@practice.example',
  audience: `http://127.0.0.1:${port}/api/v1/push/practice-google`,
})

async function pushAt(config: Config['practice'], local: () => string | undefined) {
  const apps = {}
  const book = endpointBook(
    { practice: config, mailSignIn: undefined, privateMailServers: false },
    async () => wallClock.now(),
    { current: async () => apps, local },
  )
  return async () => {
    const found = (await book.all()).find(({ key }) => key === 'practice-google')
    return (
      found && {
        push: 'push' in found ? found.push : undefined,
        hears: book.adapter(found)?.push?.hear !== undefined,
      }
    )
  }
}

test('the Gmail of a practice world pushes to where the web process listens, and follows it', async () => {
  let local: string | undefined
  const shown = await pushAt(practice, () => local)
  expect(await shown()).toEqual({ push: undefined, hears: false })
  local = 'http://127.0.0.1:3210'
  expect(await shown()).toEqual({ push: topic(3210), hears: true })
  local = 'http://127.0.0.1:3211'
  expect(await shown()).toEqual({ push: topic(3211), hears: true })
})

test('a topic of the environment goes before, and without the wish nothing is pushed', async () => {
  const own = { topic: 'projects/practice/topics/kontor', account: 'p@practice.example' }
  const local = () => 'http://127.0.0.1:3210'
  const named = await pushAt({ ...practice, push: own }, local)
  expect((await named())?.push).toEqual(own)
  expect((await (await pushAt({ ...practice, pushesHere: false }, local))())?.push).toBe(undefined)
})
