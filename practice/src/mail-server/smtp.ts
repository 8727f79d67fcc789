/**
 * Submission (RFC 6409 over RFC 5321) on the loopback interface, without TLS: nothing leaves the machine, and a certificate
 * made here would only teach clients to trust one that nobody vouches for. Takes AUTH PLAIN (RFC 4954) and nothing without
 * it; the envelope decides who receives; the bytes stay as they came.
 */
import { afterwards, cutBefore } from '../afterwards.ts'
import { spoken } from '../calls.ts'
import { CutConnectionError } from '../faults.ts'
import { hold, type Holding } from '../hold.ts'
import { InputError } from '../json.ts'
import { addressKey, isAddress, isPracticeAddress } from '../mime/addresses.ts'
import { recordCall } from '../records.ts'
import type { Account } from '../store/accounts.ts'
import type { MailServerParts } from './parts.ts'
import { type Mechanism, bearerAccount, bearerCredentials, challenge, mechanismNamed } from './bearer.ts'
import { plainCredentials, signedIn } from './passwords.ts'
import type { Wire } from './wire.ts'

/** 25 MiB. */
const MOST_BYTES = 26_214_400
const SENDING = spoken('smtp.send')
const SIGNING_IN = spoken('smtp.auth')
const MOST_RECIPIENTS = 100
const LINE_END = '\r\n'

