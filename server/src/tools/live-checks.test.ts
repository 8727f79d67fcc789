import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedBook } from '../endpoints.ts'
import { createHttpClient } from '../platform/http-client/index.ts'
import type { PracticeServer } from '../testing/practice-server.ts'
import { practiceTime, startPracticeServer } from '../testing/practice-server.ts'
import { signInAt } from '../testing/signed-in.ts'
import { liveChecks } from './live-checks.ts'
import type { Finding } from './live-finding.ts'
import { apiUrlOf } from './live-raw.ts'

let practice: PracticeServer
beforeAll(async () => {
  practice = await startPracticeServer()
})
afterAll(() => practice[Symbol.asyncDispose]())

const scopes = [
  'https://www.googleapis.com/auth/gmail.send',
  'https://www.googleapis.com/auth/gmail.readonly',
]

/** The whole check against the practice world, whose clock runs on instead of waiting. */
async function checked(
  provider: 'gmail' | 'microsoft',
  wish: { readonly level: 'full' | 'send_only'; readonly id: string; readonly large?: boolean },
): Promise<readonly Finding[]> {
  const address =
    provider === 'gmail' ? `${wish.id}@brand.practice.example` : `${wish.id}@office.practice.example`
  await practice.account(address, 'Olga Brandt')
  const config = { on: true, url: practice.url, push: undefined, pushesHere: false }
  const book = fixedBook({
    practice: config,
    google: undefined,
    googlePush: undefined,
    microsoft: undefined,
    mailSignIn: undefined,
    privateMailServers: false,
  })
  const endpoint = (await book.all()).find((one) => one.practice && one.provider === provider)
  const adapter = endpoint && book.adapter(endpoint)
  if (endpoint === undefined || adapter === undefined) throw new Error('no adapter')
  const asked = wish.level === 'full' ? scopes : scopes.slice(0, 1)
  const { provider: opened, signedIn } = await signInAt(adapter, wish.level, (url) =>
    practice.consent(
      url,
      provider === 'gmail' ? { account: address, scopes: asked } : { account: address, decision: 'allow' },
    ),
  )
  let now = await practiceTime(practice)
  const machines = {
    now: () => now,
    sleep: async (ms: number) => {
      await practice.control('/clock', { advanceMs: ms })
      now = now.add({ milliseconds: ms })
    },
    id: Buffer.from(wish.id).toString('hex').padEnd(32, '0').slice(0, 32),
    large: wish.large ?? false,
  }
  const findings: Finding[] = []
  const http = createHttpClient({ allowedOrigins: () => [new URL(practice.url).origin], timeoutMs: 60_000 })
  const apiUrl = apiUrlOf(endpoint)
  const account = { adapter, provider: opened, signedIn, level: wish.level, apiUrl, http }
  for await (const finding of liveChecks(account, machines)) findings.push(finding)
  return findings
}

const differing = (findings: readonly Finding[]) => findings.filter(({ verdict }) => verdict === 'differs')

test.each(['gmail', 'microsoft'] as const)(
  '%s as strict as we know it answers every question as assumed',
  async (provider) => {
    const findings = await checked(provider, { level: 'full', id: 'strict', large: provider === 'microsoft' })
    expect(differing(findings)).toEqual([])
    expect(findings.filter(({ verdict }) => verdict === 'as assumed').length).toBeGreaterThan(14)
  },
)

test('a service that behaves otherwise is told apart, with what was seen', async () => {
  await practice.control('/faults', { messageIdRewrite: false })
  try {
    const findings = await checked('gmail', { level: 'full', id: 'keeps' })
    expect(differing(findings)).toEqual([
      { question: 'Our Message-ID', assumed: 'replaced', seen: 'kept', verdict: 'differs' },
    ])
  } finally {
    await practice.control('/faults', { messageIdRewrite: true })
  }
})

test('with Send Only nothing is looked at', async () => {
  const findings = await checked('gmail', { level: 'send_only', id: 'sends' })
  expect(differing(findings)).toEqual([])
  expect(findings.map(({ question }) => question)).not.toContain('New mail is seen by its identifiers')
})

test('what the port hides is asked for itself: the status of a foreign thread, and where the limits of a request lie', async () => {
  const seen = async (provider: 'gmail' | 'microsoft', large: boolean) => {
    const findings = await checked(provider, { level: 'full', id: `raw-${provider}`, large })
    return findings
      .filter(({ question }) => question.startsWith('Status of'))
      .map((one) => one.seen.slice(0, 3))
  }
  const [most, rounded, ...beyond] = await seen('microsoft', true)
  // what is too large may be cut off before it is answered
  expect([await seen('gmail', false), most, rounded, beyond.includes('202')]).toEqual([
    ['404', '404', '404'],
    '202',
    '202',
    false,
  ])
})
