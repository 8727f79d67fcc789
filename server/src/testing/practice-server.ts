/**
 * A practice world of a test's own: the real program in a process of its own, on a temporary folder, without its
 * cast. It is spoken to over HTTP only, like the outside world that it stands for.
 */
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface PracticeServer extends AsyncDisposable {
  readonly url: string
  /** A call to its control interface; the answer as it is. */
  control(path: string, body?: unknown): Promise<unknown>
  /** Makes an account that can sign in. */
  account(address: string, name: string): Promise<void>
  /**
   * Signs in at the authorisation page and gives the address the browser is sent to. `scopes` are the boxes ticked at
   * Google; Microsoft knows none, there it is all or nothing.
   */
  consent(
    authorizeUrl: string,
    who:
      | { readonly account: string; readonly scopes: readonly string[] }
      | { readonly account: string; readonly decision: 'allow' | 'cancel' },
  ): Promise<string>
}

const program = fileURLToPath(new URL('../../../practice/src/main.ts', import.meta.url))

/** Starts one; ready when this resolves. */
export async function startPracticeServer(): Promise<PracticeServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-practice-'))
  const child = fork(program, {
    env: { KONTOR_DATA: folder, PRACTICE_SEED: 'none', PATH: '' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.once('exit', (code) => reject(new Error(`the practice world ended with ${code}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const ready = /\{"practice":"([^"]+)"\}/.exec(text)?.[1]
      if (ready !== undefined) resolve(ready)
    })
  })

  async function control(path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${url}/control${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }

  return {
    url,
    control,
    async account(address, name) {
      await control('/accounts', { address, name })
    },
    async consent(authorizeUrl, who) {
      const page = new URL(authorizeUrl)
      const decision = 'scopes' in who ? 'allow' : who.decision
      const form = new URLSearchParams({ request: page.search.slice(1), account: who.account, decision })
      if ('scopes' in who) for (const scope of who.scopes) form.append('scope', scope)
      const path = page.pathname.startsWith('/microsoft/')
        ? page.pathname.replace(/\/oauth2\/.*$/, '/consent')
        : page.pathname.startsWith('/post/')
          ? '/post/oauth/consent'
          : '/google/consent'
      const answer = await fetch(new URL(path, page), {
        method: 'POST',
        body: form,
        redirect: 'manual',
      })
      const back = answer.headers.get('location')
      if (back === null) throw new Error(`no way back: ${answer.status} ${await answer.text()}`)
      return back
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Now, by the clock of the practice world. */
export async function practiceTime(practice: PracticeServer): Promise<Temporal.Instant> {
  const { now } = (await practice.control('/clock')) as { now: string }
  return Temporal.Instant.from(now)
}
