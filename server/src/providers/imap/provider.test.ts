import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProviderUnderTest } from '../../mailboxes/provider.contract.ts'
import { lackedBy, providerContract } from '../../mailboxes/provider.contract.ts'
import { between, value } from '../../mailboxes/provider-hands.contract.ts'
import { practiceHands } from '../../testing/practice-mailbox.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { startPracticeServer } from '../../testing/practice-server.ts'
import { practiceImap } from './practice.fixture.ts'

const signal = new AbortController().signal
let practice: PracticeServer
let drawn = 0

beforeAll(async () => {
  practice = await startPracticeServer()
  await practice.control('/faults', { mailServerFilesSent: true })
})
afterAll(() => practice[Symbol.asyncDispose]())

async function openPractice(): Promise<ProviderUnderTest> {
  drawn += 1
  const address = `anna.${drawn}@post.practice.example`
  const other = `ben.${drawn}@post.practice.example`
  await practice.account(address, 'Anna Keller')
  await practice.account(other, 'Ben Ito')
  const mine = await practiceImap(practice, { address, name: 'Anna Keller' }, 'full')
  const others = await practiceImap(practice, { address: other, name: 'Ben Ito' }, 'full')
  return {
    ...mine,
    address,
    name: 'Anna Keller',
    other: { address: other, provider: others.provider },
    ...practiceHands(practice, address),
    throttle: () => Promise.reject(new Error('SMTP and IMAP name no time')),
    sendOnly: async () =>
      (await practiceImap(practice, { address, name: 'Anna Keller' }, 'send_only')).provider,
    watchWish: () => ({
      notifyUrl: 'https://kontor.example/n',
      lifecycleUrl: 'https://kontor.example/l',
      secret: 's',
    }),
    fileSentAfter: () => Promise.reject(new Error('a copy is filed at once')),
  }
}

providerContract('imap', { patience: [], lacks: lackedBy.imap }, openPractice)

test('a mail whose first recipient is refused does not count as sent, although a copy left for another', async () => {
  const at = await openPractice()
  const bytes = Buffer.from(
    `From: ${at.address}\r\nTo: nobody@example.com\r\nCc: ${at.other.address}\r\nSubject: s\r\nMessage-ID: <cc@kontor.example>\r\n\r\nText\r\n`,
  )
  expect(await at.provider.send(bytes, undefined, signal)).toMatchObject({
    ok: false,
    failure: { kind: 'rejected', why: 'recipient_invalid', permanent: true },
  })
})

test('a look by date over more mails than one page holds tells each of them once, newest first', async () => {
  const at = await openPractice()
  const from = await at.now()
  const many = Array.from({ length: 205 }, (_unused, n) => n)
  for (const n of many)
    await at.deliver(`From: ben@home.example\r\nTo: ${at.address}\r\nSubject: ${n}\r\n\r\nText\r\n`)
  const range = { from, to: (await at.now()).add({ seconds: 2 }) }
  const first = value(await at.provider.changesBetween(range, undefined, signal))
  const found = await between(at.provider, range)
  const uids = found.map(({ providerMessageId }) => Number(/\d+$/.exec(providerMessageId)?.[0]))
  expect([first.changes.length < 205, uids.length, new Set(uids).size]).toEqual([true, 205, 205])
  expect(uids).toEqual(uids.toSorted((a, b) => b - a))
})

test('where the server files no copy, ours lies in Sent after sending, and its absence proves nothing', async () => {
  await practice.control('/faults', { mailServerFilesSent: false })
  try {
    const at = await openPractice()
    const raw = (id: string) =>
      Buffer.from(
        `From: ${at.address}\r\nTo: ${at.other.address}\r\nSubject: s\r\nMessage-ID: <${id}>\r\n\r\nText\r\n`,
      )
    const now = await at.now()
    const hints = { token: 'no', to: at.other.address, since: now.subtract({ seconds: 5 }), attemptedAt: now }
    const sent = await at.provider.send(raw('one@kontor.example'), undefined, signal)
    const found = await at.provider.findSent({ ...hints, messageId: 'one@kontor.example' }, signal)
    expect([sent.ok, found]).toEqual([
      true,
      {
        ok: true,
        value: {
          messageId: 'one@kontor.example',
          providerMessageId: sent.ok ? sent.value.providerMessageId : '',
        },
      },
    ])
    await at.disturb('cut_after')
    expect((await at.provider.send(raw('two@kontor.example'), undefined, signal)).ok).toBe(false)
    await at.elapse(600)
    expect(await at.provider.findSent({ ...hints, messageId: 'two@kontor.example' }, signal)).toEqual({
      ok: false,
      failure: { kind: 'not_found', diagnostic: expect.stringContaining('files nothing by itself') },
    })
  } finally {
    await practice.control('/faults', { mailServerFilesSent: true })
  }
})
