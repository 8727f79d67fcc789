/** A Redis of its own for one run, on a socket in a temporary folder, that syncs every write as PostgreSQL does. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why there can be none on this machine, if so. */
export function redisLacks(): string | undefined {
  const found = spawnSync('redis-server', ['--version']).status === 0
  return found ? undefined : 'no redis-server on this machine'
}

export async function startRedis(): Promise<AsyncDisposable & { readonly socket: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-redis-'))
  const socket = join(folder, 'redis.sock')
  const safe = [
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
  ]
  const child = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--dir', folder, ...safe])
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('eady to accept connections')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`redis-server ended with code ${code}`)))
    child.once('error', reject)
  })
  return {
    socket,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