/** Talks until the client leaves. */
export async function serveSmtp(parts: MailServerParts & Holding, wire: Wire): Promise<void> {
  let account: Account | undefined
  let from: string | undefined
  let to: string[] = []

  async function obey(line: string): Promise<string> {
    const [verb, rest] = split(line)
    switch (verb) {
      case 'EHLO':
      case 'HELO':
        return [
          '250-smtp.post.practice.example',
          `250-AUTH PLAIN XOAUTH2${parts.faults.behaves('mailServerOAuthBearer', '', SIGNING_IN) ? ' OAUTHBEARER' : ''}`,
          '250-8BITMIME',
          `250 SIZE ${mostBytes()}`,
        ].join(LINE_END)
      case 'AUTH':
        return await signIn(rest)
      case 'MAIL':
        return sender(rest)
      case 'RCPT':
        return recipient(rest)
      case 'DATA':
        return await message()
      case 'RSET':
        from = undefined
        to = []
        return '250 2.0.0 fine'
      case 'NOOP':
        return '250 2.0.0 fine'
      default:
        return '502 5.5.1 not known'
    }
  }

  function mostBytes(): number {
    const ordered = parts.faults.behaves('mostMailBytes', account?.key ?? '', SENDING)
    return ordered === 0 ? MOST_BYTES : ordered
  }

  async function signIn(rest: string): Promise<string> {
    const [mechanism = '', given] = rest.split(' ')
    const bearer = mechanismNamed(mechanism)
    if (bearer === undefined && mechanism.toUpperCase() !== 'PLAIN')
      return '504 5.5.4 another mechanism, please'
    if (given === undefined) wire.say('334 ')
    if (bearer !== undefined) return await signInWithToken(bearer, given ?? (await wire.line()) ?? '')
    const { user, password } = plainCredentials(given ?? (await wire.line()) ?? '')
    account = signedIn(parts.store, user, password)
    if (account === undefined) return '535 5.7.8 User name or password not accepted'
    return welcome(account)
  }

  async function signInWithToken(mechanism: Mechanism, said: string): Promise<string> {
    const { user, token } = bearerCredentials(mechanism, said)
    const found = bearerAccount(parts, token, 'smtp')
    account = found?.key === addressKey(user) ? found : undefined
    if (account !== undefined) return welcome(account)
    wire.say(`334 ${challenge(mechanism)}`)
    await wire.line()
    return '535 5.7.8 The token is not accepted'
  }

  function welcome({ key }: Account): string {
    const fail = parts.faults.strike('fail', key, { call: SIGNING_IN, usual: SENDING.name })
    if (fail === undefined) return '235 2.7.0 welcome'
    account = undefined
    return fail.status === 0 ? cut() : `${fail.status} ${String(fail.status)[0]}.7.0 as it was ordered`
  }

  function sender(rest: string): string {
    if (account === undefined) return '530 5.7.0 Authentication required'
    if (Number(/ SIZE=(\d+)/i.exec(rest)?.[1] ?? 0) > mostBytes()) return '552 5.3.4 Message too big'
    const ordered = orderedRefusal(account)
    if (ordered !== undefined) return ordered
    from = bracketed(rest)
    if (addressKey(from) !== account.key) return `553 5.7.1 ${from} is not yours to send from`
    to = []
    return '250 2.1.0 fine'
  }

  function orderedRefusal({ key }: Account): string | undefined {
    const { faults, clock } = parts
    const throttle = faults.strike('throttle', key, {
      call: SENDING,
      fits: (fault) => fault.until > clock.now(),
    })
    if (throttle !== undefined) return '451 4.7.1 Too many messages, try again later'
    const fail = faults.strike('fail', key, { call: SENDING })
    if (fail?.status === 0) return cut()
    return fail === undefined ? undefined : `${fail.status} ${String(fail.status)[0]}.0.0 as it was ordered`
  }

  function recipient(rest: string): string {
    const address = bracketed(rest)
    if (from === undefined) return '503 5.5.1 MAIL first'
    if (!isAddress(address)) return '553 5.1.3 no address'
    if (!isPracticeAddress(address))
      return `550 5.7.1 practice mail stays inside: ${address} is no practice address`
    if (to.length >= MOST_RECIPIENTS) return '452 4.5.3 too many recipients'
    to.push(addressKey(address))
    return '250 2.1.5 fine'
  }

  async function message(): Promise<string> {
    if (account === undefined || from === undefined || to.length === 0) return '503 5.5.1 RCPT first'
    wire.say('354 go on')
    const raw = await readMessage(wire)
    if (raw === undefined) return ''
    if (raw.length > mostBytes()) return '552 5.3.4 Message too big'
    const { store, clock, faults, delivery } = parts
    const answering = { mailbox: account.key, call: SENDING, usual: SENDING.name }
    cutBefore(faults, answering)
    const { message: kept } = delivery.accept(account, raw, {
      source: 'mail',
      recipients: to,
      call: SENDING,
    })
    recordCall(store, {
      at: clock.now(),
      mailbox: account.key,
      method: 'smtp.send',
      ids: [kept.id],
      threadIds: [kept.threadId],
      format: '',
      fields: [],
      scopes: [],
      status: 250,
    })
    from = undefined
    const then = afterwards(faults, answering).afterwards
    if (then === 'cut') return cut()
    if (then !== undefined) await hold(parts, then.stallMs, parts.stopping)
    return `250 2.0.0 taken as ${kept.id}`
  }

  function cut(): string {
    wire.cut()
    return ''
  }

  wire.say('220 smtp.post.practice.example ESMTP')
  for (let line = await wire.line(); line !== undefined; line = await wire.line()) {
    if (/^QUIT/i.test(line)) {
      wire.say('221 2.0.0 bye')
      break
    }
    const answer = await obey(line).catch((failure: unknown) => {
      if (failure instanceof CutConnectionError) return cut()
      if (failure instanceof InputError) return `554 5.6.0 ${failure.message}`
      throw failure
    })
    if (answer !== '') wire.say(answer)
  }
  wire.close()
}

/** Up to the lone dot, with the doubled ones undone (RFC 5321 §4.5.2). */
async function readMessage(wire: Wire): Promise<Buffer | undefined> {
  const lines: string[] = []
  for (;;) {
    const line = await wire.line()
    if (line === undefined) return undefined
    if (line === '.') return Buffer.from(lines.map((each) => each + LINE_END).join(''), 'latin1')
    lines.push(line.startsWith('.') ? line.slice(1) : line)
  }
}

function split(line: string): readonly [string, string] {
  const space = line.indexOf(' ')
  return space === -1 ? [line.toUpperCase(), ''] : [line.slice(0, space).toUpperCase(), line.slice(space + 1)]
}

function bracketed(rest: string): string {
  return /<([^>]*)>/.exec(rest)?.[1] ?? ''
}
