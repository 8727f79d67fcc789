/**
 * Puts the practice world together and serves it on 127.0.0.1: Google's sign-in under /google, Gmail under /gmail and /upload,
 * Microsoft's sign-in under /microsoft, Graph under /graph, SMTP and IMAP on ports of their own, control under /control, pages under /. Tests start it here on a folder of their own with a time of their own.
 */
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type ServerType, createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { type Clock, type RealTime, machineTime, practiceClock } from './clock.ts'
import { controlRoutes } from './control/control.ts'
import { Faults } from './faults.ts'
import { publishChange } from './google/gmail-watch.ts'
import { gmailRoutes } from './google/gmail.ts'
import { identityRoutes } from './google/identity.ts'
import { openSigning, signPushToken } from './google/signing.ts'
import { isLoopback } from './loopback.ts'
import { notifySubscribers } from './microsoft/graph-notifications.ts'
import { graphRoutes } from './microsoft/graph.ts'
import { officeIdentityRoutes } from './microsoft/identity.ts'
import { switchRoutes } from './pages/switches.ts'
import { pageRoutes } from './pages/world.ts'
import { postOAuthRoutes } from './mail-server/oauth.ts'
import { startMailServer } from './mail-server/server.ts'
import { People } from './people/acting.ts'
import { Outbound } from './outbound.ts'
import { PACES } from './people/pace.ts'
import { seedCast } from './seed/cast.ts'
import { Store } from './store/store.ts'
import { Delivery } from './world/delivery.ts'
import { Due } from './world/due.ts'
import { Pushes } from './world/pushes.ts'

export interface PracticeOptions {
  /** Folder of `practice.sqlite`; created when missing. */
  readonly folder: string
  /** 0 or undefined: a free port. */
  readonly port?: number | undefined
  readonly seed?: 'cast' | 'none'
  readonly allowReset?: boolean
  /** People act by themselves from the first start on; later starts keep what was set meanwhile. */
  readonly act?: boolean
  readonly real?: RealTime
}

export interface Practice extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly clock: Clock
}

/** Starts the practice world. Rejects with EADDRINUSE when the port is taken. */
export async function startPractice(options: PracticeOptions): Promise<Practice> {
  mkdirSync(options.folder, { recursive: true })
  const real = options.real ?? machineTime
  const store = new Store(join(options.folder, 'practice.sqlite'))
  const clock = practiceClock(store, real)
  const due = new Due(store, clock, real)
  const queue = new Due(store, clock, real, 'outbound')
  const faults = new Faults(store)
  const delivery = new Delivery({ store, clock, due, faults })
  const people = new People({ store, clock, due, delivery })
  const stopping = new AbortController()
  if (options.seed !== 'none') await seedCast({ store, clock, delivery })
  if (options.act === true && !people.decided)
    people.setActing({ ...people.acting, on: true, pace: PACES.minutes })

  const app = new Hono()
  const server = createAdaptorServer({ fetch: app.fetch })
  const port = await listen(server, options.port ?? 0).catch((failure: unknown) => {
    store[Symbol.dispose]()
    throw failure
  })
  const url = `http://127.0.0.1:${port}`
  const reset = async (seed: 'cast' | 'none'): Promise<void> => {
    store.empty(['signing.jwk', 'port.smtp', 'port.imap'])
    faults.clear()
    clock.setOffset(0)
    people.reload()
    if (seed === 'cast') await seedCast({ store, clock, delivery })
  }
  app.use(async (c, next) => {
    if (!isLoopback(c.req.url)) return c.text('The practice world answers on loopback only.', 421)
    const origin = c.req.header('origin')
    if (origin !== undefined && !isLoopback(origin)) return c.text('Other pages may not write here.', 403)
    await next()
    return undefined
  })
  const signing = await openSigning(store)
  app.route('/google', identityRoutes({ store, clock, signing, faults, issuer: `${url}/google` }))
  const outbound = new Outbound({ real, stopping: stopping.signal })
  const pushes = new Pushes({
    store,
    clock,
    faults,
    outbound,
    queue,
    sign: (serviceAccount, audience) =>
      signPushToken({ signing, clock, issuer: `${url}/google` }, { serviceAccount, audience }),
  })
  delivery.onChange((change) => {
    publishChange({ store, clock, faults, pushes }, change)
    notifySubscribers({ store, clock, faults, pushes }, change)
  })
  app.route(
    '/microsoft',
    officeIdentityRoutes({ store, clock, signing, faults, authority: `${url}/microsoft` }),
  )
  app.route(
    '/graph',
    graphRoutes({ store, clock, real, delivery, faults, outbound, stopping: stopping.signal }),
  )
  app.route('/', gmailRoutes({ store, clock, real, delivery, faults, pushes, stopping: stopping.signal }))
  app.route(
    '/control',
    controlRoutes({
      store,
      clock,
      queues: [due, queue],
      due,
      faults,
      delivery,
      people,
      pushes,
      reset: options.allowReset === true ? reset : undefined,
    }),
  )
  const mailServer = await startMailServer({
    store,
    clock,
    real,
    delivery,
    faults,
    stopping: stopping.signal,
  })
  app.route('/post/oauth', postOAuthRoutes({ store, clock, signing, faults, issuer: `${url}/post` }))
  app.get('/post/servers', (c) =>
    c.json({
      smtp: mailServer.smtpPort,
      imap: mailServer.imapPort,
      filesSent: faults.behaviour.mailServerFilesSent,
    }),
  )
  app.route('/', switchRoutes({ store, clock, faults, pushes }))
  app.route('/', pageRoutes({ store, clock, delivery, people }))
  due.wake()
  queue.wake()

  return {
    url,
    port,
    clock,
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await mailServer[Symbol.asyncDispose]()
      await close(server)
      await due[Symbol.asyncDispose]()
      await queue[Symbol.asyncDispose]()
      store[Symbol.dispose]()
    },
  }
}

async function listen(server: ServerType, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

async function close(server: ServerType): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}
