/**
 * IMAP4rev1 (RFC 3501), as much of it as a mail program needs to look for new mail, read one, and file its own: LOGIN,
 * AUTHENTICATE PLAIN, LIST with special use, STATUS, SELECT, UID SEARCH, UID FETCH, APPEND, and IDLE (RFC 2177), which tells
 * of mail in the open folder unless a fault loses it or cuts the connection. No TLS and loopback only, as SMTP beside it. Every FETCH is recorded with the headers and bodies that really went out. Nothing can be changed or
 * deleted; flags are not kept.
 */
import { type MailServerCall, spoken } from '../calls.ts'
import { isoTime } from '../clock.ts'
import type { CallRecord } from '../records.ts'
import { recordCall } from '../records.ts'
import type { Account } from '../store/accounts.ts'
import type { MailFolder } from './folders.ts'
import { MAIL_FOLDERS, folderCount, folderMessages, folderNamed, uidNext, uidValidity } from './folders.ts'
import { fetchAnswer } from './imap-fetch.ts'
import { searchTest, uidRange } from './imap-search.ts'
import type { Command, Word } from './imap-words.ts'
import { listOf, readCommand, textOf } from './imap-words.ts'
import { addressKey } from '../mime/addresses.ts'
import { type Mechanism, bearerAccount, bearerCredentials, challenge, mechanismNamed } from './bearer.ts'
import { plainCredentials, signedIn } from './passwords.ts'
import type { MailServerParts } from './parts.ts'
import type { Wire } from './wire.ts'

const CAPABILITIES = 'IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR LITERAL+ UIDPLUS SPECIAL-USE'
const IDLING = spoken('imap.idle')
const SIGNING_IN = spoken('imap.login')
/** An order that names no operation is about sending. */
const USUAL = 'smtp.send'
const OPERATIONS: ReadonlyMap<string, MailServerCall> = new Map([
  ['LIST', 'imap.list'],
  ['LSUB', 'imap.list'],
  ['STATUS', 'imap.select'],
  ['SELECT', 'imap.select'],
  ['EXAMINE', 'imap.select'],
  ['APPEND', 'imap.append'],
  ['SEARCH', 'imap.search'],
  ['FETCH', 'imap.fetch'],
])
const LINE_END = '\r\n'

