/** The settings of the server over HTTP: who steers it, what is kept secret, and that other processes know at once. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSecretBox } from '../platform/secret-box/index.ts'
import { password, setupForm, testApp } from '../testing/app.ts'
import type { Browser, Told } from '../testing/app.ts'
import { testDatabase } from '../testing/database.ts'
import { startSmtpServer } from '../testing/smtp-server.ts'
import { openSettings } from './index.ts'

const { database } = await testDatabase()
const code = ({ status, body }: Told) => [status, (body as { code?: string }).code]
const anna = { address: 'anna@atelier-nord.example', password }

/** The server as Anna sees it, who set it up; settings of earlier tests may still stand. */
async function page(options: Parameters<typeof testApp>[1] = {}) {
  const app = await testApp(database, options)
  const owner = app.browser()
  if (((await owner.get('/setup')).body as { needed: boolean }).needed) {
    await owner.send('POST', '/setup', setupForm(await app.setupToken()))
  }
  await owner.send('POST', '/session', anna)
  const shown = async () => (await owner.get('/server')).body as Record<string, Record<string, unknown>>
  const names: Record<string, string> = {
    'public-address': 'publicAddress',
    'system-mail': 'systemMail',
    'google-push': 'googlePush',
  }
  const version = async (path: string) => (await shown())[names[path] ?? path]?.['version']
  return {
    ...app,
    owner,
    shown,
    version,
    put: async (path: string, body: object) =>
      owner.send('PUT', `/server/${path}`, { ...body, version: await version(path) }),
  }
}

/** Somebody whom Anna invited into the founding workspace. */
async function colleague(
  by: Browser,
  role: 'admin' | 'member',
  name: string,
  fresh: Browser,
): Promise<Browser> {
  const { workspaces } = (await by.get('/session')).body as { workspaces: readonly { id: string }[] }
  const made = await by.send('POST', `/workspaces/${workspaces[0]?.id}/invitations`, { role })
  const token = (made.body as { link: string }).link.split('/join/')[1] ?? ''
  const person = { name, address: `${name.toLowerCase()}@atelier-nord.example`, password, language: 'en' }
  await fresh.send('POST', `/invitations/${token}/accept`, person)
  return fresh
}

test('an admin, and the owner of a workspace opened later, do not steer the server', async () => {
  const { owner, browser } = await page()
  const admin = await colleague(owner, 'admin', 'Ada', browser())
  const later = await colleague(owner, 'member', 'Otto', browser())
  await later.send('POST', '/workspaces', { name: 'Ottos own', language: 'de', zone: 'UTC' })
  for (const each of [admin, later]) {
    expect(code(await each.get('/server'))).toEqual([403, 'not_server_owner'])
    expect(
      code(await each.send('PUT', '/server/google', { clientId: 'a', clientSecret: 'b', version: 0 })),
    ).toEqual([403, 'not_server_owner'])
    expect(code(await each.send('POST', '/server/system-mail/test'))).toEqual([403, 'not_server_owner'])
    expect((await each.get('/session')).body).toMatchObject({ steersServer: false })
  }
  expect(code(await browser().get('/server'))).toEqual([401, 'signed_out'])
  expect((await owner.get('/session')).body).toMatchObject({ steersServer: true })
})

test('a secret goes in, is sealed, and never comes out', async () => {
  const { owner, put, shown } = await page()
  const answer = await put('google', { clientId: 'kontor.apps', clientSecret: 'GOCSPX-quiet' })
  expect([answer.status, (await shown())['google']]).toMatchObject([
    200,
    { clientId: 'kontor.apps', from: 'settings' },
  ])
  const { rows } = await database.inSystem((tx) =>
    sql<{ text: string }>`select string_agg(value::text, ' ') as text from server_setting`.execute(tx),
  )
  expect([JSON.stringify((await owner.get('/server')).body), rows[0]?.text].join()).not.toContain('GOCSPX')
  const trail = await owner.get(`/workspaces/${await founding(owner)}/activity`)
  expect(JSON.stringify(trail.body)).toContain('server.setting_changed')
  expect(JSON.stringify(trail.body)).not.toContain('GOCSPX')
})

