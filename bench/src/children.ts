/** Programs that a bench starts: the provider on the other side of the wire, and workers that can be told and killed. */
import { fork, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ProviderRecord, ProviderWish } from './programs/provider.ts'

export interface Provider extends AsyncDisposable {
  readonly url: string
  record(): Promise<ProviderRecord>
  /** How many mails it has taken. */
  count(): Promise<number>
}

export async function startProvider(wish: ProviderWish = {}): Promise<Provider> {
  const child = spawn(process.execPath, [programAt('provider'), JSON.stringify(wish)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the provider ended with code ${code}`)))
  })
  return {
    url,
    record: async () => (await (await fetch(`${url}/record`)).json()) as ProviderRecord,
    count: async () => ((await (await fetch(`${url}/count`)).json()) as { taken: number }).taken,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.stdin.end()
      await ended
    },
  }
}

export interface Program<Says> {
  tell(order: string): void
  /** The next thing it says of this kind. */
  hear<Kind extends string>(says: Kind): Promise<Extract<Says, { readonly says: Kind }>>
  onWord(hear: (said: Says) => void): void
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  readonly ended: Promise<void>
  readonly pid: number
}

/** Starts a program of this folder that speaks by messages. */
export function startProgram<Says extends { readonly says: string }>(
  name: string,
  wish: object,
  { flags = [], env = {} }: { readonly flags?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
): Program<Says> {
  const child = fork(programAt(name), [JSON.stringify(wish)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...flags],
    env: { ...process.env, ...env },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    ended,
    pid: child.pid ?? 0,
    tell: (order) => child.send(order, () => {}),
    hear: (says) => heard(child, says),
    onWord: (hear) => void child.on('message', (said) => hear(said as Says)),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function heard<T>(child: ChildProcess, says: string): Promise<T> {
  return await new Promise((resolve, reject) => {
    const ended = (code: number | null): void =>
      reject(new Error(`a program ended with ${code} before it said ${says}`))
    const listen = (said: unknown): void => {
      if ((said as { says: string }).says !== says) return
      child.off('message', listen).off('exit', ended)
      resolve(said as T)
    }
    child.on('message', listen).once('exit', ended)
  })
}

function programAt(name: string): string {
  return fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url))
}
