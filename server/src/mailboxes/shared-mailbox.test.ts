import { expect, test } from 'vitest'
import { header } from '../mail/index.ts'
import { readHeaders } from '../mail/headers.ts'
import { testDatabase } from '../testing/database.ts'
import { office } from './shared-office.fixture.ts'
import { mailboxesOf } from './store.ts'
import { outcomeOf } from './store-consent.ts'
import { entriesAfter } from './store-ledger.ts'

const { database } = await testDatabase()
const { signal } = new AbortController()
const kindOf = (outcome: { readonly ok: boolean; readonly failure?: { readonly kind: string } }) =>
  outcome.ok ? 'ok' : outcome.failure?.kind

test.each(['full', 'send_only'] as const)(
  'a shared mailbox that is added with %s is a mailbox of its own on the grant of the account',
  async (level) => {
    const { added, mailbox, id, hello } = await office(database, { level })
    const one = await mailbox(await added())
    const own = await mailbox(id)
    expect([one?.place, one?.address, one?.grantId, one?.level, one?.displayName, one?.dailyLimit]).toEqual([
      'shared',
      hello,
      own?.grantId,
      level,
      'Nordlicht',
      300,
    ])
  },
)

test('shared mailboxes are not asked for until somebody adds one, and then nothing is tried without them', async () => {
  const { at, add, grant, allow } = await office(database, { allowed: false })
  const before = (await grant())?.shared
  const first = (await add())['code']
  expect([before, first, at.outside.sent, at.outside.calls]).toEqual([
    undefined,
    'shared_consent_missing',
    [],
    [],
  ])
  await allow()
  expect([(await grant())?.shared, 'mailboxId' in (await add())]).toEqual(['full', true])
})

test('whoever comes back from the provider is told which mailbox was meant', async () => {
  const { at, id, ask, comeBack, hello } = await office(database, { allowed: false })
  const { authorizeUrl } = await ask('POST', `${id}/shared-consent`, { address: hello })
  const back = await comeBack(authorizeUrl)
  const outcome = await at.inside((tx) => outcomeOf(tx, back?.handle ?? '', at.personId))
  expect(outcome).toMatchObject({ outcome: 'connected', mailboxId: id, sharedAddress: hello })
})

test('a person who did not allow shared mailboxes is told so, and the grant stays as it was', async () => {
  const { at, id, ask, comeBack, hello, grant, standing } = await office(database, { allowed: false })
  const { authorizeUrl } = await ask('POST', `${id}/shared-consent`, { address: hello })
  const back = await comeBack(authorizeUrl, { shared: undefined })
  const outcome = await at.inside((tx) => outcomeOf(tx, back?.handle ?? '', at.personId))
  expect([outcome?.outcome, outcome?.missing, (await grant())?.shared, await standing(id)]).toEqual([
    'partial',
    ['shared'],
    undefined,
    'active',
  ])
})

test.each([
  ['may not be opened', { read: false, sendAs: true }, 'shared_unreadable'],
  ['may not be sent from', { read: true, sendAs: false }, 'shared_send_refused'],
] as const)('one that %s is named as such and not added', async (_what, rights, code) => {
  const { at, add, anna, hello, standing, id } = await office(database)
  at.outside.share(hello, anna, rights)
  const answer = await add()
  const known = await at.inside((tx) => mailboxesOf(tx))
  expect([answer['code'], known.length, await standing(id)]).toEqual([code, 1, 'active'])
})

test('an address of nobody and one that is connected already are told apart', async () => {
  const { add, added, anna } = await office(database)
  await added()
  expect([(await add(`nobody@${anna.split('@')[1]}`))['code'], (await add())['code']]).toEqual([
    'shared_unknown',
    'address_connected',
  ])
})

