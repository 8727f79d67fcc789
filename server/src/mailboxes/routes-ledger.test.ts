import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createRoutes, asActor } from '../http-kit/index.ts'
import { testDatabase } from '../testing/database.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import { serveLedger } from './routes-ledger.ts'

const db = await testDatabase()
const { signal } = new AbortController()

async function page(seed: string) {
  const at = await mailboxesGround(db.database, { seed })
  const routes = createRoutes()
  serveLedger(routes, { database: db.database })
  const id = await at.connect(`anna@${seed}.example`)
  async function open(path: string, role: 'owner' | 'member' = 'owner'): Promise<Response> {
    const personId = role === 'owner' ? at.personId : at.ids.uuid()
    const actor = {
      personId,
      role,
      name: 'Anna Keller',
      workspaceId: at.workspaceId,
      language: 'en',
    } as const
    return await asActor(actor, routes).request(`/workspaces/${at.workspaceId}/mailboxes/${id}${path}`)
  }
  return { at, id, open }
}

const letter = 'From: mia@people.example\r\nTo: x\r\nMessage-ID: <a@people.example>\r\n\r\nText\r\n'

test('identifiers seen, thread headers seen and opened are told apart', async () => {
  const { at, id, open } = await page('summary')
  const opened = await at.mailboxes.open(at.workspaceId, id, 'pull')
  if (!opened.ok) throw new Error(opened.failure.diagnostic)
  const start = await opened.value.changesSince(undefined, signal)
  const first = at.outside.deliver('anna@summary.example', letter).providerMessageId
  at.outside.deliver('anna@summary.example', letter)
  at.outside.deliver('anna@summary.example', letter)
  await opened.value.changesSince(start.ok ? start.value.cursor : '', signal)
  await opened.value.threadHeaders(first, signal)
  await opened.value.threadHeaders(first, signal)
  await opened.value.raw(first, signal)
  await opened.value.send(Buffer.from('To: mia@people.example\r\n\r\n'), undefined, signal)
  expect(await (await open('/ledger/summary')).json()).toEqual({
    since: '2025-12-06T08:00:00Z',
    identifiers: 3,
    threadHeaders: 2,
    opened: 1,
    sent: 1,
  })
})

test('the export holds all that is needed to verify the chain without Kontor', async () => {
  const { at, id, open } = await page('export')
  const opened = await at.mailboxes.open(at.workspaceId, id, 'identities')
  if (!opened.ok) throw new Error(opened.failure.diagnostic)
  for (let n = 0; n < 3; n++) await opened.value.identity(signal)
  await opened.value.raw('nowhere', signal)
  const answer = await open('/ledger.jsonl')
  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="access-log-anna@export.example.jsonl"',
  )
  const lines = (await answer.text()).trim().split('\n')
  const last: unknown = JSON.parse(lines.pop() ?? '')
  let previous = ''
  for (const line of lines) {
    const { hash, previous: told, ...entry } = JSON.parse(line) as { hash: string; previous: string }
    expect(told).toBe(previous)
    const content = JSON.stringify(Object.values(entry))
    previous = createHash('sha256').update(Buffer.from(told, 'hex')).update(content).digest('hex')
    expect(hash).toBe(previous)
  }
  expect(lines.length).toBe(9)
  expect(last).toEqual({
    end: {
      mailboxId: id,
      address: 'anna@export.example',
      entries: 9,
      seal: previous,
      looks: 0,
      at: expect.any(String),
    },
  })
})

test('others read neither totals nor export', async () => {
  const { open } = await page('others')
  for (const path of ['/ledger/summary', '/ledger.jsonl', '/ledger/check', '/ledger'])
    expect((await open(path, 'member')).status).toBe(403)
})
