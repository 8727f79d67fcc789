/** HTTP of the control interface: accounts, clock, letters, faults, records, people. For tests, stories and the pages; loopback only. */
import { Hono } from 'hono'
import { type Clock, isoTime } from '../clock.ts'
import { BEHAVIOUR_NAMES, readBehaviour } from '../behaviour.ts'
import { FAULT_KINDS, type Faults, orderKind, presentFault } from '../faults.ts'
import { InputError } from '../json.ts'
import { managed, setManagedConsent, withdrawAdminConsent, adminConsent } from '../microsoft/tenant.ts'
import { changePassword } from '../mail-server/passwords.ts'
import { addressKey } from '../mime/addresses.ts'
import type { People } from '../people/acting.ts'
import { keepPerson, listPeople, personAt } from '../people/people.ts'
import { arrivalsSince, callsSince, mailsSince, recordCounts } from '../records.ts'
import { keepAccount, keepSendAs, keepSharedAccess, listAccounts, messageCounts } from '../store/accounts.ts'
import { forgetHistory, rawOf } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import type { Delivery } from '../world/delivery.ts'
import type { Due } from '../world/due.ts'
import type { Pushes } from '../world/pushes.ts'
import { endEverything } from './acts.ts'
import { deliverLetters, replyNow } from './letters.ts'
import { namedMessages } from './names.ts'
import { pushControl } from './pushes.ts'
import { knownMailbox, mailboxOf, readBody, readPage } from './reading.ts'
import { moment, practiceAddress, readActing, readFaults, readPeople } from './requests.ts'

export interface ControlParts {
  readonly store: Store
  readonly clock: Clock
  readonly due: Due
  /** Everything that may be due, `due` first. */
  readonly queues: readonly Due[]
  readonly faults: Faults
  readonly delivery: Delivery
  readonly people: People
  readonly pushes: Pushes
  /** Empties everything and starts again; undefined when that is not allowed. */
  readonly reset: ((seed: 'cast' | 'none') => Promise<void>) | undefined
}

