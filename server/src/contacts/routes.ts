/** Influencers over HTTP. The time line of a contact is served by the inbox. */
import { countedPageOf, Done } from '@kontor/api/common'
import * as api from '@kontor/api/contacts'
import { z } from 'zod'
import {
  brokenField,
  createRoutes,
  decodeCursor,
  done,
  encodeCursor,
  pageLimit,
  problem,
  serve,
  workspaceRoute,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { audit } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import { addPasted } from './add-pasted.ts'
import type { ContactOutcome } from './change.ts'
import { addContactAddress, changeContact, createContact, deleteContact } from './change.ts'
import type { Writer } from './contact.ts'
import { mergeContacts } from './merge.ts'
import type { PasteProblemCode } from './paste.ts'
import { shown } from './routes-present.ts'
import { contactById, contactsById } from './store.ts'
import { contactPage, countContacts, customNames } from './store-list.ts'
import { duplicateRows, mergedInto } from './store-merge.ts'

export { importRoutes } from './routes-import.ts'

const mostDuplicates = 200

export interface ContactRouteParts {
  readonly database: Database
  readonly ids: Ids
  readonly emit: Emit
}

const routesOfContacts = {
  list: workspaceRoute({
    method: 'get',
    path: '/contacts',
    summary: 'Influencers by name',
    query: api.ContactQuery,
    answer: countedPageOf(api.Contact),
  }),
  create: workspaceRoute({
    method: 'post',
    path: '/contacts',
    summary: 'Add an influencer',
    body: api.ContactNew,
    answer: api.Contact,
  }),
  paste: workspaceRoute({
    method: 'post',
    path: '/contacts/paste',
    summary: 'Add pasted influencers',
    body: api.ContactPaste,
    answer: api.PasteResult,
  }),
  one: workspaceRoute({
    method: 'get',
    path: '/contacts/{id}',
    summary: 'One influencer',
    answer: api.Contact,
  }),
  change: workspaceRoute({
    method: 'patch',
    path: '/contacts/{id}',
    summary: 'Change an influencer',
    body: api.ContactChange,
    answer: api.Contact,
  }),
  addAddress: workspaceRoute({
    method: 'post',
    path: '/contacts/{id}/addresses',
    summary: 'Add a further address to an influencer, for example one that an answer came from',
    body: api.ContactAddress,
    answer: api.Contact,
  }),
  duplicates: workspaceRoute({
    method: 'get',
    path: '/contacts/duplicates',
    summary: 'Pairs of influencers that look like one person',
    answer: api.Duplicates,
  }),
  merge: workspaceRoute({
    method: 'post',
    path: '/contacts/{id}/merge',
    summary: 'Take another influencer into this one',
    body: api.ContactMerge,
    answer: api.Contact,
  }),
  variables: workspaceRoute({
    method: 'get',
    path: '/contacts/variables',
    summary: 'Names of the variables of the team’s own',
    answer: api.ContactVariables,
  }),
  remove: workspaceRoute({
    method: 'delete',
    path: '/contacts/{id}',
    summary: 'Delete an influencer; what waits is cancelled, what left is kept',
    answer: Done,
  }),
}

export function contactRoutes(parts: ContactRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const { database } = parts
  const writer = ({ workspaceId }: Actor): Writer => ({ workspaceId, ids: parts.ids, emit: parts.emit })

  serve(routes, routesOfContacts.list, async (c) => {
    const { q, cursor, limit } = c.req.valid('query')
    const place = decodeCursor(cursor, z.tuple([z.string(), z.uuid()]))
    const after = place === undefined ? undefined : { name: place[0], id: place[1] }
    const { page, total } = await database.inWorkspace(c.get('actor').workspaceId, async (tx) => ({
      page: await contactPage(tx, { q, after, limit: pageLimit(limit) }),
      total: after === undefined ? await countContacts(tx, q) : undefined,
    }))
    const next = page.next === undefined ? {} : { next: encodeCursor([page.next.name, page.next.id]) }
    return { rows: page.rows.map(shown), ...next, ...(total === undefined ? {} : { total }) }
  })
  serve(routes, routesOfContacts.create, async (c) => {
    const actor = c.get('actor')
    return await database.inWorkspace(actor.workspaceId, async (tx) =>
      answer(await createContact(tx, writer(actor), read(c.req.valid('json')))),
    )
  })
  serve(routes, routesOfContacts.addAddress, async (c) => {
    const actor = c.get('actor')
    const { address } = c.req.valid('json')
    return await database.inWorkspace(actor.workspaceId, async (tx) =>
      answer(await addContactAddress(tx, writer(actor), { id: c.req.valid('param').id, address })),
    )
  })
  serve(routes, routesOfContacts.paste, async (c) => {
    const actor = c.get('actor')
    const pasted = await database.inWorkspace(actor.workspaceId, (tx) =>
      addPasted(tx, writer(actor), c.req.valid('json')),
    )
    return {
      added: pasted.added.map(shown),
      known: pasted.known,
      problems: pasted.problems.map((line) => ({ ...line, code: lineCode(line.code) })),
    }
  })
  serve(routes, routesOfContacts.duplicates, async (c) => {
    const { pairs, contacts } = await database.inWorkspace(c.get('actor').workspaceId, async (tx) => {
      const found = await duplicateRows(tx, mostDuplicates)
      const ids = new Set(found.flatMap((pair) => pair.ids))
      return { pairs: found, contacts: await contactsById(tx, [...ids]) }
    })
    const byId = new Map(contacts.map((contact) => [contact.id, contact]))
    return {
      rows: pairs.flatMap(({ why, ids: [one, other] }) => {
        const [first, second] = [byId.get(one), byId.get(other)]
        return first === undefined || second === undefined
          ? []
          : [{ why, one: shown(first), other: shown(second) }]
      }),
    }
  })
  serve(routes, routesOfContacts.variables, async (c) => ({
    names: await database.inWorkspace(c.get('actor').workspaceId, (tx) => customNames(tx)),
  }))
  serve(routes, routesOfContacts.one, async (c) => {
    const { id } = c.req.valid('param')
    return await database.inWorkspace(c.get('actor').workspaceId, async (tx) => {
      const found = await contactById(tx, id)
      if (found !== undefined) return shown(found)
      const contactId = await mergedInto(tx, id)
      throw contactId === undefined
        ? problem(404, 'not_found')
        : problem(410, 'contact_merged', { contactId })
    })
  })
  serve(routes, routesOfContacts.merge, async (c) => {
    const actor = c.get('actor')
    const wish = { into: c.req.valid('param').id, from: c.req.valid('json').contactId }
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const contact = await mergeContacts(tx, writer(actor), actor, wish)
      if (contact === undefined) throw problem(404, 'not_found')
      return shown(contact)
    })
  })
  serve(routes, routesOfContacts.change, async (c) => {
    const actor = c.get('actor')
    const { id } = c.req.valid('param')
    return await database.inWorkspace(actor.workspaceId, async (tx) =>
      answer(await changeContact(tx, writer(actor), { id, patch: read(c.req.valid('json')) })),
    )
  })
  serve(routes, routesOfContacts.remove, async (c) => {
    const actor = c.get('actor')
    const { id } = c.req.valid('param')
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      const found = await contactById(tx, id)
      if (found === undefined || !(await deleteContact(tx, writer(actor), id)))
        throw problem(404, 'not_found')
      await audit(tx, { actor, action: 'contact.deleted', subject: found.name })
    })
    return done
  })
  return routes
}

