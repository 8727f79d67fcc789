/**
 * Subscriptions of Microsoft Graph: how a mailbox is watched, and what Graph posts when something came
 * (learn.microsoft.com/graph/change-notifications-delivery-webhooks, …/change-notifications-lifecycle-events).
 *
 * A subscription is prolonged while it exists and made anew once it is gone. Its `clientState` is a secret that comes back
 * with every notice; a notice names the subscription and nothing else of it counts, neither resource nor ids.
 */
import { z } from 'zod'
import type { SharedMailbox } from '../../mailboxes/consent.ts'
import type { Hear, Outcome, Ring, Watch, WatchWish } from '../../mailboxes/provider.ts'
import { succeeded } from '../shared/outcome.ts'
import type { GraphClient } from './client.ts'
import { json, pathFor } from './client.ts'

/** Every folder: a rule of the person may move an answer. */
const everyFolder = '/me/messages'
const changeType = 'created'
/** Graph takes at most 10,080 minutes for Outlook. */
const lifeMinutes = 10_000

const Subscription = z.object({ id: z.string().min(1), expirationDateTime: z.string() })
const Subscriptions = z.object({
  value: z.array(z.object({ id: z.string(), resource: z.string(), changeType: z.string() })),
})

interface Watching {
  readonly graph: GraphClient
  readonly shared: SharedMailbox | undefined
}

/**
 * Prolongs the subscription of before, or makes one. For a shared mailbox Graph may refuse, because the right to read it is
 * not the right to be told of it (learn.microsoft.com/graph/outlook-share-messages-folders); it is looked at all the same.
 */
export async function watch(
  { graph, shared }: Watching,
  wish: WatchWish,
  now: Temporal.Instant,
  signal: AbortSignal,
): Promise<Outcome<Watch>> {
  const expirationDateTime = now.add({ minutes: lifeMinutes }).round('second').toString()
  if (wish.previous !== undefined) {
    const prolonged = await write(graph, 'PATCH', pathOf(wish.previous), { expirationDateTime }, signal)
    if (prolonged.ok) return succeeded(watchOf(prolonged.value, false))
    if (prolonged.failure.kind !== 'not_found') return prolonged
  }
  const asked = { ...wish, expirationDateTime, resource: pathFor(everyFolder, shared) }
  const made = await subscribe(graph, asked, signal)
  if (made.ok || made.failure.kind !== 'rejected' || made.failure.why !== 'exists') return made
  // one that we lost sight of, whose secret nobody knows any more
  const removed = await removeOurs(graph, asked.resource, signal)
  return removed.ok ? await subscribe(graph, asked, signal) : removed
}

/** Ends a subscription. */
export async function unwatch(
  graph: GraphClient,
  handle: string,
  signal: AbortSignal,
): Promise<Outcome<undefined>> {
  const answer = await graph(
    { path: pathOf(handle), asked: 'watch', method: 'DELETE', read: () => undefined },
    signal,
  )
  return !answer.ok && answer.failure.kind === 'not_found' ? succeeded(undefined) : answer
}

async function subscribe(
  graph: GraphClient,
  {
    notifyUrl,
    lifecycleUrl,
    secret,
    expirationDateTime,
    resource,
  }: WatchWish & { readonly expirationDateTime: string; readonly resource: string },
  signal: AbortSignal,
): Promise<Outcome<Watch>> {
  const body = {
    changeType,
    resource,
    notificationUrl: notifyUrl,
    lifecycleNotificationUrl: lifecycleUrl,
    expirationDateTime,
    clientState: secret,
  }
  const made = await write(graph, 'POST', '/subscriptions', body, signal)
  return made.ok ? succeeded(watchOf(made.value, true)) : made
}

function write(
  graph: GraphClient,
  method: 'POST' | 'PATCH',
  path: string,
  body: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Outcome<z.infer<typeof Subscription>>> {
  const bytes = JSON.stringify(body)
  return graph(
    { path, asked: 'watch', method, read: json(Subscription), body: { type: 'application/json', bytes } },
    signal,
  )
}

/** Graph lists the subscriptions of this app for this person alone. */
async function removeOurs(
  graph: GraphClient,
  resource: string,
  signal: AbortSignal,
): Promise<Outcome<undefined>> {
  const list = await graph({ path: '/subscriptions', asked: 'watch', read: json(Subscriptions) }, signal)
  if (!list.ok) return list
  for (const one of list.value.value) {
    if (!sameResource(one.resource, resource) || one.changeType !== changeType) continue
    const ended = await unwatch(graph, one.id, signal)
    if (!ended.ok) return ended
  }
  return succeeded(undefined)
}

function sameResource(listed: string, ours: string): boolean {
  const plain = (text: string) => decodeURIComponent(text.replace(/^\//, '')).toLowerCase()
  return plain(listed) === plain(ours)
}

function pathOf(handle: string): string {
  return `/subscriptions/${encodeURIComponent(handle)}`
}

function watchOf({ id, expirationDateTime }: z.infer<typeof Subscription>, begun: boolean): Watch {
  return { handle: id, until: Temporal.Instant.from(expirationDateTime), begun }
}

const Notices = z.object({
  value: z.array(
    z.object({
      subscriptionId: z.string().max(200),
      clientState: z.string().max(200).nullish(),
      lifecycleEvent: z.string().max(60).nullish(),
    }),
  ),
})
const mostTokenLength = 4096

/** Reads what Graph posts: the question whether we are there, notices, and news of the subscription itself. */
export const hear: Hear = ({ body, asked }) => {
  const token = asked.get('validationToken')
  if (token !== null) {
    if (token.length > mostTokenLength) return Promise.resolve({ kind: 'refused', status: 400 })
    return Promise.resolve({ kind: 'asked_back', answer: token })
  }
  return Promise.resolve({ kind: 'rung', status: 202, rings: ringsIn(body) })
}

function ringsIn(body: string): readonly Ring[] {
  try {
    const notices = Notices.parse(JSON.parse(body)).value
    return notices.map(({ subscriptionId: handle, clientState, lifecycleEvent }) => ({
      handle,
      secret: clientState ?? '',
      tells: tellsOf(lifecycleEvent ?? undefined),
    }))
  } catch {
    return []
  }
}

function tellsOf(event: string | undefined): 'change' | 'ask_again' | 'ended' {
  if (event === 'reauthorizationRequired') return 'ask_again'
  if (event === 'subscriptionRemoved') return 'ended'
  // `missed` too: look
  return 'change'
}
