import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Reader } from '../json.ts'
import {
  ANNA,
  MIA,
  READONLY,
  SEND,
  START,
  type TestWorld,
  accessToken,
  startWorld,
} from '../testing/world.ts'

let world: TestWorld
let token: string
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  await world.post('/control/reset', { seed: 'none' })
  for (const [address, name] of [
    [ANNA, 'Anna Keller'],
    [MIA, 'Mia Brandt'],
  ]) {
    await world.post('/control/accounts', { address, name })
  }
  token = await accessToken(world, ANNA, [SEND, READONLY])
})

async function deliver(...letters: readonly object[]): Promise<readonly Reader[]> {
  const { body } = await world.post(
    '/control/deliver',
    letters.map((each) => ({
      to: ANNA,
      from: 'Nadia <nadia@creators.example>',
      subject: 'Hello',
      text: 'Hello Anna, how are you?',
      ...each,
    })),
  )
  return body.readers('delivered')
}

test.for([
  ['rfc822msgid:one@creators.example', ['one']],
  ['rfc822msgid:<two@creators.example>', ['two']],
  ['in:inbox', ['three', 'two', 'one']],
  ['in:spam', ['spam']],
  ['in:anywhere', ['spam', 'three', 'two', 'one']],
  ['in:sent', []],
  ['from:nadia newer_than:1d subject:"two words"', ['two']],
  [`after:${START / 1000 + 60}`, ['three']],
  [`before:${START / 1000 + 60}`, ['two', 'one']],
  ['after:2026/11/25', []],
  ['unheard-of', []],
] as const)('the search %s finds %j', async ([q, wanted]) => {
  await deliver(
    { messageId: '<one@creators.example>', subject: 'one' },
    { messageId: '<two@creators.example>', subject: 'two words' },
  )
  await world.post('/control/clock', { advanceMs: 120_000 })
  await deliver(
    { messageId: '<three@creators.example>', subject: 'three' },
    { subject: 'spam', labels: ['SPAM'] },
  )
  const listed = await world.gmail(token, `messages?q=${encodeURIComponent(q)}`)
  const subjects = await Promise.all(
    listed.body.readers('messages').map(async (message) => {
      const found = await world.gmail(
        token,
        `messages/${message.text('id')}?format=metadata&metadataHeaders=Subject`,
      )
      return found.body.reader('payload').readers('headers')[0]?.text('value').split(' ')[0]
    }),
  )
  expect(subjects).toEqual(wanted)
})

test('lists come in pages', async () => {
  await deliver({}, {}, {})
  const first = await world.gmail(token, 'messages?maxResults=2')
  const second = await world.gmail(
    token,
    `messages?maxResults=2&pageToken=${first.body.text('nextPageToken')}`,
  )
  expect([
    first.body.readers('messages').length,
    second.body.readers('messages').length,
    second.body.has('nextPageToken'),
  ]).toEqual([2, 1, false])
})
