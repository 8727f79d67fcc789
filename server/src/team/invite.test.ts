import { expect, test } from 'vitest'
import { password, setupForm, testApp } from '../testing/app.ts'
import type { Browser, Told } from '../testing/app.ts'
import { testDatabase } from '../testing/database.ts'

const { database, step } = await testDatabase({ poolSize: 12 })
const code = ({ status, body }: Told) => [status, (body as { code?: string }).code]
const owner = { address: 'anna@atelier-nord.example', password }
let workspaces = 0

/** A workspace of its own, with its owner signed in, for each test. */
async function workspace() {
  const { browser, ...world } = await testApp(database)
  const anna = browser()
  const done = await anna.get('/setup')
  if ((done.body as { needed: boolean }).needed) {
    await anna.send('POST', '/setup', setupForm(await world.setupToken()))
  }
  await anna.send('POST', '/session', owner)
  const name = `Workspace ${++workspaces}`
  const made = await anna.send('POST', '/workspaces', { name, language: 'de', zone: 'Europe/Berlin' })
  const w = `/workspaces/${(made.body as { id: string }).id}`
  return { ...world, browser, anna, w, name }
}
async function invite(by: Browser, w: string, role = 'member'): Promise<string> {
  const { body } = await by.send('POST', `${w}/invitations`, { role })
  return (body as { link: string }).link.split('/join/')[1] ?? ''
}
const person = (name: string) => ({
  name,
  address: `${name.toLowerCase()}@atelier-nord.example`,
  password,
  language: 'en',
})
const team = async (by: Browser, w: string) =>
  ((await by.get(`${w}/team`)).body as { rows: { name: string; role: string }[] }).rows.map((row) => [
    row.name,
    row.role,
  ])

test('whoever opens the link sees who invites where, and joins as somebody new', async () => {
  const { browser, anna, w, name } = await workspace()
  const token = await invite(anna, w, 'viewer')
  expect((await browser().get(`/invitations/${token}`)).body).toEqual({
    workspaceName: name,
    role: 'viewer',
    invitedBy: 'Anna Keller',
    language: 'de',
  })
  const ben = browser()
  const joined = await ben.send('POST', `/invitations/${token}/accept`, person('Ben'))
  expect([joined.status, (joined.body as { workspaces: unknown[] }).workspaces]).toMatchObject([
    200,
    [{ name, role: 'viewer' }],
  ])
  expect(await team(ben, w)).toEqual([
    ['Anna Keller', 'owner'],
    ['Ben', 'viewer'],
  ])
  expect(code(await browser().get(`/invitations/${token}`))).toEqual([410, 'link_expired'])
  const again = await browser().send('POST', `/invitations/${token}/accept`, person('Mallory'))
  expect(code(again)).toEqual([410, 'link_expired'])
})

test('of two people with one link at once one joins, and nothing is left of the other', async () => {
  const { browser, anna, w } = await workspace()
  const token = await invite(anna, w)
  const both = [person('Clara'), person('Dora')]
  const answers = await Promise.all(
    both.map((each) => browser().send('POST', `/invitations/${token}/accept`, each)),
  )
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410])
  const signIns = await Promise.all(both.map((each) => browser().send('POST', '/session', each)))
  expect(signIns.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401])
  expect(await team(anna, w)).toHaveLength(2)
})

test('a link works for seven days', async () => {
  const { browser, anna, w } = await workspace()
  const token = await invite(anna, w)
  await step({ days: 6, hours: 23, minutes: 59 })
  expect((await browser().get(`/invitations/${token}`)).status).toBe(200)
  await step({ minutes: 1 })
  expect(code(await browser().get(`/invitations/${token}`))).toEqual([410, 'link_expired'])
  const late = await browser().send('POST', `/invitations/${token}/accept`, person('Emil'))
  expect(code(late)).toEqual([410, 'link_expired'])
  expect((await anna.get(`${w}/invitations`)).body).toEqual({ rows: [] })
})

