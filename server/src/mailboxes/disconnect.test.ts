import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import { mailboxById, originsOf } from './index.ts'

const testing = await testDatabase()
const { signal } = new AbortController()

test('what a process that died left half given back is given back later', async () => {
  const at = await mailboxesGround(testing.database, { seed: 'half' })
  const id = await at.connect('anna@half.example')
  const tokens = async () => {
    const { rows } = await at.inside((tx) =>
      sql<{ tokens: number }>`
        select num_nonnulls(access_token, refresh_token) as tokens from oauth_grant
        where workspace_id = ${at.workspaceId}`.execute(tx),
    )
    return rows[0]?.tokens
  }
  await at.inside((tx) =>
    sql`update oauth_grant set state = 'revoked', updated_at = kontor_now()
        where workspace_id = ${at.workspaceId}`.execute(tx),
  )
  await at.mailboxes.finishRevocations(at.workspaceId, signal)
  expect(await tokens()).toBe(2)
  await testing.step({ minutes: 6 })
  await at.mailboxes.finishRevocations(at.workspaceId, signal)
  expect(await tokens()).toBe(0)
  expect((await at.inside((tx) => mailboxById(tx, id)))?.address).toBe('anna@half.example')
})

test('a disconnected address can be connected again, as a mailbox of its own', async () => {
  const at = await mailboxesGround(testing.database, { seed: 'again' })
  const first = await at.connect('anna@again.example')
  const actor = { personId: at.personId, role: 'owner' } as const
  const wish = { queue: 'hold', reassignTo: undefined, stored: 'keep' } as const
  await at.mailboxes.disconnect({ workspaceId: at.workspaceId, mailboxId: first, actor, ...wish }, signal)
  const second = await at.connect('anna@again.example')
  expect(second).not.toBe(first)
  const opened = await at.mailboxes.open(at.workspaceId, first, 'send')
  expect(opened).toEqual({ ok: false, failure: { kind: 'not_found', diagnostic: 'no connected mailbox' } })
})

test('the server speaks to the origins of an endpoint, and the pages for people are not among them', () => {
  const endpoint = {
    key: 'k',
    provider: 'gmail',
    label: '',
    products: '',
    practice: false,
    issuer: 'https://accounts.example',
    authorizeUrl: 'https://accounts.example/auth',
    tokenUrl: 'https://oauth.example/token',
    revokeUrl: 'https://oauth.example/revoke',
    userinfoUrl: 'https://oidc.example/userinfo',
    apiUrl: 'https://mail.example',
    webUrl: 'https://web.example',
  } as const
  expect(originsOf(endpoint)).toEqual([
    'https://oauth.example',
    'https://oidc.example',
    'https://mail.example',
  ])
})
