import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact } from '../testing/outbox.ts'
import type { Scene } from '../testing/receiving.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import type { OpenedMailbox } from './parts.ts'

const db = await testDatabase()
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(db.database, { seed: 'side-by-side' })
  mia = await groundContact(at, 'Mia Ford')
})

/** A mailbox with seven unread answers: `1 Yes.` to `7 Yes.` */
async function sevenAnswers(name: string): Promise<Scene> {
  const s = await receivingScene(db, at, { name, contactId: mia })
  const sent = await s.send('a')
  for (let n = 1; n <= 7; n++) s.outside.deliver(s.address, answerTo(sent.raw, s.address, `${n} Yes.`))
  return s
}

const texts = async (s: Scene): Promise<string[]> => (await s.captured()).map(({ text }) => text).toSorted()

/** The provider, with something happening before it hands out a message; `n` counts from one. */
function whenRead(s: Scene, happens: (n: number) => Promise<void>): OpenedMailbox {
  let n = 0
  return {
    ...s.provider,
    raw: async (id, signal) => {
      await happens(++n)
      return await s.provider.raw(id, signal)
    },
  }
}

test('never more than three messages of a page are on their way at once', async () => {
  const s = await sevenAnswers('three')
  let running = 0
  let most = 0
  const provider: OpenedMailbox = {
    ...s.provider,
    raw: async (id, signal) => {
      most = Math.max(most, ++running)
      const read = await s.provider.raw(id, signal)
      running -= 1
      return read
    },
  }
  await s.pull({ openMailbox: () => Promise.resolve({ ok: true, value: provider }) })
  expect(most).toBe(3)
  expect((await texts(s)).length).toBe(7)
})

test('the first answers of a page can be read while the others are still fetched', async () => {
  const s = await sevenAnswers('first')
  const visible: number[] = []
  const provider = whenRead(s, async (n) => {
    if (n === 4 || n === 7) visible.push((await texts(s)).length)
  })
  await s.pull({ openMailbox: () => Promise.resolve({ ok: true, value: provider }) })
  expect(visible).toEqual([3, 6])
})

test('what was stored before a stop in the middle of a page is not opened again, and the rest is found', async () => {
  const s = await sevenAnswers('stop')
  const opened: string[] = []
  let refuses = true
  const provider: OpenedMailbox = {
    ...s.provider,
    raw: async (id, signal) => {
      if (refuses && opened.length === 5)
        return {
          ok: false,
          failure: {
            kind: 'throttled',
            until: Temporal.Instant.from('2026-01-05T09:00:10Z'),
            diagnostic: '429',
          },
        }
      opened.push(id)
      return await s.provider.raw(id, signal)
    },
  }
  const openMailbox = () => Promise.resolve({ ok: true, value: provider } as const)
  await s.pull({ openMailbox })
  expect((await texts(s)).length).toBe(5)
  refuses = false
  await s.pull({ openMailbox })
  expect(await texts(s)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `${n} Yes.`))
  expect(opened.length).toBe(new Set(opened).size)
})

test('a pull that loses its mailbox in the middle of a page writes nothing more, and the other finds all of it', async () => {
  const s = await sevenAnswers('lost')
  let between: readonly string[] = []
  const provider = whenRead(s, async (n) => {
    if (n !== 4) return
    await db.setNow('2026-01-05T10:00:00Z')
    between = await texts(s)
    await s.pull()
  })
  await s.pull({ openMailbox: () => Promise.resolve({ ok: true, value: provider }) })
  expect(between.length).toBe(3)
  expect(await texts(s)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `${n} Yes.`))
})

test('a page of headers is looked up in as many transactions as one mail', async () => {
  const transactions = async (name: string, mails: number): Promise<number> => {
    const s = await receivingScene(db, at, { name, contactId: mia })
    const sent = await s.send('a')
    for (let n = 1; n <= mails; n++)
      s.outside.deliver(
        s.address,
        `From: shop@shop.example\r\nMessage-ID: <${n}@shop.example>\r\n\r\nBuy.\r\n`,
      )
    s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Yes.'))
    let count = 0
    const database = Object.create(db.database, {
      inWorkspace: {
        value: (...of: Parameters<typeof db.database.inWorkspace>) => {
          count += 1
          return db.database.inWorkspace(...of)
        },
      },
    }) as typeof db.database
    const provider: OpenedMailbox = { ...s.provider, traits: { ...s.provider.traits, threadId: 'none' } }
    await s.pull({ database, openMailbox: () => Promise.resolve({ ok: true, value: provider }) })
    expect(await texts(s)).toEqual(['Yes.'])
    return count
  }
  expect(await transactions('eight', 8)).toBe(await transactions('one', 1))
})

test('of two copies of one answer in a page the first is stored, and the second known', async () => {
  const s = await receivingScene(db, at, { name: 'twice', contactId: mia })
  const sent = await s.send('a')
  const answer = answerTo(sent.raw, s.address, 'Yes.')
  for (let n = 0; n < 2; n++) s.outside.deliver(s.address, answer)
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'And no.'))
  await s.pull()
  expect(await texts(s)).toEqual(['And no.', 'Yes.'])
})
