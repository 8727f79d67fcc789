/**
 * The settings of the server over HTTP, outside any workspace: for those who steer it. Secrets come in and never go out.
 * The support contacts are for everybody signed in.
 */
import * as api from '@kontor/api/server'
import type { Context } from 'hono'
import type { z } from 'zod'
import { brokenField, createRoutes, openRoute, problem, serve } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { deadline } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import { sendSystemMail } from '../platform/system-mail/index.ts'
import type { Actor, Sessions } from '../team/index.ts'
import { readPersonById, serverOwner } from '../team/index.ts'
import { checkAddress } from './check-address.ts'
import { checkSupport } from './check-support.ts'
import type { CheckPushParts } from './check-push.ts'
import { checkPush } from './check-push.ts'
import type { Settings } from './settings.ts'
import type { SettingWish } from './steer.ts'
import { steerServer } from './steer.ts'
import { testMail } from './texts.ts'

export interface InstallationParts extends CheckPushParts {
  readonly database: Database
  readonly sessions: Sessions
  /** Tries our app at a provider, as it is set now. */
  readonly tryApp: (
    provider: 'gmail' | 'microsoft',
    signal: AbortSignal,
  ) => Promise<z.input<typeof api.AppTrial> | undefined>
  /** The redirect address that providers must know. */
  readonly redirectUri: () => string
  /** Where Google is to push notices of new mail. */
  readonly pushUrl: () => string
  /** What was heard at that door since then. */
  readonly pushNotice: (since: Temporal.Instant) => Promise<Pick<z.input<typeof api.PushNotice>, 'verdict'>>
}

const trialMs = 20_000
const apps = { google: 'gmail', microsoft: 'microsoft' } as const

const read = openRoute({
  method: 'get',
  path: '/server',
  summary: 'Settings of the server, without secrets',
  answer: api.ServerSettings,
})
const put = {
  google: openRoute({
    method: 'put',
    path: '/server/google',
    summary: 'Set the app at Google',
    body: api.GoogleApp,
    answer: api.ServerSettings,
  }),
  googlePush: openRoute({
    method: 'put',
    path: '/server/google-push',
    summary: 'Set where Gmail publishes notices of new mail',
    body: api.GooglePush,
    answer: api.ServerSettings,
  }),
  microsoft: openRoute({
    method: 'put',
    path: '/server/microsoft',
    summary: 'Set the app at Microsoft',
    body: api.MicrosoftApp,
    answer: api.ServerSettings,
  }),
  publicAddress: openRoute({
    method: 'put',
    path: '/server/public-address',
    summary: 'Set the address that links begin with',
    body: api.PublicAddress,
    answer: api.ServerSettings,
  }),
  systemMail: openRoute({
    method: 'put',
    path: '/server/system-mail',
    summary: 'Set the mail server for the mails of the system',
    body: api.SystemMail,
    answer: api.ServerSettings,
  }),
  support: openRoute({
    method: 'put',
    path: '/server/support',
    summary: 'Set whom people may ask for help',
    body: api.SupportChange,
    answer: api.ServerSettings,
  }),
}
const clear = openRoute({
  method: 'delete',
  path: '/server/{setting}',
  summary: 'Clear a setting',
  query: api.Cleared,
  answer: api.ServerSettings,
})
const tryAppRoute = openRoute({
  method: 'post',
  path: '/server/{setting}/trial',
  summary: 'Try the app at Google or Microsoft',
  answer: api.AppTrial,
})
const tryPushRoute = openRoute({
  method: 'post',
  path: '/server/google-push/trial',
  summary: 'Ask Gmail to publish its notices',
  answer: api.PushTrial,
})
const noticeRoute = openRoute({
  method: 'get',
  path: '/server/google-push/notice',
  summary: 'What was heard of Gmail since a trial',
  query: api.NoticeAsked,
  answer: api.PushNotice,
})
const check = openRoute({
  method: 'post',
  path: '/server/public-address/check',
  summary: 'Whether an address leads to this Kontor',
  body: api.AddressTyped,
  answer: api.AddressCheck,
})
const checkContacts = openRoute({
  method: 'post',
  path: '/server/support/check',
  summary: 'Whether the support contacts lead anywhere',
  answer: api.SupportCheck,
})
const sendTest = openRoute({
  method: 'post',
  path: '/server/system-mail/test',
  summary: 'Send a test mail to the own address',
  answer: api.MailCheck,
})
const support = openRoute({
  method: 'get',
  path: '/support',
  summary: 'Whom to ask for help',
  answer: api.SupportContacts,
})

