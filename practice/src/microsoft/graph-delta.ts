/**
 * Changes of one folder in rounds: the first round lists what is there, page by page, and ends with a delta link; a delta link
 * gives what came or went since. A round that began before the kept history is refused with 410.
 */
import { accountAt } from '../store/accounts.ts'
import { historyFloor, historyIn, messageAt } from '../store/mailboxes.ts'
import { unseenHistory } from '../store/unseen.ts'
import { type GraphCall, type GraphParts, type GraphReply, wantsImmutable } from './graph-call.ts'
import { badRequest, syncStateNotFound } from './graph-errors.ts'
import { type Folder, folderNamed, folderOf, messageIdOf } from './graph-ids.ts'
import { type Resource, messageResource } from './graph-message.ts'
import { count, readFilter } from './graph-query.ts'
import { about, context, reading, showingOf, visibleMessages } from './graph-read.ts'

const DAY_MS = 86_400_000
const MOST_IN_ROUND = 500
const USUAL_PAGE = 10

export function deltaMessages(parts: GraphParts, call: GraphCall): GraphReply {
  const folder = folderNamed(call.account.key, call.ids[0] ?? '')
  const token = call.url.searchParams.get('$deltatoken')
  const change = call.url.searchParams.get('changeType')
  if (change !== null && !['created', 'updated', 'deleted'].includes(change))
    throw badRequest('BadRequest', `Invalid value of changeType: ${change}`)
  return token === null ? firstRound(parts, call, folder) : laterRound(parts, call, folder, readToken(token))
}

function readToken(token: string): number {
  const start = /^practice(\d+)$/.exec(token)?.[1]
  if (start === undefined) throw syncStateNotFound()
  return Number(start)
}

function firstRound(parts: GraphParts, call: GraphCall, folder: Folder): GraphReply {
  const query = call.url.searchParams
  const [, began, at] = /^practice(\d+)\.(\d+)$/.exec(query.get('$skiptoken') ?? '') ?? []
  if (query.has('$skiptoken') && began === undefined) throw syncStateNotFound()
  const conditions = readFilter(query.get('$filter') ?? '')
  if (conditions.length > 0 && !/^receivedDateTime\s+(?:ge|gt)\s/i.test(query.get('$filter') ?? ''))
    throw badRequest('ErrorInvalidUrlQueryFilter', 'Only receivedDateTime ge or gt is supported.')
  const present =
    topOf(parts, call, folder) ??
    accountAt(parts.store, call.account.key)?.historyId ??
    call.account.historyId
  const start = began === undefined ? present : Number(began)
  const skip = Number(at ?? 0)
  const size = pageSize(call)
  const all = visibleMessages(parts, call, folder).filter((message) =>
    conditions.every((fits) => fits(message)),
  )
  const page = all.slice(skip, skip + size)
  const showing = showingOf(parts, call)
  const more = all.length > skip + size
  return {
    body: {
      '@odata.context': context(call, 'Collection(message)'),
      value: page.map((message) => messageResource(message, reading(parts, message), showing)),
      ...(more
        ? { '@odata.nextLink': linkWith(call.url, '$skiptoken', `practice${start}.${skip + size}`) }
        : { '@odata.deltaLink': linkWith(call.url, '$deltatoken', `practice${start}`) }),
    },
    ...about(page),
  }
}

function laterRound(parts: GraphParts, call: GraphCall, folder: Folder, start: number): GraphReply {
  const { store, clock, faults } = parts
  const oldest = clock.now() - faults.behaves('historyDays', call.account.key, call.call) * DAY_MS
  if (start < historyFloor(store, call.account.key, oldest)) throw syncStateNotFound()
  const size = Math.min(pageSize(call), MOST_IN_ROUND)
  const records = historyIn(store, call.account.key, {
    start,
    top: topOf(parts, call, folder),
    limit: size + 1,
  })
  const page = records.slice(0, size)
  const showing = showingOf(parts, call)
  const changed = page.filter((record) => folderOf(record).name === folder.name)
  const value = changed.flatMap((record): Resource[] => {
    const message = messageAt(store, call.account.key, record.messageId)
    if (message !== undefined) return [messageResource(message, reading(parts, message), showing)]
    if (call.url.searchParams.get('changeType') === 'created') return []
    return [
      {
        id: messageIdOf({ id: record.messageId, labels: record.labels }, wantsImmutable(parts, call)),
        '@removed': { reason: 'deleted' },
      },
    ]
  })
  const next = page.at(-1)?.historyId ?? start
  const name = records.length > size ? '@odata.nextLink' : '@odata.deltaLink'
  return {
    body: {
      '@odata.context': context(call, 'Collection(message)'),
      value,
      [name]: linkWith(call.url, '$deltatoken', `practice${next}`),
    },
    messages: changed.map((record) => record.messageId),
    threads: [...new Set(changed.map((record) => record.threadId))],
  }
}

/** Undefined when everything in the folder is seen; else no round may go beyond what is not seen yet. */
function topOf({ store, clock }: GraphParts, call: GraphCall, folder: Folder): number | undefined {
  const unseen = unseenHistory(store, call.account.key, clock.now())
  const first = unseen.find((record) => folderOf(record).name === folder.name)
  return first === undefined ? undefined : first.historyId - 1
}

function pageSize(call: GraphCall): number {
  const preferred = Number(/odata\.maxpagesize=(\d+)/.exec(call.prefer)?.[1] ?? 0)
  const top = count(call.url.searchParams, '$top', USUAL_PAGE)
  return preferred > 0 ? preferred : Math.max(top, 1)
}

function linkWith(url: URL, name: '$skiptoken' | '$deltatoken', token: string): string {
  const link = new URL(url)
  link.searchParams.delete('$skiptoken')
  link.searchParams.delete('$deltatoken')
  link.searchParams.set(name, token)
  return link.href
}
