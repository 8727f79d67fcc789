/** The story in the whole program: told by its own acts against a practice world, and taken away again. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PracticeServer } from '../testing/practice-server.ts'
import { startPracticeServer } from '../testing/practice-server.ts'
import type { Program } from '../testing/program.ts'
import { startProgram } from '../testing/program.ts'

/** Everything runs here, so a busy machine needs its time. */
const slow = 600_000
let practice: PracticeServer | undefined
let program: Program | undefined
beforeAll(async () => {
  practice = await startPracticeServer()
  program = await startProgram({ practiceUrl: practice.url, language: 'de' })
}, slow)
afterAll(async () => {
  await program?.[Symbol.asyncDispose]()
  await practice?.[Symbol.asyncDispose]()
})

type Rows<T> = { readonly rows: readonly T[] }
type Rehearsal = { readonly state: string; readonly done: number; readonly steps: readonly string[] }
function there(): Program {
  if (program === undefined) throw new Error('the program has not been started')
  return program
}
const at = (path: string): string => `/workspaces/${there().workspaceId}${path}`
const get = async <T>(path: string): Promise<T> => (await there().ask<T>('GET', at(path))).body

test(
  'a workspace is filled by the product’s own acts, and emptied again',
  async () => {
    const begun = await there().ask<Rehearsal>('POST', at('/rehearsal'))
    expect([begun.status, begun.body.state, begun.body.done]).toEqual([200, 'running', 0])
    await there().hear(
      there().workspaceId,
      async () => (await get<Rehearsal>('/rehearsal')).state !== 'running',
    )
    expect(await get<Rehearsal>('/rehearsal')).toMatchObject({ state: 'ready', done: 8 })

    const mailboxes = await get<Rows<Record<string, unknown>>>('/mailboxes')
    expect(mailboxes.rows.map(({ level, health, paceSeconds }) => [level, health, paceSeconds])).toEqual([
      ['full', 'active', 3],
      ['send_only', 'active', 3],
      ['full', 'paused', 3],
    ])
    expect(mailboxes.rows.map(({ address }) => address)).toEqual([
      'anna.keller@brand.practice.example',
      'kooperationen.atelier-nord@brand.practice.example',
      'presse.atelier-nord@office.practice.example',
    ])
    const campaigns =
      await get<Rows<{ name: string; status: string; counts: Record<string, number> }>>('/campaigns')
    const running = campaigns.rows.find(({ status }) => status === 'running')
    expect(campaigns.rows.map(({ name, status }) => [name, status])).toEqual([
      ['Frühstück im Frühling', 'draft'],
      ['Herbstlicht', 'running'],
    ])
    expect(running?.counts).toMatchObject({ approved: 3, rejected: 1, declined: expect.any(Number) })
    const counts = await get<{ needsReply: number; waiting: number }>('/conversations/counts')
    expect(counts.needsReply).toBeGreaterThanOrEqual(6)
    const waiting = await get<Rows<{ subject: string }>>('/outbox?limit=100')
    expect(waiting.rows.length).toBeGreaterThanOrEqual(11)
    const held = await get<Rows<{ subject: string }>>('/outbox?section=held')
    expect(held.rows).toHaveLength(1)
    expect(waiting.rows.filter((row) => row.subject.includes('{{'))).toEqual([])
    const contacts = await get<Rows<{ name: string }>>('/contacts?limit=100')
    expect(contacts.rows).toHaveLength(42)

    // what happened stands in the mailbox's access log, and its chain holds
    const first = String(mailboxes.rows[0]?.['id'])
    const chain = await there().ask<{ ok: boolean; entries: number }>(
      'GET',
      at(`/mailboxes/${first}/ledger/check`),
    )
    expect([chain.body.ok, chain.body.entries > 20]).toEqual([true, true])

    const emptied = await there().ask('DELETE', at('/rehearsal'))
    expect(emptied.status).toBe(200)
    const session = await there().ask<{ workspaces: { id: string; mode: string; name: string }[] }>(
      'GET',
      '/session',
    )
    const { workspaceId } = there()
    expect(session.body.workspaces.find(({ id }) => id === workspaceId)).toMatchObject({
      mode: 'undecided',
      name: 'Atelier Nord',
    })
    for (const path of ['/mailboxes', '/campaigns', '/contacts', '/conversations', '/outbox']) {
      expect([path, (await get<Rows<unknown>>(path)).rows]).toEqual([path, []])
    }
    const activity = await get<Rows<{ action: string }>>('/activity')
    expect(activity.rows.map(({ action }) => action)).toEqual(['workspace.emptied'])
    expect(await get<Rehearsal>('/rehearsal')).toMatchObject({ state: 'none', done: 0 })
  },
  slow,
)

test(
  'a real workspace cannot be rehearsed in and cannot be emptied',
  async () => {
    const made = await there().ask<{ id: string }>('POST', '/workspaces', {
      name: 'Real',
      language: 'en',
      zone: 'UTC',
    })
    const real = `/workspaces/${made.body.id}`
    await there().ask('PUT', `${real}/mode`, { mode: 'real' })
    const begun = await there().ask<{ code: string }>('POST', `${real}/rehearsal`)
    const emptied = await there().ask<{ code: string }>('DELETE', `${real}/rehearsal`)
    expect([begun.status, begun.body.code, emptied.status, emptied.body.code]).toEqual([
      409,
      'mode_decided',
      409,
      'not_practice',
    ])
  },
  slow,
)
