import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import type { Heard, KnockRefusal } from '../../mailboxes/provider.ts'
import { asDate } from '../../platform/clock/index.ts'
import { HttpError } from '../../platform/http-client/index.ts'
import type { Said } from '../../testing/saying-http.ts'
import { saidJson, sayingHttp } from '../../testing/saying-http.ts'
import { googleEndpoint } from './index.ts'
import { gmailHear, gmailPushFault } from './push.ts'

const now = Temporal.Instant.from('2026-03-10T09:00:00Z')
const url = 'https://kontor.example/api/v1/push/google'
const account = 'push@ours.iam.gserviceaccount.com'
const topic = { topic: 'projects/ours/topics/mail', account }
const genuine = { email: account, email_verified: true }
type Key = Awaited<ReturnType<typeof generateKeyPair>>
let google: Key
let thief: Key
let keys: Said

beforeAll(async () => {
  google = await generateKeyPair('RS256')
  thief = await generateKeyPair('RS256')
  keys = saidJson(200, {
    keys: [{ ...(await exportJWK(google.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }],
  })
})

interface Signing {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly iss?: string
  readonly aud?: string
  readonly by?: Key
  readonly kid?: string
  readonly at?: Temporal.Instant
}

async function signed({
  claims = genuine,
  iss = 'https://accounts.google.com',
  aud = url,
  ...more
}: Signing = {}) {
  const at = more.at ?? now
  return await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: more.kid ?? 'k1' })
    .setIssuer(iss)
    .setAudience(aud)
    .setIssuedAt(asDate(at))
    .setExpirationTime(asDate(at.add({ hours: 1 })))
    .sign((more.by ?? google).privateKey)
}

function body(notice: unknown): string {
  const data = Buffer.from(JSON.stringify(notice)).toString('base64')
  return JSON.stringify({
    message: { data, messageId: '1', message_id: '1' },
    subscription: 'projects/p/subscriptions/s',
  })
}

function listening(said: readonly Said[] = [keys], more: { readonly audience?: string } = {}) {
  const { http, asked } = sayingHttp(...said)
  const hear = gmailHear({ endpoint: googleEndpoint(), http, now: () => now }, { ...topic, ...more })
  return {
    asked,
    async post(
      authorization: string | undefined,
      text = body({ emailAddress: 'anna@brand.example', historyId: '7' }),
    ) {
      const heard = await hear?.({ body: text, authorization, asked: new URLSearchParams(), url })
      if (heard === undefined) throw new Error('nothing listens')
      return heard
    },
  }
}

const rung = (address: string): Heard => ({ kind: 'rung', status: 204, rings: [{ address }] })
const refused = (status: 401 | 403 | 503, fault: KnockRefusal['fault'] = 'unsigned', said = ''): Heard => ({
  kind: 'refused',
  status,
  why: { fault, said },
})

test('a notice that Google signed names the address whose mailbox changed, and nothing else of it counts', async () => {
  const { post, asked } = listening()
  const token = `Bearer ${await signed()}`
  expect(await post(token)).toEqual(rung('anna@brand.example'))
  expect(await post(token, body({ emailAddress: 'Ben@brand.example', historyId: 7 }))).toEqual(
    rung('Ben@brand.example'),
  )
  expect(asked.map((one) => one.url)).toEqual(['https://www.googleapis.com/oauth2/v3/certs'])
})

test('a notice for a configured audience is taken, and one for our address then is not', async () => {
  const { post } = listening([keys], { audience: 'kontor' })
  expect(await post(`Bearer ${await signed({ aud: 'kontor' })}`)).toEqual(rung('anna@brand.example'))
  expect(await post(`Bearer ${await signed()}`)).toEqual(refused(401, 'audience', url))
})

test('a genuine token for somebody else says for whom, so that an administrator sees it', async () => {
  const heard = await listening().post(`Bearer ${await signed({ aud: 'https://other.example/push' })}`)
  expect(heard).toEqual(refused(401, 'audience', 'https://other.example/push'))
})

