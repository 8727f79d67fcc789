import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { addressKey } from '../mail/index.ts'
import { testDatabase } from '../testing/database.ts'
import { office } from './shared-office.fixture.ts'

const { database, step, adminUrl } = await testDatabase()
const admin = new pg.Pool({ connectionString: adminUrl, max: 1 })
afterAll(() => admin.end())

interface Cap {
  readonly used: number
  readonly used_direct: number
}

/** An office, the day of the shared address, and a way to use it up elsewhere. */
async function counted() {
  const world = await office(database)
  const key = addressKey(world.hello)
  return {
    ...world,
    async day(): Promise<Cap | undefined> {
      const text = 'select used, used_direct from address_cap where address_key = $1'
      return (await admin.query<Cap>(text, [key])).rows[0]
    },
    use: (used: number) =>
      admin.query('update address_cap set used = $2, used_direct = $2 where address_key = $1', [key, used]),
  }
}

test('the mail that tries a shared mailbox counts in the day of its address', async () => {
  const { added, day } = await counted()
  await added()
  expect(await day()).toEqual({ used: 1, used_direct: 1 })
})

test('one that is refused gives its part of the day back, and one whose fate is unknown does not', async () => {
  const { at, add, anna, hello, day } = await counted()
  at.outside.share(hello, anna, { read: true, sendAs: false })
  const refused = [(await add())['code'], await day()]
  at.outside.share(hello, anna, { read: true, sendAs: true })
  at.outside.fault(hello, { call: 'send', effect: 'cut_after' })
  expect([refused, (await add())['code'], await day()]).toEqual([
    ['shared_send_refused', { used: 0, used_direct: 0 }],
    'shared_not_tried',
    { used: 1, used_direct: 1 },
  ])
})

test('an address that used up its day elsewhere is not tried before the next one begins, and the answer tells nothing of elsewhere', async () => {
  const { at, add, anna, hello, day, use } = await counted()
  at.outside.share(hello, anna, { read: true, sendAs: false })
  await add()
  at.outside.share(hello, anna, { read: true, sendAs: true })
  await use(300)
  const today = [await add(), at.outside.sent.length]
  await step({ hours: 25 })
  at.outside.fault(hello, { call: 'send', effect: { kind: 'transient', diagnostic: '503' } })
  const away = await add()
  expect([today, away['code'], 'mailboxId' in (await add()), await day()]).toEqual([
    [away, 0],
    'shared_not_tried',
    true,
    { used: 1, used_direct: 1 },
  ])
})

test('a mailbox that stands still is not tried with a mail that its day has no room for', async () => {
  const { at, added, anna, hello, check, open, use } = await counted()
  const one = await added()
  at.outside.share(hello, anna, { read: false, sendAs: true })
  await (await open(one)).changesSince(undefined, new AbortController().signal)
  at.outside.share(hello, anna, { read: true, sendAs: true })
  await use(300)
  expect([await check(one), at.outside.sent.length]).toEqual(['unknown', 1])
})

test('an address that somebody tries in vain keeps the limit of 24 hours that it has elsewhere', async () => {
  const { add } = await office(database)
  const key = 'ben@gmail.com'
  await admin.query(
    `insert into address_cap (address_key, zone, owner_limit, rolling_limit, day_starts_at, day_ends_at, base_ends_at)
      values ($1, 'UTC', 300, 450, kontor_now(), kontor_now() + interval '1 day', kontor_now() + interval '1 day')`,
    [key],
  )
  const tried = (await add(key, 'send_only'))['code']
  const text = 'select used, rolling_limit from address_cap where address_key = $1'
  expect([tried, (await admin.query(text, [key])).rows]).toEqual([
    'shared_unknown',
    [{ used: 0, rolling_limit: 450 }],
  ])
})