test('before it is added one mail leaves from it to the account’s own address, and no mail is opened', async () => {
  const { at, added, anna, hello, id } = await office(database)
  await added()
  const [sent, ...more] = at.outside.sent
  const headers = readHeaders(Buffer.from(sent?.raw ?? '').toString('latin1'))
  expect([header(headers, 'from'), header(headers, 'to'), header(headers, 'auto-submitted'), more]).toEqual([
    `Nordlicht <${hello}>`,
    anna,
    'auto-generated',
    [],
  ])
  const log = await at.inside((tx) => entriesAfter(tx, id, { after: 0, until: 99, limit: 99 }))
  const looks = log.filter(({ phase, purpose }) => phase === 'after' && purpose === 'connect')
  expect(looks.map(({ call, depth }) => `${call} ${depth}`)).toEqual([
    'signIn nothing',
    'signIn nothing',
    'identities nothing',
    'send nothing',
  ])
})

test('with Send Only Access it is not even opened', async () => {
  const { at, added } = await office(database, { level: 'send_only' })
  await added()
  expect(at.outside.calls.map((call) => call.split(' ').at(-1))).toEqual(['send'])
})

test.each([
  ['taken away', { read: false, sendAs: false }, 'mailbox_refused'],
  ['narrowed to reading', { read: true, sendAs: false }, 'sender_refused'],
] as const)('a right that is %s later stops this mailbox alone', async (_what, rights, reason) => {
  const { at, added, anna, hello, id, standing, open } = await office(database)
  const one = await added()
  at.outside.share(hello, anna, rights)
  const raw = Buffer.from(`From: ${hello}\r\nTo: mia@people.example\r\nSubject: s\r\n\r\nHello`)
  expect(kindOf(await (await open(one)).send(raw, undefined, signal))).toBe(reason)
  expect([await standing(one), await standing(id)]).toEqual([`reconnect_needed: ${reason}`, 'active'])
})

test('reading stops too once the mailbox may not be opened, and goes on when somebody asks again after it may', async () => {
  const { at, added, anna, hello, standing, open, check } = await office(database)
  const one = await added()
  at.outside.share(hello, anna, { read: false, sendAs: true })
  const seen: unknown[] = [
    kindOf(await (await open(one)).changesSince(undefined, signal)),
    await standing(one),
  ]
  seen.push(await check(one))
  at.outside.share(hello, anna, { read: true, sendAs: true })
  seen.push(await check(one), await standing(one))
  expect(seen).toEqual([
    'mailbox_refused',
    'reconnect_needed: mailbox_refused',
    'refused',
    'accepted',
    'active',
  ])
})

test('asked about one that is well nobody sends anything', async () => {
  const { at, added, check } = await office(database)
  const one = await added()
  expect([await check(one), at.outside.sent.length]).toEqual(['accepted', 1])
})

test('signing in again asks for shared mailboxes again, and brings them back', async () => {
  const { at, added, anna, id, ask, comeBack, grant, standing } = await office(database)
  const one = await added()
  at.outside.endGrants(anna)
  await at.clock.step({ hours: 2 })
  const opened = await at.mailboxes.open(at.workspaceId, one, 'pull')
  if (opened.ok) await opened.value.changesSince(undefined, signal)
  expect([await standing(one), await standing(id)]).toEqual(Array(2).fill('reconnect_needed: revoked'))
  const { authorizeUrl } = await ask('POST', `${one}/reconnect`)
  expect(new URL(String(authorizeUrl)).searchParams.has('shared')).toBe(true)
  await comeBack(authorizeUrl)
  expect([await standing(one), await standing(id), (await grant())?.shared]).toEqual([
    'active',
    'active',
    'full',
  ])
})

test('a shared mailbox is a door to no other: neither aliases nor shared ones are added through it', async () => {
  const { added, ask } = await office(database)
  const one = await added()
  const through = async (path: string, body: object) => (await ask('POST', `${one}/${path}`, body))['code']
  expect([
    await through('shared-mailboxes', { address: 'x@y.example' }),
    await through('shared-consent', { address: 'x@y.example' }),
  ]).toEqual(['shared_not_offered', 'shared_not_offered'])
})
