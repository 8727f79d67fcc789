/**
 * Debian's Dovecot for tests, the strict peer of the practice mail server: its own configuration, folders and port in a
 * temporary folder, nothing of the system's touched. Mail arrives over LMTP (RFC 2033), and carries its trace; the raw log tells
 * what was fetched. What a token is worth is asked of an authorisation server, as Dovecot does it (RFC 7662).
 * Where it is missing, tests are skipped, except in CI.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { basename, join } from 'node:path'
import { createTransport } from 'nodemailer'
import { wallClock } from '../platform/clock/index.ts'

const program = '/usr/sbin/dovecot'

/** Whether tests with Dovecot can run, or those that let it take mails as well; in CI they have to. */
export function hasDovecot(also?: 'submission'): boolean {
  const parts = ['imap', 'lmtp', ...(also === undefined ? [] : [also])]
  const missing = parts.filter((part) => !existsSync(`/usr/lib/dovecot/${part}`))
  if (missing.length === 0) return true
  const remedy = `apt-get install ${missing.map((part) => `dovecot-${part}d`).join(' ')}`
  // oxlint-disable-next-line node/no-process-env -- where every test counts none is skipped
  if (process.env['CI'] === 'true') throw new Error(`Dovecot is missing, or a part of it: ${remedy}`)
  process.stdout.write(`Skipped without Dovecot and its parts. To run it: ${remedy}\n`)
  return false
}

export interface Dovecot extends AsyncDisposable {
  readonly port: number
  /** Where it takes mails; 0 where it does not. */
  readonly submissionPort: number
  /** Lets a message arrive in somebody's mailbox. @throws what the server says when it refuses */
  deliver(
    user: string,
    raw: string | Uint8Array,
    folder?: 'INBOX' | 'Junk' | 'Archive' | 'Trash',
  ): Promise<void>
  /** Files a copy of what somebody sent, to the byte: nothing was delivered, so there is no trace. */
  fileSent(user: string, raw: string | Uint8Array): Promise<void>
  /** Gives a folder another name, or makes one that has the name. */
  renameFolder(user: string, from: string, to: string): Promise<void>
  makeFolder(user: string, folder: string): Promise<void>
  /** Puts a message into a folder as its owner does: a draft that was thrown away, a mail that was filed. */
  put(user: string, raw: string | Uint8Array, folder: string): Promise<void>
  /** The messages that were sent from somebody's mailbox, oldest first. */
  sent(user: string): Promise<readonly string[]>
  /** Everybody's folders are numbered anew. */
  renumber(user: string): Promise<void>
  setPassword(user: string, password: string): Promise<void>
  /** All that clients said and were told in this mailbox, after signing in. */
  rawLog(user: string): Promise<string>
  /** What the server wrote down: who signed in, how, and what it refused. */
  log(): Promise<string>
}

export interface DovecotTraits {
  /** Tokens are taken beside passwords, by these mechanisms. */
  readonly tokens?: {
    readonly mechanisms: readonly ('OAUTHBEARER' | 'XOAUTH2')[]
    /** Where it asks what a token is worth, with the client's name and secret. */
    readonly introspectionUrl: string
    /** What a token must be good for. */
    readonly scope: string
  }
  /** Mails are taken and handed on to an SMTP server at this port. */
  readonly relayPort?: number
  /** Connections of one person from one machine, and of everybody together. */
  readonly most?: { readonly ofOne?: number; readonly ofAll?: number }
}

