/**
 * A practice world for tests: a temporary folder, a fixed real time that only the test moves, and short ways to sign in, send
 * and look; every answer is held against the providers' contracts. Timers never run by themselves; `timer` waits until one was set and hands over what it would run.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RealTime } from '../clock.ts'
import { Reader } from '../json.ts'
import { type Practice, startPractice } from '../server.ts'
import { againstContract } from './contract.ts'

/** 24 November 2026, 08:00 UTC. */
export const START = 1_795_507_200_000
export const ANNA = 'anna@brand.practice.example'
export const MIA = 'mia@people.practice.example'
export const TOM = 'tom@people.practice.example'
export const SEND = 'https://www.googleapis.com/auth/gmail.send'
export const READONLY = 'https://www.googleapis.com/auth/gmail.readonly'
export const METADATA = 'https://www.googleapis.com/auth/gmail.metadata'
export const REDIRECT = 'http://127.0.0.1:9/callback'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Reader
  readonly text: string
}

/** Timers of a world that stands still: set, called off, or run by the test. */
class Timers {
  readonly #set = new Map<() => void, number>()
  readonly #wanted = new Map<number, (run: () => void) => void>()
  readonly #unwanted = new Map<number, () => void>()

  after(ms: number, run: () => void): () => void {
    const once = (): void => {
      this.#set.delete(once)
      run()
    }
    this.#set.set(once, ms)
    this.#wanted.get(ms)?.(once)
    this.#wanted.delete(ms)
    return () => {
      this.#set.delete(once)
      this.#unwanted.get(ms)?.()
      this.#unwanted.delete(ms)
    }
  }

  /** The oldest timer of `ms` that is set, or the next one to be. */
  next(ms: number): Promise<() => void> {
    const found = [...this.#set].find(([, each]) => each === ms)?.[0]
    if (found !== undefined) return Promise.resolve(found)
    return new Promise((resolve) => this.#wanted.set(ms, resolve))
  }

  /** Resolves when no timer of `ms` is set any more. */
  calledOff(ms: number): Promise<void> {
    if (!this.includes(ms)) return Promise.resolve()
    return new Promise((resolve) => this.#unwanted.set(ms, resolve))
  }

  includes(ms: number): boolean {
    return [...this.#set.values()].includes(ms)
  }
}

export class TestWorld implements AsyncDisposable {
  readonly practice: Practice
  readonly folder: string
  readonly timers: Timers

  constructor(practice: Practice, folder: string, timers: Timers) {
    this.practice = practice
    this.folder = folder
    this.timers = timers
  }

  async call(path: string, init: RequestInit = {}): Promise<Answer> {
    const answer = await fetch(new URL(path, this.practice.url), { redirect: 'manual', ...init })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true && text !== ''
    const body: unknown = isJson ? JSON.parse(text) : undefined
    const { status, headers } = answer
    const asked = { verb: init.method ?? 'GET', path: new URL(path, this.practice.url).pathname }
    const wrong = againstContract({ ...asked, status, body })
    if (wrong.length > 0) throw new Error(`not as the contract has it: ${wrong.join('; ')}`)
    return { status, headers, body: new Reader(body ?? {}), text }
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  postForm(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    return this.call(path, { method: 'POST', body: new URLSearchParams(fields) })
  }

  /** Calls Gmail for the owner of the token. */
  gmail(token: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${token}`)
    return this.call(`/gmail/v1/users/me/${path}`, { ...init, headers })
  }

  send(token: string, raw: string, threadId?: string): Promise<Answer> {
    const body = JSON.stringify({ raw: Buffer.from(raw, 'utf8').toString('base64url'), threadId })
    return this.gmail(token, 'messages/send', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
  }

  async records(kind: 'calls' | 'mails' | 'arrivals', query = ''): Promise<readonly Reader[]> {
    return (await this.call(`/control/records/${kind}?${query}`)).body.readers(kind)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.practice[Symbol.asyncDispose]()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Starts a world with Anna (a brand), Mia and Tom, and nothing else. */
export async function startWorld(): Promise<TestWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'practice-'))
  const timers = new Timers()
  const real: RealTime = { now: () => START, after: (ms, run) => timers.after(ms, run) }
  const practice = await startPractice({ folder, seed: 'none', allowReset: true, real })
  const world = new TestWorld(practice, folder, timers)
  for (const [address, name] of [
    [ANNA, 'Anna Keller'],
    [MIA, 'Mia Brandt'],
    [TOM, 'Tom Winter'],
  ]) {
    await world.post('/control/accounts', { address, name })
  }
  return world
}

const VERIFIER = 'a-verifier-that-is-long-enough-for-rfc-7636-0123456789'

export function authorizeQuery(
  scopes: readonly string[],
  change: Readonly<Record<string, string>> = {},
): string {
  return new URLSearchParams({
    client_id: 'practice-client',
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: ['openid', 'email', 'profile', ...scopes].join(' '),
    state: 'the-state',
    nonce: 'the-nonce',
    access_type: 'offline',
    prompt: 'consent',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  }).toString()
}

/** Ticks `scopes` on the consent page; answers the redirect. */
export async function consent(
  world: TestWorld,
  account: string,
  query: string,
  scopes: readonly string[],
): Promise<URL> {
  const form = new URLSearchParams({ request: query, account, decision: 'allow' })
  for (const scope of scopes) form.append('scope', scope)
  const answer = await world.call('/google/consent', { method: 'POST', body: form })
  return new URL(answer.headers.get('location') ?? 'about:blank')
}

export function exchange(
  world: TestWorld,
  code: string,
  change: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return world.postForm('/google/token', {
    grant_type: 'authorization_code',
    code,
    client_id: 'practice-client',
    client_secret: 'practice-secret',
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    ...change,
  })
}

/** Signs an account in and grants `scopes`; answers the token answer. */
export async function signIn(world: TestWorld, account: string, scopes: readonly string[]): Promise<Reader> {
  const back = await consent(world, account, authorizeQuery(scopes), scopes)
  return (await exchange(world, back.searchParams.get('code') ?? '')).body
}

/** Signs in and answers only the access token. */
export async function accessToken(
  world: TestWorld,
  account: string,
  scopes: readonly string[],
): Promise<string> {
  return (await signIn(world, account, scopes)).text('access_token')
}

/** A message from Anna to Mia; `headers` go before the body, one per line. */
export function letter(text: string, ...headers: readonly string[]): string {
  const given = new Set(headers.map((line) => line.slice(0, line.indexOf(':')).toLowerCase()))
  const usual = [
    'From: Anna Keller <anna@brand.practice.example>',
    `To: Mia Brandt <${MIA}>`,
    'Subject: Spring',
    'Message-ID: <own.1@kontor.example>',
  ]
  const kept = usual.filter((line) => !given.has(line.slice(0, line.indexOf(':')).toLowerCase()))
  return [...kept, ...headers, 'Content-Type: text/plain; charset=utf-8', '', text, ''].join('\r\n')
}