test('a revoked link is expired at once', async () => {
  const { browser, anna, w } = await workspace()
  const token = await invite(anna, w)
  const open = (await anna.get(`${w}/invitations`)).body as { rows: { id: string }[] }
  expect(open.rows).toHaveLength(1)
  const id = open.rows[0]?.id ?? ''
  expect((await anna.send('DELETE', `${w}/invitations/${id}`)).body).toEqual({ ok: true })
  expect(code(await anna.send('DELETE', `${w}/invitations/${id}`))).toEqual([404, 'not_found'])
  expect(code(await browser().get(`/invitations/${token}`))).toEqual([410, 'link_expired'])
})

test('a link that was never made is unknown, also with the workspace of a real one in it', async () => {
  const { browser, anna, w } = await workspace()
  const other = await workspace()
  const bytes = Buffer.from(await invite(anna, w), 'base64url')
  const elsewhere = Buffer.from(await invite(other.anna, other.w), 'base64url')
  const crossed = Buffer.concat([elsewhere.subarray(0, 16), bytes.subarray(16)]).toString('base64url')
  for (const token of ['x', 'A'.repeat(54), '..%2f..', crossed, `${bytes.toString('base64url')}A`]) {
    expect(code(await browser().get(`/invitations/${token}`))).toEqual([404, 'link_unknown'])
    const joining = await browser().send('POST', `/invitations/${token}/accept`, person('Frida'))
    expect(code(joining)).toEqual([404, 'link_unknown'])
  }
})

test('somebody who is here already signs in and joins with the same link', async () => {
  const { browser, anna, w } = await workspace()
  const first = await invite(anna, w)
  const gina = browser()
  await gina.send('POST', `/invitations/${first}/accept`, person('Gina'))
  const other = await workspace()
  const token = await invite(other.anna, other.w, 'admin')
  const taken = await browser().send('POST', `/invitations/${token}/accept`, {
    ...person('Gina'),
    address: 'GINA@atelier-nord.example',
  })
  expect(code(taken)).toEqual([409, 'address_taken'])
  expect(code(await browser().send('POST', `/invitations/${token}/join`))).toEqual([401, 'signed_out'])
  const joined = await gina.send('POST', `/invitations/${token}/join`)
  expect((joined.body as { workspaces: { name: string; role: string }[] }).workspaces).toMatchObject([
    { role: 'member' },
    { name: other.name, role: 'admin' },
  ])
})

test('a member who opens a link keeps the role and leaves the link unused', async () => {
  const { anna, w } = await workspace()
  const token = await invite(anna, w, 'viewer')
  expect((await anna.send('POST', `/invitations/${token}/join`)).status).toBe(200)
  expect(await team(anna, w)).toEqual([['Anna Keller', 'owner']])
  expect(((await anna.get(`${w}/invitations`)).body as { rows: unknown[] }).rows).toHaveLength(1)
})

test('an invitation cannot make an owner, and needs an address and a name that can be written', async () => {
  const { browser, anna, w } = await workspace()
  const asOwner = await anna.send('POST', `${w}/invitations`, { role: 'owner' })
  expect(code(asOwner)).toEqual([400, 'invalid'])
  const token = await invite(anna, w)
  const bad = [
    { ...person('Hans'), address: 'no address' },
    { ...person('Hans'), name: 'Hans\r\nTo: x@y.example' },
    { ...person('Hans'), password: 'short' },
  ]
  const answers = await Promise.all(
    bad.map((each) => browser().send('POST', `/invitations/${token}/accept`, each)),
  )
  expect(
    answers.map(({ body }) => (body as { fields: { path: string; code: string }[] }).fields[0]),
  ).toMatchObject([
    { path: 'address', code: 'address' },
    { path: 'name', code: 'control_characters' },
    { path: 'password', code: 'too_small' },
  ])
})
