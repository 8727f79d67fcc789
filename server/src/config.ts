/**
 * Owns the environment: the only reader of process.env. Gives a whole Config or every problem at once, each with the
 * variable and a sentence on what is expected.
 *
 * Refuses: files. Remembered ports and generated keys live in the data folder, which `main` looks after.
 */
import { readMailSignIn } from './config-mail-sign-in.ts'
import { resolve } from 'node:path'
import type { MicrosoftApp, PushTopic } from './installation/index.ts'
import type { MailSignIn } from './mailboxes/consent.ts'

export type Role = 'all' | 'web' | 'worker' | 'migrate'
export type Config = {
  readonly role: Role
  /** Port and whether the operator chose it; an unchosen one may move and is remembered in the data folder. */
  readonly port: { readonly number: number; readonly chosen: boolean }
  readonly dataFolder: string
  /** Undefined: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | undefined
  /** For LISTEN beside a transaction pooler. */
  readonly databaseUrlDirect: string | undefined
  /** Origin under which people and providers reach us, without a trailing slash. */
  readonly publicUrl: string | undefined
  /** Each at least 32 bytes, the current one first; empty: a key file in the data folder. */
  readonly secretKeys: readonly Uint8Array[]
  readonly steppableClock: boolean
  readonly practice: {
    readonly on: boolean
    readonly url: string | undefined
    /** Where the practice world's Gmail publishes notices; without it, it is looked at only. */
    readonly push: PushTopic | undefined
    /** It publishes to where our web process listens, without anything that had to be made. */
    readonly pushesHere: boolean
  }
  /** The OAuth app at Google; undefined until an administrator made one. */
  readonly google: { readonly id: string; readonly secret: string } | undefined
  /** Where Gmail publishes notices of new mail, and who delivers them. */
  readonly googlePush: PushTopic | undefined
  /** Seconds between two looks at a mailbox, whatever else is known; undefined: as often as it is busy. */
  readonly pollSeconds: number | undefined
  /** Connections to mail servers that a process keeps open at most, to be told of new mail; 0: none. */
  readonly imapConnections: number
  /** Mail servers in private networks may be named by whoever connects a mailbox. */
  readonly privateMailServers: boolean
  /** Where one signs in for mail over IMAP and SMTP, where an operator named such a provider. */
  readonly mailSignIn: MailSignIn | undefined
  /** The app registration at Microsoft, for whom (everybody, or one organisation), and in which cloud. */
  readonly microsoft: MicrosoftApp | undefined
  readonly log: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  readonly production: boolean
}
export type ConfigProblem = { readonly variable: string; readonly sentence: string }
export type Environment = Readonly<Record<string, string | undefined>>

export const defaultPort = 3210