test('another process knows a new app without a restart, and Gmail is offered in a real workspace', async () => {
  const { owner, put } = await page()
  await put('google', { clientId: 'first.apps', clientSecret: 'one' })
  const elsewhere = await testApp(database)
  const there = elsewhere.browser()
  await there.send('POST', '/session', anna)
  const w = `/workspaces/${await founding(owner)}`
  const offered = async () => {
    const { rows } = (await there.get(`${w}/endpoints`)).body as { rows: readonly { key: string }[] }
    return rows.filter(({ key }) => key === 'google')
  }
  expect(await offered()).toMatchObject([{ key: 'google', configured: true }])
  const { version } = ((await owner.get('/server')).body as { google: { version: number } }).google
  await owner.send('DELETE', `/server/google?version=${version}`)
  expect(await offered()).toMatchObject([{ key: 'google', configured: false }])
})

test('a secret that is left out stays for the same app, and is asked for with another', async () => {
  const { put } = await page()
  await put('google', { clientId: 'kept.apps', clientSecret: 'one' })
  expect((await put('google', { clientId: 'kept.apps' })).status).toBe(200)
  const other = await put('google', { clientId: 'other.apps' })
  expect([other.status, (other.body as { fields: unknown }).fields]).toMatchObject([
    400,
    [{ path: 'clientSecret', code: 'required' }],
  ])
})

test('of two people who type at once the second is told', async () => {
  const { owner, version } = await page()
  const typedOver = await version('support')
  const contacts = {
    chatUrl: '',
    communityUrl: '',
    adminAddress: 'it@atelier-nord.example',
    version: typedOver,
  }
  const [first, second] = await Promise.all([
    owner.send('PUT', '/server/support', contacts),
    owner.send('PUT', '/server/support', contacts),
  ])
  const told = [code(first), code(second)]
  expect(told).toContainEqual([200, undefined])
  expect(told).toContainEqual([409, 'version_conflict'])
})

test('what the environment names wins, is shown as such and cannot be changed here', async () => {
  const given = { google: { id: 'env.apps', secret: 'of the environment' } }
  const { put, shown } = await page({ given, publicUrl: 'https://kontor.example' })
  expect(await shown()).toMatchObject({
    google: { clientId: 'env.apps', from: 'environment' },
    publicAddress: { address: 'https://kontor.example', from: 'environment' },
    redirectUri: 'https://kontor.example/api/v1/oauth/callback',
  })
  expect(code(await put('google', { clientId: 'mine', clientSecret: 'x' }))).toEqual([
    409,
    'set_by_environment',
  ])
  expect(code(await put('public-address', { address: 'https://other.example' }))).toEqual([
    409,
    'set_by_environment',
  ])
})

test.each(['http://localhost:3210', 'https://127.0.0.1', 'kontor.example', 'https://kontor.example/app'])(
  'links cannot begin with %s',
  async (address) => {
    const { put } = await page()
    const answer = await put('public-address', { address })
    expect([answer.status, (answer.body as { fields?: unknown }).fields]).toMatchObject([
      400,
      [{ path: 'address', code: 'address_only_here' }],
    ])
  },
)

test('a test mail reaches whoever asked for it, or says what is wrong', async () => {
  const { owner, put } = await page()
  await using server = await startSmtpServer({ login: 'kontor:quiet' })
  const typed = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: 'kontor',
    password: 'quiet',
    fromAddress: 'kontor@atelier-nord.example',
  }
  const shown = (await put('system-mail', typed)).body as { systemMail: object }
  expect(shown.systemMail).toMatchObject({ passwordSet: true, user: 'kontor' })
  expect(JSON.stringify(shown)).not.toContain('quiet')
  const sent = await owner.send('POST', '/server/system-mail/test')
  expect(sent.body).toEqual({ verdict: 'sent', detail: '', to: 'Anna@Atelier-Nord.example' })
  // the domain of an address is written small
  expect(server.received.map(({ to }) => to)).toEqual(['Anna@atelier-nord.example'])

  const { password: _, ...unchanged } = typed
  await put('system-mail', unchanged)
  expect((await owner.send('POST', '/server/system-mail/test')).body).toMatchObject({ verdict: 'sent' })
  await put('system-mail', { ...unchanged, user: 'somebody' })
  expect((await owner.send('POST', '/server/system-mail/test')).body).toMatchObject({
    verdict: 'login_refused',
  })
})

