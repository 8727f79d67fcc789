/**
 * The team over HTTP: the first start, signing in and out, workspaces, roles, invitations, the activity log. Cookies
 * are set and read here and nowhere else. `place` of a sign-in is the client's address.
 */
import { Done, PageQuery, pageOf } from '@kontor/api/common'
import { ActivityEntry } from '@kontor/api/activity'
import * as api from '@kontor/api/team'
import { z } from 'zod'
import {
  brokenField,
  createRoutes,
  cutPage,
  decodeCursor,
  done,
  openRoute,
  pageLimit,
  problem,
  serve,
  workspaceRoute,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono, ProblemError } from '../http-kit/index.ts'
import { invite, join, revoke, viewLink } from './invite.ts'
import type { LinkOutcome } from './invite.ts'
import { changeRole, removeMember } from './members.ts'
import type { MemberOutcome } from './members.ts'
import { hashPassword } from './password.ts'
import type { Actor } from './role.ts'
import type { TeamParts } from './parts.ts'
import { openEntrance, setCookies } from './routes-entrance.ts'
import { setUp, setupNeeded } from './set-up.ts'
import { isPlainName, isSignInAddress, signInKey } from './sign-in-address.ts'
import { audit, listActivity } from './store-audit.ts'
import { openInvitations } from './store-invitation.ts'
import { updatePerson } from './store-people.ts'
import { createWorkspace, startWorkspace } from './workspace.ts'
import { listTeam, updateWorkspace, workspaceOf } from './store.ts'

export { accountRoutes } from './routes-account.ts'
export type { TeamParts } from './parts.ts'

const rowsOf = <T extends z.ZodType>(row: T): z.ZodObject<{ rows: z.ZodArray<T> }> =>
  z.object({ rows: z.array(row) })
const routesOfTeam = {
  setupState: openRoute({
    method: 'get',
    path: '/setup',
    summary: 'Whether an owner is still needed',
    answer: api.SetupState,
  }),
  setup: openRoute({
    method: 'post',
    path: '/setup',
    summary: 'Become the owner by the one-time link',
    body: api.Setup,
    answer: api.Session,
  }),
  session: openRoute({ method: 'get', path: '/session', summary: 'Who is signed in', answer: api.Session }),
  signIn: openRoute({
    method: 'post',
    path: '/session',
    summary: 'Sign in',
    body: api.SignIn,
    answer: api.Session,
  }),
  signOut: openRoute({ method: 'delete', path: '/session', summary: 'Sign out', answer: Done }),
  profile: openRoute({
    method: 'patch',
    path: '/me',
    summary: 'Change the own name or language',
    body: api.ProfileChange,
    answer: api.Session,
  }),
  newWorkspace: openRoute({
    method: 'post',
    path: '/workspaces',
    summary: 'Open another workspace',
    body: api.WorkspaceNew,
    answer: api.Workspace,
  }),
  linkView: openRoute({
    method: 'get',
    path: '/invitations/{token}',
    summary: 'What an invitation link leads to',
    answer: api.InvitationView,
  }),
  linkAccept: openRoute({
    method: 'post',
    path: '/invitations/{token}/accept',
    summary: 'Join as somebody new',
    body: api.InvitationAccept,
    answer: api.Session,
  }),
  linkJoin: openRoute({
    method: 'post',
    path: '/invitations/{token}/join',
    summary: 'Join as the person signed in',
    answer: api.Session,
  }),
  workspace: workspaceRoute({ method: 'get', path: '', summary: 'The workspace', answer: api.Workspace }),
  changeWorkspace: workspaceRoute({
    method: 'patch',
    path: '',
    summary: 'Rename the workspace or move its time zone',
    role: 'admin',
    body: api.WorkspaceChange,
    answer: api.Workspace,
  }),
  mode: workspaceRoute({
    method: 'put',
    path: '/mode',
    summary: 'Practice or real, once',
    role: 'admin',
    body: api.WorkspaceStart,
    answer: api.Workspace,
  }),
  team: workspaceRoute({
    method: 'get',
    path: '/team',
    summary: 'Who belongs to the workspace',
    answer: rowsOf(api.TeamMember),
  }),
  role: workspaceRoute({
    method: 'patch',
    path: '/team/{personId}',
    summary: 'Change a role',
    role: 'admin',
    body: api.RoleChange,
    answer: rowsOf(api.TeamMember),
  }),
  remove: workspaceRoute({
    method: 'delete',
    path: '/team/{personId}',
    summary: 'Remove somebody, or leave',
    role: 'viewer',
    answer: Done,
  }),
  invite: workspaceRoute({
    method: 'post',
    path: '/invitations',
    summary: 'Make an invitation link',
    role: 'admin',
    body: api.InvitationNew,
    answer: api.InvitationLink,
  }),
  invitations: workspaceRoute({
    method: 'get',
    path: '/invitations',
    summary: 'Open invitations',
    role: 'admin',
    answer: rowsOf(api.InvitationOpen),
  }),
  revoke: workspaceRoute({
    method: 'delete',
    path: '/invitations/{id}',
    summary: 'Revoke an invitation',
    role: 'admin',
    answer: Done,
  }),
  activity: workspaceRoute({
    method: 'get',
    path: '/activity',
    summary: 'Who did what',
    role: 'admin',
    query: PageQuery,
    answer: pageOf(ActivityEntry),
  }),
} as const

