import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ANNA, type Answer, type TestWorld, startWorld } from '../testing/world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => world.call('/control/faults', { method: 'DELETE' }))

const standing = async (): Promise<readonly (readonly unknown[])[]> =>
  (await world.call('/control/faults')).body
    .readers('faults')
    .map((fault) =>
      ['kind', 'mailbox', 'every', 'probability', 'ms', 'status', 'as'].map((name) => fault.raw(name)),
    )

test.for([
  ['en', 'Order a fault', 'Push early'],
  ['de', 'Störung bestellen', 'Meldung zu früh'],
] as const)('in %s the page names every fault and every switch', async ([hl, ...words]) => {
  const { status, text } = await world.call(`/switches?hl=${hl}`)
  expect([status, ...words.filter((each) => !text.includes(each))]).toEqual([200])
  const behaviour = (await world.call('/control/faults')).body.reader('behaviour').entries()
  expect(behaviour.filter(([name]) => !text.includes(`name="${name}"`))).toEqual([])
})

test.for([
  [
    { kind: 'cutAfterAccept', every: '3', mailbox: ANNA },
    ['cutAfterAccept', ANNA, 3, undefined, undefined, undefined, undefined],
  ],
  [
    { kind: 'pushLost', every: '1', chance: '20' },
    ['pushLost', '', undefined, 0.2, undefined, undefined, undefined],
  ],
  [
    { kind: 'pushEarly', every: '1', seconds: '7' },
    ['pushEarly', '', 1, undefined, 7000, undefined, undefined],
  ],
  [{ kind: 'fail', every: '1', status: '502' }, ['fail', '', 1, undefined, undefined, 502, undefined]],
  [
    { kind: 'lateBounce', every: '1', status: '5.4.5', to: '' },
    ['lateBounce', '', 1, undefined, 60_000, '5.4.5', undefined],
  ],
  [
    { kind: 'refused', every: '1', as: 'domainPolicy' },
    ['refused', '', 1, undefined, undefined, undefined, 'domainPolicy'],
  ],
  [
    { kind: 'handshake', every: '1', as: 'garbled', seconds: '4' },
    ['handshake', '', 1, undefined, 4000, undefined, 'garbled'],
  ],
  [
    { kind: 'throttle', every: '1', as: '403', retryAfter: 'seconds', seconds: '9' },
    ['throttle', '', 1, undefined, undefined, undefined, '403'],
  ],
] as const)('%j stands after it was ordered, and ends alone', async ([form, fault]) => {
  await world.post('/control/faults', { cutBeforeAccept: {} })
  const answer = await world.postForm('/switches/order?hl=de', form)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/switches?hl=de'])
  expect((await standing()).at(-1)).toEqual(fault)
  const seq = (await world.call('/control/faults')).body.readers('faults').at(-1)?.number('seq')
  await world.postForm('/switches/end', { fault: String(seq) })
  expect((await standing()).map(([kind]) => kind)).toEqual(['cutBeforeAccept'])
})

test.for([{ kind: 'thunder' }, { kind: 'cutAfterAccept', every: '0' }, { kind: 'refused', as: 'thunder' }])(
  'an order of %j is told to be wrong on the page',
  async (form) => {
    const answer = await world.postForm('/switches/order', form)
    expect([answer.status, answer.text.includes('role="alert"'), await standing()]).toEqual([400, true, []])
  },
)

test('behaviour is saved as it stands in the form, and goes back to normal', async () => {
  const saved = async (): Promise<unknown[]> => {
    const behaviour = (await world.call('/control/faults')).body.reader('behaviour')
    return ['messageIdRewrite', 'pushedNumber', 'sendsPerDay', 'withheldScope'].map((name) =>
      behaviour.raw(name),
    )
  }
  await world.postForm('/switches/behaviour', {
    pushedNumber: 'on',
    sendsPerDay: '500',
    withheldScope: 'Mail.Read',
  })
  const set = await saved()
  await world.postForm('/switches/end', { fault: 'all' })
  expect([set, await saved()]).toEqual([
    [false, true, 500, 'Mail.Read'],
    [true, false, 0, ''],
  ])
})

test('other behaviour is ordered for one mailbox and some calls, shown, and ended', async () => {
  const fields = { mailbox: ANNA, method: 'gmail.users.messages.send', every: '1', times: '2' }
  const set = { name: 'messageIdRewrite', is: 'false', ...fields }
  await world.postForm('/switches/order-behaviour', set)
  const [listed] = (await world.call('/control/faults')).body.readers('faults')
  const { text } = await world.call('/switches?hl=en')
  await world.postForm('/switches/end', { fault: String(listed?.number('seq')) })
  expect([listed?.text('kind'), listed?.raw('is'), listed?.text('method'), listed?.number('times')]).toEqual([
    'messageIdRewrite',
    false,
    'gmail.users.messages.send',
    2,
  ])
  expect([text.includes('false · gmail.users.messages.send'), await standing()]).toEqual([true, []])
})

test('what is set for everybody stands among what is in force, and goes back to the usual alone', async () => {
  await world.post('/control/faults', { watchDays: 1, historyDays: 2 })
  const { text } = await world.call('/switches?hl=en')
  await world.postForm('/switches/end', { fault: 'watchDays' })
  const behaviour = (await world.call('/control/faults')).body.reader('behaviour')
  expect([
    text.includes('name="fault" value="watchDays"'),
    behaviour.raw('watchDays'),
    behaviour.raw('historyDays'),
  ]).toEqual([true, 7, 2])
})

test.for(['historyTooOld', 'grantsEnd', 'adminNeeded', 'adminNotNeeded', 'missed'])(
  'of one mailbox, %s happens at once',
  async (act) => {
    const answer = await world.postForm('/switches/act', { act, mailbox: ANNA })
    const { managed } = Object.fromEntries((await world.post('/control/consent-policy', {})).body.entries())
    expect([answer.status, managed]).toEqual([303, act === 'adminNeeded' ? [ANNA] : []])
    await world.postForm('/switches/act', { act: 'adminNotNeeded', mailbox: ANNA })
  },
)

test.for([
  ['/switches/order-behaviour', { name: 'thunder', is: 'true' }],
  ['/switches/order-behaviour', { name: 'watchDays', is: '' }],
  ['/switches/order-behaviour', { name: 'pushedNumber', is: 'yes' }],
  ['/switches/act', { act: 'thunder', mailbox: ANNA }],
  ['/switches/act', { act: 'grantsEnd', mailbox: 'nobody@brand.practice.example' }],
] as const)('%s with %j is told to be wrong on the page', async ([path, form]) => {
  const answer = await world.postForm(path, form)
  expect([answer.status, answer.text.includes('role="alert"'), await standing()]).toEqual([400, true, []])
})

test('a page of another origin sets nothing', async () => {
  const foreign = (origin: string): Promise<Answer> =>
    world.call('/switches/order', {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ kind: 'cutAfterAccept' }),
    })
  expect([(await foreign('https://elsewhere.example')).status, (await foreign('null')).status]).toEqual([
    403, 403,
  ])
  expect(await standing()).toEqual([])
})
