/** A forgotten password, a changed one, and where somebody is signed in. */
import { expect, test } from 'vitest'
import { openSecretBox } from '../platform/secret-box/index.ts'
import { password, setupForm, testApp } from '../testing/app.ts'
import type { Browser, Told } from '../testing/app.ts'
import { testDatabase } from '../testing/database.ts'
import { startSmtpServer } from '../testing/smtp-server.ts'

const { database } = await testDatabase({ poolSize: 12 })
const code = ({ status, body }: Told) => [status, (body as { code?: string }).code]
const anna = { address: 'anna@atelier-nord.example', password }
const fresh = 'a fresh horse battery'
let people = 0

/** Somebody of their own for each test, signed in in one browser, and a mail server or none. */
async function person(mail: 'with a mail server' | 'without one' = 'with a mail server') {
  const app = await testApp(database)
  const owner = app.browser()
  if (((await owner.get('/setup')).body as { needed: boolean }).needed) {
    await owner.send('POST', '/setup', setupForm(await app.setupToken()))
  }
  await owner.send('POST', '/session', anna)
  const { systemMail } = (await owner.get('/server')).body as { systemMail: { version: number } }
  const typed = {
    host: 'mail.example',
    port: 25,
    security: 'none',
    user: '',
    fromAddress: 'kontor@nord.example',
  }
  const version = systemMail.version
  if (mail === 'without one') await owner.send('DELETE', `/server/system-mail?version=${version}`)
  else await owner.send('PUT', '/server/system-mail', { ...typed, version })
  const made = await owner.send('POST', '/workspaces', { name: 'Nord', language: 'en', zone: 'UTC' })
  const w = `/workspaces/${(made.body as { id: string }).id}`
  const { body } = await owner.send('POST', `${w}/invitations`, { role: 'member' })
  const token = (body as { link: string }).link.split('/join/')[1] ?? ''
  const address = `ben${++people}@nord.example`
  const ben = app.browser()
  await ben.send('POST', `/invitations/${token}/accept`, { name: 'Ben', address, password, language: 'de' })
  return { ...app, ben, address }
}

/** Mails of the system that wait for a worker, opened as a worker would. */
async function posted(to: string): Promise<readonly { subject: string; text: string }[]> {
  const box = openSecretBox({ keys: [{ id: 'test', key: new Uint8Array(32) }], current: 'test' })
  const { rows } = await database.pool.query<{ payload: { sealed: string } }>(
    `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'system-mail' order by j.id`,
  )
  const mails = rows.map(
    ({ payload }) =>
      JSON.parse(box.open(payload.sealed, 'system mail')) as Record<'to' | 'subject' | 'text', string>,
  )
  return mails.filter((mail) => mail.to === to)
}
const linkIn = (text: string) => /\/reset\/(\S+)/.exec(text)?.[1] ?? ''
const signsIn = async (browser: Browser, address: string, word: string) =>
  (await browser.send('POST', '/session', { address, password: word })).status

test('a link by mail sets a new password once, signs in with it, and ends every other session', async () => {
  const { browser, ben, address } = await person()
  expect((await browser().send('POST', '/password-resets', { address: address.toUpperCase() })).status).toBe(
    200,
  )
  const [mail] = await posted(address)
  expect(mail?.subject).toBe('Kontor: neues Passwort setzen')
  const link = `/password-resets/${linkIn(mail?.text ?? '')}`
  const other = browser()
  expect((await other.get(link)).status).toBe(200)
  expect((await other.send('POST', link, { password: fresh })).status).toBe(200)
  expect((await other.get('/session')).status).toBe(200)
  expect((await ben.get('/session')).status).toBe(401)
  expect([await signsIn(browser(), address, password), await signsIn(browser(), address, fresh)]).toEqual([
    401, 200,
  ])
  expect(code(await browser().send('POST', link, { password: 'yet another horse' }))).toEqual([
    410,
    'reset_expired',
  ])
  expect((await posted(address)).at(-1)?.subject).toBe('Kontor: Ihr Passwort wurde geändert')
})

test('of two people with one link at once one sets the password', async () => {
  const { browser, address } = await person()
  await browser().send('POST', '/password-resets', { address })
  const link = `/password-resets/${linkIn((await posted(address))[0]?.text ?? '')}`
  const both = await Promise.all(
    ['one horse battery', 'other horse battery'].map((word) =>
      browser().send('POST', link, { password: word }),
    ),
  )
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410])
})

test('a link works for an hour', async () => {
  const { browser, address, clock } = await person()
  await browser().send('POST', '/password-resets', { address })
  const link = `/password-resets/${linkIn((await posted(address))[0]?.text ?? '')}`
  await clock.step({ minutes: 59 })
  expect((await browser().get(link)).status).toBe(200)
  await clock.step({ minutes: 1 })
  expect(code(await browser().get(link))).toEqual([410, 'reset_expired'])
  expect(code(await browser().send('POST', link, { password: fresh }))).toEqual([410, 'reset_expired'])
})