/** Reads an environment and the command line after the program's name. */
export function readConfig(
  env: Environment = process.env,
  args: readonly string[] = process.argv.slice(2),
): Config | readonly ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const problem = (variable: string, sentence: string) => {
    problems.push({ variable, sentence })
  }
  const production = env['NODE_ENV'] === 'production'

  function one<T extends string>(
    variable: string,
    text: string | undefined,
    allowed: readonly T[],
    otherwise: T,
  ): T {
    if (text === undefined || text === '') return otherwise
    const found = allowed.find((value) => value === text)
    if (found === undefined) problem(variable, `must be one of ${allowed.join(', ')}, not "${text}".`)
    return found ?? otherwise
  }

  function onOff(variable: string, otherwise: boolean): boolean {
    const text = env[variable]
    if (text === undefined || text === '') return otherwise
    if (['1', 'on', 'true', 'yes'].includes(text)) return true
    if (!['0', 'off', 'false', 'no'].includes(text)) problem(variable, `must be on or off, not "${text}".`)
    return false
  }

  function url(variable: string, protocols: readonly string[]): string | undefined {
    const text = env[variable]
    if (text === undefined || text === '') return undefined
    const parsed = URL.parse(text)
    if (parsed !== null && protocols.includes(parsed.protocol)) return text
    problem(variable, `must be a URL that starts with ${protocols.map((each) => `${each}//`).join(' or ')}.`)
    return undefined
  }

  function origin(variable: string): string | undefined {
    const text = url(variable, ['https:', 'http:'])
    if (text === undefined) return undefined
    const parsed = new URL(text)
    if (parsed.pathname !== '/' || parsed.search !== '' || parsed.hash !== '') {
      problem(variable, 'must be an origin without a path, such as https://kontor.example.')
    }
    return parsed.origin
  }

  function port(): Config['port'] {
    const text = env['PORT']
    if (text === undefined || text === '') return { number: defaultPort, chosen: false }
    const number = Number(text)
    if (!Number.isInteger(number) || number < 0 || number > 65_535) {
      problem('PORT', `must be a port number from 0 to 65535, not "${text}".`)
    }
    return { number, chosen: true }
  }

  function secretKeys(): readonly Uint8Array[] {
    const texts = (env['KONTOR_SECRET_KEY'] ?? '').split(',').filter((text) => text !== '')
    const keys = texts.map((text) => Buffer.from(text, 'base64'))
    if (keys.some((key) => key.length < 32)) {
      problem(
        'KONTOR_SECRET_KEY',
        'must be at least 32 random bytes in base64 (openssl rand -base64 32); after a comma, older ones that may still open.',
      )
    }
    return keys
  }

  function client(name: 'GOOGLE' | 'MICROSOFT'): Config['google'] {
    const [idName, secretName] = [`${name}_CLIENT_ID`, `${name}_CLIENT_SECRET`]
    const [id = '', secret = ''] = [env[idName], env[secretName]]
    if (id !== '' && secret !== '') return { id, secret }
    if (id !== '') problem(secretName, `is missing beside ${idName}.`)
    if (secret !== '') problem(idName, `is missing beside ${secretName}.`)
    return undefined
  }

  function push(name: 'GOOGLE' | 'PRACTICE'): PushTopic | undefined {
    const [topicName, accountName] = [`${name}_PUSH_TOPIC`, `${name}_PUSH_ACCOUNT`]
    const [topic = '', account = ''] = [env[topicName], env[accountName]]
    const audience = env[`${name}_PUSH_AUDIENCE`] ?? ''
    if (topic === '' && account === '') return undefined
    if (!/^projects\/[^/\s]+\/topics\/[^/\s]+$/.test(topic))
      problem(topicName, 'must be the full name of a Pub/Sub topic, such as projects/kontor/topics/gmail.')
    if (!/^[^@\s]+@[^@\s]+$/.test(account))
      problem(accountName, `must be the address of the service account that delivers ${topicName}.`)
    return { topic, account, ...(audience === '' ? {} : { audience }) }
  }

  function wholeNumber(variable: string, least: number, most: number): number | undefined {
    const text = env[variable] ?? ''
    if (text === '') return undefined
    const number = Number(text)
    if (!Number.isInteger(number) || number < least || number > most)
      problem(variable, `must be a whole number from ${least} to ${most}, not "${text}".`)
    return number
  }

  function microsoft(): Config['microsoft'] {
    const app = client('MICROSOFT')
    const tenant = env['MICROSOFT_TENANT'] ?? ''
    if (tenant !== '' && !/^[a-z0-9][a-z0-9.-]*$/i.test(tenant)) {
      problem(
        'MICROSOFT_TENANT',
        'must be common, organizations, consumers, or the id or domain of one organisation.',
      )
    }
    const cloud = one(
      'MICROSOFT_CLOUD',
      env['MICROSOFT_CLOUD'],
      ['global', 'gcc-high', 'dod', 'china'],
      'global',
    )
    return app === undefined ? undefined : { ...app, tenant: tenant === '' ? 'common' : tenant, cloud }
  }

  const roleText = args.find((arg) => arg.startsWith('--role='))?.slice('--role='.length)
  const config: Config = {
    role: one('--role', roleText, ['all', 'web', 'worker', 'migrate'], 'all'),
    port: port(),
    dataFolder: resolve(env['KONTOR_DATA'] ?? 'data'),
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:']),
    databaseUrlDirect: url('DATABASE_URL_DIRECT', ['postgres:', 'postgresql:']),
    publicUrl: origin('PUBLIC_URL'),
    secretKeys: secretKeys(),
    steppableClock: onOff('KONTOR_STEPPABLE_CLOCK', false),
    practice: {
      on: onOff('KONTOR_PRACTICE', !production),
      url: origin('PRACTICE_URL'),
      push: push('PRACTICE'),
      pushesHere: onOff('PRACTICE_PUSH', false),
    },
    google: client('GOOGLE'),
    googlePush: push('GOOGLE'),
    pollSeconds: wholeNumber('KONTOR_POLL_SECONDS', 1, 540),
    imapConnections: wholeNumber('KONTOR_IMAP_CONNECTIONS', 0, 5000) ?? 200,
    microsoft: microsoft(),
    privateMailServers: onOff('KONTOR_PRIVATE_MAIL_SERVERS', false),
    mailSignIn: readMailSignIn(env, problem),
    log: one('KONTOR_LOG', env['KONTOR_LOG'], ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
    production,
  }
  return problems.length === 0 ? config : problems
}

/** The problems as text for a person at a terminal. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
  return problems.map(({ variable, sentence }) => `${variable} ${sentence}`).join('\n')
}
