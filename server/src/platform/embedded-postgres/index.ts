/**
 * Owns the embedded database: a real PostgreSQL 18 from the installed binaries, in a folder of its own, on a free
 * port of the loopback interface, gone when the last process that uses it is gone – also after SIGKILL.
 *
 * 1. Under the folder's lock: join a running instance, or make the cluster (in `pg.tmp`, renamed when whole) and
 *    start it under a detached supervisor (see supervisor.ts).
 * 2. Hold it by a connection to the supervisor. Several processes may hold one instance; disposing lets go, and
 *    waits for the shutdown when nobody else is left.
 *
 * Refuses a cluster of another major version, and durability settings: fsync stays on unless a caller says otherwise.
 */
import { execFile, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Clock } from '../clock/index.ts'
import { wallClock } from '../clock/index.ts'
import type { Binaries, Command, RunAs } from './binaries.ts'
import { command, decideRunAs, EmbeddedPostgresError, findBinaries } from './binaries.ts'
import { alive, files, lockFolder, readPostmaster, readSupervisor } from './instance.ts'
import type { Postmaster, SupervisorAddress } from './instance.ts'
import type { Order, Word } from './supervisor.ts'

export type EmbeddedPostgres = AsyncDisposable & {
  readonly superuserUrl: string
  readonly port: number
  /** True when another process had started it. */
  readonly joined: boolean
}
export type EmbeddedOptions = {
  /** Everything of this instance lives here: cluster, password, log. */
  readonly folder: string
  /** Extra server settings, `{ fsync: 'off' }`. Whoever joins a running instance takes it as it is. */
  readonly settings?: Readonly<Record<string, string>>
}

const majorVersion = '18'
const pollMs = 25
const startPatienceMs = 90_000

/** Starts or joins the instance of a folder. @throws EmbeddedPostgresError with a sentence for a person. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  await using _lock = await lockFolder(options.folder, wallClock)
  const running = await settled(options.folder, wallClock)
  if (running !== undefined) {
    const supervisor = await readSupervisor(options.folder)
    const socket = supervisor === undefined ? undefined : await hold(supervisor)
    return await present(
      options.folder,
      running,
      socket ?? (await supervised(options.folder, undefined)),
      true,
    )
  }
  const binaries = await findBinaries()
  const as = await decideRunAs(options.folder)
  await makeCluster(options.folder, binaries, as)
  const socket = await supervised(
    options.folder,
    command(as, binaries.postgres, await serverArguments(options)),
  )
  const started = await readPostmaster(options.folder)
  if (started === undefined) throw new EmbeddedPostgresError('PostgreSQL stopped right after its start.')
  return await present(options.folder, started, socket, false)
}

/** The running postmaster once it is ready; undefined when there is none, or once one that was stopping is gone. */
async function settled(folder: string, clock: Clock): Promise<Postmaster | undefined> {
  const start = clock.monotonicMs()
  let supervisorWasAlive = true
  for (;;) {
    const postmaster = await readPostmaster(folder)
    if (postmaster === undefined) return undefined
    const supervisor = await readSupervisor(folder)
    // A supervisor on its way out removes its address first: without one twice in a row, PostgreSQL is an orphan.
    if (postmaster.status === 'ready' && (supervisor !== undefined || !supervisorWasAlive)) return postmaster
    supervisorWasAlive = supervisor !== undefined || clock.monotonicMs() - start < 500
    if (clock.monotonicMs() - start > startPatienceMs) {
      throw new EmbeddedPostgresError(
        `A PostgreSQL (process ${postmaster.pid}) uses ${folder} and is neither ready nor gone. See ${files.log(folder)}.`,
      )
    }
    await clock.sleep(pollMs)
  }
}

