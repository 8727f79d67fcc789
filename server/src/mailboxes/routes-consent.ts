/** Sign-ins at providers over HTTP: where one can connect, the way there and back, and asking an admin there. */
import { Done } from '@kontor/api/common'
import {
  AdminRequest,
  AskAdmin,
  Connect,
  ConnectOutcome,
  Consent,
  Endpoint,
  PasswordSignIn,
  SignInAnswer,
} from '@kontor/api/mailboxes'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { brokenField, problem, serve, workspaceRoute } from '../http-kit/index.ts'
import { deadline } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import { workspaceOf } from '../team/index.ts'
import { adminCameBack, adminLink, askAdmin, asksAdmins, workspaceOfAdminState } from './ask-admin.ts'
import { isConfigured } from './connect.ts'
import type { ConsentProblem, ConsentStart } from './connect.ts'
import type { Endpoint as Place } from './consent.ts'
import { mayShare } from './mailbox.ts'
import type { Mailboxes } from './mailboxes.ts'
import { endAdminRequest, openAdminRequests } from './store-admin-request.ts'
import { outcomeOf } from './store-consent.ts'
import { lockMailbox } from './store.ts'

export interface ConsentRouteParts {
  readonly mailboxes: Mailboxes
  /** The person behind the session cookie, for the one page without a workspace in its path. */
  readonly signedIn: (c: Context<Env>) => Promise<string | undefined>
}

/** As long as a call to a provider may take. */
export const providerMs = 45_000

const rows = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row) })
const listEndpoints = workspaceRoute({
  method: 'get',
  path: '/endpoints',
  summary: 'Where mailboxes can be connected',
  answer: rows(Endpoint),
})
const connect = workspaceRoute({
  method: 'post',
  path: '/mailboxes/connect',
  summary: 'Begin to connect a mailbox',
  body: Connect,
  answer: Consent,
})
const signIn = workspaceRoute({
  method: 'post',
  path: '/mailboxes/sign-in',
  summary: 'Sign in at mail servers with a password; tells what is wrong, or under what the outcome is found',
  body: PasswordSignIn,
  answer: SignInAnswer,
})
const readOutcome = workspaceRoute({
  method: 'get',
  path: '/connect-outcomes/{handle}',
  summary: 'What a sign-in at the provider came to',
  answer: ConnectOutcome,
})
const listAdminRequests = workspaceRoute({
  method: 'get',
  path: '/admin-requests',
  summary: 'Where the signed-in person waits for an admin at a provider',
  answer: rows(AdminRequest),
})
const ask = workspaceRoute({
  method: 'post',
  path: '/admin-requests',
  summary: 'Ask an admin at a provider to allow Full Access; the answer has the link to pass on',
  body: AskAdmin,
  answer: AdminRequest,
})
const endRequest = workspaceRoute({
  method: 'delete',
  path: '/admin-requests/{id}',
  summary: 'Stop waiting for an admin',
  answer: Done,
})

