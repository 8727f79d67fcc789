import pg from 'pg'
import { expect, test } from 'vitest'
import { origin, password, setupForm, testApp } from '../testing/app.ts'
import { testDatabase } from '../testing/database.ts'
import { hashPassword, readPersonByAddress, replacePassword } from './index.ts'

const { database, adminUrl } = await testDatabase({ poolSize: 12 })
const anna = { address: 'anna@atelier-nord.example', password }
const code = ({ status, body }: { status: number; body: unknown }) => [
  status,
  (body as { code: string }).code,
]
const byText = (a: string, b: string) => (a < b ? -1 : 1)
let isSetUp = false

/** Sets Kontor up once for this file; the tests run in any order. */
async function installed() {
  const world = await testApp(database)
  if (!isSetUp) {
    isSetUp = true
    const browsers = [world.browser(), world.browser()]
    const form = setupForm(await world.setupToken())
    const answers = await Promise.all(browsers.map((each) => each.send('POST', '/setup', form)))
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(answers.filter(({ status }) => status === 409).map(code)).toEqual([[409, 'setup_done']])
  }
  return world
}
async function asAdmin<T extends pg.QueryResultRow>(query: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const { rows } = await client.query<T>(query)
  await client.end()
  return rows
}

test('of two people with the set-up link at once exactly one becomes owner', async () => {
  await installed()
  const rows = await asAdmin('select role, name, address from membership join person on id = person_id')
  expect(rows).toEqual([{ role: 'owner', name: 'Anna Keller', address: 'Anna@Atelier-Nord.example' }])
  expect(await asAdmin('select name, mode from workspace')).toEqual([
    { name: 'Atelier Nord', mode: 'undecided' },
  ])
})

test('after set-up nobody is asked for it and no link works', async () => {
  const { browser } = await installed()
  expect((await browser().get('/setup')).body).toEqual({ needed: false })
  const late = await browser().send('POST', '/setup', setupForm('x'.repeat(43)))
  expect(code(late)).toEqual([409, 'setup_done'])
})

test('signing in needs the address in any case and the password exactly', async () => {
  const { browser } = await installed()
  const one = browser()
  const session = await one.send('POST', '/session', { ...anna, address: 'ANNA@atelier-nord.EXAMPLE' })
  expect([session.status, session.body]).toEqual([
    200,
    {
      person: {
        id: expect.any(String) as string,
        name: 'Anna Keller',
        address: 'Anna@Atelier-Nord.example',
        language: 'en',
      },
      workspaces: [
        {
          id: expect.any(String) as string,
          name: 'Atelier Nord',
          mode: 'undecided',
          role: 'owner',
          language: 'en',
          zone: 'Europe/Berlin',
        },
      ],
      steersServer: true,
    },
  ])
  expect((await one.get('/session')).body).toEqual(session.body)
  const wrong = await browser().send('POST', '/session', { ...anna, password: `${password} ` })
  expect(code(wrong)).toEqual([401, 'wrong_password'])
  const nobody = await browser().send('POST', '/session', { address: 'x@y.example', password })
  expect(code(nobody)).toEqual([401, 'wrong_password'])
})

test('the cookie is for this site alone and out of reach of scripts; https makes it Secure', async () => {
  const { browser } = await installed()
  const plain = (await browser().send('POST', '/session', anna)).headers.getSetCookie()
  expect(plain.map((text) => text.replace(/=[^;]+/, '=…'))).toEqual([
    'kontor.session_token=…; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax',
  ])
  const behind = await testApp(database, { publicUrl: 'https://kontor.example' })
  const safe = (
    await behind.browser().send('POST', '/session', anna, { origin: 'https://kontor.example' })
  ).headers.getSetCookie()
  expect(safe.map((text) => text.replace(/=[^;]+/, '=…'))).toEqual([
    '__Secure-kontor.session_token=…; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax',
  ])
})

test('the table of sessions holds nothing that could be put into a cookie', async () => {
  const { browser } = await installed()
  const one = browser()
  await one.send('POST', '/session', anna)
  const token = decodeURIComponent(one.cookie()).split('=')[1]?.split('.')[0] ?? ''
  expect(token).toHaveLength(32)
  const tokens = (await asAdmin<{ token: string }>('select token from session')).map((row) => row.token)
  expect(tokens.some((stored) => stored.includes(token))).toBe(false)
  expect(tokens.every((stored) => /^[\w-]{43}$/.test(stored))).toBe(true)
  expect(await asAdmin(`select from session where ip_address <> '' or user_agent <> ''`)).toEqual([])
})