export function installationRoutes(parts: InstallationParts): OpenAPIHono<Env> {
  const { database, settings, sessions } = parts
  const routes = createRoutes()

  async function signedIn(c: Context<Env>): Promise<string> {
    const session = await sessions.read(c.req.header('cookie'))
    if (session === undefined) throw problem(401, 'signed_out')
    return session.personId
  }
  async function steerer(c: Context<Env>): Promise<Actor> {
    const actor = await serverOwner(database, await signedIn(c))
    if (actor === undefined) throw problem(403, 'not_server_owner')
    return actor
  }
  const shown = async () => present(await settings.current(), parts)
  async function steer(
    c: Context<Env>,
    wish: SettingWish,
    version: number,
  ): Promise<z.input<typeof api.ServerSettings>> {
    const outcome = await steerServer(parts, await steerer(c), wish, version)
    if (outcome === 'secret_missing') throw brokenField('clientSecret', 'required')
    if (outcome === 'address_unusable') throw brokenField('address', 'address_only_here')
    if (outcome !== 'changed') throw problem(409, outcome)
    return shown()
  }

  serve(routes, read, async (c) => {
    await steerer(c)
    return shown()
  })
  serve(routes, put.google, (c) => {
    const { clientId: id, clientSecret: secret, version } = c.req.valid('json')
    return steer(c, { name: 'google', value: { id, secret } }, version)
  })
  serve(routes, put.googlePush, (c) => {
    const { topic, account, audience, version } = c.req.valid('json')
    const value = { topic, account, ...(audience === '' ? {} : { audience }) }
    return steer(c, { name: 'googlePush', value }, version)
  })
  serve(routes, put.microsoft, (c) => {
    const { clientId: id, clientSecret: secret, tenant, cloud, version } = c.req.valid('json')
    return steer(c, { name: 'microsoft', value: { id, secret, tenant, cloud } }, version)
  })
  serve(routes, put.publicAddress, (c) => {
    const { address, version } = c.req.valid('json')
    return steer(c, { name: 'publicAddress', value: address }, version)
  })
  serve(routes, put.systemMail, (c) => {
    const { fromAddress: from, version, ...server } = c.req.valid('json')
    return steer(c, { name: 'systemMail', value: { ...server, password: server.password, from } }, version)
  })
  serve(routes, put.support, (c) => {
    const { version, ...contacts } = c.req.valid('json')
    return steer(c, { name: 'support', value: contacts }, version)
  })
  serve(routes, clear, (c) => {
    const name = settingOfPath[c.req.valid('param').setting]
    if (name === undefined) throw problem(404, 'not_found')
    return steer(c, { name, value: undefined }, c.req.valid('query').version)
  })
  serve(routes, tryPushRoute, async (c) => {
    await steerer(c)
    const { since, ...trial } = await checkPush(parts)
    return { ...trial, ...(since === undefined ? {} : { since: since.toString() }) }
  })
  serve(routes, noticeRoute, async (c) => {
    await steerer(c)
    const heard = await parts.pushNotice(Temporal.Instant.from(c.req.valid('query').since))
    return { detail: '', ...heard }
  })
  serve(routes, tryAppRoute, async (c) => {
    await steerer(c)
    const provider = apps[c.req.valid('param').setting as keyof typeof apps]
    const trial = provider === undefined ? undefined : await parts.tryApp(provider, deadline(trialMs))
    if (trial === undefined) throw problem(409, 'endpoint_not_configured')
    return trial
  })
  serve(routes, check, async (c) => {
    await steerer(c)
    return checkAddress(parts, c.req.valid('json').address)
  })
  serve(routes, checkContacts, async (c) => {
    await steerer(c)
    const { support: contacts } = await settings.current()
    return { rows: contacts === undefined ? [] : [...(await checkSupport(contacts))] }
  })
  serve(routes, sendTest, async (c) => {
    const actor = await steerer(c)
    const { systemMail } = await settings.current()
    if (systemMail === undefined) throw problem(409, 'system_mail_missing')
    const to = (await database.inSystem((tx) => readPersonById(tx, actor.personId)))?.address ?? ''
    const outcome = await sendSystemMail(systemMail, { to, ...testMail(actor.language, parts.publicUrl()) })
    return outcome.ok ? { verdict: 'sent' as const, detail: '', to } : { ...outcome, to }
  })
  serve(routes, support, async (c) => {
    await signedIn(c)
    return (await settings.current()).support ?? { chatUrl: '', communityUrl: '', adminAddress: '' }
  })
  return routes
}

const settingOfPath: Readonly<Record<string, SettingWish['name']>> = {
  google: 'google',
  'google-push': 'googlePush',
  microsoft: 'microsoft',
  'public-address': 'publicAddress',
  'system-mail': 'systemMail',
  support: 'support',
}

/** What may be seen of the settings: everything but secrets. */
function present(
  settings: Settings,
  { redirectUri, publicUrl, pushUrl }: Pick<InstallationParts, 'redirectUri' | 'publicUrl' | 'pushUrl'>,
): z.input<typeof api.ServerSettings> {
  const { google, googlePush, microsoft, publicAddress, systemMail, support: contacts } = settings
  const { from, versions } = settings
  const { user = '', password = '', host = '', port = 587, security = 'starttls' } = systemMail ?? {}
  return {
    redirectUri: redirectUri(),
    google: { clientId: google?.id ?? '', from: from.google, version: versions.google },
    googlePush: {
      topic: googlePush?.topic ?? '',
      account: googlePush?.account ?? '',
      audience: googlePush?.audience ?? '',
      pushUrl: pushUrl(),
      from: from.googlePush,
      version: versions.googlePush,
    },
    microsoft: {
      clientId: microsoft?.id ?? '',
      tenant: microsoft?.tenant ?? 'common',
      cloud: microsoft?.cloud ?? 'global',
      from: from.microsoft,
      version: versions.microsoft,
    },
    publicAddress: {
      address: publicAddress ?? '',
      otherwise: publicUrl(),
      from: from.publicAddress,
      version: versions.publicAddress,
    },
    systemMail: {
      host,
      port,
      security,
      user,
      passwordSet: password !== '',
      fromAddress: systemMail?.from ?? '',
      from: from.systemMail,
      version: versions.systemMail,
    },
    support: {
      ...(contacts ?? { chatUrl: '', communityUrl: '', adminAddress: '' }),
      version: versions.support,
    },
  }
}