export function controlRoutes(parts: ControlParts): Hono {
  const { store, clock, due, queues, faults, delivery, people } = parts
  const app = new Hono()

  app.onError((failure, c) => {
    if (failure instanceof InputError) return c.json({ error: failure.message }, 400)
    if (failure instanceof SyntaxError) return c.json({ error: 'The body must be JSON.' }, 400)
    throw failure
  })

  app.get('/accounts', (c) => {
    const counts = messageCounts(store)
    const accounts = listAccounts(store).map(({ key, address, name, kind, language }) => ({
      address,
      name,
      kind,
      language,
      messages: counts.get(key) ?? 0,
    }))
    return c.json({ accounts })
  })

  app.post('/accounts', async (c) => {
    const body = await readBody(c)
    const address = practiceAddress(body, 'address')
    const account = keepAccount(
      store,
      { address, name: body.text('name'), language: body.maybeText('language') ?? 'en' },
      clock.now(),
    )
    for (const identity of body.readers('sendAs')) {
      keepSendAs(store, account, {
        address: practiceAddress(identity, 'address'),
        name: identity.maybeText('name') ?? '',
        replyTo: identity.maybeText('replyTo') ?? '',
        signature: identity.maybeText('signature') ?? '',
        isDefault: identity.flag('isDefault', false),
        accepted: identity.flag('accepted', true),
      })
    }
    for (const member of body.readers('sharedWith')) {
      keepSharedAccess(store, account, practiceAddress(member, 'address'), {
        read: member.flag('read', true),
        sendAs: member.flag('sendAs', true),
      })
    }
    return c.json({
      address: account.address,
      name: account.name,
      kind: account.kind,
      language: account.language,
    })
  })

  const time = (): Readonly<Record<string, unknown>> => ({
    now: isoTime(clock.now()),
    nowMs: clock.now(),
    offsetMs: clock.offset(),
  })
  /** What happens here first, then what is told of it. */
  const settle = async (): Promise<void> => {
    for (const queue of queues) await queue.settled()
  }
  app.get('/clock', (c) => c.json(time()))
  app.post('/clock', async (c) => {
    const body = await readBody(c)
    if (body.has('advanceMs')) clock.setOffset(clock.offset() + body.number('advanceMs'))
    else if (body.has('offsetMs')) clock.setOffset(body.number('offsetMs'))
    else clock.setOffset(moment(body, 'now') - clock.real())
    if (body.flag('settle', false)) await settle()
    else for (const queue of queues) queue.wake()
    return c.json(time())
  })
  app.post('/settle', async (c) => {
    await settle()
    return c.json({ waiting: queues.reduce((sum, queue) => sum + queue.waiting(), 0) })
  })

  app.post('/deliver', async (c) =>
    c.json({ delivered: await deliverLetters(parts, JSON.parse(await c.req.text())) }),
  )

  const presentFaults = (): Readonly<Record<string, unknown>> => ({
    faults: faults.list().map(presentFault),
    behaviour: faults.behaviour,
  })
  app.get('/faults', (c) => c.json(presentFaults()))
  app.post('/faults', async (c) => {
    const body = await readBody(c)
    const [orders, behaviour] = [readFaults(body, clock.now()), readBehaviour(body, faults.behaviour)]
    for (const order of orders) faults.add(order)
    faults.setBehaviour(behaviour)
    const tooOld = body.maybeReader('historyTooOld')
    if (tooOld !== undefined) forgetHistory(store, knownMailbox(store, practiceAddress(tooOld, 'mailbox')))
    return c.json(presentFaults())
  })
  app.delete('/faults', (c) => {
    const [kind, seq] = [c.req.query('kind'), c.req.query('seq')]
    const order = orderKind(kind)
    if (order !== undefined) faults.end(order)
    else if (kind !== undefined)
      throw new InputError(`"kind" must be one of ${[...FAULT_KINDS, ...BEHAVIOUR_NAMES].join(', ')}.`)
    else if (seq !== undefined) faults.endOne(Number(seq))
    else faults.clear()
    return c.json(presentFaults())
  })

  app.route('/', pushControl(parts))

  app.get('/records/calls', (c) => {
    const page = readPage(c)
    const calls = callsSince(store, page)
    return c.json({ calls, next: calls.at(-1)?.seq ?? page.since })
  })
  app.get('/records/mails', (c) => {
    const page = readPage(c)
    const mails = mailsSince(store, page, c.req.query('raw') === '0' ? 'without raw' : 'with raw')
    return c.json({ mails, next: mails.at(-1)?.seq ?? page.since })
  })
  app.get('/records/arrivals', (c) => {
    const page = readPage(c)
    const arrivals = arrivalsSince(store, page)
    return c.json({ arrivals, next: arrivals.at(-1)?.seq ?? page.since })
  })
  app.get('/records/counts', (c) => c.json(recordCounts(store, mailboxOf(c))))
  app.get('/mailboxes/:address/messages', (c) =>
    c.json({ messages: namedMessages(store, knownMailbox(store, c.req.param('address'))) }),
  )
  app.get('/mailboxes/:address/messages/:id/raw', (c) => {
    const raw = rawOf(store, addressKey(c.req.param('address')), c.req.param('id'))
    if (raw === undefined) return c.json({ error: 'There is no such message.' }, 404)
    return new Response(new Uint8Array(raw), { headers: { 'content-type': 'message/rfc822' } })
  })

  app.delete('/mailboxes/:address/messages/:id', (c) => {
    const removed = delivery.remove(addressKey(c.req.param('address')), c.req.param('id'))
    return removed ? c.json({ removed }) : c.json({ error: 'There is no such message.' }, 404)
  })

  app.post('/grants/end', async (c) => {
    const body = await readBody(c)
    const mailbox = knownMailbox(store, practiceAddress(body, 'mailbox'))
    endEverything(store, mailbox)
    return c.json({ ended: true })
  })

  app.post('/passwords', async (c) => {
    const body = await readBody(c)
    const mailbox = knownMailbox(store, practiceAddress(body, 'mailbox'))
    return c.json({ password: changePassword(store, mailbox, body.maybeText('password')) })
  })

  app.post('/consent-policy', async (c) => {
    const body = await readBody(c)
    if (body.has('managed')) {
      const mailbox = body.has('mailbox') ? practiceAddress(body, 'mailbox') : ''
      setManagedConsent(store, mailbox, body.flag('managed', false) ? 'on' : 'off')
    }
    if (body.flag('withdrawAdminConsent', false)) withdrawAdminConsent(store)
    return c.json({ managed: managed(store), adminConsent: adminConsent(store) })
  })

  const acting = (): Readonly<Record<string, unknown>> => ({
    acting: people.acting.on,
    pace: people.acting.pace,
    seed: people.acting.seed,
  })
  app.get('/people', (c) => c.json({ people: listPeople(store), ...acting() }))
  app.post('/people', async (c) => {
    const wanted = readPeople(await readBody(c), (address) => personAt(store, address))
    const kept = store.transaction(() => wanted.map((person) => keepPerson(store, person, clock.now())))
    return c.json({ people: kept })
  })
  app.post('/people/act', async (c) => {
    people.setActing(readActing(await readBody(c), people.acting))
    return c.json(acting())
  })
  app.post('/people/hurry', async (c) => {
    const lanes = (await readBody(c)).texts('mailboxes').map(addressKey)
    for (const kind of ['person', 'report']) due.hurry(kind, lanes)
    return c.json({ waiting: due.waiting() })
  })
  app.post('/people/reply', async (c) => c.json(await replyNow(parts, await readBody(c))))

  app.post('/reset', async (c) => {
    if (parts.reset === undefined)
      return c.json({ error: 'Start the practice world with PRACTICE_RESET=1 to allow this.' }, 403)
    await parts.reset((await readBody(c)).maybeText('seed') === 'none' ? 'none' : 'cast')
    return c.json({ reset: true })
  })

  return app
}
