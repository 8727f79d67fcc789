/**
 * Owns what the folder of an instance says about it: the postmaster's own pid file, the supervisor's address, and
 * the lock that lets one starter at a time work on the folder.
 */
import { readFileSync } from 'node:fs'
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock/index.ts'

export type Postmaster = { readonly pid: number; readonly port: number; readonly status: string }
/** Where the supervisor listens for those who hold the instance, and the word that proves one may. */
export type SupervisorAddress = { readonly pid: number; readonly port: number; readonly word: string }

const waitMs = 25
const lockIsStaleMs = 120_000

export const files = {
  cluster: (folder: string): string => join(folder, 'pg'),
  unfinishedCluster: (folder: string): string => join(folder, 'pg.tmp'),
  password: (folder: string): string => join(folder, 'password'),
  log: (folder: string): string => join(folder, 'postgres.log'),
  supervisor: (folder: string): string => join(folder, 'supervisor.json'),
  lock: (folder: string): string => join(folder, 'start.lock'),
}

/** The live postmaster of the folder, if there is one. A pid file of a dead process is nobody. */
export async function readPostmaster(folder: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(files.cluster(folder), 'postmaster.pid'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1 || !alive(pid)) return undefined
  return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? 'starting').trim() }
}

export async function readSupervisor(folder: string): Promise<SupervisorAddress | undefined> {
  try {
    const address = JSON.parse(await readFile(files.supervisor(folder), 'utf8')) as SupervisorAddress
    return alive(address.pid) ? address : undefined
  } catch {
    return undefined
  }
}

export async function writeSupervisor(folder: string, address: SupervisorAddress): Promise<void> {
  await writeFile(files.supervisor(folder), JSON.stringify(address), { mode: 0o600 })
}

/** Waits until nobody else starts in this folder. A lock whose holder died, or that is too old, is broken. */
export async function lockFolder(folder: string, clock: Clock): Promise<AsyncDisposable> {
  const path = files.lock(folder)
  for (;;) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(String(process.pid))
      await file.close()
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    if (await lockIsStale(path, clock)) await rm(path, { force: true })
    else await clock.sleep(waitMs)
  }
}

/** True when a process with this id runs and is not a corpse that nobody has buried (as in a container without init). */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  if (process.platform !== 'linux') return true
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return status.at(status.lastIndexOf(')') + 2) !== 'Z'
  } catch {
    return false
  }
}

async function lockIsStale(path: string, clock: Clock): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = [await readFile(path, 'utf8'), await stat(path)]
    const age = clock.now().epochMilliseconds - mtimeMs
    const holder = Number(text)
    if (text === '') return age > 5000
    return age > lockIsStaleMs || !alive(holder)
  } catch {
    return false
  }
}
