/**
 * The OData questions that Exchange answers about messages: `$filter` over receivedDateTime, internetMessageId, conversationId,
 * isDraft and from/emailAddress/address (joined by `and`), `$orderby=receivedDateTime`, `$top`, `$skip`. Anything else is refused.
 */
import { readTime } from '../clock.ts'
import { addressKey } from '../mime/addresses.ts'
import { messageKey } from '../mime/headers.ts'
import type { Message, MessageQuery } from '../store/mailboxes.ts'
import { badRequest } from './graph-errors.ts'
import { threadOf } from './graph-ids.ts'

export interface ListQuery {
  readonly fits: (message: Message) => boolean
  /** What an index can tell of it beforehand. */
  readonly within: Within
  readonly order: 'asc' | 'desc'
  readonly top: number
  readonly skip: number
}

export type Within = Pick<MessageQuery, 'threadId' | 'messageKey' | 'after'>

const MOST = 1000
const USUAL_TOP = 10

export function readListQuery(query: URLSearchParams): ListQuery {
  const filter = query.get('$filter') ?? ''
  const order = query.get('$orderby') ?? 'receivedDateTime desc'
  const [, direction = 'asc'] = /^receivedDateTime(?:\s+(asc|desc))?$/i.exec(order.trim()) ?? ['', '?']
  if (direction === '?') throw badRequest('ErrorInvalidUrlQuery', `Unsupported $orderby: ${order}`)
  // what is ordered by has to be filtered by, and first
  if (query.has('$orderby') && filter !== '' && !/^receivedDateTime\b/i.test(filter.trim()))
    throw badRequest('InefficientFilter', 'The restriction or sort order is too complex for this operation.')
  const conditions = readFilter(filter)
  return {
    fits: (message) => conditions.every((fits) => fits(message)),
    within: within(filter),
    order: direction.toLowerCase() === 'asc' ? 'asc' : 'desc',
    top: Math.min(count(query, '$top', USUAL_TOP), MOST),
    skip: count(query, '$skip', 0),
  }
}

function within(filter: string): Within {
  const quoted = (property: string): string | undefined =>
    new RegExp(`\\b${property} eq '([^']*)'`).exec(filter)?.[1]
  const [conversation, messageId] = [quoted('conversationId'), quoted('internetMessageId')]
  const from = readTime(/\breceivedDateTime g[et] (\S+)/.exec(filter)?.[1] ?? '')
  return {
    threadId: conversation === undefined ? undefined : threadOf(conversation),
    messageKey: messageId === undefined ? undefined : messageKey(messageId),
    after: from === undefined ? undefined : Math.floor(from / 1000) * 1000,
  }
}

/** A number from 0 in the query, or Graph's 400. */
export function count(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  if (!/^\d{1,9}$/.test(text)) throw badRequest('ErrorInvalidUrlQuery', `Invalid value of ${name}: ${text}`)
  return Number(text)
}

type Condition = (message: Message) => boolean

export function readFilter(filter: string): readonly Condition[] {
  if (filter.trim() === '') return []
  return filter
    .trim()
    .split(/\s+and\s+/i)
    .map(readCondition)
}

function readCondition(text: string): Condition {
  const [, property = '', operator = '', value = ''] =
    /^\(?([\w/]+)\s+(eq|ne|ge|gt|le|lt)\s+('(?:[^']|'')*'|[^\s')]+)\)?$/i.exec(text.trim()) ?? []
  const quoted = /^'(.*)'$/.exec(value)?.[1]?.replaceAll("''", "'")
  const compare = operator.toLowerCase()
  if (property === 'receivedDateTime' && quoted === undefined) return byTime(compare, value)
  if (property === 'internetMessageId' && compare === 'eq' && quoted !== undefined)
    return (message) => message.messageKey === messageKey(quoted)
  if (property === 'conversationId' && compare === 'eq' && quoted !== undefined)
    return (message) => message.threadId === threadOf(quoted)
  if (property === 'from/emailAddress/address' && compare === 'eq' && quoted !== undefined)
    return (message) => addressKey(message.sender) === addressKey(quoted)
  if (property === 'isDraft' && compare === 'eq' && (value === 'true' || value === 'false'))
    return (message) => message.labels.includes('DRAFT') === (value === 'true')
  throw badRequest('ErrorInvalidUrlQueryFilter', `The query filter is not valid: ${text}`)
}

/** Whole seconds are compared, because no client sees more. */
function byTime(operator: string, value: string): Condition {
  const ms = readTime(value)
  if (ms === undefined) throw badRequest('ErrorInvalidUrlQueryFilter', `No time: ${value}`)
  const seconds = (message: Message): number => Math.floor(message.internalDate / 1000)
  const given = ms / 1000
  switch (operator) {
    case 'ge':
      return (message) => seconds(message) >= given
    case 'gt':
      return (message) => seconds(message) > given
    case 'le':
      return (message) => seconds(message) <= given
    case 'lt':
      return (message) => seconds(message) < given
    case 'eq':
      return (message) => seconds(message) === given
    default:
      return (message) => seconds(message) !== given
  }
}