async function makeCluster(folder: string, binaries: Binaries, as: RunAs): Promise<void> {
  const cluster = files.cluster(folder)
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version !== undefined) {
    if (version.trim() === majorVersion) return
    throw new EmbeddedPostgresError(
      `${cluster} was made by PostgreSQL ${version.trim()}, this is PostgreSQL ${majorVersion}. Export with the ` +
        'version that made it, or set DATABASE_URL to a server that can read it.',
    )
  }
  const unfinished = files.unfinishedCluster(folder)
  const password = files.password(folder)
  await rm(unfinished, { recursive: true, force: true })
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  await chmod(password, 0o600)
  if (as.user !== undefined) await chown(password, as.user.uid, as.user.gid)
  const { file, args, ...user } = command(as, binaries.initdb, [
    '-D',
    unfinished,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${password}`,
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
  ])
  try {
    await promisify(execFile)(file, args, user)
  } catch (cause) {
    const stderr = (cause as { stderr?: string }).stderr ?? ''
    throw new EmbeddedPostgresError(`The database could not be created in ${folder}: ${stderr.trim()}`, {
      cause,
    })
  }
  await rename(unfinished, cluster)
}

async function serverArguments(options: EmbeddedOptions): Promise<readonly string[]> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    log_destination: 'stderr',
    log_min_messages: 'warning',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '100',
    ...options.settings,
  }
  return [
    '-D',
    files.cluster(options.folder),
    '-p',
    String(await freePort()),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

/** Starts a supervisor and holds its instance. Without a command it watches the PostgreSQL that runs already. */
async function supervised(folder: string, postgres: Command | undefined): Promise<Socket> {
  const log = openSync(files.log(folder), 'w', 0o600)
  const child = fork(new URL('./supervisor.ts', import.meta.url), {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    execArgv: [],
  })
  closeSync(log)
  try {
    const word = await new Promise<Word>((resolve) => {
      child.once('message', (message: Word) => resolve(message))
      child.once('exit', (code) => resolve({ failed: `the supervisor ended with code ${code}` }))
      const order: Order = { folder, word: randomBytes(18).toString('base64url'), postgres }
      child.send(order)
    })
    const address = await readSupervisor(folder)
    const socket = 'ready' in word && address !== undefined ? await hold(address) : undefined
    if (socket !== undefined) return socket
    const tail = (await readFile(files.log(folder), 'utf8')).trim().split('\n').slice(-5).join('\n')
    throw new EmbeddedPostgresError(
      `PostgreSQL did not start (${'failed' in word ? word.failed : 'nobody supervises it'}). Its last words:\n${tail}`,
    )
  } finally {
    if (child.connected) child.disconnect()
    child.unref()
  }
}

/** An open connection to the supervisor, or undefined when it does not take holders any more. */
function hold(address: SupervisorAddress): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address.port, '127.0.0.1', () => socket.write(`${address.word} hold\n`))
    socket.setEncoding('utf8')
    socket.once('data', (text: string) => resolve(text === 'held\n' ? socket : undefined))
    socket.once('error', () => resolve(undefined))
    socket.once('close', () => resolve(undefined))
  })
}

async function present(
  folder: string,
  { pid, port }: Postmaster,
  socket: Socket,
  joined: boolean,
): Promise<EmbeddedPostgres> {
  const password = (await readFile(files.password(folder), 'utf8')).trim()
  socket.on('error', () => {})
  socket.unref()
  const closed = new Promise<'shared' | 'gone'>((resolve) => {
    let answer = ''
    socket.on('data', (text: string) => {
      answer += text
    })
    socket.once('close', () => resolve(answer === 'shared\n' ? 'shared' : 'gone'))
  })
  return {
    superuserUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    port,
    joined,
    async [Symbol.asyncDispose]() {
      socket.ref()
      if (!socket.destroyed) socket.write('leave\n')
      if ((await closed) === 'shared') return
      while (alive(pid)) await wallClock.sleep(pollMs)
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null)
    throw new EmbeddedPostgresError('No free port was found.')
  return address.port
}