test('the answer tells nobody who is here, and the mail waits sealed', async () => {
  const { browser, address } = await person()
  const known = await browser().send('POST', '/password-resets', { address })
  const unknown = await browser().send('POST', '/password-resets', { address: 'nobody@nord.example' })
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
  expect(await posted('nobody@nord.example')).toEqual([])
  const { rows } = await database.pool.query<{ text: string }>(
    `select coalesce(string_agg(payload::text, ' '), '') as text from graphile_worker._private_jobs`,
  )
  expect(rows[0]?.text).not.toContain(address)
  expect(rows[0]?.text).not.toContain(linkIn((await posted(address))[0]?.text ?? ''))
})

test('asked again and again, the door closes for an hour, for known and unknown alike', async () => {
  const { browser, address } = await person()
  for (const who of [address, `unknown.${address}`]) {
    const answers: unknown[] = []
    for (let asked = 0; asked < 6; asked++) {
      answers.push(code(await browser().send('POST', '/password-resets', { address: who }))[0])
    }
    expect(answers).toEqual([200, 200, 200, 200, 200, 429])
  }
})

test('without a mail server the page says who can help', async () => {
  const { browser, address } = await person('without one')
  expect((await browser().get('/password-resets')).body).toEqual({ byMail: false })
  expect(code(await browser().send('POST', '/password-resets', { address }))).toEqual([409, 'reset_by_admin'])
})

test('whoever changes the password stays, and every other browser is signed out', async () => {
  const { browser, ben, address } = await person()
  const phone = browser()
  await signsIn(phone, address, password)
  expect(
    code(await ben.send('PUT', '/me/password', { current: 'a guess of mine', password: fresh })),
  ).toEqual([403, 'current_password_wrong'])
  expect((await phone.get('/session')).status).toBe(200)
  expect((await ben.send('PUT', '/me/password', { current: password, password: fresh })).status).toBe(200)
  expect([(await ben.get('/session')).status, (await phone.get('/session')).status]).toEqual([200, 401])
  expect(await signsIn(browser(), address, fresh)).toBe(200)
})

test('a stolen session cannot guess the password behind it', async () => {
  const { ben } = await person()
  const answers: unknown[] = []
  for (let guess = 0; guess < 11; guess++) {
    const told = await ben.send('PUT', '/me/password', { current: `guess number ${guess}`, password: fresh })
    answers.push(code(told)[1])
  }
  expect([answers[0], answers.at(-1)]).toEqual(['current_password_wrong', 'too_many_attempts'])
})

test('a person sees where they are signed in, and signs out elsewhere', async () => {
  const { browser, ben, address } = await person()
  const phone = browser()
  await phone.send('POST', '/session', { address, password }, { 'user-agent': 'Kontor test phone' })
  type Rows = { rows: readonly { id: string; device: string; current: boolean }[] }
  const { rows } = (await ben.get('/me/sessions')).body as Rows
  expect(rows.map(({ device, current }) => [device, current])).toContainEqual(['Kontor test phone', false])
  expect(rows.filter(({ current }) => current)).toHaveLength(1)
  const there = rows.find(({ device }) => device === 'Kontor test phone')?.id ?? ''
  const stranger = await person()
  expect(code(await stranger.ben.send('DELETE', `/me/sessions/${there}`))).toEqual([404, 'not_found'])
  expect((await ben.send('DELETE', `/me/sessions/${there}`)).status).toBe(200)
  expect([(await phone.get('/session')).status, (await ben.get('/session')).status]).toEqual([401, 200])

  const [laptop, tablet] = [browser(), browser()]
  await signsIn(laptop, address, password)
  await signsIn(tablet, address, password)
  const left = (await ben.send('DELETE', '/me/sessions')).body as Rows
  expect(left.rows.map(({ current }) => current)).toEqual([true])
  expect([(await laptop.get('/session')).status, (await tablet.get('/session')).status]).toEqual([401, 401])
})

test('a worker hands the mail to the mail server', async () => {
  const { browser, address } = await person()
  await browser().send('POST', '/password-resets', { address })
  await using server = await startSmtpServer()
  const { openSettings, openSystemPost } = await import('../installation/index.ts')
  const box = openSecretBox({ keys: [{ id: 'test', key: new Uint8Array(32) }], current: 'test' })
  const settings = openSettings({ database, box, given: {} })
  const at = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: '',
    password: '',
    from: 'k@nord.example',
  } as const
  const { versions } = await settings.current()
  await database.inSystem((tx) => settings.write(tx, 'systemMail', at, versions.systemMail))
  const { rows } = await database.pool.query<{ payload: object }>(
    `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'system-mail' order by j.id desc limit 1`,
  )
  const { silentLog } = await import('../platform/log/index.ts')
  const send = openSystemPost({ box, settings }).tasks(silentLog)['system-mail']
  await send?.(rows[0]?.payload, { signal: new AbortController().signal, attempt: 1 })
  expect(server.received.map(({ to, raw }) => [to, raw.includes('/reset/')])).toEqual([[address, true]])
})
