/**
 * A mail server for tests, on a port of its own: speaks SMTP (RFC 5321) with AUTH PLAIN (RFC 4954) and STARTTLS
 * (RFC 3207), keeps what it takes, and misbehaves as it is told. Its certificate is signed by itself.
 */
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface SmtpServer extends AsyncDisposable {
  readonly port: number
  readonly received: readonly { readonly from: string; readonly to: string; readonly raw: string }[]
}

export interface TakenMail {
  readonly from: string
  readonly to: string
  /** One character for each byte. */
  readonly raw: string
}

export interface SmtpTraits {
  readonly tls?: 'from the first byte' | 'starttls' | 'none'
  /** `user:password`, or who may; without it nobody has to sign in. */
  readonly login?: string | ((user: string, password: string) => boolean)
  /** Answers instead of the usual ones, by command. */
  readonly answers?: Readonly<Record<string, string>>
  /** Carries a mail on before it is answered for; or breaks off instead of answering. */
  readonly carry?: (mail: TakenMail) => Promise<'answer' | 'cut'>
}

const pem = (name: string) => readFileSync(fileURLToPath(new URL(`../../testdata/${name}`, import.meta.url)))

/** Listens on a free port of this machine until it is disposed. */
export async function startSmtpServer(traits: SmtpTraits = {}): Promise<SmtpServer> {
  const received: { from: string; to: string; raw: string }[] = []
  const sockets = new Set<Socket>()
  const talk = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    converse(socket, traits, received)
  }
  const keys = { key: pem('mail-server.key.pem'), cert: pem('mail-server.cert.pem') }
  const server =
    traits.tls === 'from the first byte'
      ? createTlsServer(keys, talk).on('tlsClientError', () => {})
      : createServer(talk)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    received,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  function converse(
    first: Socket,
    { tls = 'none', login, answers = {} }: SmtpTraits,
    mails: { from: string; to: string; raw: string }[],
  ): void {
    let socket = first
    let pending = ''
    let from = ''
    let to = ''
    let raw: string | undefined
    let signedIn = login === undefined
    const say = (line: string) => socket.write(`${line}\r\n`)

    function hear(chunk: Buffer): void {
      pending += chunk.toString('latin1')
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end)
        pending = pending.slice(end + 2)
        if (raw === undefined) obey(line)
        else take(line)
      }
    }
    function take(line: string): void {
      if (line !== '.') raw += `${line.replace(/^\./, '')}\r\n`
      else {
        const mail = { from, to, raw: raw ?? '' }
        mails.push(mail)
        raw = undefined
        void carried(mail)
      }
    }
    async function carried(mail: TakenMail): Promise<void> {
      if ((await traits.carry?.(mail)) === 'cut') socket.destroy()
      else say(answers['message'] ?? '250 taken')
    }
    function obey(line: string): void {
      const command = /^[A-Z]+/i.exec(line)?.[0].toUpperCase() ?? ''
      const told = answers[command]
      if (told !== undefined) say(told)
      else if (command === 'EHLO') greet()
      else if (command === 'STARTTLS' && tls === 'starttls') secure()
      else if (command === 'AUTH') signIn(line)
      else if (command === 'MAIL' && !signedIn) say('530 5.7.0 Authentication required')
      else if (command === 'MAIL') keep(() => (from = bracketed(line)))
      else if (command === 'RCPT') keep(() => (to = bracketed(line)))
      else if (command === 'DATA') {
        raw = ''
        say('354 go on')
      } else if (command === 'QUIT') socket.end('221 bye\r\n')
      else say('502 not known')
    }
    function keep(note: () => void): void {
      note()
      say('250 fine')
    }
    function greet(): void {
      const offers = [
        ...(tls === 'starttls' && !(socket instanceof TLSSocket) ? ['STARTTLS'] : []),
        ...(login === undefined ? [] : ['AUTH PLAIN']),
        'SIZE 10000000',
      ]
      const lines = ['mail.kontor.test', ...offers]
      socket.write(lines.map((text, i) => `250${i === lines.length - 1 ? ' ' : '-'}${text}\r\n`).join(''))
    }
    function signIn(line: string): void {
      const [, user = '', password = ''] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0')
      signedIn = typeof login === 'function' ? login(user, password) : login === `${user}:${password}`
      say(signedIn ? '235 welcome' : '535 5.7.8 Username and Password not accepted')
    }
    function secure(): void {
      say('220 go on')
      socket.removeListener('data', hear)
      const wrapped = new TLSSocket(socket, { isServer: true, ...keys })
      wrapped.on('error', () => wrapped.destroy())
      socket = wrapped
      socket.on('data', hear)
    }

    socket.on('data', hear)
    say(answers['greeting'] ?? '220 mail.kontor.test ESMTP')
  }
}

function bracketed(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? ''
}
