/**
 * What is new in a Microsoft mailbox, by identifiers alone.
 *
 * A round asks in four stages, page by page: what lies in Sent since a while before the last round (own), everything
 * in any folder since then, and the changes of inbox and junk by their delta links, which find also what comes late. The
 * first pages of all are asked for side by side. A round that is not through says `more` and goes on where it was. Links are
 * kept without their host.
 */
import type { z } from 'zod'
import type { OAuthEndpoint } from '../../mailboxes/consent.ts'
import type { Change, Changes, MailProvider, Outcome } from '../../mailboxes/provider.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import type { GraphClient } from './client.ts'
import { dated, json, pathOf, pathOfLink } from './client.ts'
import type { Position, Round, Stage } from './cursor.ts'
import { cursorOf, hashOf, lookOf, pageOf, positionOf, stages } from './cursor.ts'
import { Folder, MessageList, changeOf, identifiers } from './translate.ts'

const pageSize = 200
/** A copy in Sent may be filed a minute after the time it bears, and clocks of a data centre differ. */
const overlap = { minutes: 5 }
/** Pages of one call; four are a quiet round. */
const mostPages = 12

export interface Reading {
  readonly graph: GraphClient
  readonly endpoint: Pick<OAuthEndpoint, 'apiUrl'>
  /** Product time, for an answer that does not tell the provider's. */
  readonly now: () => Promise<Temporal.Instant>
}

