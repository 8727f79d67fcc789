/**
 * Subscriptions to the changes of a mailbox: made (both addresses have to answer a handshake first), looked at, renewed, authorised
 * again, taken back. They last seven days of practice time at most and are gone afterwards.
 */
import { type Heard, refusedHost } from '../outbound.ts'
import type { Fault } from '../faults.ts'
import { hold } from '../hold.ts'
import { isLoopback } from '../loopback.ts'
import { isoTime, readTime } from '../clock.ts'
import { InputError, type Reader } from '../json.ts'
import { addressKey } from '../mime/addresses.ts'
import {
  type Subscription,
  addSubscription,
  removeSubscription,
  renewSubscription,
  subscriptionsOf,
} from '../store/subscriptions.ts'
import { type GraphCall, type GraphParts, type GraphReply, wantsImmutable } from './graph-call.ts'
import { GraphError, accessDenied, badRequest } from './graph-errors.ts'
import { folderNamed } from './graph-ids.ts'
import { context } from './graph-read.ts'
import { readJson, refuseStrangers } from './graph-send.ts'
import { CLIENT, guidOf } from './tenant.ts'

const MINUTE_MS = 60_000
const SHORTEST_MINUTES = 45
const LONGEST_STATE = 128
/** How long the address may take to say the token. */
export const HANDSHAKE_WITHIN_MS = 10_000
const CHANGES = ['created', 'updated', 'deleted']
const KNOWN = [
  'changeType',
  'notificationUrl',
  'lifecycleNotificationUrl',
  'resource',
  'expirationDateTime',
  'clientState',
  'latestSupportedTlsVersion',
]

export async function createSubscription(parts: GraphParts, call: GraphCall): Promise<GraphReply> {
  const wanted = readWish(parts, call)
  if (isTaken(parts, wanted)) throw taken()
  const usual = 'graph.subscriptions.create'
  const fault = parts.faults.strike('handshake', call.account.key, { call: call.call, usual })
  if (fault !== undefined) await hold(parts, fault.ms, new AbortController().signal)
  for (const url of [wanted.notificationUrl, wanted.lifecycleUrl])
    if (url !== undefined) await shakeHands(parts, { url, id: wanted.id, fault })
  if (!addSubscription(parts.store, wanted, parts.clock.now())) throw taken()
  return { status: 201, body: whole(call, wanted) }
}

function readWish(parts: GraphParts, call: GraphCall): Subscription {
  const body = readJson(call.body)
  refuseStrangers(body, KNOWN, 'subscription')
  const required = (name: string): string => {
    const text = body.maybeText(name)
    if (text === undefined) throw badRequest('InvalidRequest', `${name} is required.`)
    return text
  }
  try {
    const clientState = body.maybeText('clientState')
    if ((clientState?.length ?? 0) > LONGEST_STATE)
      throw badRequest('InvalidRequest', `clientState may have ${LONGEST_STATE} characters at most.`)
    const resource = required('resource')
    return {
      id: guidOf('subscription', String(parts.store.next('subscription'))),
      account: call.account.key,
      resource,
      folder: folderIn(call, resource),
      changeType: readChanges(required('changeType')),
      notificationUrl: readUrl(required('notificationUrl')),
      lifecycleUrl: body.has('lifecycleNotificationUrl')
        ? readUrl(required('lifecycleNotificationUrl'))
        : undefined,
      clientState,
      expiresAt: readExpiry(parts, call, required('expirationDateTime')),
      immutableIds: wantsImmutable(parts, call),
      paused: false,
    }
  } catch (failure) {
    if (failure instanceof InputError) throw badRequest('InvalidRequest', failure.message)
    throw failure
  }
}

/** Name of the folder that a resource is about; empty for all. */
function folderIn(call: GraphCall, resource: string): string {
  const path = resource
    .replace(/^\//, '')
    .replace(/^users\/([^/]+)\//i, (given, user: string) =>
      addressKey(user) === call.account.key ? 'me/' : given,
    )
  // the right to read a shared mailbox is not the right to be told of it
  if (/^users\//i.test(path)) throw accessDenied()
  if (/^me\/messages$/i.test(path)) return ''
  const folder = /^me\/mailFolders(?:\('([^']+)'\)|\/([^/']+))\/messages$/i.exec(path)
  if (folder === null)
    throw badRequest('InvalidRequest', `Resource '${resource}' cannot be subscribed to here.`)
  return folderNamed(call.account.key, folder[1] ?? folder[2] ?? '').name
}

function readChanges(text: string): string {
  const changes = text.split(',').map((each) => each.trim().toLowerCase())
  if (!changes.every((each) => CHANGES.includes(each)))
    throw badRequest('InvalidRequest', `Invalid 'changeType' attribute: '${text}'.`)
  return [...new Set(changes)].toSorted().join(',')
}

function readUrl(url: string): string {
  if (!isLoopback(url)) throw badRequest('ValidationError', refusedHost(url))
  return url
}

