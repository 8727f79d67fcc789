/** Mailboxes over HTTP: the list, connecting, steering, disconnecting, the access log. */
import { Done } from '@kontor/api/common'
import {
  Consent,
  DefaultChoice,
  Disconnect,
  DisconnectResult,
  Foreseen,
  LevelChange,
  LevelChanged,
  Mailbox as Shown,
  MailboxChange,
  ScheduleChange,
} from '@kontor/api/mailboxes'
import { z } from 'zod'
import type { BrokenField, Env, OpenAPIHono } from '../http-kit/index.ts'
import { ProblemError, brokenField, createRoutes, problem, serve, workspaceRoute } from '../http-kit/index.ts'
import { deadline, instantText } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import { consentAgain } from './connect.ts'
import { foresee } from './foresee.ts'
import type { Mailbox } from './mailbox.ts'
import { mayShare, maySteer } from './mailbox.ts'
import type { ConsentRouteParts } from './routes-consent.ts'
import { addConsentRoutes, begun, providerMs } from './routes-consent.ts'
import { levelOfShared, serveAddresses } from './routes-address.ts'
import { serveLedger } from './routes-ledger.ts'
import { serveSignature } from './routes-signature.ts'
import type { FromElsewhere } from './routes-present.ts'
import { presentAll } from './routes-present.ts'
import { changeSettings, chooseDefault, pause } from './steer.ts'
import { disconnectedMailboxes, lockMailbox, mailboxById, mailboxesOf } from './store.ts'
import { reachOf } from './store-grant.ts'

export type MailboxRouteParts = ConsentRouteParts & FromElsewhere

/** What only the owner of a mailbox decides. */
const personalFields = [
  'sharing',
  'namedMembers',
  'displayName',
  'signature',
  'signatureHtml',
  'findsChangedSubjects',
]

const list = workspaceRoute({
  method: 'get',
  path: '/mailboxes',
  summary: 'Connected mailboxes',
  answer: z.object({ rows: z.array(Shown) }),
})
const listDisconnected = workspaceRoute({
  method: 'get',
  path: '/disconnected-mailboxes',
  summary: 'Mailboxes that were disconnected, latest first; those that the signed-in person may steer',
  answer: z.object({ rows: z.array(Shown) }),
})
const read = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}',
  summary: 'One mailbox',
  answer: Shown,
})
const change = workspaceRoute({
  method: 'patch',
  path: '/mailboxes/{id}',
  summary: 'Change the settings of a mailbox',
  body: MailboxChange,
  answer: Shown,
})
const foreseeRoute = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/foresee',
  summary: 'What other limits, times or another zone would mean for the mails that wait; nothing is changed',
  body: ScheduleChange,
  answer: Foreseen,
})
const chooseAsDefault = workspaceRoute({
  method: 'put',
  path: '/default-mailbox',
  summary: 'Choose the default mailbox of the signed-in person',
  body: DefaultChoice,
  answer: Done,
})
const changeLevel = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/level',
  summary:
    'Change the integration level; a wider grant is given back first. No address to go to: it has changed already',
  body: LevelChange,
  answer: LevelChanged,
})
const reconnect = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/reconnect',
  summary: 'Begin to reconnect a mailbox',
  answer: Consent,
})
const pauseRoute = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/pause',
  summary: 'Pause sending',
  answer: Shown,
})
const resumeRoute = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/resume',
  summary: 'Go on sending',
  answer: Shown,
})
const disconnectRoute = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/disconnect',
  summary: 'Disconnect a mailbox and give its grant back',
  body: Disconnect,
  answer: DisconnectResult,
})
/** Every route of this domain. */
export function mailboxRoutes(routeParts: MailboxRouteParts): OpenAPIHono<Env> {
  const { mailboxes, capacities, signedIn } = routeParts
  const { parts } = mailboxes
  const routes = createRoutes()

  const shown = (tx: Tx, actor: Actor, found: readonly Mailbox[]) => presentAll(routeParts, tx, actor, found)

  async function shownOne(tx: Tx, actor: Actor, id: string): Promise<z.input<typeof Shown>> {
    const [row] = await shown(tx, actor, [await known(tx, id)])
    if (row === undefined) throw problem(404, 'not_found')
    return row
  }

  serve(routes, list, async (c) => {
    const actor = c.get('actor')
    return parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      return { rows: await shown(tx, actor, await mailboxesOf(tx)) }
    })
  })

  serve(routes, listDisconnected, async (c) => {
    const actor = c.get('actor')
    return parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const mine = (await disconnectedMailboxes(tx)).filter((mailbox) => maySteer(actor, mailbox))
      return { rows: await shown(tx, actor, mine) }
    })
  })

  serve(routes, read, async (c) => {
    const actor = c.get('actor')
    const { id } = c.req.valid('param')
    return parts.database.inWorkspace(actor.workspaceId, (tx) => shownOne(tx, actor, id))
  })

  serve(routes, change, async (c) => {
    const actor = c.get('actor')
    const wish = wished(c.req.valid('json'))
    return parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await steerable(tx, actor, c.req.valid('param').id)
      const personal = personalFields.some((key) => key in wish)
      if (personal && !mayShare(actor, mailbox)) throw problem(403, 'forbidden')
      const problems = await changeSettings(parts, tx, { actor, mailbox }, wish)
      if (problems.length > 0) throw settingsRefused(problems)
      return shownOne(tx, actor, mailbox.id)
    })
  })

  serve(routes, foreseeRoute, async (c) => {
    const actor = c.get('actor')
    const wish = wished(c.req.valid('json'))
    return parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await steerable(tx, actor, c.req.valid('param').id)
      const found = await foresee({ ...parts, leaving: routeParts.leaving }, tx, { actor, mailbox }, wish)
      if ('problems' in found) throw settingsRefused(found.problems)
      const { lastAt, thenLastAt, ...counts } = found
      return {
        ...counts,
        ...(lastAt === undefined ? {} : { lastAt: instantText(lastAt) }),
        ...(thenLastAt === undefined ? {} : { thenLastAt: instantText(thenLastAt) }),
      }
    })
  })

  serve(routes, chooseAsDefault, async (c) => {
    const actor = c.get('actor')
    return parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await connected(tx, c.req.valid('json').mailboxId)
      if ((await chooseDefault(tx, actor, mailbox)) !== 'chosen') throw problem(403, 'may_not_send')
      return { ok: true }
    })
  })

  serve(routes, changeLevel, async (c) => {
    const actor = c.get('actor')
    const { workspaceId } = actor
    const { level, stored, fetchEarlier } = c.req.valid('json')
    const { id } = c.req.valid('param')
    const mailbox = await parts.database.inWorkspace(workspaceId, (tx) => steerable(tx, actor, id))
    if (!mayShare(actor, mailbox)) throw problem(403, 'forbidden')
    if (mailbox.level === level && mailbox.health !== 'reconnect_needed') throw problem(409, 'level_same')
    if (mailbox.place === 'shared')
      return await levelOfShared(mailboxes, { actor, mailbox, level, stored, fetchEarlier })
    const wish = { workspaceId, mailboxId: id, level, stored, actor }
    await mailboxes.giveBackWiderGrant(wish, deadline(providerMs))
    return begun(await mailboxes.startConsent({ ...consentAgain(actor, mailbox, level), fetchEarlier }))
  })

  serve(routes, reconnect, async (c) => {
    const actor = c.get('actor')
    const wish = await parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await steerable(tx, actor, c.req.valid('param').id)
      const reach = mailbox.place === 'shared' ? await reachOf(tx, mailbox.id) : undefined
      return consentAgain(actor, mailbox, reach?.level ?? mailbox.level)
    })
    return begun(await mailboxes.startConsent(wish))
  })

  function paused(actor: Actor, id: string, wish: 'pause' | 'resume'): ReturnType<typeof shownOne> {
    return parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      await pause(parts, tx, { actor, mailbox: await steerable(tx, actor, id) }, wish)
      return shownOne(tx, actor, id)
    })
  }
  serve(routes, pauseRoute, (c) => paused(c.get('actor'), c.req.valid('param').id, 'pause'))
  serve(routes, resumeRoute, (c) => paused(c.get('actor'), c.req.valid('param').id, 'resume'))

  serve(routes, disconnectRoute, async (c) => {
    const actor = c.get('actor')
    const { workspaceId } = actor
    const { id: mailboxId } = c.req.valid('param')
    const { queue, reassignTo, stored } = c.req.valid('json')
    const before = await parts.database.inWorkspace(workspaceId, async (tx) => {
      await steerable(tx, actor, mailboxId)
      return { queued: (await capacities(tx, [mailboxId])).get(mailboxId)?.waiting ?? 0 }
    })
    const wish = { workspaceId, mailboxId, actor, queue, reassignTo, stored }
    const done = await mailboxes.disconnect(wish, deadline(providerMs))
    if (!done.ok && done.problem === 'not_found') throw problem(404, 'not_found')
    if (!done.ok) throw brokenField('reassignTo', 'reassign_target')
    const { erased, revoked, consentPage } = done
    return { ...before, erased, revoked, ...(consentPage === undefined ? {} : { consentPage }) }
  })

  serveLedger(routes, parts)
  serveSignature(routes, mailboxes)
  serveAddresses(routes, mailboxes)
  addConsentRoutes(routes, { mailboxes, signedIn })

  return routes
}

