/** The push side of the control interface: topics, what is watched and subscribed to, lifecycle events, the record of pushes. */
import { Hono } from 'hono'
import { type Clock, isoTime } from '../clock.ts'
import { InputError } from '../json.ts'
import { isLoopback } from '../loopback.ts'
import { LIFECYCLE_EVENTS, announceLifecycle } from '../microsoft/graph-notifications.ts'
import { refusedHost } from '../outbound.ts'
import { pushesSince } from '../push-records.ts'
import { type Subscription, listSubscriptions } from '../store/subscriptions.ts'
import type { Store } from '../store/store.ts'
import { keepTopic, listTopics, listWatches, removeTopic } from '../store/watches.ts'
import type { Pushes } from '../world/pushes.ts'
import { mailboxOf, readBody, readPage } from './reading.ts'
import { maybeMailbox } from './requests.ts'

interface PushControlParts {
  readonly store: Store
  readonly clock: Clock
  readonly pushes: Pushes
}

export function pushControl(parts: PushControlParts): Hono {
  const { store, clock } = parts
  const app = new Hono()

  const topics = (): Readonly<Record<string, unknown>> => ({
    topics: listTopics(store).map(({ name, open, ...rest }) => ({ topic: name, ...rest, publish: open })),
  })
  app.get('/topics', (c) => c.json(topics()))
  app.post('/topics', async (c) => {
    const body = await readBody(c)
    const endpoint = body.text('endpoint')
    const name = body.text('topic')
    if (!/^projects\/[^/]+\/topics\/[^/]+$/.test(name))
      throw new InputError('"topic" must have the form projects/<project>/topics/<topic>.')
    if (!isLoopback(endpoint)) throw new InputError(refusedHost(endpoint))
    keepTopic(store, {
      name,
      endpoint,
      audience: body.maybeText('audience') ?? endpoint,
      serviceAccount: body.text('serviceAccount'),
      open: body.flag('publish', true),
    })
    return c.json(topics())
  })
  app.delete('/topics', (c) => {
    const removed = removeTopic(store, c.req.query('topic') ?? '')
    return removed ? c.json(topics()) : c.json({ error: 'There is no such topic.' }, 404)
  })

  app.get('/subscriptions', (c) => {
    const mailbox = mailboxOf(c)
    const ours = (each: { readonly account: string }): boolean =>
      mailbox === undefined || each.account === mailbox
    return c.json({
      watches: listWatches(store, clock.now())
        .filter(ours)
        .map(({ account, topic, labels, filter, until }) => ({
          mailbox: account,
          topic,
          labels,
          filter,
          until: isoTime(until),
        })),
      subscriptions: listSubscriptions(store, clock.now()).filter(ours).map(presentSubscription),
    })
  })

  app.post('/subscriptions/lifecycle', async (c) => {
    const body = await readBody(c)
    const event = LIFECYCLE_EVENTS.find((each) => each === body.text('event'))
    if (event === undefined) throw new InputError(`"event" must be one of ${LIFECYCLE_EVENTS.join(', ')}.`)
    const mailbox = maybeMailbox(body)
    const id = body.maybeText('id')
    const concerned = listSubscriptions(store, clock.now()).filter(
      (each) => (mailbox === undefined || each.account === mailbox) && (id === undefined || each.id === id),
    )
    const order = { event, pause: body.flag('pause', false) }
    for (const subscription of concerned) announceLifecycle(parts, subscription, order)
    return c.json({ subscriptions: concerned.map((each) => each.id) })
  })

  app.get('/records/pushes', (c) => {
    const page = readPage(c)
    const pushes = pushesSince(store, page)
    return c.json({ pushes, next: pushes.at(-1)?.seq ?? page.since })
  })

  return app
}

function presentSubscription(subscription: Subscription): Readonly<Record<string, unknown>> {
  const { account, expiresAt, ...rest } = subscription
  return { mailbox: account, ...rest, until: isoTime(expiresAt) }
}
