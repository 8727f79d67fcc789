import { expect, test } from 'vitest'
import { password, setupForm, testApp } from '../testing/app.ts'
import type { Browser, Told } from '../testing/app.ts'
import { testDatabase } from '../testing/database.ts'

const { database } = await testDatabase({ poolSize: 12 })
const code = ({ status, body }: Told) => [status, (body as { code?: string }).code]
const roles = ['owner', 'admin', 'member', 'viewer'] as const
type Role = (typeof roles)[number]
type Member = { readonly browser: Browser; readonly id: string }
let people = 0

/** A workspace with one signed-in person per role. */
async function workspace() {
  const { browser, setupToken } = await testApp(database)
  const owner = browser()
  if (((await owner.get('/setup')).body as { needed: boolean }).needed) {
    await owner.send('POST', '/setup', setupForm(await setupToken()))
  }
  await owner.send('POST', '/session', { address: 'anna@atelier-nord.example', password })
  const made = await owner.send('POST', '/workspaces', { name: 'Nord', language: 'en', zone: 'UTC' })
  const w = `/workspaces/${(made.body as { id: string }).id}`
  const idOf = (told: Told) => (told.body as { person: { id: string } }).person.id
  const invited = async (role: Role): Promise<Member> => {
    const { body } = await owner.send('POST', `${w}/invitations`, { role })
    const token = (body as { link: string }).link.split('/join/')[1] ?? ''
    const person = { name: role, address: `${role}${++people}@nord.example`, password, language: 'en' }
    const one = browser()
    return { browser: one, id: idOf(await one.send('POST', `/invitations/${token}/accept`, person)) }
  }
  const members: Record<Role, Member> = {
    owner: { browser: owner, id: idOf(await owner.get('/session')) },
    admin: await invited('admin'),
    member: await invited('member'),
    viewer: await invited('viewer'),
  }
  return { w, members, browser }
}

test('each role may do what its name says and nothing more', async () => {
  const { w, members } = await workspace()
  const acts: Record<string, (by: Browser) => Promise<Told>> = {
    'read the team': (by) => by.get(`${w}/team`),
    'read the workspace': (by) => by.get(w),
    'read the activity log': (by) => by.get(`${w}/activity`),
    'see invitations': (by) => by.get(`${w}/invitations`),
    'invite somebody': (by) => by.send('POST', `${w}/invitations`, { role: 'viewer' }),
    'rename the workspace': (by) => by.send('PATCH', w, { name: 'Nord' }),
    'start it': (by) => by.send('PUT', `${w}/mode`, { mode: 'practice' }),
    'remove somebody unknown': (by) => by.send('DELETE', `${w}/team/01890000-0000-7000-8000-00000000dead`),
  }
  const table: Record<string, readonly number[]> = {}
  for (const [act, run] of Object.entries(acts)) {
    table[act] = await Promise.all(roles.map(async (role) => (await run(members[role].browser)).status))
  }
  expect(table).toEqual({
    'read the team': [200, 200, 200, 200],
    'read the workspace': [200, 200, 200, 200],
    'read the activity log': [200, 200, 403, 403],
    'see invitations': [200, 200, 403, 403],
    'invite somebody': [200, 200, 403, 403],
    'rename the workspace': [200, 200, 403, 403],
    'start it': [200, 200, 403, 403],
    'remove somebody unknown': [404, 404, 403, 403],
  })
})

test('only an owner makes and unmakes owners', async () => {
  const { w, members } = await workspace()
  const change = (by: Role, whom: Role, role: Role) =>
    members[by].browser.send('PATCH', `${w}/team/${members[whom].id}`, { role })
  expect(code(await change('admin', 'member', 'owner'))).toEqual([403, 'forbidden'])
  expect(code(await change('admin', 'owner', 'viewer'))).toEqual([403, 'forbidden'])
  expect(code(await change('member', 'viewer', 'member'))).toEqual([403, 'forbidden'])
  expect(code(await members.admin.browser.send('DELETE', `${w}/team/${members.owner.id}`))).toEqual([
    403,
    'forbidden',
  ])
  expect((await change('admin', 'member', 'admin')).status).toBe(200)
  expect((await change('owner', 'admin', 'owner')).status).toBe(200)
  expect((await change('admin', 'owner', 'member')).status).toBe(200)
})

test('a workspace never loses its last owner, also when two owners step down at once', async () => {
  const { w, members } = await workspace()
  const path = (whom: Role) => `${w}/team/${members[whom].id}`
  const owner = members.owner.browser
  expect(code(await owner.send('PATCH', path('owner'), { role: 'admin' }))).toEqual([409, 'last_owner'])
  expect(code(await owner.send('DELETE', path('owner')))).toEqual([409, 'last_owner'])
  await owner.send('PATCH', path('admin'), { role: 'owner' })
  const both = await Promise.all([
    owner.send('PATCH', path('owner'), { role: 'member' }),
    members.admin.browser.send('PATCH', path('admin'), { role: 'member' }),
  ])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test('whoever is removed is out with the next request; whoever wants to leave may', async () => {
  const { w, members } = await workspace()
  const { member, viewer, admin } = members
  expect((await admin.browser.send('DELETE', `${w}/team/${member.id}`)).body).toEqual({ ok: true })
  expect(code(await member.browser.get(`${w}/team`))).toEqual([403, 'not_member'])
  expect((await viewer.browser.send('DELETE', `${w}/team/${viewer.id}`)).body).toEqual({ ok: true })
  expect(code(await viewer.browser.get(w))).toEqual([403, 'not_member'])
  expect(((await viewer.browser.get('/session')).body as { workspaces: unknown[] }).workspaces).toEqual([])
})

test('a changed role counts with the next request', async () => {
  const { w, members } = await workspace()
  const { owner, viewer } = members
  await owner.browser.send('PATCH', `${w}/team/${viewer.id}`, { role: 'admin' })
  expect((await viewer.browser.get(`${w}/activity`)).status).toBe(200)
})

test('the Start page is answered once', async () => {
  const { w, members } = await workspace()
  const { browser } = members.owner
  const put = (mode: string) => browser.send('PUT', `${w}/mode`, { mode })
  const both = await Promise.all([put('real'), put('practice')])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  const { mode } = (await browser.get(w)).body as { mode: string }
  expect((await put(mode)).status).toBe(200)
  expect(code(await put(mode === 'real' ? 'practice' : 'real'))).toEqual([409, 'mode_decided'])
})

test('the activity log tells who did what, newest first, page by page', async () => {
  const { w, members } = await workspace()
  const { browser } = members.owner
  await browser.send('PATCH', `${w}/team/${members.viewer.id}`, { role: 'member' })
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await browser.get(`${w}/activity?limit=2${cursor}`)
    const page = body as { rows: { actor: string; action: string; subject?: string }[]; next?: string }
    seen.push(...page.rows.map((row) => `${row.actor} ${row.action} ${row.subject ?? ''}`.trim()))
    cursor = page.next === undefined ? '' : `&cursor=${page.next}`
  } while (cursor !== '')
  expect(seen).toEqual([
    'Anna Keller team.role_changed viewer',
    'viewer invitation.accepted viewer',
    'Anna Keller invitation.made viewer',
    'member invitation.accepted member',
    'Anna Keller invitation.made member',
    'admin invitation.accepted admin',
    'Anna Keller invitation.made admin',
    'Anna Keller workspace.created Nord',
  ])
})