async function known(tx: Tx, id: string): Promise<Mailbox> {
  const mailbox = await mailboxById(tx, id)
  if (mailbox === undefined) throw problem(404, 'not_found')
  return mailbox
}

async function connected(tx: Tx, id: string): Promise<Mailbox> {
  const mailbox = await lockMailbox(tx, id)
  if (mailbox === undefined) throw problem(404, 'not_found')
  return mailbox
}

async function steerable(tx: Tx, actor: Actor, id: string): Promise<Mailbox> {
  const mailbox = await connected(tx, id)
  if (!maySteer(actor, mailbox)) throw problem(403, 'forbidden')
  return mailbox
}

const fieldOf = {
  zone_unknown: 'zone',
  limit_out_of_range: 'dailyLimit',
  window_reversed: 'windowTo',
  window_without_days: 'windowDays',
  reserve_above_limit: 'reserve',
  pace_out_of_range: 'paceSeconds',
  named_unknown: 'namedMembers',
} as const

function settingsRefused(problems: readonly (keyof typeof fieldOf)[]): ProblemError {
  const fields = problems.map((code): BrokenField => ({ path: fieldOf[code], code, message: code }))
  return new ProblemError(400, 'invalid', { fields })
}

type Wish = Omit<Defined<MailboxChange>, 'windowFrom' | 'windowTo'> & {
  readonly windowFrom?: Temporal.PlainTime
  readonly windowTo?: Temporal.PlainTime
}

function wished({ windowFrom, windowTo, ...rest }: MailboxChange): Wish {
  return {
    ...defined(rest),
    ...(windowFrom === undefined ? {} : { windowFrom: timeOf('windowFrom', windowFrom) }),
    ...(windowTo === undefined ? {} : { windowTo: timeOf('windowTo', windowTo) }),
  }
}

function timeOf(path: string, text: string): Temporal.PlainTime {
  try {
    return Temporal.PlainTime.from(text)
  } catch {
    throw brokenField(path, 'invalid_format')
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(wish: T): Defined<T> {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as Defined<T>
}