/** Adds the routes of signing in, and the page that providers send browsers back to. */
export function addConsentRoutes(routes: OpenAPIHono<Env>, { mailboxes, signedIn }: ConsentRouteParts): void {
  const { parts } = mailboxes

  async function shown(
    tx: Tx,
    { personId }: Pick<Actor, 'personId'>,
    endpoints: readonly Place[],
  ): Promise<z.input<typeof AdminRequest>[]> {
    const open = await openAdminRequests(tx, personId)
    return open.flatMap((request) => {
      const endpoint = endpoints.find(({ key }) => key === request.endpoint)
      const url = endpoint === undefined ? undefined : adminLink(parts, endpoint, request)
      if (url === undefined || endpoint === undefined) return []
      const { id, sharing, namedMembers, mailboxId, address, shared: covers, askedAt, answer } = request
      const { key, provider, label } = endpoint
      return [
        {
          id,
          endpoint: key,
          provider,
          label,
          sharing,
          namedMembers: [...namedMembers],
          shared: covers,
          ...(mailboxId === undefined ? {} : { mailboxId }),
          ...(address === undefined ? {} : { address }),
          ...(answer === undefined ? {} : { answer }),
          askedAt: askedAt.toString(),
          url,
        },
      ]
    })
  }

  serve(routes, listEndpoints, async (c) => {
    const { mode } = await parts.database.inWorkspace(c.get('actor').workspaceId, (tx) => workspaceOf(tx))
    const offered = (await parts.endpoints.all()).filter(
      (endpoint) => mode === 'undecided' || endpoint.practice === (mode === 'practice'),
    )
    return {
      rows: offered.map((endpoint) => {
        const { key, provider, label, products, practice, byPassword = false, domains = [] } = endpoint
        const told = { key, provider, label, products, practice, byPassword, domains: [...domains] }
        return { ...told, configured: isConfigured(endpoint), mayNeedAdmin: asksAdmins(endpoint) }
      }),
    }
  })

  serve(routes, connect, async (c) => {
    const { workspaceId, personId, language } = c.get('actor')
    const wish = c.req.valid('json')
    return begun(await mailboxes.startConsent({ ...wish, workspaceId, personId, language }))
  })

  serve(routes, signIn, async (c) => {
    const { workspaceId, personId } = c.get('actor')
    const { state, ...typed } = c.req.valid('json')
    const wish = { workspaceId, personId, state, typed }
    const done = await mailboxes.signInByPassword(wish, deadline(providerMs))
    if (done === undefined) throw problem(404, 'not_found')
    return done.ok ? { handle: done.handle } : { complaint: done.complaint }
  })

  serve(routes, readOutcome, async (c) => {
    const { workspaceId, personId } = c.get('actor')
    const handle = z.uuid().safeParse(c.req.valid('param').handle.split('.').at(-1))
    if (!handle.success) throw problem(404, 'not_found')
    const outcome = await parts.database.inWorkspace(workspaceId, (tx) =>
      outcomeOf(tx, handle.data, personId),
    )
    if (outcome === undefined) throw problem(404, 'not_found')
    return outcome
  })

  serve(routes, listAdminRequests, async (c) => {
    const actor = c.get('actor')
    const endpoints = await parts.endpoints.all()
    return parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      return { rows: await shown(tx, actor, endpoints) }
    })
  })

  serve(routes, ask, async (c) => {
    const actor = c.get('actor')
    const { workspaceId, personId } = actor
    const { endpoint, sharing, namedMembers, mailboxId, shared: covers } = c.req.valid('json')
    const endpoints = await parts.endpoints.all()
    if (!asksAdmins(endpoints.find(({ key }) => key === endpoint))) throw problem(409, 'no_admin_to_ask')
    return parts.database.inWorkspace(workspaceId, async (tx) => {
      if (mailboxId !== undefined) {
        const mailbox = await lockMailbox(tx, mailboxId)
        if (mailbox === undefined) throw problem(404, 'not_found')
        if (!mayShare(actor, mailbox)) throw problem(403, 'forbidden')
        if (mailbox.endpoint !== endpoint) throw brokenField('mailboxId', 'other_endpoint')
      }
      await askAdmin(parts, tx, {
        workspaceId,
        personId,
        endpoint,
        sharing,
        namedMembers,
        mailboxId,
        shared: covers,
      })
      const open = (await shown(tx, actor, endpoints)).find(
        (one) => one.endpoint === endpoint && one.mailboxId === mailboxId,
      )
      if (open === undefined) throw problem(404, 'not_found')
      return open
    })
  })

  serve(routes, endRequest, async (c) => {
    const { workspaceId, personId } = c.get('actor')
    const { id } = c.req.valid('param')
    return parts.database.inWorkspace(workspaceId, async (tx) => {
      if (!(await endAdminRequest(tx, id, personId))) throw problem(404, 'not_found')
      return { ok: true }
    })
  })

  routes.get('/oauth/callback', async (c) => {
    if (workspaceOfAdminState(c.req.query('state') ?? '') !== undefined) {
      // whoever administers the organisation has no account here
      return c.redirect(`/admin-answer?answer=${(await adminCameBack(parts, c.req.url)) ?? 'unknown'}`, 302)
    }
    const personId = await signedIn(c)
    const back =
      personId === undefined
        ? undefined
        : await mailboxes.comeBack({ personId, callbackUrl: c.req.url }, deadline(providerMs))
    const outcome = back === undefined ? 'unknown' : `${back.workspaceId}.${back.handle}`
    return c.redirect(`/settings/integrations?outcome=${outcome}`, 302)
  })
}

const consentStatus = {
  endpoint_unknown: 404,
  endpoint_not_configured: 409,
  mode_mismatch: 409,
  mode_undecided: 409,
  named_unknown: 400,
} as const satisfies Record<ConsentProblem, number>

/** The page to go to, or the problem. */
export function begun(start: ConsentStart): { authorizeUrl: string } {
  if (start.ok) return { authorizeUrl: start.authorizeUrl }
  if (start.problem === 'named_unknown') throw brokenField('namedMembers', start.problem)
  throw problem(consentStatus[start.problem], start.problem)
}