// thrown inside the transaction, so that a refusal leaves nothing behind
function answer(outcome: ContactOutcome): z.input<typeof api.Contact> {
  if (outcome.ok) return shown(outcome.contact)
  const { refusal } = outcome
  switch (refusal.code) {
    case 'contact_unknown':
      throw problem(404, 'not_found')
    case 'contact_known':
      throw problem(409, 'contact_known', { contactId: refusal.contactId })
    case 'address_invalid':
      throw brokenField('address', 'address')
    case 'other_address_invalid':
      throw brokenField('otherAddresses', 'address')
    case 'name_invalid':
      throw brokenField('name', 'invalid_format')
    case 'zone_unknown':
      throw brokenField('zone', 'zone')
    case 'country_unknown':
      throw brokenField('country', 'country')
    case 'agent_invalid':
      throw brokenField('manager.address', 'address')
    case 'variable_invalid':
      throw brokenField(`custom.${refusal.name}`, 'variable')
  }
}

/** What the contract calls manager is an agent here; times are instants. */
function read<M, T extends { manager?: M; basisAt?: string | undefined }>({
  manager,
  basisAt,
  ...rest
}: T & { manager?: M }): Omit<T, 'manager' | 'basisAt'> & {
  readonly agent?: NonNullable<M> | Extract<M, null>
  readonly basisAt?: Temporal.Instant
} {
  return {
    ...rest,
    ...(manager === undefined ? {} : { agent: manager as NonNullable<M> | Extract<M, null> }),
    ...(basisAt === undefined ? {} : { basisAt: Temporal.Instant.from(basisAt) }),
  }
}

/** The page tells these apart; everything else that is wrong with an address is one sentence. */
function lineCode(code: PasteProblemCode): string {
  const told: readonly string[] = ['no_address', 'duplicate', 'heading', 'name_too_long', 'handle_too_long']
  return told.includes(code) ? code : 'address_invalid'
}