test.each<readonly [string, Signing]>([
  ['another issuer', { iss: 'https://accounts.google.example' }],
  ['another key under a name that Google uses', {}],
  ['a time long past', { at: now.subtract({ hours: 2 }) }],
  ['a time to come', { at: now.add({ minutes: 5 }) }],
])('a token with %s is refused', async (what, signing) => {
  const by = what.startsWith('another key') ? thief : google
  expect(await listening().post(`Bearer ${await signed({ ...signing, by })}`)).toEqual(refused(401))
})

test('a clock that is wrong by less than a minute is forgiven', async () => {
  const token = await signed({ at: now.add({ seconds: 50 }) })
  expect(await listening().post(`Bearer ${token}`)).toEqual(rung('anna@brand.example'))
})

test.each([undefined, '', 'Basic YTpi', 'Bearer', 'Bearer x.y', 'Bearer e30.e30.e30'])(
  'the authorisation %o is refused',
  async (authorization) => {
    expect(await listening().post(authorization)).toEqual(refused(401))
  },
)

test('a token without a signature is refused, whatever it says', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    ...genuine,
    iss: 'https://accounts.google.com',
    aud: url,
    iat: 1_773_133_200,
    exp: 1_873_133_200,
  }
  const token = `${part({ alg: 'none', kid: 'k1' })}.${part(claims)}.AA`
  expect(await listening().post(`Bearer ${token}`)).toEqual(refused(401))
})

test.each([
  ['of another account', { email: 'other@ours.iam.gserviceaccount.com', email_verified: true }],
  ['whose account is not proven', { email: account, email_verified: false }],
  ['without an account', {}],
])('a genuine token %s is not let in', async (what, claims) => {
  const said = what === 'of another account' ? 'other@ours.iam.gserviceaccount.com' : ''
  const heard = await listening().post(`Bearer ${await signed({ claims })}`)
  expect(heard).toEqual(refused(403, 'account', said))
})

test('a key that is not known yet is fetched, once', async () => {
  const { post, asked } = listening([keys])
  const stranger = `Bearer ${await signed({ kid: 'k2', by: thief })}`
  expect([await post(stranger), await post(stranger), await post(stranger)]).toEqual([
    refused(401),
    refused(401),
    refused(401),
  ])
  expect(asked).toHaveLength(1)
})

test('while the keys cannot be fetched nothing is decided: the notice is posted again', async () => {
  const away = listening([new HttpError('cut', true, 'broke off')])
  expect(await away.post(`Bearer ${await signed()}`)).toEqual(refused(503, 'keys_away'))
  const broken = listening([saidJson(500, {})])
  expect(await broken.post(`Bearer ${await signed()}`)).toEqual(refused(503, 'keys_away'))
})

test.each(['', '{}', '[]', '{"message":{"data":"%%%"}}', body('text'), body({ historyId: 7 })])(
  'a genuine notice that says nothing readable is taken, so that it does not come for ever: %s',
  async (text) => {
    const heard = await listening().post(`Bearer ${await signed()}`, text)
    expect(heard).toEqual({ kind: 'rung', status: 204, rings: [] })
  },
)

test.each([
  [
    '404 notFound: Error sending test message to Cloud PubSub projects/o/topics/m : Resource not found (resource=m).',
    'topic_missing',
  ],
  [
    '403 forbidden: Error sending test message to Cloud PubSub projects/o/topics/m : User not authorized to perform this action.',
    'publisher_missing',
  ],
  ['400 invalidArgument: Invalid topicName does not match projects/ours/topics/*', 'topic_elsewhere'],
  ['503 backendError: The service is currently unavailable.', undefined],
] as const)('of %s an administrator is told %s', (diagnostic, fault) => {
  expect(gmailPushFault({ kind: 'our_config', diagnostic })).toBe(fault)
})
