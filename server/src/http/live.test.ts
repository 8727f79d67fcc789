import { expect, test } from 'vitest'
import { password, setupForm, testApp } from '../testing/app.ts'
import type { Browser } from '../testing/app.ts'
import { testDatabase } from '../testing/database.ts'

const { database } = await testDatabase({ poolSize: 12 })

async function workspace() {
  const world = await testApp(database)
  const anna = world.browser()
  const { body } = await anna.get('/setup')
  if ((body as { needed: boolean }).needed) {
    await anna.send('POST', '/setup', setupForm(await world.setupToken()))
  } else await anna.send('POST', '/session', { address: 'anna@atelier-nord.example', password })
  const made = await anna.send('POST', '/workspaces', { name: 'Nord', language: 'en', zone: 'UTC' })
  const workspaceId = (made.body as { id: string }).id
  const tell = (...types: string[]) =>
    database.inWorkspace(workspaceId, async (tx) => {
      for (const type of types) {
        await world.emit(tx, { workspaceId, type, payload: { text: 'a secret of a mail' } })
      }
    })
  return { ...world, anna, workspaceId, tell, live: `/workspaces/${workspaceId}/live` }
}

type Told = { readonly id: string; readonly type: string }

/** A page that listens. `next(n)` gives the following n events, `ended` all that came until the stream ended. */
async function listen(browser: Browser, path: string, headers: Record<string, string> = {}) {
  const answer = await browser.open(path, headers)
  const reader = (answer.body ?? new ReadableStream<Uint8Array>()).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const seen: Told[] = []
  async function more(): Promise<boolean> {
    const { done, value } = await reader.read()
    if (done) return false
    text += decoder.decode(value)
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const id = /^id: (.*)$/m.exec(block)?.[1]
      const told = /^data: (.*)$/m.exec(block)?.[1]
      if (id !== undefined && told !== undefined) seen.push({ id, ...(JSON.parse(told) as { type: string }) })
    }
    return true
  }
  return {
    answer,
    async next(count: number): Promise<Told[]> {
      while (seen.length < count && (await more())) {}
      return seen.splice(0, count)
    },
    async ended(): Promise<Told[]> {
      while (await more()) {}
      return seen.splice(0)
    },
    close: () => reader.cancel(),
  }
}
const types = (told: readonly Told[]) => told.map(({ type }) => type)

test('every page hears what happens, in order, once, and nothing but type and subject', async () => {
  const { anna, live, tell } = await workspace()
  const [one, two] = [await listen(anna, live, { 'accept-encoding': 'gzip' }), await listen(anna, live)]
  expect(one.answer.headers.get('content-type')).toBe('text/event-stream')
  await tell('note.written', 'conversation.changed')
  await tell('submission.accepted')
  const heard = await one.next(3)
  expect(types(heard)).toEqual(['note.written', 'conversation.changed', 'submission.accepted'])
  expect(heard.map((told) => Object.keys(told))).toEqual([
    ['id', 'type'],
    ['id', 'type'],
    ['id', 'type'],
  ])
  expect(await two.next(3)).toEqual(heard)
  await Promise.all([one.close(), two.close()])
})

test('a page that lost the connection goes on after the last event it had', async () => {
  const { anna, live, tell } = await workspace()
  const page = await listen(anna, live)
  await tell('one.happened')
  const [last] = await page.next(1)
  await page.close()
  await tell('two.happened', 'three.happened')
  const again = await listen(anna, live, { 'last-event-id': last?.id ?? '' })
  await tell('four.happened')
  expect(types(await again.next(3))).toEqual(['two.happened', 'three.happened', 'four.happened'])
  await again.close()
})

test('an event of a transaction that took its time is neither lost nor overtaken in the feed', async () => {
  const { anna, live, tell, workspaceId, emit } = await workspace()
  const page = await listen(anna, live)
  const written = Promise.withResolvers<void>()
  const mayEnd = Promise.withResolvers<void>()
  const slow = database.inWorkspace(workspaceId, async (tx) => {
    await emit(tx, { workspaceId, type: 'slow.happened', payload: {} })
    written.resolve()
    await mayEnd.promise
  })
  await written.promise
  await tell('quick.happened')
  mayEnd.resolve()
  await slow
  expect(types(await page.next(2))).toEqual(['slow.happened', 'quick.happened'])
  await page.close()
})

test('what happens in another workspace is not heard', async () => {
  const here = await workspace()
  const there = await workspace()
  const page = await listen(here.anna, here.live)
  await there.tell('there.happened')
  await here.tell('here.happened')
  expect(types(await page.next(1))).toEqual(['here.happened'])
  await page.close()
})

test('signing out ends the pages of the session and leaves those of another', async () => {
  const { anna, browser, live, tell } = await workspace()
  const elsewhere = browser()
  await elsewhere.send('POST', '/session', { address: 'anna@atelier-nord.example', password })
  const [page, other] = [await listen(anna, live), await listen(elsewhere, live)]
  await anna.send('DELETE', '/session')
  expect(await page.ended()).toEqual([])
  await tell('later.happened')
  expect(types(await other.next(1))).toEqual(['later.happened'])
  await other.close()
})

test('a session that ended without a word is noticed within a minute', async () => {
  const { anna, live, clock } = await workspace()
  const page = await listen(anna, live)
  await clock.sleepers(1)
  await database.pool.query('delete from session')
  await clock.step({ minutes: 1 })
  expect(await page.ended()).toEqual([])
})

test('whoever is removed from the workspace hears no more', async () => {
  const { anna, browser, live, workspaceId } = await workspace()
  const w = `/workspaces/${workspaceId}`
  const invited = await anna.send('POST', `${w}/invitations`, { role: 'member' })
  const token = (invited.body as { link: string }).link.split('/join/')[1] ?? ''
  const ben = browser()
  const joined = await ben.send('POST', `/invitations/${token}/accept`, {
    name: 'Ben',
    address: `ben@${workspaceId}.example`,
    password,
    language: 'en',
  })
  const page = await listen(ben, live)
  await anna.send('DELETE', `${w}/team/${(joined.body as { person: { id: string } }).person.id}`)
  expect(types(await page.ended())).not.toContain('after.happened')
  expect((await ben.open(live)).status).toBe(403)
})

test('the pages end when the process stops', async () => {
  const { anna, app, live } = await workspace()
  const page = await listen(anna, live)
  await app[Symbol.asyncDispose]()
  expect(await page.ended()).toEqual([])
})
