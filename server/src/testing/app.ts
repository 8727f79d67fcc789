/**
 * The whole HTTP side in one process, without a network: every domain's routes on a database of the test's own, and
 * browsers that keep their cookie. Sign-in and limits follow a stepped clock; nothing runs in the background.
 */
import { onTestFinished } from 'vitest'
import { composeDomains } from '../compose-domains.ts'
import type { Config } from '../config.ts'
import { createApp } from '../http/app.ts'
import type { App } from '../http/app.ts'
import { healthProof, openSettings, openSystemPost } from '../installation/index.ts'
import type { Given } from '../installation/index.ts'
import type { Database } from '../platform/db/index.ts'
import { defineEvents } from '../platform/events/index.ts'
import type { Emit } from '../platform/events/index.ts'
import { systemIds } from '../platform/ids/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { createLog } from '../platform/log/index.ts'
import { createMetrics } from '../platform/metrics/index.ts'
import { openSecretBox } from '../platform/secret-box/index.ts'
import { openSessions, printableSetupToken } from '../team/index.ts'
import type { Sessions } from '../team/index.ts'
import { steppedClock } from './clock.ts'
import type { SteppedClock } from './clock.ts'

/** The parts of an answer that tests look at. */
export type Told = { readonly status: number; readonly body: unknown; readonly headers: Headers }
export type Browser = {
  get(path: string): Promise<Told>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Told>
  /** The raw answer, for streams and files. */
  open(path: string, headers?: Record<string, string>): Promise<Response>
  readonly cookie: () => string
}
export type TestApp = {
  readonly app: App
  readonly clock: SteppedClock
  readonly ids: Ids
  readonly emit: Emit
  readonly sessions: Sessions
  readonly logged: readonly string[]
  /** A browser without cookies. Paths are below /api/v1. */
  browser(): Browser
  /** The token of the newest set-up link. */
  setupToken(): Promise<string>
}

export const origin = 'http://kontor.test'
export const password = 'correct horse battery'

/** The set-up form as Anna Keller fills it in. */
export function setupForm(token: string): Record<string, string> {
  return {
    token,
    name: 'Anna Keller',
    address: 'Anna@Atelier-Nord.example',
    password,
    workspaceName: 'Atelier Nord',
    language: 'en',
    zone: 'Europe/Berlin',
  }
}

/** Builds the app; it is taken down when the test (or the file, at top level) has ended. */
export async function testApp(
  database: Database,
  options: {
    readonly publicUrl?: string
    readonly given?: Given
    readonly practice?: Config['practice']
  } = {},
): Promise<TestApp> {
  const ids = systemIds
  const clock = steppedClock()
  const logged: string[] = []
  const log = createLog({ level: 'info', write: (line) => logged.push(line) })
  const events = defineEvents({ ids })
  const box = openSecretBox({ keys: [{ id: 'test', key: new Uint8Array(32) }], current: 'test' })
  const publicUrl = options.publicUrl
  const sessions = await openSessions({ database, ids, secret: box.mac('cookie', 'sign-in'), publicUrl })
  const settings = openSettings({ database, box, given: { publicAddress: publicUrl, ...options.given } })
  const post = openSystemPost({ box, settings })
  const machines = { database, ids, clock, log, box, emit: events.emit, settings, post }
  const address = () => publicUrl ?? origin
  const practice = options.practice ?? { on: false, url: undefined, push: undefined, pushesHere: false }
  const domains = composeDomains(
    {
      practice,
      pollSeconds: undefined,
      imapConnections: 0,
      mailSignIn: undefined,
      privateMailServers: false,
    },
    { ...machines, address },
  )
  const app = createApp({
    ...machines,
    metrics: createMetrics(),
    sessions,
    openUrl: () => publicUrl,
    healthProof: (ask) => healthProof(box, ask),
    steppableClock: false,
    answers: 'strict',
    webFolder: undefined,
    domains: { ...machines, ...domains, sessions, publicUrl: address },
  })
  const close = async () => {
    await app[Symbol.asyncDispose]()
    await domains[Symbol.asyncDispose]()
  }
  onTestFinished(close)

  function browser(): Browser {
    const jar = new Map<string, string>()
    const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    async function request(
      method: string,
      path: string,
      body: unknown,
      headers: Record<string, string>,
    ): Promise<Response> {
      const answer = await app.request(`${origin}/api/v1${path}`, {
        method,
        headers: {
          host: new URL(origin).host,
          ...(jar.size === 0 ? {} : { cookie: cookie() }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'GET' ? {} : { origin }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      for (const text of answer.headers.getSetCookie()) keep(jar, text)
      return answer
    }
    async function told(answer: Response): Promise<Told> {
      const text = await answer.text()
      const isJson = answer.headers.get('content-type')?.includes('json') ?? false
      return {
        status: answer.status,
        body: isJson ? (JSON.parse(text) as unknown) : text,
        headers: answer.headers,
      }
    }
    return {
      cookie,
      get: async (path) => told(await request('GET', path, undefined, {})),
      send: async (method, path, body, headers = {}) => told(await request(method, path, body, headers)),
      open: (path, headers = {}) => request('GET', path, undefined, headers),
    }
  }

  return {
    app,
    clock,
    ids,
    emit: events.emit,
    sessions,
    logged,
    browser,
    async setupToken() {
      const token = await printableSetupToken({ database, ids })
      if (token === undefined) throw new Error('set-up is done already')
      return token
    },
  }
}

function keep(jar: Map<string, string>, setCookie: string): void {
  const [pair = ''] = setCookie.split(';')
  const [name = ''] = pair.split('=')
  const value = pair.slice(name.length + 1)
  if (value === '' || /max-age=0/i.test(setCookie)) jar.delete(name)
  else jar.set(name, value)
}
