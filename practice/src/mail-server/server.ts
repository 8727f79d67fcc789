/**
 * The practice mail server: SMTP and IMAP on 127.0.0.1, each on a port of its own that is kept over a restart while it is
 * free. Where they are is told under /post/servers.
 */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { Holding } from '../hold.ts'
import type { Store } from '../store/store.ts'
import { serveImap } from './imap.ts'
import type { MailServerParts } from './parts.ts'
import { serveSmtp } from './smtp.ts'
import { Wire } from './wire.ts'

export interface MailServer extends AsyncDisposable {
  readonly smtpPort: number
  readonly imapPort: number
}

export async function startMailServer(parts: MailServerParts & Holding): Promise<MailServer> {
  const sockets = new Set<Socket>()
  const serving = (talk: (wire: Wire) => Promise<void>): Server =>
    createServer({ noDelay: true }, (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      talk(new Wire(socket)).catch((failure: unknown) => {
        socket.destroy()
        process.stderr.write(`${String(failure)}\n`)
      })
    })
  const smtp = serving((wire) => serveSmtp(parts, wire))
  const imap = serving((wire) => serveImap(parts, wire))
  const smtpPort = await listenOnKept(parts.store, smtp, 'port.smtp')
  const imapPort = await listenOnKept(parts.store, imap, 'port.imap')
  return {
    smtpPort,
    imapPort,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await Promise.all([smtp, imap].map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

async function listenOnKept(store: Store, server: Server, setting: string): Promise<number> {
  const kept = Number(store.setting(setting) ?? '0')
  const port = await listen(server, kept).catch((failure: unknown) => {
    if (kept === 0) throw failure
    return listen(server, 0)
  })
  store.keep(setting, String(port))
  return port
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port')
  return address.port
}