/** Identifiers since a cursor; without one, the present position. */
export async function changesSince(
  reading: Reading,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<Changes>> {
  if (cursor === undefined) return presentPosition(reading, signal)
  let position = positionOf(cursor)
  if (position === undefined)
    return failed({ kind: 'cursor_expired', diagnostic: 'not a cursor of this provider' })
  const changes: Change[] = []
  const firsts = await firstPages(reading, position, signal)
  for (let pages = 0; pages < mostPages; pages++) {
    const { stage, next } = position.round ?? firstRound
    const first = next === undefined ? firsts.get(stage) : undefined
    const step = await takePage(reading, position, first ?? (await ask(reading, position, stage, signal)))
    if (!step.ok) return step
    position = step.value.position
    changes.push(...step.value.changes)
    if (position.round === undefined) return succeeded({ changes, cursor: cursorOf(position), more: false })
  }
  return succeeded({ changes, cursor: cursorOf(position), more: true })
}

type Page = Outcome<{
  readonly told: z.infer<typeof MessageList>
  readonly at: Temporal.Instant | undefined
}>

/** Of a round that begins: the first page of each stage. */
async function firstPages(
  reading: Reading,
  position: Position,
  signal: AbortSignal,
): Promise<ReadonlyMap<Stage, Page>> {
  if (position.round !== undefined) return new Map()
  const pages = await Promise.all(
    stages.map(async (stage) => [stage, await ask(reading, position, stage, signal)] as const),
  )
  return new Map(pages)
}

/** The page at which a round stands, if it stands in this stage, or the first one of the stage. */
function ask({ graph }: Reading, position: Position, stage: Stage, signal: AbortSignal): Promise<Page> {
  const next = position.round?.stage === stage ? position.round.next : undefined
  const delta = stage === 'inbox' || stage === 'junk'
  return graph(
    {
      path: next ?? (delta ? position[stage] : listSince(stage, earlier(position.since))),
      asked: delta || next !== undefined ? 'changes' : 'question',
      read: dated(MessageList),
      pageSize,
    },
    signal,
  )
}

async function takePage(
  { endpoint, now }: Reading,
  position: Position,
  page: Page,
): Promise<Outcome<{ readonly position: Position; readonly changes: readonly Change[] }>> {
  if (!page.ok) return page
  const { stage, began, listed } = position.round ?? { ...firstRound, began: '' }
  const { told, at } = page.value
  const links = linksIn(endpoint, told)
  if (links === 'elsewhere') return failed(elsewhere)
  const known = new Set([...position.seen, ...listed])
  const present = told.value.filter((message) => message['@removed'] === undefined)
  const changes = present
    .filter((message) => !known.has(hashOf(message.id)))
    .map((message) => changeOf(message, stage === 'sent'))
  const round: Round = {
    stage,
    began: began === '' ? (at ?? (await now())).toString() : began,
    listed: [...new Set([...listed, ...present.map((message) => hashOf(message.id))])],
  }
  return succeeded({ position: advanced(position, round, links), changes })
}

const firstRound = { stage: 'sent', next: undefined, listed: [] } as const

function advanced(position: Position, round: Round, { next, delta }: Links): Position {
  const { stage, began, listed } = round
  const links = delta !== undefined && (stage === 'inbox' || stage === 'junk') ? { [stage]: delta } : {}
  if (next !== undefined) return { ...position, round: { ...round, next } }
  const following = stages[stages.indexOf(stage) + 1]
  if (following !== undefined) return { ...position, ...links, round: { stage: following, began, listed } }
  const { inbox, junk } = { ...position, ...links }
  return { since: began, seen: listed, inbox, junk }
}

/** The provider's time now, what lies there already, and delta links from now on. */
async function presentPosition(reading: Reading, signal: AbortSignal): Promise<Outcome<Changes>> {
  const { graph, endpoint, now } = reading
  const clock = await graph(
    {
      path: pathOf('/me/mailFolders/inbox', { $select: 'id' }),
      asked: 'question',
      read: dated(Folder),
    },
    signal,
  )
  if (!clock.ok) return clock
  const since = clock.value.at ?? (await now())
  const from = since.subtract(overlap)
  const seen = await everything(reading, listSince('all', from), signal)
  if (!seen.ok) return seen
  const passed = new Set(seen.value)
  const places: Record<'inbox' | 'junk', string> = { inbox: '', junk: '' }
  for (const stage of ['inbox', 'junk'] as const) {
    for (let next: string | undefined = deltaSince(stage, from); next !== undefined; ) {
      const page = await graph({ path: next, asked: 'question', read: json(MessageList), pageSize }, signal)
      if (!page.ok) return page
      const links = linksIn(endpoint, page.value)
      if (links === 'elsewhere') return failed(elsewhere)
      for (const message of page.value.value) passed.add(message.id)
      places[stage] = links.delta ?? places[stage]
      next = links.next
    }
    if (places[stage] === '') return failed({ kind: 'transient', diagnostic: 'a delta without a link' })
  }
  const position = { since: since.toString(), seen: seen.value.map(hashOf), ...places }
  const present = { changes: [], cursor: cursorOf(position), more: false }
  return succeeded(passed.size === 0 ? present : { ...present, passed: [...passed] })
}

async function everything(
  { graph, endpoint }: Reading,
  path: string,
  signal: AbortSignal,
): Promise<Outcome<readonly string[]>> {
  const ids: string[] = []
  for (let next: string | undefined = path; next !== undefined; ) {
    const page = await graph({ path: next, asked: 'question', read: json(MessageList), pageSize }, signal)
    if (!page.ok) return page
    const links = linksIn(endpoint, page.value)
    if (links === 'elsewhere') return failed(elsewhere)
    ids.push(...page.value.value.map((message) => message.id))
    next = links.next
  }
  return succeeded(ids)
}

/** Identifiers by date: first what lies in Sent, then all the rest, each newest first. */
export async function changesBetween(
  { graph, endpoint }: Reading,
  range: Parameters<MailProvider['changesBetween']>[0],
  page: string | undefined,
  signal: AbortSignal,
): ReturnType<MailProvider['changesBetween']> {
  const look = page === undefined ? { stage: 'sent' as const, own: [] } : lookOf(page)
  if (look === undefined) return failed({ kind: 'our_config', diagnostic: 'not a page of this provider' })
  const { stage, own } = look
  const path = look.next ?? listBetween(stage, range)
  const list = await graph({ path, asked: 'question', read: json(MessageList), pageSize }, signal)
  if (!list.ok) return list
  const links = linksIn(endpoint, list.value)
  if (links === 'elsewhere') return failed(elsewhere)
  const owned = new Set(own)
  const changes = list.value.value
    .filter((message) => stage === 'sent' || !owned.has(hashOf(message.id)))
    .map((message) => changeOf(message, stage === 'sent'))
  const hashes = stage === 'sent' ? [...own, ...changes.map((each) => hashOf(each.providerMessageId))] : own
  const { next } = links
  if (next !== undefined) return succeeded({ changes, page: pageOf({ stage, next, own: hashes }) })
  return succeeded({ changes, ...(stage === 'sent' ? { page: pageOf({ stage: 'all', own: hashes }) } : {}) })
}

interface Links {
  readonly next: string | undefined
  readonly delta: string | undefined
}

const elsewhere = { kind: 'our_config', diagnostic: 'a link leads to another host' } as const

function linksIn(
  endpoint: Pick<OAuthEndpoint, 'apiUrl'>,
  page: { readonly '@odata.nextLink'?: string | undefined; readonly '@odata.deltaLink'?: string | undefined },
): Links | 'elsewhere' {
  const [nextLink, deltaLink] = [page['@odata.nextLink'], page['@odata.deltaLink']]
  const next = nextLink === undefined ? undefined : pathOfLink(endpoint, nextLink)
  const delta = deltaLink === undefined ? undefined : pathOfLink(endpoint, deltaLink)
  const lost =
    (nextLink !== undefined && next === undefined) || (deltaLink !== undefined && delta === undefined)
  return lost ? 'elsewhere' : { next, delta }
}

const folderOf = { inbox: 'inbox', junk: 'junkemail', sent: 'sentitems' } as const

function listPath(stage: Stage, filter: string, order: 'asc' | 'desc'): string {
  return pathOf(stage === 'sent' ? `/me/mailFolders/${folderOf.sent}/messages` : '/me/messages', {
    $select: identifiers,
    // what is ordered by has to be filtered by, and first
    $filter: `${filter} and isDraft eq false`,
    $orderby: `receivedDateTime ${order}`,
    $top: String(pageSize),
  })
}

function listSince(stage: Stage, from: Temporal.Instant): string {
  return listPath(stage, `receivedDateTime ge ${seconds(from)}`, 'asc')
}

function listBetween(
  stage: Stage,
  { from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
): string {
  const filter = `receivedDateTime ge ${seconds(from)} and receivedDateTime le ${seconds(to)}`
  return listPath(stage, filter, 'desc')
}

function deltaSince(stage: 'inbox' | 'junk', from: Temporal.Instant): string {
  return pathOf(`/me/mailFolders/${folderOf[stage]}/messages/delta`, {
    $select: identifiers,
    changeType: 'created',
    $filter: `receivedDateTime ge ${seconds(from)}`,
  })
}

function earlier(since: string): Temporal.Instant {
  return Temporal.Instant.from(since).subtract(overlap)
}

// Exchange tells and compares whole seconds
function seconds(at: Temporal.Instant): string {
  return at.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString()
}
