/**
 * The whole program in a process of its own, with an embedded database on a temporary folder, beside a practice world:
 * for what only happens when everything runs. Spoken to over HTTP alone.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { password } from './app.ts'

export interface Answer<T> {
  readonly status: number
  readonly body: T
}
export interface Program extends AsyncDisposable {
  readonly url: string
  /** A request below /api/v1 as the owner. */
  ask<T>(method: string, path: string, body?: object): Promise<Answer<T>>
  /** Resolves when the live feed of a workspace has told of an event that fits. */
  hear(workspaceId: string, fits: (event: { readonly type: string }) => Promise<boolean>): Promise<void>
  /** The owner's first workspace, still undecided. */
  readonly workspaceId: string
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Starts it and makes Anna Keller its owner. */
export async function startProgram(wish: {
  readonly practiceUrl: string
  readonly language: 'en' | 'de'
}): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-program-'))
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: '/usr/bin:/bin',
      KONTOR_DATA: folder,
      PORT: '0',
      KONTOR_LOG: 'error',
      PRACTICE_URL: wish.practiceUrl,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const link = new URL(
    await new Promise<string>((resolve, reject) => {
      let out = ''
      // what comes after the link are errors
      let told = false
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text
        if (told) process.stderr.write(text)
        const found = /^Set up, once: (\S+)$/m.exec(out)?.[1]
        if (found === undefined) return
        told = true
        resolve(found)
      })
      void ended.then(() => reject(new Error(`ended without a set-up link: ${out}`)))
    }),
  )
  const url = link.origin
  let cookie = ''

  async function ask<T>(method: string, path: string, body?: object): Promise<Answer<T>> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const given = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
    if (given.length > 0) cookie = given.join('; ')
    return { status: answer.status, body: (await answer.json()) as T }
  }

  async function hear(
    workspaceId: string,
    fits: (event: { readonly type: string }) => Promise<boolean>,
  ): Promise<void> {
    const answer = await fetch(`${url}/api/v1/workspaces/${workspaceId}/live`, { headers: { cookie } })
    const decoder = new TextDecoder()
    let text = ''
    for await (const piece of answer.body ?? new ReadableStream<Uint8Array>()) {
      text += decoder.decode(piece, { stream: true })
      const lines = text.split('\n')
      text = lines.pop() ?? ''
      for (const line of lines.filter((each) => each.startsWith('data:'))) {
        if (await fits(JSON.parse(line.slice(5)) as { type: string })) return
      }
    }
    throw new Error('the live feed ended')
  }

  const { body } = await ask<{ workspaces: { id: string }[] }>('POST', '/setup', {
    token: link.searchParams.get('token'),
    name: 'Anna Keller',
    address: 'anna@atelier-nord.example',
    password,
    workspaceName: 'Atelier Nord',
    language: wish.language,
    zone: 'Europe/Berlin',
  })
  return {
    url,
    ask,
    hear,
    workspaceId: body.workspaces[0]?.id ?? '',
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