test('two browsers have two sessions; signing out of one leaves the other', async () => {
  const { browser } = await installed()
  const [one, two] = [browser(), browser()]
  await Promise.all([one, two].map((each) => each.send('POST', '/session', anna)))
  const cookie = one.cookie()
  expect((await one.send('DELETE', '/session')).body).toEqual({ ok: true })
  expect(code(await one.get('/session'))).toEqual([401, 'signed_out'])
  const replay = await browser().send('PATCH', '/me', { name: 'Mallory' }, { cookie })
  expect(code(replay)).toEqual([401, 'signed_out'])
  expect((await two.get('/session')).status).toBe(200)
  expect((await one.send('DELETE', '/session')).body).toEqual({ ok: true })
})

test('a cookie with another signature is nobody', async () => {
  const { browser } = await installed()
  const one = browser()
  await one.send('POST', '/session', anna)
  const forged = one.cookie().replace(/\.[^.]*$/, `.${encodeURIComponent('A'.repeat(43))}%3D`)
  const answer = await browser().send('PATCH', '/me', {}, { cookie: forged })
  expect(code(answer)).toEqual([401, 'signed_out'])
})

test('twenty wrong passwords at once are ten answers and ten closed doors, for fifteen minutes', async () => {
  const { browser, clock } = await installed()
  const guess = { address: 'ben@atelier-nord.example', password: 'wrong' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => browser().send('POST', '/session', guess)),
  )
  expect(answers.map((told) => code(told).join(' ')).toSorted(byText)).toEqual([
    ...Array.from({ length: 10 }, () => '401 wrong_password'),
    ...Array.from({ length: 10 }, () => '429 too_many_attempts'),
  ])
  await clock.step({ minutes: 10 })
  const still = await browser().send('POST', '/session', guess)
  expect([...code(still), still.headers.get('retry-after')]).toEqual([429, 'too_many_attempts', '300'])
  await clock.step({ minutes: 5 })
  expect(code(await browser().send('POST', '/session', guess))).toEqual([401, 'wrong_password'])
})

test('the right password is refused at a closed door, and clears the count before it closes', async () => {
  const { browser, clock } = await installed()
  await clock.step({ hours: 1 })
  const guess = (times: number) =>
    Promise.all(
      Array.from({ length: times }, () => browser().send('POST', '/session', { ...anna, password: 'wrong' })),
    )
  await guess(9)
  expect((await browser().send('POST', '/session', anna)).status).toBe(200)
  await guess(10)
  expect(code(await browser().send('POST', '/session', anna))).toEqual([429, 'too_many_attempts'])
  await clock.step({ minutes: 15 })
  expect((await browser().send('POST', '/session', anna)).status).toBe(200)
})

test('a new password ends every session', async () => {
  const { browser } = await installed()
  const one = browser()
  await one.send('POST', '/session', anna)
  const fresh = await hashPassword(password)
  await database.inSystem(async (tx) => {
    const person = await readPersonByAddress(tx, 'anna@atelier-nord.example')
    await replacePassword(tx, person?.id ?? '', fresh)
  })
  expect(code(await one.get('/session'))).toEqual([401, 'signed_out'])
  expect((await one.send('POST', '/session', anna)).status).toBe(200)
})

test('a name that could break a header is a broken field', async () => {
  const { browser } = await installed()
  const one = browser()
  await one.send('POST', '/session', anna)
  for (const name of ['Anna\r\nBcc: all@x.example', 'Anna\u2028Keller', 'A\u0007', 'A\tB']) {
    const answer = await one.send('PATCH', '/me', { name })
    expect([answer.status, answer.body]).toMatchObject([
      400,
      { code: 'invalid', fields: [{ path: 'name', code: 'control_characters' }] },
    ])
  }
  expect((await one.send('PATCH', '/me', { name: 'Anna Keller' })).status).toBe(200)
})

test('another origin may not sign anybody in or out', async () => {
  const { browser } = await installed()
  const foreign = { origin: 'https://evil.example' }
  expect(code(await browser().send('POST', '/session', anna, foreign))).toEqual([403, 'other_origin'])
  const one = browser()
  await one.send('POST', '/session', anna, { origin })
  expect(code(await one.send('DELETE', '/session', undefined, foreign))).toEqual([403, 'other_origin'])
  expect(code(await one.send('DELETE', '/session', undefined, { origin: 'null' }))).toEqual([
    403,
    'other_origin',
  ])
  expect((await one.get('/session')).status).toBe(200)
})

test('neither password nor token nor address is logged', async () => {
  const { browser, logged } = await installed()
  const one = browser()
  await one.send('POST', '/session', anna)
  await one.send('POST', '/session', { ...anna, password: 'wrong but secret' })
  await one.get('/invitations/a-secret-token')
  const text = logged.join('\n')
  expect(text).toContain('/api/v1/session')
  for (const secret of [password, 'wrong but secret', 'a-secret-token', 'atelier-nord', one.cookie()]) {
    expect(text).not.toContain(secret)
  }
})