export async function startDovecot(traits: DovecotTraits = {}): Promise<Dovecot> {
  const home = await mkdtemp(join(tmpdir(), 'kontor-dovecot-'))
  await chmod(home, 0o755)
  const port = await freePort()
  const submissionPort = traits.relayPort === undefined ? 0 : await freePort()
  const root = userInfo().uid === 0
  const owner = root ? 'nobody' : userInfo().username
  for (const folder of ['users', 'mail']) await mkdir(join(home, folder))
  if (root) execFileSync('chown', [owner, join(home, 'mail')])
  const { tokens, most = {} } = traits
  if (tokens !== undefined) await writeFile(join(home, 'tokens.conf'), askingFor(tokens))
  await writeFile(
    join(home, 'dovecot.conf'),
    configuration({ ...traits, home, port, submissionPort, owner, root, tokens, most }),
  )
  const child = spawn(program, ['-F', '-c', join(home, 'dovecot.conf')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await untilListening(port)

  const mailOf = (user: string) => join(home, 'mail', user)
  async function own(path: string): Promise<void> {
    if (root) execFileSync('chown', ['-R', owner, path])
  }
  const doveadm = (words: readonly string[], input: string | Uint8Array = '') =>
    spawnSync('/usr/bin/doveadm', ['-c', join(home, 'dovecot.conf'), ...words], { encoding: 'utf8', input })
  async function tell(words: readonly string[], input?: string | Uint8Array): Promise<void> {
    const { status, stderr } = doveadm(words, input)
    if (status !== 0) throw new Error(stderr)
  }
  async function kick(user: string): Promise<void> {
    for (let tries = 0; tries < 100 && doveadm(['who']).stdout.includes(user); tries++) {
      doveadm(['kick', user])
      await wallClock.sleep(20)
    }
  }

  return {
    port,
    submissionPort,
    async deliver(user, raw, folder = 'INBOX') {
      const to = folder === 'INBOX' ? user : user.replace('@', `+${folder}@`)
      const connection = connect(join(home, 'run', 'lmtp'))
      await once(connection, 'connect')
      const transport = createTransport({ lmtp: true, connection })
      const envelope = { from: 'sender@outside.example', to }
      const { rejectedErrors = [] } = await transport.sendMail({ envelope, raw: Buffer.from(raw) })
      if (rejectedErrors[0] !== undefined) throw rejectedErrors[0]
    },
    fileSent: (user, raw) => tell(['save', '-u', user, '-m', 'Sent'], raw),
    renameFolder: (user, from, to) => tell(['mailbox', 'rename', '-u', user, from, to]),
    makeFolder: (user, folder) => tell(['mailbox', 'create', '-u', user, folder]),
    put: (user, raw, folder) => tell(['save', '-u', user, '-m', folder], raw),
    async sent(user) {
      const maildir = join(mailOf(user), 'Maildir', '.Sent')
      const found = await Promise.all(
        ['new', 'cur'].map(async (part) =>
          (await readdir(join(maildir, part))).map((name) => join(maildir, part, name)),
        ),
      )
      // seconds and microseconds, without leading zeros
      const byName = (a: string, b: string) => basename(a).localeCompare(basename(b), 'en', { numeric: true })
      return Promise.all(
        found
          .flat()
          .toSorted(byName)
          .map((path) => readFile(path, 'latin1')),
      )
    },
    async renumber(user) {
      const maildir = join(mailOf(user), 'Maildir')
      for (const folder of ['.', ...(await readdir(maildir)).filter((name) => name.startsWith('.'))]) {
        const list = join(maildir, folder, 'dovecot-uidlist')
        if (!existsSync(list)) continue
        const text = await readFile(list, 'utf8')
        await writeFile(
          list,
          text.replace(/ V(\d+)/, (_all, validity) => ` V${Number(validity) + 1}`),
        )
        for (const name of await readdir(join(maildir, folder)))
          if (name.startsWith('dovecot.index') || name === 'dovecot.list.index.log')
            await rm(join(maildir, folder, name))
      }
      await own(maildir)
      // whoever is connected would go on with the old numbers
      await kick(user)
    },
    async setPassword(user, password) {
      // a file for each, because one that is changed twice in a second is read once
      await writeFile(join(home, 'users', user), `${user}:{PLAIN}${password}::::::\n`)
      await mkdir(join(mailOf(user), 'rawlog'), { recursive: true })
      await own(join(home, 'mail'))
      // the file is looked at once a second at most
      for (let tries = 0; tries < 100 && doveadm(['auth', 'test', user, password]).status !== 0; tries++)
        await wallClock.sleep(50)
    },
    async rawLog(user) {
      const folder = join(mailOf(user), 'rawlog')
      const logs = await Promise.all(
        (await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')),
      )
      return logs.join('\n')
    },
    log: () => readFile(join(home, 'log'), 'utf8'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
  }
}

/** doc.dovecot.org/2.3/configuration_manual/authentication/oauth2 */
function askingFor({ introspectionUrl, scope }: NonNullable<DovecotTraits['tokens']>): string {
  return `
introspection_mode = post
introspection_url = ${introspectionUrl}
username_attribute = username
active_attribute = active
active_value = true
scope = ${scope}
`
}

/** doc.dovecot.org/2.3/admin_manual/submission_server */
function submission(port: number, relayPort: number): string {
  return `
submission_relay_host = 127.0.0.1
submission_relay_port = ${relayPort}
service submission-login {
  chroot =
  inet_listener submission {
    port = ${port}
  }
}
`
}

interface Configured {
  readonly tokens: DovecotTraits['tokens'] | undefined
  readonly most: NonNullable<DovecotTraits['most']>
  readonly relayPort?: number
  readonly home: string
  readonly port: number
  readonly submissionPort: number
  readonly owner: string
  readonly root: boolean
}

function configuration({ home, port, owner, root, tokens, most, ...taking }: Configured): string {
  const mechanisms = tokens?.mechanisms.map((each) => each.toLowerCase()).join(' ') ?? ''
  const byToken = `passdb {\n  driver = oauth2\n  mechanisms = ${mechanisms}\n  args = ${home}/tokens.conf\n}\n`
  // who signs in with tokens alone is in no list that could be looked up when a mail arrives
  const anybody = tokens === undefined ? '' : ' allow_all_users=yes'
  const group = root ? 'nogroup' : execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()
  const login = root
    ? ''
    : `default_login_user = ${owner}\ndefault_internal_user = ${owner}\ndefault_internal_group = ${group}\n`
  return `
protocols = imap lmtp${taking.relayPort === undefined ? '' : ' submission'}
base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/log
listen = 127.0.0.1
hostname = mail.kontor.test
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain ${mechanisms}
auth_failure_delay = 0
${login}mail_location = maildir:~/Maildir
mail_save_crlf = yes
recipient_delimiter = +
lmtp_save_to_detail_mailbox = yes
first_valid_uid = 1
mail_max_userip_connections = ${most.ofOne ?? 50}
${most.ofAll === undefined ? '' : `service imap {\n  process_limit = ${most.ofAll}\n}\n`}${tokens === undefined ? '' : byToken}passdb {
  driver = passwd-file
  mechanisms = plain none
  args = username_format=%u ${home}/users/%u
}
userdb {
  driver = static
  args = uid=${owner} gid=${group} home=${home}/mail/%u${anybody}
}
rawlog_dir = ${home}/mail/%u/rawlog
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
${taking.relayPort === undefined ? '' : submission(taking.submissionPort, taking.relayPort)}service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
  mailbox Junk {
    special_use = \\Junk
    auto = subscribe
  }
  mailbox Archive {
    special_use = \\Archive
    auto = subscribe
  }
  mailbox Trash {
    special_use = \\Trash
    auto = subscribe
  }
}
`
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answered = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('data', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (answered) return
    await wallClock.sleep(50)
  }
  throw new Error('Dovecot does not answer')
}