function readExpiry({ clock, faults }: GraphParts, { account, call }: GraphCall, text: string): number {
  const wanted = readTime(text)
  if (wanted === undefined)
    throw badRequest('InvalidRequest', `Cannot convert '${text}' to a time for expirationDateTime.`)
  const now = clock.now()
  const longest = faults.behaves('subscriptionMinutes', account.key, call)
  if (wanted > now + longest * MINUTE_MS)
    throw badRequest(
      'InvalidRequest',
      `Subscription expiration can only be ${longest} minutes in the future.`,
    )
  return Math.max(wanted, now + SHORTEST_MINUTES * MINUTE_MS)
}

function isTaken({ store, clock }: GraphParts, wanted: Subscription): boolean {
  return subscriptionsOf(store, wanted.account, clock.now()).some(
    (each) => each.folder === wanted.folder && each.changeType === wanted.changeType,
  )
}

function taken(): GraphError {
  return new GraphError({
    status: 409,
    code: 'Conflict',
    message: 'There is a subscription for the same resource and change type.',
  })
}

interface Handshake {
  readonly url: string
  readonly id: string
  readonly fault: Fault | undefined
}

/** The address has to say the token, decoded, in plain text and in time. */
async function shakeHands(parts: GraphParts, { url, id, fault }: Handshake): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${id}`
  const asked = new URL(url)
  asked.searchParams.set('validationToken', token)
  const problem = problemOf(await heardOn(parts, asked, fault), token)
  if (problem !== undefined)
    throw badRequest('ValidationError', `Subscription validation request failed. ${problem}`)
}

/** What comes back; on order not what was said there. */
async function heardOn(
  { outbound }: GraphParts,
  asked: URL,
  fault: Fault | undefined,
): Promise<Heard | undefined> {
  if (fault?.as === 'unanswered') return undefined
  if (fault?.as === 'refused') return { status: 403, contentType: 'text/html', text: '' }
  const type = 'text/plain; charset=utf-8'
  const heard = await outbound.post(asked.href, {
    headers: { 'content-type': type },
    body: '',
    withinMs: HANDSHAKE_WITHIN_MS,
  })
  return heard !== undefined && fault?.as === 'garbled' ? { ...heard, text: `${heard.text}\n` } : heard
}

function problemOf(heard: Heard | undefined, token: string): string | undefined {
  if (heard === undefined) return 'Notification endpoint did not answer the validation request in time.'
  if (heard.status !== 200) return 'Notification endpoint must respond with 200 OK to validation request.'
  if (!/^text\/plain\b/i.test(heard.contentType))
    return 'Notification endpoint must respond in text/plain to validation request.'
  if (heard.text !== token) return 'Response must exactly match validationToken query parameter.'
  return undefined
}

export function listOwnSubscriptions({ store, clock }: GraphParts, call: GraphCall): GraphReply {
  const all = subscriptionsOf(store, call.account.key, clock.now())
  return {
    body: {
      '@odata.context': context(call, 'subscriptions'),
      value: all.map((each) => subscriptionResource(each)),
    },
  }
}

export function getSubscription(parts: GraphParts, call: GraphCall): GraphReply {
  return { body: whole(call, ownSubscription(parts, call)) }
}

export function patchSubscription(parts: GraphParts, call: GraphCall): GraphReply {
  const found = ownSubscription(parts, call)
  const body: Reader = readJson(call.body)
  const stranger = body.entries().find(([name]) => name !== 'expirationDateTime')?.[0]
  if (stranger !== undefined) throw badRequest('InvalidRequest', `${stranger} cannot be changed.`)
  const text = body.maybeText('expirationDateTime')
  if (text === undefined) throw badRequest('InvalidRequest', 'expirationDateTime is required.')
  const expiresAt = readExpiry(parts, call, text)
  renewSubscription(parts.store, found.id, expiresAt)
  return { body: whole(call, { ...found, expiresAt }) }
}

export function reauthorizeSubscription(parts: GraphParts, call: GraphCall): GraphReply {
  const found = ownSubscription(parts, call)
  renewSubscription(parts.store, found.id, found.expiresAt)
  return { status: 204, body: undefined }
}

export function deleteSubscription(parts: GraphParts, call: GraphCall): GraphReply {
  removeSubscription(parts.store, ownSubscription(parts, call).id)
  return { status: 204, body: undefined }
}

function ownSubscription({ store, clock }: GraphParts, call: GraphCall): Subscription {
  const all = subscriptionsOf(store, call.account.key, clock.now())
  const found = all.find((each) => each.id === call.ids[0])
  if (found === undefined)
    throw new GraphError({ status: 404, code: 'ResourceNotFound', message: 'The object was not found.' })
  return found
}

function whole(call: GraphCall, subscription: Subscription): Readonly<Record<string, unknown>> {
  return {
    '@odata.context': context(call, 'subscriptions/$entity'),
    ...subscriptionResource(subscription),
  }
}

function subscriptionResource(subscription: Subscription): Readonly<Record<string, unknown>> {
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId: guidOf('application', CLIENT.id),
    changeType: subscription.changeType,
    clientState: subscription.clientState ?? null,
    notificationUrl: subscription.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: subscription.lifecycleUrl ?? null,
    expirationDateTime: isoTime(subscription.expiresAt),
    creatorId: guidOf('user', subscription.account),
    includeResourceData: null,
    latestSupportedTlsVersion: 'v1_2',
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  }
}