test('the support contacts are for everybody who is signed in', async () => {
  const { owner, put, browser } = await page()
  const contacts = {
    chatUrl: 'https://chat.example',
    communityUrl: '',
    adminAddress: 'it@atelier-nord.example',
  }
  await put('support', contacts)
  const member = await colleague(owner, 'member', 'Mia', browser())
  expect((await member.get('/support')).body).toEqual(contacts)
  expect((await browser().get('/support')).status).toBe(401)
  expect((await put('support', { ...contacts, chatUrl: 'javascript:alert(1)' })).status).toBe(400)
})

test('the health page proves whose it is, and a stranger’s key proves nothing', async () => {
  const { app } = await page()
  const health = async (query: string) =>
    (await (await app.request(`http://kontor.test/health${query}`)).json()) as {
      ok: boolean
      answer?: string
    }
  const [one, other] = [await health('?ask=one'), await health('?ask=other')]
  expect([await health(''), one.answer === other.answer]).toEqual([{ ok: true }, false])
  const stranger = openSecretBox({ keys: [{ id: 's', key: new Uint8Array(32).fill(9) }], current: 's' })
  expect(one.answer).not.toBe(stranger.mac('one', 'health'))
})

test('settings sealed with a key that is gone are an error that says so, not settings that are silently empty', async () => {
  const { put } = await page()
  await put('google', { clientId: 'sealed.apps', clientSecret: 'one' })
  const box = openSecretBox({ keys: [{ id: 'new', key: new Uint8Array(32).fill(3) }], current: 'new' })
  await expect(openSettings({ database, box, given: {} }).current()).rejects.toThrow('does not hold')
})

async function founding(by: Browser): Promise<string> {
  const { workspaces } = (await by.get('/session')).body as {
    workspaces: readonly { id: string; name: string }[]
  }
  return workspaces.find(({ name }) => name === 'Atelier Nord')?.id ?? ''
}

const topic = {
  topic: 'projects/kontor/topics/gmail',
  account: 'push@kontor.iam.gserviceaccount.com',
  audience: '',
}

test('where Gmail publishes is set on the page, and the check names what is missing, one after another', async () => {
  const { owner, put, shown, version, browser } = await page()
  const withdraw = async (settings: readonly string[]) => {
    for (const setting of settings)
      await owner.send('DELETE', `/server/${setting}?version=${String(await version(setting))}`)
  }
  await withdraw(['google-push', 'google', 'public-address'])
  const verdict = async () => (await owner.send('POST', '/server/google-push/trial')).body
  expect(await verdict()).toEqual({ verdict: 'no_app', detail: '' })
  await put('google', { clientId: 'kontor-app', clientSecret: 'a secret' })
  expect(await verdict()).toEqual({ verdict: 'not_set_up', detail: '' })
  expect((await put('google-push', { ...topic, topic: 'gmail' })).status).toBe(400)
  expect((await put('google-push', topic)).status).toBe(200)
  expect((await shown())['googlePush']).toMatchObject({ ...topic, from: 'settings' })
  expect(await verdict()).toEqual({ verdict: 'no_public_address', detail: '' })
  const notice = await owner.get('/server/google-push/notice?since=2026-03-10T09:00:00Z')
  expect(notice.body).toEqual({ verdict: 'waiting', detail: '' })
  const stranger = browser()
  expect((await stranger.send('POST', '/server/google-push/trial')).status).toBe(401)
  expect((await stranger.get('/server/google-push/notice?since=2026-03-10T09:00:00Z')).status).toBe(401)
  await withdraw(['google-push', 'google'])
})

test('an address that is not reached from here is named beside what was found', async () => {
  const app = await page({
    publicUrl: 'https://kontor.invalid',
    given: { googlePush: topic, google: { id: 'a', secret: 'b' } },
  })
  const { body } = await app.owner.send('POST', '/server/google-push/trial')
  expect(body).toEqual({ verdict: 'no_mailbox', detail: '', address: 'host_unknown' })
})
