/** Somebody of one workspace at the doors of another: every route of the API is tried. */
import { expect, test } from 'vitest'
import { password, setupForm, testApp } from '../testing/app.ts'
import { testDatabase } from '../testing/database.ts'

const { database } = await testDatabase()
const someId = '01890000-0000-7000-8000-00000000dead'
type Document = { paths: Record<string, Record<string, unknown>> }

/** Anna with two workspaces, and Ben who is an admin of the first. The tests run in any order. */
async function twoHouses() {
  const { browser, setupToken } = await testApp(database)
  const anna = browser()
  const { body } = await anna.get('/setup')
  if ((body as { needed: boolean }).needed) await anna.send('POST', '/setup', setupForm(await setupToken()))
  else await anna.send('POST', '/session', { address: 'anna@atelier-nord.example', password })
  const open = async (name: string) => {
    const made = await anna.send('POST', '/workspaces', { name, language: 'en', zone: 'UTC' })
    return (made.body as { id: string }).id
  }
  const [nord, sued] = [await open('Nord'), await open('Süd')]
  const invited = await anna.send('POST', `/workspaces/${nord}/invitations`, { role: 'admin' })
  const token = (invited.body as { link: string }).link.split('/join/')[1] ?? ''
  const ben = browser()
  const person = { name: 'Ben', address: `ben@${nord}.example`, password, language: 'en' }
  await ben.send('POST', `/invitations/${token}/accept`, person)
  return { browser, anna, ben, nord, sued }
}

test('an admin of one workspace is nobody in another, at every route there is', async () => {
  const { ben, browser, nord, sued } = await twoHouses()
  const document = (await ben.get('/openapi.json')).body as Document
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'parameters' && path.includes('{workspaceId}'))
      .map((method) => ({ method: method.toUpperCase(), path: path.replace('/api/v1', '') })),
  )
  expect(routes.length).toBeGreaterThan(50)
  const at = (path: string, workspace: string) =>
    path.replace('{workspaceId}', workspace).replaceAll(/\{\w+\}/g, someId)
  const odd: unknown[] = []
  for (const { method, path } of routes) {
    const body = method === 'GET' || method === 'DELETE' ? undefined : {}
    const foreign = await ben.send(method, at(path, sued), body)
    const nowhere = await ben.send(method, at(path, someId), body)
    const signedOut = await browser().send(method, at(path, sued), body)
    const answers = [foreign, nowhere, signedOut].map(
      (told) => `${told.status} ${(told.body as { code: string }).code}`,
    )
    if (answers.join() !== '403 not_member,403 not_member,401 signed_out') odd.push([method, path, answers])
  }
  expect(odd).toEqual([])
  expect((await ben.get(`/workspaces/${nord}`)).status).toBe(200)
  expect((await ben.open(`/workspaces/${sued}/live`)).status).toBe(403)
})

test('a thing of one workspace is not there in another, even for somebody who belongs to both', async () => {
  const { anna, nord, sued } = await twoHouses()
  const contact = { name: 'Mia', address: 'mia@creator.example' }
  const { body } = await anna.send('POST', `/workspaces/${nord}/contacts`, contact)
  const { id } = body as { id: string }
  expect((await anna.get(`/workspaces/${nord}/contacts/${id}`)).status).toBe(200)
  for (const [method, change] of [
    ['GET', undefined],
    ['PATCH', { name: 'Mallory' }],
    ['DELETE', undefined],
  ] as const) {
    const told = await anna.send(method, `/workspaces/${sued}/contacts/${id}`, change)
    expect([told.status, (told.body as { code: string }).code]).toEqual([404, 'not_found'])
  }
  expect((await anna.get(`/workspaces/${sued}/contacts`)).body).toEqual({ rows: [], total: 0 })
})
