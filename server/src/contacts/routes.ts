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
import type { Contact, Writer } from './contact.ts'
import type { PasteProblemCode } from './paste.ts'
import { contactById, contactPage, countContacts } from './store.ts'

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
      answer(await createContact(tx, writer(actor), c.req.valid('json'))),
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
  serve(routes, routesOfContacts.one, async (c) => {
    const found = await database.inWorkspace(c.get('actor').workspaceId, (tx) =>
      contactById(tx, c.req.valid('param').id),
    )
    if (found === undefined) throw problem(404, 'not_found')
    return shown(found)
  })
  serve(routes, routesOfContacts.change, async (c) => {
    const actor = c.get('actor')
    const { id } = c.req.valid('param')
    return await database.inWorkspace(actor.workspaceId, async (tx) =>
      answer(await changeContact(tx, writer(actor), { id, patch: c.req.valid('json') })),
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
    case 'name_invalid':
      throw brokenField('name', 'invalid_format')
  }
}

function shown(contact: Contact): z.input<typeof api.Contact> {
  const { basisAt, createdAt, tags, otherAddresses, ...rest } = contact
  return {
    ...rest,
    tags: [...tags],
    otherAddresses: [...otherAddresses],
    createdAt: createdAt.toString(),
    ...(basisAt === undefined ? {} : { basisAt: basisAt.toString() }),
  }
}

/** The page tells these apart; everything else that is wrong with an address is one sentence. */
function lineCode(code: PasteProblemCode): string {
  const told: readonly string[] = ['no_address', 'duplicate', 'heading', 'name_too_long', 'handle_too_long']
  return told.includes(code) ? code : 'address_invalid'
}