export function teamRoutes(parts: TeamParts): OpenAPIHono<Env> {
  const { database, ids, sessions, emit } = parts
  const routes = createRoutes()
  const inWorkspaceOf = <T>(actor: Actor, fn: Parameters<typeof database.inWorkspace<T>>[1]) =>
    database.inWorkspace(actor.workspaceId, fn)

  const { present, signedIn, enter } = openEntrance(parts)
  const workspaceFor = (actor: Actor) =>
    inWorkspaceOf(actor, async (tx) => ({ ...(await workspaceOf(tx)), role: actor.role }))
  const teamFor = (actor: Actor) =>
    inWorkspaceOf(actor, async (tx) => ({
      rows: (await listTeam(tx)).map((member) => ({ ...member, joinedAt: member.joinedAt.toString() })),
    }))

  serve(routes, routesOfTeam.setupState, async () => ({ needed: await setupNeeded(parts) }))
  serve(routes, routesOfTeam.setup, async (c) => {
    const wish = c.req.valid('json')
    checkPerson(wish)
    checkName('workspaceName', wish.workspaceName)
    checkZone(wish.zone)
    const outcome = await setUp(parts, wish)
    if (outcome === 'setup_done') throw problem(409, outcome)
    if (outcome === 'setup_token_wrong') throw problem(403, outcome)
    return enter(c, wish.address, wish.password)
  })
  serve(routes, routesOfTeam.session, async (c) => present((await signedIn(c)).personId))
  serve(routes, routesOfTeam.signIn, async (c) => {
    const { address, password } = c.req.valid('json')
    return enter(c, address, password)
  })
  serve(routes, routesOfTeam.signOut, async (c) => {
    setCookies(c, await sessions.end(c.req.header('cookie')))
    return done
  })
  serve(routes, routesOfTeam.profile, async (c) => {
    const change = c.req.valid('json')
    const { personId } = await signedIn(c)
    if (change.name !== undefined) checkName('name', change.name)
    await database.inSystem((tx) => updatePerson(tx, personId, change))
    return present(personId)
  })
  serve(routes, routesOfTeam.newWorkspace, async (c) => {
    const wish = c.req.valid('json')
    const { personId } = await signedIn(c)
    checkName('name', wish.name)
    checkZone(wish.zone)
    return { ...(await createWorkspace(parts, personId, wish)), role: 'owner' as const }
  })

  serve(routes, routesOfTeam.linkView, async (c) => {
    const link = await viewLink(parts, c.req.valid('param').token)
    if (typeof link === 'string') throw linkProblem(link)
    const { workspace, role, invitedBy } = link
    return { workspaceName: workspace.name, role, invitedBy, language: workspace.language }
  })
  serve(routes, routesOfTeam.linkAccept, async (c) => {
    const { password, ...wish } = c.req.valid('json')
    checkPerson(wish)
    const token = c.req.valid('param').token
    const link = await viewLink(parts, token)
    if (typeof link === 'string') throw linkProblem(link)
    const passwordHash = await hashPassword(password)
    const person = { ...wish, id: ids.uuid(), addressKey: signInKey(wish.address), passwordHash }
    const outcome = await join(parts, token, { person })
    if (outcome !== 'joined') throw linkProblem(outcome)
    return enter(c, wish.address, password)
  })
  serve(routes, routesOfTeam.linkJoin, async (c) => {
    const { personId } = await signedIn(c)
    const outcome = await join(parts, c.req.valid('param').token, { personId })
    if (outcome !== 'joined' && outcome !== 'member_already') throw linkProblem(outcome)
    return present(personId)
  })

  serve(routes, routesOfTeam.workspace, (c) => workspaceFor(c.get('actor')))
  serve(routes, routesOfTeam.changeWorkspace, async (c) => {
    const change = c.req.valid('json')
    const actor = c.get('actor')
    if (change.name !== undefined) checkName('name', change.name)
    if (change.zone !== undefined) checkZone(change.zone)
    await inWorkspaceOf(actor, async (tx) => {
      await updateWorkspace(tx, change)
      await audit(tx, { actor, action: 'workspace.changed', detail: change })
      await emit(tx, { workspaceId: actor.workspaceId, type: 'workspace.changed', payload: {} })
    })
    return workspaceFor(actor)
  })
  serve(routes, routesOfTeam.mode, async (c) => {
    const actor = c.get('actor')
    const outcome = await inWorkspaceOf(actor, (tx) =>
      startWorkspace(tx, emit, actor, c.req.valid('json').mode),
    )
    if (outcome === 'decided otherwise') throw problem(409, 'mode_decided')
    return workspaceFor(actor)
  })
  serve(routes, routesOfTeam.team, (c) => teamFor(c.get('actor')))
  serve(routes, routesOfTeam.role, async (c) => {
    const actor = c.get('actor')
    const { role } = c.req.valid('json')
    await inWorkspaceOf(actor, async (tx) => {
      refuseMember(await changeRole(tx, emit, actor, c.req.valid('param').personId, role))
    })
    return teamFor(actor)
  })
  serve(routes, routesOfTeam.remove, async (c) => {
    const actor = c.get('actor')
    await inWorkspaceOf(actor, async (tx) => {
      refuseMember(await removeMember(tx, emit, actor, c.req.valid('param').personId))
    })
    return done
  })
  serve(routes, routesOfTeam.invite, async (c) => {
    const actor = c.get('actor')
    const { role } = c.req.valid('json')
    const made = await inWorkspaceOf(actor, (tx) => invite(tx, parts, actor, role))
    const link = `${parts.publicUrl()}/join/${made.token}`
    return { id: made.id, link, role, expiresAt: made.expiresAt.toString() }
  })
  serve(routes, routesOfTeam.invitations, (c) =>
    inWorkspaceOf(c.get('actor'), async (tx) => ({
      rows: (await openInvitations(tx)).map((each) => ({ ...each, expiresAt: each.expiresAt.toString() })),
    })),
  )
  serve(routes, routesOfTeam.revoke, async (c) => {
    const actor = c.get('actor')
    const found = await inWorkspaceOf(actor, (tx) => revoke(tx, parts, actor, c.req.valid('param').id))
    if (!found) throw problem(404, 'not_found')
    return done
  })
  serve(routes, routesOfTeam.activity, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const most = pageLimit(limit)
    const before = decodeCursor(cursor, z.uuid())
    const rows = await inWorkspaceOf(c.get('actor'), (tx) => listActivity(tx, { before, limit: most + 1 }))
    const shown = rows.map((row) => ({ ...row, at: row.at.toString() }))
    return cutPage(shown, most, (row) => row.id)
  })
  return routes
}

function checkPerson(wish: { readonly name: string; readonly address: string }): void {
  checkName('name', wish.name)
  if (!isSignInAddress(wish.address)) throw brokenField('address', 'address')
}

function checkName(path: string, name: string): void {
  if (!isPlainName(name)) throw brokenField(path, 'control_characters')
}

function checkZone(zone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
  } catch {
    throw brokenField('zone', 'zone')
  }
}

function linkProblem(outcome: Exclude<LinkOutcome, 'joined'>): ProblemError {
  const status = { link_unknown: 404, link_expired: 410, address_taken: 409, member_already: 409 } as const
  return problem(status[outcome], outcome)
}

function refuseMember(outcome: MemberOutcome): void {
  if (outcome === 'not_found') throw problem(404, outcome)
  if (outcome === 'last_owner') throw problem(409, outcome)
}