/** Talks until the client leaves. */
export async function serveImap(parts: MailServerParts, wire: Wire): Promise<void> {
  const { store, clock } = parts
  let account: Account | undefined
  /** Whether what was shown when signing in is still good. */
  let stillGood = (): boolean => true
  let folder: MailFolder | undefined
  let told = 0

  const capabilities = (): string =>
    [
      CAPABILITIES,
      ...(parts.faults.behaves('mailServerIdles', account?.key ?? '', IDLING) ? ['IDLE'] : []),
      ...(parts.faults.behaves('mailServerOAuthBearer', account?.key ?? '', SIGNING_IN)
        ? ['AUTH=OAUTHBEARER']
        : []),
    ].join(' ')

  /** The closing line of a command, without its tag. */
  async function obey({ words }: Command): Promise<string> {
    const [verb, ...rest] = words
    const name = textOf(verb).toUpperCase()
    switch (name) {
      case 'CAPABILITY':
        wire.say(`* CAPABILITY ${capabilities()}`)
        return 'OK done'
      case 'NOOP':
        if (account !== undefined && folder !== undefined) tell(account, folder)
        return 'OK done'
      case 'LOGIN':
        return signIn(textOf(rest[0]), textOf(rest[1]))
      case 'AUTHENTICATE':
        return await authenticate(rest)
      default:
        break
    }
    if (account === undefined) return 'BAD sign in first'
    const operation = OPERATIONS.get(name === 'UID' ? textOf(rest[0]).toUpperCase() : name)
    const call = operation === undefined ? undefined : spoken(operation)
    const fail = call && parts.faults.strike('fail', account.key, { call, usual: USUAL })
    if (fail !== undefined) return fail.status === 0 ? cut() : 'NO [UNAVAILABLE] as it was ordered'
    switch (name) {
      case 'LIST':
      case 'LSUB':
        return list(name, textOf(rest[1]))
      case 'STATUS':
        return status(account, textOf(rest[0]), listOf(rest[1]).map(textOf))
      case 'SELECT':
      case 'EXAMINE':
        return select(account, textOf(rest[0]), name)
      case 'CLOSE':
      case 'UNSELECT':
        folder = undefined
        return 'OK done'
      case 'IDLE':
        if (!parts.faults.behaves('mailServerIdles', account.key, IDLING)) return 'BAD not known'
        return folder === undefined ? 'BAD select first' : await idle(account, folder)
      case 'APPEND':
        return append(account, rest)
      case 'UID':
        return folder === undefined ? 'BAD select first' : numbered(account, folder, rest)
      default:
        return 'BAD not known'
    }
  }

  function cut(): string {
    wire.cut()
    return ''
  }

  async function authenticate([mechanism, given]: readonly Word[]): Promise<string> {
    const bearer = mechanismNamed(textOf(mechanism))
    if (bearer !== undefined) return await signInWithToken(bearer, given)
    if (textOf(mechanism).toUpperCase() !== 'PLAIN') return 'NO [CANNOT] another mechanism, please'
    if (given === undefined) wire.say('+ ')
    const sasl = plainCredentials(given === undefined ? ((await wire.line()) ?? '') : textOf(given))
    return signIn(sasl.user, sasl.password)
  }

  function signIn(user: string, given: string): string {
    account = signedIn(store, user, given)
    stillGood = () => signedIn(store, user, given) !== undefined
    return welcome('NO [AUTHENTICATIONFAILED] User name or password not accepted')
  }

  async function signInWithToken(mechanism: Mechanism, given: Word | undefined): Promise<string> {
    if (given === undefined) wire.say('+ ')
    const said = given === undefined ? ((await wire.line()) ?? '') : textOf(given)
    const { user, token } = bearerCredentials(mechanism, said)
    stillGood = () => bearerAccount(parts, token, 'imap')?.key === addressKey(user)
    account = stillGood() ? bearerAccount(parts, token, 'imap') : undefined
    if (account === undefined) {
      wire.say(`+ ${challenge(mechanism)}`)
      await wire.line()
    }
    return welcome('NO [AUTHENTICATIONFAILED] The token is not accepted')
  }

  function welcome(refusal: string): string {
    if (account === undefined) return refusal
    const meeting = { call: SIGNING_IN, usual: USUAL }
    const fail = parts.faults.strike('fail', account.key, meeting)
    if (fail !== undefined) {
      account = undefined
      return fail.status === 0 ? cut() : 'NO [UNAVAILABLE] as it was ordered'
    }
    const throttle = parts.faults.strike('throttle', account.key, {
      ...meeting,
      fits: ({ until }) => until > clock.now(),
    })
    if (throttle === undefined) return `OK [CAPABILITY ${capabilities()}] welcome`
    account = undefined
    return 'NO [LIMIT] Too many sign-ins, try again later'
  }

  function list(name: string, pattern: string): string {
    if (pattern === '') {
      wire.say(`* ${name} (\\Noselect) "/" ""`)
      return 'OK done'
    }
    for (const each of MAIL_FOLDERS) {
      if (pattern !== '*' && pattern !== '%' && pattern !== each.name) continue
      wire.say(
        `* ${name} (${['\\HasNoChildren', each.use].filter((flag) => flag !== '').join(' ')}) "/" "${each.name}"`,
      )
    }
    return 'OK done'
  }

  function status({ key }: Account, name: string, wanted: readonly string[]): string {
    const found = folderNamed(name)
    if (found === undefined) return 'NO [NONEXISTENT] no such folder'
    const figures: Record<string, number> = {
      MESSAGES: folderCount(store, key, found),
      UIDNEXT: uidNext(store),
      UIDVALIDITY: uidValidity(store, key),
      UNSEEN: 0,
      RECENT: 0,
    }
    const shown = wanted
      .filter((each) => each.toUpperCase() in figures)
      .map((each) => `${each} ${figures[each.toUpperCase()]}`)
    wire.say(`* STATUS "${found.name}" (${shown.join(' ')})`)
    return 'OK done'
  }

  function select({ key }: Account, name: string, verb: string): string {
    folder = folderNamed(name)
    if (folder === undefined) return 'NO [NONEXISTENT] no such folder'
    const count = folderCount(store, key, folder)
    told = count
    wire.say(
      [
        '* FLAGS (\\Seen)',
        `* ${count} EXISTS`,
        '* 0 RECENT',
        `* OK [UIDVALIDITY ${uidValidity(store, key)}] valid`,
        `* OK [UIDNEXT ${uidNext(store)}] next`,
      ].join(LINE_END),
    )
    return `OK [${verb === 'EXAMINE' ? 'READ-ONLY' : 'READ-WRITE'}] done`
  }

  /** How many there are now, if there are more than were told. */
  function tell({ key }: Account, open: MailFolder): void {
    const count = folderCount(store, key, open)
    if (count <= told) return
    told = count
    wire.say(`* ${count} EXISTS`)
  }

  async function idle(of: Account, open: MailFolder): Promise<string> {
    wire.say('+ idling')
    tell(of, open)
    const callOff = parts.delivery.onChange(({ message }) => {
      if (message.account !== of.key || parts.faults.strike('pushLost', of.key) !== undefined) return
      if (parts.faults.strike('fail', of.key, { call: IDLING, usual: USUAL }) !== undefined) wire.cut()
      else tell(of, open)
    })
    try {
      return (await wire.line())?.toUpperCase() === 'DONE' ? 'OK done' : 'BAD DONE ends it'
    } finally {
      callOff()
    }
  }

  function append({ key }: Account, words: readonly Word[]): string {
    const found = folderNamed(textOf(words[0]))
    const last = words.at(-1)
    if (found === undefined) return 'NO [TRYCREATE] no such folder'
    if (typeof last !== 'object' || !('literal' in last)) return 'BAD a literal is needed'
    const filed = parts.delivery.fileOwn({ key }, last.literal, found.labels)
    note(key, { method: 'imap.append', ids: [filed.id], format: found.name, fields: [] })
    return `OK [APPENDUID ${uidValidity(store, key)} ${uidNext(store) - 1}] done`
  }

  function numbered({ key }: Account, selected: MailFolder, [verb, ...rest]: readonly Word[]): string {
    if (textOf(verb).toUpperCase() === 'SEARCH') {
      const messages = folderMessages(store, key, selected)
      const top = messages.at(-1)?.uid ?? 0
      const fits = searchTest(store, key, rest, top)
      const found = messages.filter(fits)
      wire.say(['* SEARCH', ...found.map((each) => each.uid)].join(' '))
      note(key, {
        method: 'imap.search',
        ids: found.map((each) => each.id),
        format: selected.name,
        fields: ['uid'],
      })
      return 'OK done'
    }
    if (textOf(verb).toUpperCase() !== 'FETCH') return 'BAD not known'
    const set = textOf(rest[0])
    const range = uidRange(set)
    const messages = folderMessages(store, key, selected, range)
    const inSet = searchTest(store, key, ['UID', set], messages.at(-1)?.uid ?? 0)
    const before = folderCount(store, key, selected, range[0])
    messages.forEach((message, index) => {
      if (!inSet(message)) return
      const { line, fields } = fetchAnswer(store, key, message, listOf(rest[1]).map(textOf))
      wire.write(
        Buffer.concat([Buffer.from(`* ${before + index + 1} FETCH (`), line, Buffer.from(`)${LINE_END}`)]),
      )
      note(key, { method: 'imap.fetch', ids: [message.id], format: selected.name, fields })
    })
    return 'OK done'
  }

  function note(mailbox: string, call: Pick<CallRecord, 'method' | 'ids' | 'format' | 'fields'>): void {
    recordCall(store, { at: clock.now(), mailbox, threadIds: [], scopes: [], status: 200, ...call })
  }

  wire.say(`* OK [CAPABILITY ${capabilities()}] practice mail server, ${isoTime(clock.now())}`)
  for (let command = await readCommand(wire); command !== undefined; command = await readCommand(wire)) {
    if (textOf(command.words[0]).toUpperCase() === 'LOGOUT') {
      wire.say('* BYE until next time')
      wire.say(`${command.tag} OK done`)
      break
    }
    if (account !== undefined && !stillGood()) {
      wire.say('* BYE sign in again')
      break
    }
    const closing = await obey(command)
    if (closing !== '') wire.say(`${command.tag} ${closing}`)
  }
  wire.close()
}
