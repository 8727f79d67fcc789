/** Mailboxes that are shared with a user: which permission, which right, and what is said without them. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { FULL, OLGA, graph, officeQuery, officeSignIn } from '../testing/office.ts'
import { MIA, type TestWorld, letter, startWorld } from '../testing/world.ts'

const HELLO = 'hello@office.practice.example'
const SHARED = ['Mail.Send.Shared', 'Mail.Read.Shared']
let world: TestWorld
let token: string
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  await world.post('/control/reset', { seed: 'none' })
  await world.post('/control/accounts', { address: OLGA, name: 'Olga Brandt' })
  await world.post('/control/accounts', { address: MIA, name: 'Mia Brandt' })
  await share({})
  token = (await officeSignIn(world, [...FULL, ...SHARED])).text('access_token')
})

const share = (rights: { readonly read?: boolean; readonly sendAs?: boolean }) =>
  world.post('/control/accounts', {
    address: HELLO,
    name: 'Nordlicht',
    sharedWith: [{ address: OLGA, ...rights }],
  })

async function calls(who = HELLO, by = token): Promise<readonly string[]> {
  const user = `${world.practice.url}/graph/v1.0/users/${who}`
  const body = Buffer.from(letter('Hi', `From: ${who}`)).toString('base64')
  const asked = [
    await graph(world, by, `${user}/mailFolders/inbox?$select=id`),
    await graph(world, by, `${user}/messages?$select=id`),
    await graph(world, by, `${user}/sendMail`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body,
    }),
  ]
  return asked.map((answer) =>
    answer.status < 300 ? String(answer.status) : answer.body.reader('error').text('code'),
  )
}

test('with both rights it is opened and sent from, and the mail is from its address, in its own Sent', async () => {
  expect(await calls()).toEqual(['200', '200', '202'])
  const [arrival] = await world.records('arrivals')
  expect([arrival?.text('mailbox'), arrival?.text('from')]).toEqual([MIA, HELLO])
  const sent = await graph(
    world,
    token,
    `${world.practice.url}/graph/v1.0/users/${HELLO}/mailFolders/sentitems/messages?$select=id`,
  )
  expect(sent.body.readers('value')).toHaveLength(1)
})

test.for([
  ['that may be opened alone', { sendAs: false }, ['200', '200', 'ErrorSendAsDenied']],
  ['that may be sent from alone', { read: false }, Array(3).fill('ErrorAccessDenied')],
] as const)('of a mailbox %s the rest is refused', async ([, rights, codes]) => {
  await share(rights)
  expect(await calls()).toEqual(codes)
})

test('a mailbox of others seems to be empty of folders, and an address of nobody is not found', async () => {
  await world.post('/control/accounts', { address: 'boss@office.practice.example', name: 'Boss' })
  expect(await calls('boss@office.practice.example')).toEqual([
    'ErrorItemNotFound',
    'ErrorItemNotFound',
    'ErrorAccessDenied',
  ])
  expect(await calls('nobody@office.practice.example')).toEqual(Array(3).fill('ResourceNotFound'))
})

test('the permissions of the own mailbox are worth nothing in a shared one', async () => {
  const own = (await officeSignIn(world, FULL)).text('access_token')
  expect(await calls(HELLO, own)).toEqual(Array(3).fill('ErrorAccessDenied'))
})

test('the right to read a shared mailbox is not the right to be told of it', async () => {
  const answer = await graph(world, token, `${world.practice.url}/graph/v1.0/subscriptions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      changeType: 'created',
      resource: `/users/${HELLO}/messages`,
      notificationUrl: 'http://127.0.0.1:9/',
      expirationDateTime: '2026-11-25T08:00:00Z',
    }),
  })
  expect([answer.status, answer.body.reader('error').text('code')]).toEqual([403, 'ErrorAccessDenied'])
})

test('nobody signs in to a shared mailbox', async () => {
  const page = await world.call(`/microsoft/common/oauth2/v2.0/authorize?${officeQuery(FULL)}`)
  const form = { request: officeQuery(FULL), account: HELLO, decision: 'allow' }
  const answer = await world.postForm('/microsoft/common/consent', form)
  expect([page.text.includes(OLGA), page.text.includes(HELLO), answer.status]).toEqual([true, false, 400])
})
